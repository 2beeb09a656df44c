"""A cluster of three Elasticsearch nodes, one of them killed with SIGKILL while searching and while writing.

    ELASTICSEARCH_HOME=/path/to/elasticsearch-9.2.0 python -m benchmarks.cluster

Fills an index, then searches and writes without pause while the node that holds the primary shard is killed, comes back,
and the elected master is killed. Prints one JSON line an act: how many searches were answered, how many failed before the
user (errors that the adapter let through), what was written, and whether everything is there afterwards.
"""

import json
import os
import signal
import tempfile
import threading
import time
import urllib.request
from pathlib import Path

from benchmarks.servers import Node, cluster, end_all
from service.errors import DondocError
from service.index.elasticsearch import ElasticIndex, Server
from service.index.elasticsearch.mapping import VERSION
from service.index.ports import Entry, Query
from tests.contract.parity import entries, questions

ALIAS = f"dondoc-v{VERSION}"


class Searching(threading.Thread):
    """Asks without pause; counts answers and failures, and the longest wait."""

    def __init__(self, server: Server) -> None:
        super().__init__(daemon=True)
        self.index, self.stop = ElasticIndex(server), threading.Event()
        self.answered, self.failures, self.slowest = 0, list[str](), 0.0

    def run(self) -> None:
        asked = questions()
        while not self.stop.is_set():
            began = time.monotonic()
            try:
                hits = self.index.search(asked[self.answered % len(asked)])
                assert hits or asked[self.answered % len(asked)].units
                self.answered += 1
            except (DondocError, AssertionError) as error:
                self.failures.append(f"{type(error).__name__}: {error}")
            self.slowest = max(self.slowest, time.monotonic() - began)


def ask(node: Node, path: str) -> list[dict[str, str]]:
    with urllib.request.urlopen(node.url + path, timeout=30) as answer:  # noqa: S310 - our own server
        found: list[dict[str, str]] = json.load(answer)
        return found


def holder(nodes: list[Node]) -> Node:
    """The node with the primary shard."""
    rows = ask(nodes[0], f"/_cat/shards/{ALIAS}?format=json&h=prirep,node")
    name = next(row["node"] for row in rows if row["prirep"] == "p")
    return next(node for node in nodes if node.name == name)


def master(nodes: list[Node]) -> Node:
    rows = ask(nodes[0], "/_cat/master?format=json&h=node")
    return next(node for node in nodes if node.name == rows[0]["node"])


def write_while_killed(index: ElasticIndex, victim: Node, first: int, batches: int = 30) -> tuple[int, int]:
    """Documents put as the worker does it, tried again when the server is away; how many, and how many tries failed."""
    tries_failed = 0
    for number in range(first, first + batches):
        if number == first + batches // 3:
            threading.Thread(target=victim.end, args=(signal.SIGKILL,)).start()
        found = [
            Entry(f"p:{number}:{n}", "passage", number, n, f"đoạn {number} {n}", f"doan {number} {n}")
            for n in range(200)
        ]
        for _ in range(60):
            try:
                index.remove_document(number)
                index.put(found)
                index.refresh()
                break
            except DondocError as error:
                tries_failed += 1
                print(json.dumps({"tried again": str(error)}, ensure_ascii=False), flush=True)
                time.sleep(1)
    return batches * 200, tries_failed


def act(name: str, server: Server, nodes: list[Node], victim: Node, first: int) -> dict[str, object]:
    index, searching = ElasticIndex(server), Searching(server)
    before = index.count()
    searching.start()
    time.sleep(3)
    written, tries_failed = write_while_killed(index, victim, first)
    time.sleep(5)
    searching.stop.set()
    searching.join()
    count = index.count()
    there = {hit.id for n in range(first, first + 30) for hit in index.search(Query(document_ids=[n], limit=1000))}
    victim.start()
    nodes[0].wait("/_cluster/health?wait_for_status=green&timeout=1s")
    return {
        "act": name,
        "killed": victim.name,
        "searches_answered": searching.answered,
        "searches_failed": len(searching.failures),
        "failures": sorted(set(searching.failures))[:3],
        "slowest_search_s": round(searching.slowest, 2),
        "entries_written": written,
        "write_tries_failed": tries_failed,
        "lost": before + written - count,
        "doubled": len(there) - written,
        "green_again": True,
    }


def main() -> None:
    home = Path(os.environ["ELASTICSEARCH_HOME"])
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        nodes = cluster(home, Path(name))
        try:
            server = Server(tuple(node.url for node in nodes), timeout=20)
            index = ElasticIndex(server)
            index.rebuild(entries())
            nodes[0].wait("/_cluster/health?wait_for_status=green&timeout=1s")
            acts = (
                ("node with the primary shard killed", lambda: holder(nodes), 1000),
                ("elected master killed", lambda: master(nodes), 2000),
            )
            for title, choose, first in acts:
                print(json.dumps(act(title, server, nodes, choose(), first), ensure_ascii=False), flush=True)
        finally:
            end_all(nodes)


if __name__ == "__main__":
    main()

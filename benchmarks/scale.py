"""How search and linking grow from a tenth of a year to a whole one, on the embedded index and on Elasticsearch.

    ELASTICSEARCH_URL=http://127.0.0.1:9200 POSTGRES_URL=postgresql+psycopg://… \\
        python -m benchmarks.scale [--plan country] [--shares 0.1,0.3,1] [--reports 40]

Generates a store (``benchmarks.generate``), indexes it, links some of its reports of 40 statements, and multiplies the
same statements with all tasks by TF-IDF in the same run. The embedded index works beside SQLite, Elasticsearch beside
PostgreSQL where POSTGRES_URL is set. Both clocks are told: the one on the wall, which a busy machine slows down, and the
processor's (of this process and, where /proc shows it, of the server). One JSON line an engine and a share.
"""

import argparse
import json
import os
import platform
import secrets
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sklearn.feature_extraction.text import TfidfVectorizer

from benchmarks.generate import PLANS, Written, write
from service.bootstrap import App, open_app
from service.index.elasticsearch import ElasticIndex, Server
from service.indexing import reindex
from service.linking import link_report
from service.settings import Settings

WARM_UP = 3
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Cost:
    """Seconds on the wall, of this process, and of the search server."""

    wall: float
    own: float
    server: float

    @property
    def processor(self) -> float:
        return self.own + self.server


def server_seconds(pid: int | None) -> float:
    """Processor time of a process and of those that it started."""
    if pid is None:
        return 0.0
    total, todo = 0.0, [pid]
    while todo:
        one = todo.pop()
        try:
            stat = Path(f"/proc/{one}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
            total += (int(stat[11]) + int(stat[12])) / _TICKS
            for task in Path(f"/proc/{one}/task").iterdir():
                todo += map(int, (task / "children").read_text(encoding="ascii").split())
        except OSError:
            continue
    return total


def cost(work: Callable[[], object], pid: int | None) -> Cost:
    wall, own, server = time.monotonic(), time.process_time(), server_seconds(pid)
    work()
    return Cost(time.monotonic() - wall, time.process_time() - own, server_seconds(pid) - server)


def percentile(values: list[float], part: float) -> float:
    return round(sorted(values)[min(len(values) - 1, int(part * len(values)))], 4)


def of(costs: list[Cost]) -> dict[str, float]:
    walls, processors = [c.wall for c in costs], [c.processor for c in costs]
    return {
        "wall_p50": percentile(walls, 0.5),
        "wall_p95": percentile(walls, 0.95),
        "processor_p50": percentile(processors, 0.5),
        "processor_p95": percentile(processors, 0.95),
        "server_share": round(sum(c.server for c in costs) / max(1e-9, sum(processors)), 2),
    }


def hit_at_1(app: App, written: Written, documents: list[int]) -> float:
    """Of the statements with an answer, how many have it first."""
    right = asked = 0
    for number in documents:
        report = app.store.document(number)
        assert report is not None
        best = {link.item_id: link.task_id for link in reversed(app.store.links(document_id=number)) if link.task_id}
        tasks = {task.id: task for task in app.store.tasks(ids=sorted(set(best.values())))}
        for item in app.store.items(number):
            answer = written.answers.get((report.header.symbol or "", item.item.id))
            if answer:
                asked += 1
                found = tasks.get(best.get(item.id, -1))
                right += found is not None and found.task.id == answer[1]
    return round(right / max(1, asked), 3)


def tfidf(app: App, documents: list[int]) -> dict[str, float]:
    """The peer: every statement of a report against every task; fitting is left out."""
    tasks = [task.task.text for task in app.store.tasks()]
    vectors = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True)
    matrix = vectors.fit_transform(tasks).T.tocsr()
    costs = []
    for number in documents:
        texts = [item.item.text for item in app.store.items(number)]
        costs.append(cost(lambda texts=texts: (vectors.transform(texts) @ matrix).argmax(axis=1), None))  # type: ignore[misc]
    return of(costs[WARM_UP:])


def index_bytes(app: App) -> int:
    if isinstance(app.index, ElasticIndex):
        return app.index.bytes_on_disk()
    return sum(path.stat().st_size for path in app.settings.index_folder.rglob("*") if path.is_file())


def measure(app: App, written: Written, count: int, pid: int | None) -> dict[str, Any]:
    built = cost(lambda: reindex(app), pid)
    reports = app.store.documents(role="report")
    step = max(1, len(reports) // (count + WARM_UP))
    documents = [document.id for document in reports[::step]][: count + WARM_UP]
    linked = [cost(lambda number=number: link_report(app, number), pid) for number in documents]  # type: ignore[misc]
    entries = app.index.count()
    return {
        "entries": entries,
        "index_wall_s": round(built.wall, 1),
        "index_processor_s": round(built.processor, 1),
        "entries_per_processor_s": round(entries / built.processor),
        "index_mb": round(index_bytes(app) / 1e6, 1),
        "link": of(linked[WARM_UP:]),
        "hit_at_1": hit_at_1(app, written, documents),
        "tfidf": tfidf(app, documents),
    }


@contextmanager
def database(folder: Path, engine: str) -> Iterator[str]:
    address = os.environ.get("POSTGRES_URL", "")
    if engine == "embedded" or not address:
        yield f"sqlite:///{(folder / f'{engine}.sqlite3').as_posix()}"
        return
    from sqlalchemy import create_engine, text

    schema, admin = f"scale_{secrets.token_hex(4)}", create_engine(address)
    with admin.begin() as connection:
        connection.execute(text(f"CREATE SCHEMA {schema}"))
    yield f"{address}?options=-csearch_path%3D{schema}"
    with admin.begin() as connection:
        connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))
    admin.dispose()


def run(engine: str, plan: str, share: float, count: int, pid: int | None) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as name, database(Path(name), engine) as address:
        given: dict[str, Any] = {"home": Path(name), "database_url": address}
        prefix = f"scale-{secrets.token_hex(4)}"
        if engine == "elasticsearch":
            given |= {"elasticsearch_url": (os.environ["ELASTICSEARCH_URL"],), "elasticsearch_prefix": prefix}
        with open_app(Settings(**given)) as app:
            filled = time.process_time()
            written = write(app.store, PLANS[plan].share(share))
            filled = time.process_time() - filled
            found = measure(app, written, count, pid)
        if engine == "elasticsearch":
            server = ElasticIndex(Server(given["elasticsearch_url"], prefix=prefix))
            server.drop()
            server.close()
    sizes = {"documents": written.documents, "tasks": written.tasks, "items": written.items}
    store = address.partition(":")[0].partition("+")[0]
    return {"engine": engine, "store": store, "share": share, **sizes, "fill_s": round(filled, 1), **found}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--plan", choices=PLANS, default="country")
    parser.add_argument("--shares", default="0.1,0.3,1")
    parser.add_argument("--reports", type=int, default=40)
    parser.add_argument("--engines", default="embedded,elasticsearch")
    parser.add_argument("--server-pid", type=int, help="process id of the search server, for its processor time")
    given = parser.parse_args()
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    rows = []
    for engine in given.engines.split(","):
        for share in map(float, given.shares.split(",")):
            row = run(engine, given.plan, share, given.reports, given.server_pid if engine != "embedded" else None)
            rows.append(row)
            print(json.dumps({"machine": machine, "load": os.getloadavg()[0], **row}), flush=True)
        mine = [row for row in rows if row["engine"] == engine]
        if len(mine) > 1:
            first, last = mine[0], mine[-1]
            grown = {
                "engine": engine,
                "tasks": round(last["tasks"] / first["tasks"], 1),
                "link_processor": round(last["link"]["processor_p50"] / first["link"]["processor_p50"], 2),
                "tfidf_processor": round(last["tfidf"]["processor_p50"] / first["tfidf"]["processor_p50"], 2),
            }
            print(json.dumps({"grown": grown}), flush=True)
    print(json.dumps({"mean_hit_at_1": statistics.mean(row["hit_at_1"] for row in rows)}))


if __name__ == "__main__":
    main()

"""The index's contract on a real Elasticsearch server, named by ELASTICSEARCH_URL, and what only a server needs.

Without one these tests skip; in CI (CI=true) that is a failure. Every test has indices of its own name.
"""

import os
import secrets
from collections.abc import Iterator
from dataclasses import replace

import pytest

from service.errors import IndexBusy, IndexRefused, IndexUnavailable
from service.index.elasticsearch import ElasticIndex, Server
from service.index.elasticsearch.client import check_version, telling
from service.index.ports import Index, Query
from tests.contract.index_suite import *  # noqa: F403 - the suite's tests run here
from tests.contract.index_suite import entry, fill

URL = os.environ.get("ELASTICSEARCH_URL", "")
IN_CI = os.environ.get("CI") == "true"
pytestmark = pytest.mark.skipif(not URL and not IN_CI, reason="ELASTICSEARCH_URL is not set")


@pytest.fixture
def server() -> Iterator[Server]:
    assert URL, "CI must start Elasticsearch and name it by ELASTICSEARCH_URL"
    own = Server((URL,), prefix=f"dondoc-test-{secrets.token_hex(6)}", timeout=30)
    yield own
    opened = ElasticIndex(own)
    opened.drop()
    opened.close()


@pytest.fixture
def index(server: Server) -> Iterator[Index]:
    opened = ElasticIndex(server)
    yield opened
    opened.close()


def test_a_second_writer_is_told_to_wait_and_readers_see_what_the_first_wrote(server: Server) -> None:
    first, second = ElasticIndex(server), ElasticIndex(server)
    first.put([entry("p:1:0", "Thủy lợi")])
    with pytest.raises(IndexBusy):
        second.put([entry("p:2:0", "Bảo vệ rừng")])
    assert second.count() == 0, "nothing is seen before it is refreshed"
    first.refresh()
    assert second.count() == 1
    second.put([entry("p:2:0", "Bảo vệ rừng")])
    second.refresh()
    assert first.count() == 2
    first.close()
    second.close()


def test_a_lock_whose_holder_was_killed_ends_by_itself(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("service.index.elasticsearch.lock._LASTS", -1.0)
    killed, other = ElasticIndex(server), ElasticIndex(server)
    killed.put([entry("p:1:0", "Thủy lợi")])
    other.put([entry("p:2:0", "Bảo vệ rừng")])
    other.refresh()
    assert other.count() == 2
    killed.close()
    other.close()


def test_a_rebuild_turns_the_alias_over_and_takes_old_indices_away(server: Server, index: ElasticIndex) -> None:
    fill(index)
    index.rebuild([entry("p:9:0", "Thủy lợi")])
    index.rebuild([entry("p:9:0", "Thủy lợi"), entry("p:8:0", "Bảo vệ rừng")])
    names = list(index._writes.indices.get(index=f"{server.prefix}-v*"))
    assert len(names) == 1
    assert list(index._writes.indices.get_alias(name=f"{server.prefix}-v1")) == names


def test_an_index_taken_away_by_others_is_told_and_made_anew(server: Server, index: ElasticIndex) -> None:
    fill(index)
    index._writes.indices.delete(index=f"{server.prefix}-v1-first")
    with pytest.raises(IndexUnavailable):
        index.put([entry("p:1:0", "Thủy lợi")])
    index.put([entry("p:1:0", "Thủy lợi")])
    index.refresh()
    assert index.count() == 1


@pytest.mark.parametrize("version", ["9.1.4", "8.19.8", "10.0.0", "lạ"])
def test_a_server_of_an_unknown_version_is_refused(version: str) -> None:
    class Nodes:
        def info(self, **_: object) -> dict[str, object]:
            return {"nodes": {"a": {"version": "9.2.0"}, "b": {"version": version}}}

    class Client:
        nodes = Nodes()

    with pytest.raises(IndexRefused, match=version):
        check_version(Client())  # type: ignore[arg-type]


def test_a_server_that_is_not_there_is_told_at_once() -> None:
    gone = ElasticIndex(Server(("http://127.0.0.1:9",), timeout=1))
    for ask in (gone.count, gone.refresh, gone.encoders, lambda: gone.search(Query()), lambda: gone.put([])):
        with pytest.raises(IndexUnavailable, match="chưa trả lời"):
            ask()
    gone.close()


def test_both_engines_give_the_same_hits_in_the_same_order(
    index: Index, tmp_path_factory: pytest.TempPathFactory
) -> None:
    from service.index.embedded import EmbeddedIndex
    from tests.contract.parity import entries, questions, same

    embedded = EmbeddedIndex(tmp_path_factory.mktemp("index"))
    for engine in (index, embedded):
        engine.rebuild(entries())
    for question in questions():
        same(index.search(question), embedded.search(question))
        same(index.search(replace(question, limit=3)), embedded.search(replace(question, limit=3)))
    embedded.close()


def test_errors_that_are_not_the_servers_pass() -> None:
    with pytest.raises(KeyError), telling():
        raise KeyError("x")

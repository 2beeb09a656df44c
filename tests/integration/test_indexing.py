"""The index follows the store whatever happens to it; what is taken from outside is mended by a sweep."""

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest

from service.bootstrap import App, open_app
from service.errors import IndexUnavailable
from service.index.ports import Entry, Query
from service.indexing import Sweep, apply_outbox, reindex, sweep
from service.settings import Settings
from tests.contract.store_suite import AT, directive, report


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    with open_app(Settings(home=tmp_path, processes=0)) as opened:
        for one in (directive("a"), directive("b", "13/KH-UBND"), report("c")):
            opened.store.add(one, at=AT)
        apply_outbox(opened)
        yield opened


def ids(app: App) -> list[str]:
    return sorted(hit.id for hit in app.index.search(Query(limit=1000)))


def test_a_whole_index_is_left_alone(app: App) -> None:
    assert sweep(app) == Sweep(3, 0, 0)
    assert app.store.outbox() == []


def test_a_sweep_finds_what_was_lost_what_is_too_much_and_what_is_old(app: App) -> None:
    before = ids(app)
    kept = app.index.search(Query(kind="passage", document_ids=[2]))[0]
    app.index.remove_document(1)
    app.index.put([Entry("p:2:99", "passage", 2, 99, "thừa", "thua"), Entry("d:77", "document", 77, 0, "lạ", "la")])
    app.index.put([Entry(kept.id, "passage", 2, kept.ref, "cũ", "cu", version="2020#3")])
    app.index.refresh()
    assert sweep(app) == Sweep(3, 2, 1)
    apply_outbox(app)
    assert ids(app) == before
    assert sweep(app) == Sweep(3, 0, 0)


def test_reindexing_builds_the_same_index_and_empties_the_queue(app: App) -> None:
    before = ids(app)
    app.store.outbox_all()
    told: list[tuple[int, int]] = []
    assert reindex(app, progress=lambda done, total, _: told.append((done, total))) == 3
    assert told[-1] == (3, 3)
    assert ids(app) == before
    assert app.store.outbox() == []
    assert sweep(app) == Sweep(3, 0, 0)


class Down:
    """An index whose server is gone."""

    def __getattr__(self, name: str) -> object:
        def refuse(*_: object) -> None:
            raise IndexUnavailable("Máy chủ tìm kiếm chưa trả lời")

        return refuse


def test_while_the_server_is_down_the_queue_waits_and_a_rebuild_says_so(app: App) -> None:
    app.store.outbox_all()
    down = dataclasses.replace(app, index=Down())  # type: ignore[arg-type]
    assert apply_outbox(down, patience=5.0) == 0
    assert len(app.store.outbox()) == 3
    with pytest.raises(IndexUnavailable):
        reindex(down)
    assert apply_outbox(app) == 3

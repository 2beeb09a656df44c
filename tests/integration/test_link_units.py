"""Links follow the office's own units: a merger that it has entered counts from its day on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from nlp.registry import Context
from service.bootstrap import App, open_app
from service.linking.units import Answering
from service.settings import Settings
from service.units import directory
from service.units.edit import UnitForm, decide_successors, save_unit, set_office

AT = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
OLD, NEW = "Trung tâm Xúc tiến Đầu tư", "Trung tâm Xúc tiến và Quảng bá"
MERGED = dt.date(2025, 9, 1)


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    with open_app(Settings(home=tmp_path, processes=0)) as opened:
        set_office(opened.store, "Ủy ban nhân dân tỉnh An Giang", by="Lan", at=AT)
        old = save_unit(opened.store, UnitForm(OLD, valid_to=MERGED - dt.timedelta(days=1)), by="Lan", at=AT)
        save_unit(opened.store, UnitForm(NEW), by="Lan", at=AT)
        decide_successors(opened.store, old.id, [NEW], MERGED, by="Lan", at=AT)
        yield opened


def answering(app: App, day: dt.date) -> Answering:
    return Answering(directory(app.store), Context(day, "an-giang", None, "province"))


THERE = Context(dt.date(2025, 2, 1), "an-giang", None, "province")


def test_an_entered_successor_answers_from_its_day_on(app: App) -> None:
    assert answering(app, dt.date(2025, 8, 1)).best(NEW, (OLD,), THERE) is None
    after = answering(app, dt.date(2025, 10, 1))
    assert after.best(NEW, ("các đơn vị liên quan", OLD), THERE) == ("successor", OLD)
    assert after.best(NEW, ("các đơn vị liên quan",), THERE) == ("open", "các đơn vị liên quan")


def test_the_index_is_asked_for_the_old_name_too(app: App) -> None:
    assert "trung tâm xúc tiến đầu tư" in answering(app, dt.date(2025, 10, 1)).keys(NEW)
    assert "trung tâm xúc tiến đầu tư" not in answering(app, dt.date(2025, 8, 1)).keys(NEW)


def test_a_name_that_no_registry_knows_is_compared_by_its_words(app: App) -> None:
    units = answering(app, dt.date(2025, 10, 1))
    assert units.best("Hợp tác xã Bình An", ("Hợp tác xã Vĩnh Phát", "Hợp tác xã Bình An"), THERE) == (
        "same",
        "Hợp tác xã Bình An",
    )

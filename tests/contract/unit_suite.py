"""What every store must do with an office's own units; run on each adapter by a module with the fixture ``store``."""

import datetime as dt
from dataclasses import replace

from nlp.registry import Membership, Office, Successor, Term, Unit, UnitCode, UnitName
from nlp.registry.model import Phase
from service.store.ports import Store
from service.unit_records import UnitsKept
from tests.contract.store_suite import AT, MINUTE

JULY = dt.date(2025, 7, 1)
DESK = Unit(
    "dv:ban-dieu-hanh",
    (UnitName("Ban Điều hành chuyển đổi số"), UnitName("BĐH CĐS", "abbr", Term(JULY, None))),
    "province",
    "an-giang",
    (Phase("board", "ubnd.kien-giang", Term(None, dt.date(2025, 6, 30))), Phase("board", "ubnd.an-giang", Term(JULY))),
    Term(dt.date(2024, 1, 1), None),
    (UnitCode("H", "H63.1", Term(JULY)),),
)


def test_a_new_directory_is_empty(store: Store) -> None:
    assert store.office() == Office()
    assert store.unit_revision() == 0


def test_a_unit_comes_back_as_it_was_entered(store: Store) -> None:
    assert store.put_units([DESK], by="An", at=AT) == UnitsKept(new=1)
    assert store.office().units == (DESK,)
    assert store.put_units([DESK], by="Bình", at=AT + MINUTE) == UnitsKept(same=1)
    changed = replace(DESK, term=Term(dt.date(2024, 1, 1), dt.date(2026, 1, 1)), codes=())
    assert store.put_units([changed, DESK], by="Bình", at=AT + MINUTE) == UnitsKept(changed=2)
    assert store.office().units == (DESK,)


def test_every_change_of_a_unit_is_kept_with_who_and_when(store: Store) -> None:
    store.put_units([DESK], by="An", at=AT)
    assert store.remove_unit(DESK.id, by="Bình", at=AT + MINUTE)
    assert not store.remove_unit(DESK.id, by="Bình", at=AT + MINUTE)
    last, first = store.unit_events(DESK.id)
    assert (first.action, first.by, first.known_at, first.before) == ("unit", "An", AT, None)
    assert first.after["names"][0]["text"] == "Ban Điều hành chuyển đổi số"
    assert (last.action, last.by, last.after) == ("removed", "Bình", None)
    assert store.unit_revision() == last.id
    assert store.office().units == ()


def test_what_a_person_decides_about_a_unit_that_ended(store: Store) -> None:
    step = Successor("so-khcn.an-giang", JULY, "all", "Quyết định 12/QĐ-UBND", "chuyển đổi số")
    store.put_successors("so-tttt.kien-giang", [step], by="An", at=AT)
    assert store.office().decided == {"so-tttt.kien-giang": (step,)}
    revision = store.unit_revision()
    store.put_successors("so-tttt.kien-giang", [step], by="An", at=AT + MINUTE)
    assert store.unit_revision() == revision
    store.put_successors("so-tttt.kien-giang", [], by="An", at=AT + MINUTE)
    assert store.office().decided == {}
    assert [event.action for event in store.unit_events("so-tttt.kien-giang")] == ["successors", "successors"]


def test_members_of_a_collective_by_any_spelling(store: Store) -> None:
    members = [Membership("so-noi-vu.an-giang"), Membership(DESK.id, Term(JULY, None))]
    store.put_members("Các sở, ban, ngành", members, by="An", at=AT)
    office = store.office()
    assert list(office.members.values()) == [tuple(members)]
    assert list(office.printed.values()) == ["Các sở, ban, ngành"]
    store.put_members("các sở, ban, ngành", members[:1], by="An", at=AT)
    assert list(store.office().members.values()) == [tuple(members[:1])]
    store.put_members("các sở, ban, ngành", [], by="An", at=AT)
    assert store.office().members == {}


def test_the_body_that_runs_the_system(store: Store) -> None:
    store.set_office("vp-ubnd.an-giang", "an-giang", by="An", at=AT)
    store.set_office("vp-ubnd.ca-mau", "ca-mau", by="Bình", at=AT + MINUTE)
    store.set_office("vp-ubnd.ca-mau", "ca-mau", by="Bình", at=AT + MINUTE)
    office = store.office()
    assert (office.own, office.province) == ("vp-ubnd.ca-mau", "ca-mau")
    assert [event.after["province"] for event in store.unit_events("office")] == ["ca-mau", "an-giang"]

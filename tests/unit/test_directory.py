"""Who answers for whom, who the members are, and how a name is shown: the directory that use cases ask."""

from __future__ import annotations

import datetime as dt

import pytest

from nlp.model import Header
from nlp.registry import Context, Membership, Office, Registry, Successor
from nlp.registry.keys import name_key
from service.units import Directory, Named

NOW = dt.date(2026, 5, 4)
OLD = Context(dt.date(2024, 6, 3), "kien-giang", "ubnd.kien-giang", "province")
NEW = Context(NOW, "an-giang", "ubnd.an-giang", "province")
OFFICE = Directory(Registry(Office("vp-ubnd.an-giang", "an-giang")))


@pytest.mark.parametrize(
    ("reporter", "assignee", "said"),
    [
        ("Sở Nội vụ", "Sở Nội vụ", "successor"),
        ("Sở Tài chính tỉnh An Giang", "Giám đốc Sở KH&ĐT", "successor"),
        ("Sở Khoa học và Công nghệ", "Sở Thông tin và Truyền thông", "possible"),
        ("Sở Y tế", "Sở Nội vụ", None),
        ("UBND xã Vĩnh Hòa", "UBND huyện An Minh", None),
        ("Ban Quản lý dự án số 7", "Ban Quản lý dự án số 7", "same"),
    ],
)
def test_a_report_of_today_for_a_task_of_kien_giang(reporter: str, assignee: str, said: str | None) -> None:
    assert OFFICE.same_unit(Named(reporter, NEW), Named(assignee, OLD), NOW) == said
    assert OFFICE.answers(Named(reporter, NEW), Named(assignee, OLD), NOW) == (said in ("same", "successor"))


def test_once_a_person_decided_the_successor_answers() -> None:
    step = Successor("so-khcn.kien-giang", dt.date(2025, 3, 1))
    decided = Directory(Registry(Office(province="an-giang", decided={"so-tttt.kien-giang": (step,)})))
    one, other = Named("Sở Khoa học và Công nghệ", NEW), Named("Sở TT&TT", OLD)
    assert decided.same_unit(one, other, NOW) == "successor"
    assert decided.ended_without_successor(other, NOW) is None
    assert OFFICE.ended_without_successor(other, NOW) is not None
    assert OFFICE.ended_without_successor(other, dt.date(2024, 9, 1)) is None


def test_a_name_is_shown_with_what_it_is_now() -> None:
    assert OFFICE.label(Named("Sở KH&ĐT", OLD), NOW) == "Sở KH&ĐT (nay là Sở Tài chính tỉnh An Giang)"
    assert OFFICE.label("các sở, ban, ngành", NOW) == "các sở, ban, ngành"
    assert OFFICE.label("Sở Nội vụ", NOW) == "Sở Nội vụ"


def test_a_collective_is_expanded_where_all_its_members_are_known() -> None:
    assert OFFICE.member_names("các sở, ban, ngành", NOW) is None
    assert "so-noi-vu.an-giang" in OFFICE.members("các sở, ban, ngành", NOW).units
    listed = (Membership("so-noi-vu.an-giang"), Membership("so-y-te.an-giang"))
    known = Directory(Registry(Office(province="an-giang", members={name_key("các sở, ban, ngành"): listed})))
    assert known.member_names("Các Sở, ban, ngành", NOW) == ("Sở Nội vụ tỉnh An Giang", "Sở Y tế tỉnh An Giang")
    assert known.member_names("các sở, ban, ngành liên quan", NOW) is None


def test_the_context_of_a_document_without_a_province_is_the_offices() -> None:
    assert OFFICE._of_header(Header(symbol="12/KH", date=NOW)).province == "an-giang"
    assert OFFICE._of_header(Header(issuer="Bộ Nội vụ", date=NOW)) == Context(NOW, None, "bo-noi-vu", "central")

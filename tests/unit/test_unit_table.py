"""An office's units in and out as CSV, and what people decide about them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from service.errors import InvalidInput, NotFound
from service.store.ports import Store
from service.store.sql import SqlStore
from service.units import directory
from service.units.edit import UnitForm, decide_successors, remove_unit, save_unit, set_members, set_office
from service.units.table import export_units, import_units

AT = dt.datetime(2026, 5, 4, 8, tzinfo=dt.UTC)
DAY = dt.date(2026, 5, 4)
FILE = """Tên đơn vị;Viết tắt;Loại;Cấp;Đơn vị cấp trên;Từ ngày;Đến ngày;Đơn vị kế thừa;Ngày kế thừa;Thuộc nhóm
Ban Điều hành chuyển đổi số;BĐH;Ban, cơ quan tương đương sở;Tỉnh;UBND tỉnh An Giang;01/7/2025;;;;các sở, ban, ngành
Sở Nội vụ;;Sở;Tỉnh;;;;;;các sở, ban, ngành
UBND xã Vĩnh Hòa;;UBND cấp huyện, cấp xã;Xã;;01/7/2025;;;;UBND các xã, phường
Phòng Số;;Khác;;Ban Điều hành chuyển đổi số;;31/12/2025;BĐH;01/01/2026;
;;Sở;;;;;;;
Trung tâm X;;Bộ lạc;;;;;;;
Trung tâm Y;;;;Ban Không Có;;;;;
Trung tâm Z;;;;;hôm qua;;;;
"""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = SqlStore(f"sqlite:///{tmp_path / 'a.db'}")
    opened.migrate()
    set_office(opened, "Văn phòng UBND tỉnh An Giang", by="An", at=AT)
    yield opened
    opened.close()


def test_a_file_is_taken_in_line_by_line_and_twice_changes_nothing(store: Store) -> None:
    first = import_units(store, FILE.encode(), "don-vi.csv", by="An", at=AT)
    assert (first.rows, first.new, first.changed, first.groups, first.successors) == (8, 4, 0, 2, 1)
    assert [problem.split(":")[0] for problem in first.problems] == ["Dòng 6", "Dòng 7", "Dòng 8", "Dòng 9"]
    assert "hôm qua" in first.problems[-1]
    revision = store.unit_revision()
    again = import_units(store, FILE.encode(), "don-vi.csv", by="Bình", at=AT)
    assert (again.new, again.changed, again.same) == (0, 0, 4)
    assert store.unit_revision() == revision


def test_what_is_exported_is_imported_without_a_change(store: Store) -> None:
    import_units(store, FILE.encode(), "don-vi.csv", by="An", at=AT)
    revision, text = store.unit_revision(), export_units(store)
    again = import_units(store, text.encode(), "xuat.csv", by="An", at=AT)
    assert (again.same, again.problems) == (4, ())
    assert store.unit_revision() == revision


def test_names_of_the_office_mean_its_units(store: Store) -> None:
    import_units(store, FILE.encode(), "don-vi.csv", by="An", at=AT)
    found = directory(store)
    assert [one.unit for one in found.resolve("BĐH", DAY)] == ["dv:ban-dieu-hanh-chuyen-doi-so"]
    assert found.member_names("các sở, ban, ngành", DAY) == ("Ban Điều hành chuyển đổi số", "Sở Nội vụ")
    assert found.member_names("UBND các phường, xã", DAY) == ("UBND xã Vĩnh Hòa",)
    assert found.label("Phòng Số", DAY) == "Phòng Số (nay là Ban Điều hành chuyển đổi số)"


def test_a_known_body_keeps_its_id_so_that_links_stay(store: Store) -> None:
    unit = save_unit(store, UnitForm("Sở Nội vụ", abbr=("SNV-AG",), type="department"), by="An", at=AT)
    assert unit.id == "so-noi-vu.an-giang"
    assert [one.unit for one in directory(store).resolve("SNV-AG", DAY)] == ["so-noi-vu.an-giang"]
    remove_unit(store, unit.id, by="An", at=AT)
    assert directory(store).registry.name(unit.id, DAY) == "Sở Nội vụ tỉnh An Giang"
    with pytest.raises(NotFound):
        remove_unit(store, unit.id, by="An", at=AT)


def test_a_person_decides_who_answers_for_a_unit_that_ended(store: Store) -> None:
    old = "so-tttt.an-giang"
    assert directory(store).same_unit("Sở KH&CN", "Sở TT&TT", DAY) == "possible"
    decide_successors(store, old, ["Sở Khoa học và Công nghệ"], None, basis="NQ 12", by="An", at=AT)
    assert directory(store).same_unit("Sở KH&CN", "Sở TT&TT", DAY) == "successor"
    assert directory(store).office.decided[old][0].date == dt.date(2025, 3, 1)
    decide_successors(store, old, [], None, by="An", at=AT)
    assert directory(store).same_unit("Sở KH&CN", "Sở TT&TT", DAY) == "possible"
    with pytest.raises(InvalidInput, match="vòng"):
        decide_successors(store, "so-tai-chinh.an-giang", ["Sở KH&ĐT"], DAY, by="An", at=AT)
    with pytest.raises(InvalidInput, match="chính mình"):
        decide_successors(store, old, [old], DAY, by="An", at=AT)


@pytest.mark.parametrize(
    ("form", "said"),
    [
        (UnitForm("  "), "Chưa nhập tên"),
        (UnitForm("x" * 400), "dài quá"),
        (UnitForm("A B", type="bộ lạc"), "loại đơn vị"),
        (UnitForm("A B", level="sao"), "cấp"),
        (UnitForm("A B", valid_from=DAY, valid_to=DAY - dt.timedelta(1)), "sau từ ngày"),
        (UnitForm("A B", parent="Ban Không Có"), "Chưa xác định"),
    ],
)
def test_what_does_not_fit_is_refused_in_words(store: Store, form: UnitForm, said: str) -> None:
    with pytest.raises(InvalidInput, match=said):
        save_unit(store, form, by="An", at=AT)
    assert store.office().units == ()


@pytest.mark.parametrize("data", [b"", b"\xff\xfe\x00", b"a,b\n1,2\n", b"\x00" * 100])
def test_a_damaged_file_changes_nothing(store: Store, data: bytes) -> None:
    with pytest.raises(InvalidInput, match=r"hong\.csv"):
        import_units(store, data, "hong.csv", by="An", at=AT)
    assert store.office().units == ()


def test_groups_and_the_office_want_known_names(store: Store) -> None:
    with pytest.raises(InvalidInput):
        set_members(store, "các sở", ["Sở Trên Trời"], by="An", at=AT)
    with pytest.raises(InvalidInput):
        set_office(store, "Cơ quan lạ", by="An", at=AT)
    assert store.office().province == "an-giang"

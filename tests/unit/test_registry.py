"""Names of bodies resolved as of the day of their document (domain-vn 1.8, 1.9): tables on real wording."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from nlp.registry import Context, Office, Registry, Resolved, Successor, Unit, UnitName, resolve
from nlp.registry.build import central, provincial, templates
from nlp.registry.keys import name_key
from nlp.registry.model import Phase
from nlp.registry.provinces import provinces
from nlp.registry.registry import Membership, built_in
from nlp.registry.succession import compare, label, members, now

BEFORE, AFTER, NOW = dt.date(2024, 6, 3), dt.date(2025, 4, 2), dt.date(2026, 5, 4)
CENTRAL = Context(NOW, None, "chinh-phu", "central")
KIEN_GIANG = Context(BEFORE, "kien-giang", "ubnd.kien-giang", "province")
AN_GIANG = Context(NOW, "an-giang", "ubnd.an-giang", "province")
HA_NOI = Context(NOW, "ha-noi", "ubnd.ha-noi", "province")


def units(name: str, context: Context, registry: Registry | None = None) -> list[str | None]:
    return [one.unit for one in (resolve(name, context, registry) if registry else resolve(name, context))]


def one(name: str, context: Context) -> Resolved:
    (found,) = resolve(name, context)
    return found


@pytest.mark.parametrize(
    ("name", "context", "unit"),
    [
        ("Bộ TT&TT", CENTRAL, "bo-tttt"),
        ("Bộ Khoa học và công nghệ", CENTRAL, "bo-khcn"),
        ("Uỷ ban Dân tộc", CENTRAL, "ub-dan-toc"),
        ("Bộ Lao động, Thương binh và Xã hội", CENTRAL, "bo-ldtbxh"),
        ("Bộ NN và PTNT", CENTRAL, "bo-nnptnt"),
        ("Thống đốc Ngân hàng Nhà nước Việt Nam", CENTRAL, "nhnn"),
        ("Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ", CENTRAL, "vpcp"),
        ("Tổng Thanh tra Chính phủ", CENTRAL, "thanh-tra-chinh-phu"),
        ("Chánh án Tòa án nhân dân tối cao", CENTRAL, "tandtc"),
        ("BHXH Việt Nam", CENTRAL, "bhxhvn"),
        ("Bô Tài chính", CENTRAL, "bo-tai-chinh"),
        ("Chánh Văn phòng UBND tỉnh", KIEN_GIANG, "vp-ubnd.kien-giang"),
        ("Giám đốc Sở KH&ĐT", KIEN_GIANG, "so-khdt.kien-giang"),
        ("Sở Nôi vu", KIEN_GIANG, "so-noi-vu.kien-giang"),
        ("Bộ CHQS tỉnh", KIEN_GIANG, "bch-quan-su.kien-giang"),
        ("UBMTTQ Việt Nam tỉnh", KIEN_GIANG, "mttq.kien-giang"),
        ("Tỉnh đoàn", KIEN_GIANG, "tinh-doan.kien-giang"),
        ("Thành ủy Rạch Giá", KIEN_GIANG, "cap-uy.thành-phố-rạch-giá.kien-giang"),
        ("UBND xã Vĩnh Hòa, huyện An Minh, tỉnh Kiên Giang", CENTRAL, "ubnd.xã-vĩnh-hòa.kien-giang"),
        ("UBND TP. Hồ Chí Minh", CENTRAL, "ubnd.ho-chi-minh"),
        ("Sở Nội vụ tỉnh Dak Lak", CENTRAL, "so-noi-vu.dak-lak"),
        ("UBND Thành phố", HA_NOI, "ubnd.ha-noi"),
        ("Thành ủy", HA_NOI, "tinh-uy.ha-noi"),
        ("Thành ủy", KIEN_GIANG, None),
        ("Trung tâm Đổi mới sáng tạo Hà Nội", HA_NOI, None),
        ("Chánh Văn phòng Bộ Nội vụ", CENTRAL, None),
        ("Cổng thông tin điện tử Bộ Xây dựng", CENTRAL, None),
        ("Vụ Pháp chế - Bộ Tài chính", CENTRAL, None),
        ("Cục Thống kê, Bộ Tài chính", CENTRAL, "cuc-thong-ke"),
        ("VPCP: BTCN, các PCN, các Vụ, Cục", CENTRAL, "vpcp"),
        ("Chánh VP, Phó CVP (NC) UBND tỉnh", KIEN_GIANG, "vp-ubnd.kien-giang"),
    ],
)
def test_a_name_stands_for_one_unit(name: str, context: Context, unit: str | None) -> None:
    assert one(name, context).unit == unit


@pytest.mark.parametrize(
    ("name", "context", "expected"),
    [
        ("Giám đốc các Sở: Nội vụ, Tài chính", KIEN_GIANG, ["so-noi-vu.kien-giang", "so-tai-chinh.kien-giang"]),
        (
            "Giám đốc các Sở: Nội vụ, Văn hóa, Thể thao và Du lịch; Chánh Văn phòng UBND tỉnh",
            KIEN_GIANG,
            ["so-noi-vu.kien-giang", "so-vhttdl.kien-giang", "vp-ubnd.kien-giang"],
        ),
        ("các Bộ: Tài chính, Công an và Quốc phòng", CENTRAL, ["bo-tai-chinh", "bo-cong-an", "bo-quoc-phong"]),
        ("HĐND, UBND tỉnh", KIEN_GIANG, ["hdnd.kien-giang", "ubnd.kien-giang"]),
        (
            "UBND các tỉnh: Nghệ An, Hà Tĩnh và thành phố Huế",
            CENTRAL,
            ["ubnd.nghe-an", "ubnd.ha-tinh", "ubnd.hue"],
        ),
        ("Bộ Thông tin và Truyền thông Bộ Khoa học và Công nghệ", CENTRAL, ["bo-tttt", "bo-khcn"]),
        ("Văn phòng Quốc hội, Văn phòng Chính phủ", CENTRAL, ["vpqh", "vpcp"]),
    ],
)
def test_an_elliptical_list_is_written_out(name: str, context: Context, expected: list[str]) -> None:
    assert units(name, context) == expected


@pytest.mark.parametrize(
    ("name", "context", "classes"),
    [
        ("các huyện, thành ủy", KIEN_GIANG, ("party/district",)),
        ("Tỉnh, Thành ủy", CENTRAL, ("tinh-uy/province",)),
        ("các sở, ban, ngành", KIEN_GIANG, ("department", "board", "branch")),
        ("Sở, ban, ngành tỉnh", KIEN_GIANG, ("department", "board", "branch")),
        ("UBND các huyện, thành phố", KIEN_GIANG, ("ubnd/district",)),
        ("UBND các tỉnh, thành phố trực thuộc Trung ương", CENTRAL, ("ubnd/province",)),
        ("Chủ tịch UBND các xã, phường", HA_NOI, ("ubnd/commune",)),
        ("các bộ, cơ quan ngang bộ, cơ quan thuộc Chính phủ", CENTRAL, ("ministry", "ministerial", "agency")),
        ("các bộ, ngành, địa phương", CENTRAL, ("ministry", "branch", "place/province")),
        ("các địa phương", KIEN_GIANG, ("place/district",)),
        ("các địa phương", AN_GIANG, ("place/commune",)),
        ("Sở Tư pháp", CENTRAL, ("so-tu-phap/province",)),
        ("Ủy ban nhân dân cấp xã", CENTRAL, ("ubnd/commune",)),
        ("các quận, huyện, thị xã, thành phố", CENTRAL, ("place/district",)),
        ("Ban tổ chức các tỉnh ủy, thành ủy", CENTRAL, ("ban-to-chuc-tu/province",)),
        ("các Ban của Hội đồng nhân dân", HA_NOI, ("committee",)),
    ],
)
def test_a_collective_stands_for_classes(name: str, context: Context, classes: tuple[str, ...]) -> None:
    found = one(name, context)
    assert (found.unit, found.classes) == (None, classes)


@pytest.mark.parametrize(
    ("name", "context", "day", "unit", "ended", "successors"),
    [
        ("Bộ TT&TT", CENTRAL, BEFORE, "bo-tttt", None, ()),
        ("Bộ TT&TT", CENTRAL, dt.date(2025, 2, 28), "bo-tttt", None, ()),
        ("Bộ TT&TT", CENTRAL, AFTER, "bo-tttt", dt.date(2025, 2, 28), ("bo-khcn", "bo-vhttdl", "bo-cong-an")),
        ("Bộ Kế hoạch và Đầu tư", CENTRAL, AFTER, "bo-khdt", dt.date(2025, 2, 28), ("bo-tai-chinh",)),
        ("UBND huyện An Minh", KIEN_GIANG, BEFORE, "ubnd.huyện-an-minh.kien-giang", None, ()),
        ("UBND huyện An Minh", KIEN_GIANG, NOW, "ubnd.huyện-an-minh.kien-giang", dt.date(2025, 6, 30), ()),
        ("UBND tỉnh Kiên Giang", CENTRAL, BEFORE, "ubnd.kien-giang", None, ()),
        ("UBND tỉnh Kiên Giang", CENTRAL, dt.date(2025, 6, 30), "ubnd.kien-giang", None, ()),
        ("UBND tỉnh Kiên Giang", CENTRAL, NOW, "ubnd.kien-giang", dt.date(2025, 6, 30), ("ubnd.an-giang",)),
        (
            "Sở Nội vụ tỉnh Kiên Giang",
            CENTRAL,
            NOW,
            "so-noi-vu.kien-giang",
            dt.date(2025, 6, 30),
            ("so-noi-vu.an-giang",),
        ),
        ("Kiên Giang", CENTRAL, NOW, "kien-giang", dt.date(2025, 6, 30), ("an-giang",)),
        ("UBND tỉnh An Giang", CENTRAL, NOW, "ubnd.an-giang", None, ()),
    ],
)
def test_before_and_after_the_mergers(
    name: str, context: Context, day: dt.date, unit: str, ended: dt.date | None, successors: tuple[str, ...]
) -> None:
    found = one(name, replace(context, date=day))
    assert (found.unit, found.ended) == (unit, ended)
    assert tuple(step.unit for step in found.successors) == successors


def test_a_city_before_and_after_it_was_one() -> None:
    assert one("UBND thành phố Huế", replace(CENTRAL, date=BEFORE)).unit is None
    assert one("UBND thành phố Huế", CENTRAL).unit == "ubnd.hue"
    assert (
        one("UBND tỉnh Thừa Thiên - Huế", replace(CENTRAL, date=BEFORE)).name == "Ủy ban nhân dân tỉnh Thừa Thiên Huế"
    )


def test_codes_are_read_as_of_a_day() -> None:
    def holder(code: str, day: dt.date) -> set[str]:
        found = (built_in(number) for number in provinces())
        return {unit.id for unit in found if unit and unit.term.holds(day) and unit.code("gso", day) == code}

    assert holder("91", BEFORE) == {"kien-giang"}
    assert holder("91", NOW) == {"an-giang"}
    assert holder("89", BEFORE) == {"an-giang"}
    assert holder("89", NOW) == set()


def test_sixty_three_provinces_became_thirty_four() -> None:
    def alive(day: dt.date) -> int:
        return sum(one.term.holds(day) for one in provinces().values())

    assert (alive(dt.date(2025, 6, 30)), alive(dt.date(2025, 7, 1))) == (63, 34)


def test_who_answers_for_whom() -> None:
    registry = Registry()
    assert compare("bo-khdt", "bo-tai-chinh", AFTER, registry) == "successor"
    assert compare("bo-khdt", "bo-tai-chinh", BEFORE, registry) is None
    assert compare("bo-tttt", "bo-khcn", AFTER, registry) == "possible"
    assert compare("so-khdt.kien-giang", "so-tai-chinh.an-giang", NOW, registry) == "successor"
    assert compare("so-noi-vu.kien-giang", "so-noi-vu.an-giang", NOW, registry) == "successor"
    assert compare("so-noi-vu.kien-giang", "so-noi-vu.ca-mau", NOW, registry) is None
    assert now("bo-tttt", AFTER, registry) is None
    assert now("ubnd.huyện-an-minh.kien-giang", NOW, registry) is None


def test_a_person_decides_among_several_successors() -> None:
    decided = Registry(Office(decided={"bo-tttt": (Successor("bo-khcn", dt.date(2025, 3, 1)),)}))
    assert now("bo-tttt", AFTER, decided) == "bo-khcn"
    assert compare("bo-tttt", "bo-khcn", AFTER, decided) == "successor"
    assert compare("bo-tttt", "bo-vhttdl", AFTER, decided) is None


def test_an_ended_unit_is_shown_with_what_it_is_now() -> None:
    registry = Registry()
    assert label("bo-khdt", BEFORE, registry) == "Bộ Kế hoạch và Đầu tư"
    assert label("bo-khdt", AFTER, registry) == "Bộ Kế hoạch và Đầu tư (nay là Bộ Tài chính)"
    assert label("ubnd.kien-giang", NOW, registry, printed="UBND tỉnh") == (
        "UBND tỉnh (nay là Ủy ban nhân dân tỉnh An Giang)"
    )
    assert label("bo-tttt", AFTER, registry).startswith("Bộ Thông tin và Truyền thông (chức năng chuyển về Bộ Khoa học")
    assert label("ubnd.huyện-an-minh.kien-giang", NOW, registry) == (
        "Ủy ban nhân dân huyện An Minh (đã kết thúc hoạt động)"
    )


def test_central_collectives_have_their_members_of_the_day() -> None:
    registry = Registry()

    def of(name: str, day: dt.date) -> tuple[str, ...]:
        context = replace(CENTRAL, date=day)
        return members(one(name, context), context, registry).units

    assert (len(of("các bộ", BEFORE)), len(of("các bộ", AFTER))) == (18, 14)
    assert len(of("các bộ, cơ quan ngang bộ", AFTER)) == 17
    assert len(of("UBND các tỉnh, thành phố", dt.date(2025, 6, 30))) == 63
    assert len(of("UBND các tỉnh, thành phố", NOW)) == 34


def test_the_office_comes_first_and_its_list_is_the_whole_of_a_collective() -> None:
    own = Unit("dv:kinh-te", (UnitName("Phòng Kinh tế"), UnitName("Sở Tài chính", "short")), "province", "an-giang",
               (Phase("department"),))  # fmt: skip
    key = name_key("các sở, ban, ngành")
    registry = Registry(Office(units=(own,), members={key: (Membership("dv:kinh-te"), Membership("so-y-te.an-giang"))}))
    assert units("Sở Tài chính", AN_GIANG, registry) == ["dv:kinh-te"]
    found = members(one("các sở, ban, ngành", AN_GIANG), AN_GIANG, registry)
    assert (found.units, found.complete) == (("dv:kinh-te", "so-y-te.an-giang"), True)


def test_a_role_names_nobody() -> None:
    found = one("các đơn vị được giao nhiệm vụ chủ trì trực tiếp các chỉ số thành phần", KIEN_GIANG)
    assert (found.how, found.unit) == ("role", None)


def test_every_successor_is_a_unit() -> None:
    units = [*central().values()]
    units += [unit for name in templates() for place in provinces() if (unit := provincial(name, place))]
    lost = [(unit.id, step.unit) for unit in units for step in unit.successors if built_in(step.unit) is None]
    lost += [(unit.id, step.to) for unit in units for step in unit.transfers if built_in(step.to) is None]
    assert not lost


@pytest.mark.parametrize("name", ["", "   ", "-", "…", "a" * 5000, "((((", "Bộ " * 300, "và, và, và", "\x00\ud800"])
def test_hostile_names_are_unknown(name: str) -> None:
    assert all(found.unit is None for found in resolve(name, CENTRAL))


@pytest.mark.parametrize(
    "name",
    [
        "Mặt trận Tổ quốc và các đoàn thể chính trị - xã hội",
        "Mặt trận Tổ quốc và các tổ chức chính trị - xã hội tỉnh",
        "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh và các đoàn thể",
    ],
)
def test_the_front_and_the_mass_organisations_beside_it_are_two(name: str) -> None:
    front, mass = resolve(name, AN_GIANG)
    assert front.unit == "mttq.an-giang"
    assert (mass.unit, mass.classes) == (None, ("mass",))


def test_a_commune_called_hoi_is_one() -> None:
    assert one("UBND xã Hội Sơn", AN_GIANG).unit == "ubnd.xã-hội-sơn.an-giang"

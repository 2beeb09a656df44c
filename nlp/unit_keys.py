"""Keys under which all spellings of one body are equal, and what a collective takes in."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final

from corpus.text import fold
from nlp import unit_names as names
from nlp.unit_names import alternatives, plain

_TITLE_OF: Final = re.compile(
    r"^(?:đồng chí\s+)?(?:lãnh đạo|thủ trưởng|(?:tổng |phó )?giám đốc|(?:phó )?chủ tịch|chủ nhiệm|tư lệnh|"
    r"chỉ huy trưởng|"
    r"bộ trưởng(?=\s+bộ)|thứ trưởng(?=\s+bộ)|(?:tổng )?cục trưởng|vụ trưởng|viện trưởng|hiệu trưởng|chánh án|"
    r"trưởng(?=\s+(?:ban|phòng))|"
    r"phó trưởng(?=\s+(?:ban|phòng))|(?:phó )?bí thư|(?:phó )?chánh(?=\s+(?:văn phòng|thanh tra))|tổng thư ký|"
    r"người đứng đầu|thống đốc)\s+(?=\S)"
)
_TOTAL: Final = {
    "tổng thanh tra chính phủ": "thanh tra chính phủ",
    "tổng kiểm toán nhà nước": "kiểm toán nhà nước",
    "bộ trưởng": "bộ trưởng",
}
_PROVINCIAL: Final = re.compile(
    r"^(?:sở|văn phòng (?:tỉnh ủy|thành ủy)|tỉnh ủy|thành ủy|ban [\w ]+ (?:tỉnh ủy|thành ủy)) "
)


@cache
def _place_tail() -> re.Pattern[str]:
    of = alternatives(names.PLACE_NAMES, lower=True).replace(r"\-\s+", "")
    return re.compile(rf"\s+(?:(?P<kind>tỉnh|thành phố|tp)\s*)?(?P<name>{of})$")


def _bare_key(name: str) -> str:
    text = fold(names.opened(fold(name))).strip(" ,;:.-–•+*/|")
    low = re.sub(r"[^\w\s]|_", " ", plain(text).replace("&", " và "))
    low = " ".join(word for word in low.split() if word != "và")
    low = _TOTAL.get(low) or _TITLE_OF.sub("", low)
    low = re.sub(r"^(?:các )?ủy ban mặt trận tổ quốc(?: việt nam)?|^mặt trận tổ quốc việt nam", "mặt trận tổ quốc", low)
    return re.sub(r"^(?:đoàn thanh niên cộng sản hồ chí minh|đoàn thanh niên)(?: tỉnh)?$", "đoàn thanh niên", low)


@cache
def _aliases() -> dict[str, str]:
    return {_bare_key(key): value for key, value in names.table("key_aliases").items()}


def unit_place(name: str) -> str | None:
    """The province in a unit's name, in lower case: "Sở Nội vụ tỉnh Kiên Giang" → "kiên giang"."""
    match = _place_tail().search(_bare_key(name))
    return match["name"] if match else None


@lru_cache(maxsize=8192)
def unit_key(name: str) -> str:
    """A key that is equal for all spellings of one body; a Sở loses its province, which its document tells.

    >>> unit_key("Giám đốc Sở KH&ĐT tỉnh Kiên Giang") == unit_key("Sở Kế hoạch và Đầu tư")
    True
    """
    key = _bare_key(name)
    key = _aliases().get(key, key)
    if _PROVINCIAL.match(f"{key} "):
        key = re.sub(r"\s+(?:tỉnh|thành phố)$", "", _place_tail().sub("", key))
    return key


def same_unit(one: str, other: str) -> bool:
    """Whether two names may mean one body: equal keys, where a missing province is no contradiction.

    >>> same_unit("UBND tỉnh", "Ủy ban nhân dân tỉnh An Giang"), same_unit("UBND tỉnh Hà Tĩnh", "UBND tỉnh An Giang")
    (True, False)
    """
    here, there = unit_place(one), unit_place(other)
    if here and there and here != there:
        return False
    return _without_place(one) == _without_place(other)


def _without_place(name: str) -> str:
    key = unit_key(name)
    return _place_tail().sub(lambda match: f" {match['kind']}" if match["kind"] else "", key)


_MEMBERS: Final = (
    (r"\bsở\b", r"^(?:sở|ban (?:dân tộc|quản lý)|thanh tra tỉnh|văn phòng (?:ủy ban|hội đồng|đoàn)|công an tỉnh)"),
    (r"\bbộ\b", r"^(?:bộ|ngân hàng nhà nước|thanh tra chính phủ|văn phòng chính phủ|ủy ban dân tộc)"),
    (
        r"\bngành\b|\bcơ quan\b|\bđơn vị\b",
        r"^(?:sở|ban|bộ|cục|thanh tra|văn phòng|trung tâm|công an|viện|đài|báo|kho bạc|bảo hiểm|thuế)",
    ),
    (r"\bhuyện\b|\bquận\b|\bthị xã\b|\bthành phố\b", r"^(?:ủy ban nhân dân |)(?:huyện|quận|thị xã|thành phố)"),
    (r"\bxã\b|\bphường\b|\bđặc khu\b", r"^(?:ủy ban nhân dân |)(?:xã|phường|đặc khu|thị trấn)"),
    (r"\bđịa phương\b|\btỉnh\b", r"^ủy ban nhân dân"),
    (r"\bhuyện\b.*ủy|\bhuyện ủy\b", r"^(?:huyện ủy|thành ủy|thị ủy)"),
    (r"\btỉnh ủy\b|\bthành ủy\b", r"^(?:tỉnh ủy|thành ủy)"),
    (r"\bđảng ủy\b", r"^đảng ủy"),
)


def covers(collective: str, unit: str) -> bool:
    """Whether a collective ("các sở, ban, ngành") takes in the unit, by class: members on a date are a registry's."""
    whole, key = unit_key(collective), unit_key(unit)
    if not re.search(rf"(?<!\w){names.EACH}(?!\w)", whole) and not names.bare_noun().match(plain(collective)):
        return False
    ranks = {word for word in whole.split() if word in {"sở", "bộ"}}
    if len(ranks) == 1 and key.split()[:1] == ["bộ" if "sở" in ranks else "sở"]:
        return False
    return any(re.search(noun, whole) and re.search(member, key) for noun, member in _MEMBERS)

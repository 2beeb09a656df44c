"""Attributes of a planned item: "Cơ quan chủ trì: …", "Cơ quan phối hợp: …", "Thời gian: …", "Sản phẩm: …".

Programmes of Party committees put them in the brackets that close an item: "Mở 04 lớp tập huấn (Phòng Văn hóa - Xã hội
chủ trì, phối hợp với Hội Liên hiệp Phụ nữ xã; trong năm 2026)."
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from corpus.text import fold
from nlp.deadlines import read_cell
from nlp.patterns import compiled, rules
from nlp.signs import Gated, gated
from nlp.task_outline import Outline
from nlp.task_partners import coordinators
from nlp.task_subjects import begins_body
from nlp.task_units import bodies, bodies_only

_MAX_VALUE = 700
_CLOSING_REACH = 300
_WITH = re.compile(r",?\s+(?:chủ\s+trì,?\s+)?phối\s+hợp(?:\s+(?:với|cùng))?\s+(?=\w)")
"""In the value of a lead, before its partners: "Cơ quan thực hiện: Ban Tuyên giáo phối hợp với Văn phòng Huyện ủy"."""
_DASH_REACH = 160
_DASH = re.compile(r"\s[-–]\s")
_ENDS = " .;,/*"
_SHORT_NAME = 4
_PART = re.compile(r"[;,]\s+")


@dataclass(frozen=True, slots=True)
class Attributes:
    """What the attribute lines of an item say."""

    lead: tuple[str, ...] = ()
    coordinators: tuple[str, ...] = ()
    deadline: str | None = None
    product: str | None = None

    def joined(self, other: Attributes) -> Attributes:
        """Both together, the first to speak wins where only one can."""
        return Attributes(
            self.lead or other.lead,
            self.coordinators or other.coordinators,
            self.deadline or other.deadline,
            self.product or other.product,
        )


@cache
def _keys() -> Gated:
    data = rules("tasks")["attributes"]
    names = ("coordinators", "lead", "deadline", "product", "other")
    groups = "|".join(f"(?P<{name}>{data[name]})" for name in names)
    return gated(compiled(rf"(?:^|(?<=[.;,(\n+-]\s)|(?<=\n)|(?<=\())[-–+*•(]? ?(?:{groups}) ?:"))


def is_attribute(words: str) -> bool:
    """Whether a line begins with an attribute's name and a colon."""
    return ":" in words and bool(_keys().pattern.match(words))


def read_attributes(text: str) -> Attributes | None:
    """The attributes in a text, None where it has none."""
    if ":" not in text:
        return None
    keys = list(_keys().finditer(text))
    if not keys:
        return None
    values: dict[str, str] = {}
    for place, key in enumerate(keys):
        end = keys[place + 1].start() if place + 1 < len(keys) else len(text)
        value = fold(text[key.end() : min(end, key.end() + _MAX_VALUE)]).strip(" .;,()-–+*")
        if value:
            values.setdefault(str(key.lastgroup), value)
    lead, _, partners = _WITH.sub("\0", values.get("lead", ""), 1).partition("\0")
    found = Attributes(
        lead=bodies(lead),
        coordinators=bodies(values.get("coordinators", partners)),
        deadline=values.get("deadline"),
        product=values.get("product"),
    )
    return found if found != Attributes() else None


@cache
def _brackets() -> dict[str, re.Pattern[str]]:
    return {name: compiled(pattern) for name, pattern in rules("tasks")["in_brackets"].items()}


def read_closing(words: str) -> Attributes | None:
    """The attributes that close an item, in brackets or behind a dash; None where no body has its part or its time."""
    if words.rstrip(_ENDS).endswith(")"):
        closing = _brackets()["closing"].search(words, max(len(words) - _CLOSING_REACH, 0))
        if not closing or not closing.start() or begins_body(words):
            return None
        return _by_role(closing["said"]) or _by_time(closing["said"])
    for dash in _DASH.finditer(words, max(len(words) - _DASH_REACH, 1)):
        if begins_body(words, dash.end()):
            return None if begins_body(words) else _by_role(words[dash.end() :].rstrip(_ENDS))
    return None


def _by_role(said: str) -> Attributes | None:
    """Who is told with its part: "Phòng Kinh tế chủ trì, Thuế cơ sở phối hợp; xong trước ngày 25-12-2025"."""
    role = _brackets()["role"].search(said) if begins_body(said) else None
    lead = _names(said[: role.start()]) if role and ";" not in said[: role.start()] else ()
    if not role or not lead:
        return None
    parts = [said[gap.end() :] for gap in _PART.finditer(said, role.start())]
    return Attributes(lead, coordinators(said, role.start()), next(filter(_is_time, reversed(parts)), None))


def _by_time(said: str) -> Attributes | None:
    """Who stands beside a time: "Ban Xây dựng Đảng, các chi bộ; hằng năm", "Quý II/2024; Phòng Nội vụ"."""
    for gap in reversed(list(_PART.finditer(said))):
        for who, time in ((said[: gap.start()], said[gap.end() :]), (said[gap.end() :], said[: gap.start()])):
            if begins_body(who) and _is_time(time) and (lead := _names(who)):
                return Attributes(lead, (), time)
    return None


def _is_time(part: str) -> bool:
    time = read_cell(part)
    return time is not None and bool(time.due or time.recurrence)


def _names(printed: str) -> tuple[str, ...]:
    """The bodies of a list of names, () where one of its parts is none."""
    named = bodies(printed)
    sure = all(begins_body(name) and (len(name.split()) <= _SHORT_NAME or bodies_only(name)) for name in named)
    return named if sure else ()


def find_attributes(outline: Outline, *, closing: bool = False) -> dict[int, Attributes]:
    """What the attribute lines say of each element: they speak for their parent, else for the plain line before.

    With ``closing`` the brackets at the end of an item count too.
    """
    found: dict[int, Attributes] = {}
    below: dict[int, None] = {}
    plain = -1
    for index, element in enumerate(outline.elements):
        inside = is_attribute(element.words)
        plain = plain if inside else index
        owner = _owner(outline, index, plain) if inside else index
        attributes = read_attributes(outline.text[element.start : element.end]) if owner >= 0 else None
        if closing and attributes is None and not inside:
            attributes = read_closing(element.words)
        if attributes:
            found[owner] = found[owner].joined(attributes) if owner in found else attributes
            if inside and not element.level and attributes.lead:
                below[owner] = None
    for owner in below:
        _spread(outline, owner, found)
    return found


def _owner(outline: Outline, index: int, plain: int) -> int:
    """Of whom an attribute line speaks: an unnumbered line of the item right before it, a bullet of its parent."""
    element = outline.elements[index]
    if element.parent < 0:
        return plain
    before = outline.elements[plain] if plain >= 0 else None
    beside = before is not None and before.level and before.parent == element.parent and not before.children
    return plain if beside and not element.level else element.parent


def _spread(outline: Outline, owner: int, found: dict[int, Attributes]) -> None:
    """Attribute lines below several bullets speak for all of them, up to the one before that has its own."""
    element = outline.elements[owner]
    if element.level != "bullet" or element.parent < 0:
        return
    siblings = outline.elements[element.parent].children
    for sibling in reversed(siblings[: siblings.index(owner)]):
        if sibling in found or outline.elements[sibling].level != element.level:
            return
        found[sibling] = found[owner]

"""Attributes of a planned item: "Cơ quan chủ trì: …", "Cơ quan phối hợp: …", "Thời gian: …", "Sản phẩm: …".

Programmes of Party committees put them in the brackets that close an item: "Mở 04 lớp tập huấn (Phòng Văn hóa - Xã hội
chủ trì, phối hợp với Hội Liên hiệp Phụ nữ xã; trong năm 2026)."
"""

from __future__ import annotations

import re
from collections.abc import Iterator
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
    found = Attributes(
        lead=bodies(values.get("lead", "")),
        coordinators=bodies(values.get("coordinators", "")),
        deadline=values.get("deadline"),
        product=values.get("product"),
    )
    return found if found != Attributes() else None


@cache
def _brackets() -> dict[str, re.Pattern[str]]:
    return {name: compiled(pattern) for name, pattern in rules("tasks")["in_brackets"].items()}


def read_closing(words: str) -> Attributes | None:
    """The attributes in the brackets at the end of an item; None where they name no body with its part or its time."""
    if not words.rstrip(" .;,/*").endswith(")"):
        return None
    closing = _brackets()["closing"].search(words, max(len(words) - _CLOSING_REACH, 0))
    if not closing or not closing.start() or not begins_body(closing["said"]) or begins_body(words):
        return None
    said = closing["said"]
    role = _brackets()["role"].search(said)
    lead = _names(said[: role.start()]) if role and ";" not in said[: role.start()] else ()
    if role and lead:
        when = next((time for _, time in _times(said, role.start())), None)
        return Attributes(lead, coordinators(said, role.start()), when)
    return next((Attributes(who, (), time) for at, time in _times(said, 0) if (who := _names(said[:at]))), None)


def _names(printed: str) -> tuple[str, ...]:
    """The bodies of a list of names, () where one of its parts is none."""
    named = bodies(printed)
    sure = all(begins_body(name) and (len(name.split()) <= _SHORT_NAME or bodies_only(name)) for name in named)
    return named if sure else ()


def _times(said: str, pos: int) -> Iterator[tuple[int, str]]:
    """The last parts of a bracket that tell a time, with where they begin: "…; xong trước ngày 25-12-2025"."""
    for gap in reversed(list(_PART.finditer(said, pos))):
        time = read_cell(said[gap.end() :])
        if time and (time.due or time.recurrence):
            yield gap.start(), said[gap.end() :]


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

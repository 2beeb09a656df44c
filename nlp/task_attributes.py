"""Attributes of a planned item: "Cơ quan chủ trì: …", "Cơ quan phối hợp: …", "Thời gian: …", "Sản phẩm: …"."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from corpus.text import fold
from nlp.patterns import compiled, rules
from nlp.signs import Gated, gated
from nlp.task_outline import Outline
from nlp.task_units import bodies

_MAX_VALUE = 700


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


def find_attributes(outline: Outline) -> dict[int, Attributes]:
    """What the attribute lines say of each element: they speak for their parent, else for the plain line before."""
    found: dict[int, Attributes] = {}
    below: dict[int, None] = {}
    plain = -1
    for index, element in enumerate(outline.elements):
        inside = is_attribute(element.words)
        plain = plain if inside else index
        owner = _owner(outline, index, plain) if inside else index
        attributes = read_attributes(outline.text[element.start : element.end]) if owner >= 0 else None
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

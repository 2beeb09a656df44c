"""Attributes of a planned item: "Cơ quan chủ trì: …", "Cơ quan phối hợp: …", "Thời gian thực hiện: …", "Sản phẩm: …"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from corpus.text import fold
from nlp.patterns import compiled, rules
from nlp.task_units import bodies

_LEAD_IN = r"(?:^|(?<=[\s(]))[-–+*•(]?\s*"
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
def _keys() -> re.Pattern[str]:
    data = rules("tasks")["attributes"]
    names = ("coordinators", "lead", "deadline", "product", "other")
    groups = "|".join(f"(?P<{name}>{data[name]})" for name in names)
    return compiled(rf"(?:^|(?<=[.;,(\n+-]\s)|(?<=\n))[-–+*•(]? ?(?:{groups}) ?:")


def is_attribute(words: str) -> bool:
    """Whether a line begins with an attribute's name and a colon."""
    return bool(_keys().match(words))


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

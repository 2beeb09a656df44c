"""How officers call the units and leaders that an office knows: abbreviations, first words, places, titles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from nlp import unit_names
from nlp.question_templates import Phrase, items_of
from nlp.question_words import question_data, spelling, words_of

_DEPARTMENT: Final = re.compile(r"(?P<head>Sở|Bộ|Phòng|Ban) (?P<field>.+)")
_JOINT: Final = re.compile(r"\s*(?:,|\s-|\svà|&)\s+")
_LOCAL: Final = re.compile(
    r"(?:Ủy ban nhân dân|UBND|HĐND và UBND|Đảng ủy) "
    r"(?P<kind>xã|phường|đặc khu|thị trấn|huyện|quận|thị xã|thành phố) (?P<name>.+)"
)
_LEVEL: Final = re.compile(r" (?:tỉnh|thành phố|TP)$")
_LONG: Final = {"UBND": ("ủy ban nhân dân", "ủy ban", "ub"), "HĐND": ("hội đồng nhân dân",)}


@dataclass(frozen=True, slots=True)
class Names:
    """What the office knows by name."""

    units: Sequence[str] = ()
    leaders: Sequence[str] = ()


def unit_phrases(units: Iterable[str]) -> list[Phrase]:
    """Each unit by its name and by every shorter or other form that only one unit has."""
    everyone = list(dict.fromkeys(units))
    by_form: dict[tuple[str, ...], set[str]] = {}
    for unit in everyone:
        for form in _forms(unit):
            by_form.setdefault(_key(form), set()).add(unit)
    printed = {_key(unit) for unit in everyone}
    found = [Phrase(items_of(unit), "unit", unit) for unit in everyone if items_of(unit)]
    for unit in everyone:
        own = [form for form in sorted(_forms(unit)) if by_form[_key(form)] == {unit} and _key(form) not in printed]
        found += [Phrase(items_of(form), "unit", unit) for form in own]
    return found


def _key(form: str) -> tuple[str, ...]:
    return tuple(spelling(word.low).key for word in words_of(form))


def _forms(unit: str) -> set[str]:
    """The forms of one unit's name, without the name itself."""
    found = {unit, unit_names.opened(unit), *_places(unit)}
    for form in list(found):
        found |= _departments(form)
    for form in list(found):
        found |= {_LEVEL.sub("", form)} if len(form.split()) > 2 else set()
    for form in list(found):
        found |= _shortened(form)
    return {form for form in found if words_of(form)} - {unit}


def _places(unit: str) -> set[str]:
    """Of "UBND xã Hòn Đất": "xã Hòn Đất", "Hòn Đất"."""
    match = _LOCAL.fullmatch(unit)
    if match is None:
        return set()
    kind, name = match["kind"], match["name"]
    kinds = [kind, *question_data()["places"][kind]]
    return {name, f"UBND {name}", *(f"{one} {name}" for one in kinds), *(f"UBND {one} {name}" for one in kinds)}


def _departments(unit: str) -> set[str]:
    """Of "Sở Giáo dục và Đào tạo": "Sở Giáo dục", "Sở Giáo dục Đào tạo", "Sở GD&ĐT", "SGDĐT", "bên giáo dục"."""
    match = _DEPARTMENT.fullmatch(unit)
    if match is None:
        return set()
    head, field = match["head"], match["field"]
    parts = [part for part in _JOINT.split(field) if part]
    short = ["".join(word[0] for word in part.split()).upper() for part in parts]
    fields = {field, " ".join(parts), parts[0]} if head == "Sở" else {field, " ".join(parts)}
    marks = {"".join(short), "&".join(short), "-".join(short), " ".join(short), " và ".join(short)}
    if head == "Sở":
        marks.add(short[0])
    found = {f"{head} {one}" for one in fields | marks}
    found |= {f"{head[0]}{one}" for one in marks if " " not in one and len(one) > 1}
    if head == "Sở":
        named = {_key(matter) for matter in question_data()["matters"]}
        found |= {f"{side} {one}" for side in ("bên", "phía") for one in fields if _key(one) not in named}
    return found


def _shortened(form: str) -> set[str]:
    """With the abbreviations of the directory of units in place of the words, and the other way round."""
    found = set()
    for short, full in unit_names.table("abbreviations").items():
        if full in form and len(full.split()) > 1:
            found |= {form.replace(full, short), *_glued(form.replace(full, short))}
    for short, longs in _LONG.items():
        if short in form:
            found |= {form.replace(short, long) for long in longs} | set(_glued(form))
    return found


def _glued(form: str) -> Iterable[str]:
    """Of "Văn phòng UBND tỉnh": "VP UBND tỉnh", "VPUBND", "VPUB"."""
    if form.startswith("Văn phòng UBND"):
        tail = form.removeprefix("Văn phòng UBND")
        yield from (
            f"{short}{tail}" for short in ("VP UBND", "VPUBND", "VPUB", "VP UB", "VP ủy ban", "Văn phòng ủy ban")
        )


def leader_phrases(leaders: Iterable[str]) -> list[Phrase]:
    """Leaders by full name, or by title and the end of the name where only one has it."""
    everyone = list(dict.fromkeys(leaders))
    found = []
    ends = {name: [_key(end) for end in _ends(name)] for name in everyone}
    for name in everyone:
        found += [Phrase(items_of(text), "leader", name) for text in (name, f"{{danh xưng}} {{danh xưng?}} {name}")]
        for end in _ends(name):
            if sum(_key(end) in others for others in ends.values()) == 1:
                found.append(Phrase(items_of(f"{{danh xưng}} {{danh xưng?}} {end}"), "leader", name))
    return found


def _ends(name: str) -> list[str]:
    """Of "Nguyễn Văn Hùng": "Hùng", "Văn Hùng", "Nguyễn Hùng"."""
    words = name.split()
    return [" ".join(part) for part in (words[-1:], words[-2:], (words[0], words[-1])) if 0 < len(part) < len(words)]

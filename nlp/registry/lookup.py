"""One body's name to one unit: by the office's rows, the central lists, the templates of the province, the patterns."""

from __future__ import annotations

import datetime as dt
import difflib
import re
from dataclasses import replace
from functools import cache, lru_cache
from typing import Final

from nlp.registry import build
from nlp.registry.keys import loose_key, name_key
from nlp.registry.local import local_id, place_kind, read_local
from nlp.registry.model import Context, How, NameKind, Resolved, Unit
from nlp.registry.places import Place, split_place
from nlp.registry.provinces import by_key, provinces
from nlp.registry.registry import Registry

CONFIDENCE: Final[dict[How, float]] = {
    "office": 0.99, "exact": 0.97, "class": 0.95, "collective": 0.95, "short": 0.92, "abbreviation": 0.92,
    "context": 0.75, "spelling": 0.85, "typo": 0.7, "role": 0.6, "unknown": 0.0,
}  # fmt: skip
"""How far each way is trusted; only what could hardly be another body stands over 0.9."""
_KINDS: Final[dict[NameKind, How]] = {"full": "exact", "short": "short", "abbr": "abbreviation", "typo": "spelling"}
_CLOSE: Final = 0.9
"""Likeness (difflib ratio of keys without marks) from which a name is a likely slip of a listed one."""
_LETTERS: Final = 2
"""Letters that a slip adds or drops at most."""
_SHORTEST: Final = 7
_SHORTEST_SLIP: Final = 12
"""Shorter keys are never mended: one letter makes another body of them."""
_LISTED: Final = re.compile(r";|,(?!\s*(?:huyện|quận|thị xã|thành phố|tỉnh|TP|xã|phường)(?!\w))")
"""Signs that no place's name holds: what stands there is a list."""
_PARTY: Final = re.compile(r"\b(?:thành|tỉnh) ủy\b|\b(?:thành|tỉnh) đoàn\b")


def exact_or_local(text: str, context: Context, registry: Registry) -> Resolved | None:
    """The unit that a name without titles or lists stands for, None where no such name is known."""
    key = name_key(text)
    return (_of_office(text, key, context, registry) or _of_lists(text, key, context, registry)) if key else None


def _of_lists(text: str, key: str, context: Context, registry: Registry) -> Resolved | None:
    if province := _province(key, context):
        return found(text, province, "exact", context, registry, confidence=CONFIDENCE["short"])
    here = _provincial(text, key, context, registry)
    if (central := _central(text, key, context, registry, here)) is not None:
        return central
    return here or (None if _LISTED.search(text) else _local(text, key, context, registry))


def _of_office(text: str, key: str, context: Context, registry: Registry) -> Resolved | None:
    pairs = registry.office_keys.get(key, ())
    alive = [(unit, name) for unit, name in pairs if name.term.holds(context.date) and _alive(registry, unit, context)]
    units = list(dict.fromkeys(unit for unit, _ in alive or pairs))
    if len(units) == 1:
        return found(text, units[0], "office", context, registry)
    return Resolved(text, how="office", confidence=0.5, candidates=tuple(units)) if units else None


def _alive(registry: Registry, unit_id: str, context: Context) -> bool:
    unit = registry.unit(unit_id)
    return unit is not None and unit.term.holds(context.date)


# --- central -------------------------------------------------------------------------------------------------------


def _central(text: str, key: str, context: Context, registry: Registry, here: Resolved | None) -> Resolved | None:
    """A central body; where the province's body has that name too, the living one, then by issuer."""
    pairs = build.central_keys().get(key, ())
    if not pairs:
        return None
    alive = [(unit, name) for unit, name in pairs if _alive(registry, unit, context) and name.term.holds(context.date)]
    unit, name = (alive or list(pairs))[0]
    how = _KINDS[name.kind]
    if here is not None and here.how != "class" and not _is_central_first(bool(alive), name.kind, here, context):
        return None
    confidence = CONFIDENCE[how] if here is None or here.how == "class" else CONFIDENCE["context"]
    return found(text, unit, how, context, registry, confidence=confidence)


def _is_central_first(alive: bool, kind: NameKind, here: Resolved, context: Context) -> bool:  # noqa: FBT001
    """A full central name that lives on the day; a short one only in a central text ("Hội Nông dân" of a province)."""
    if not alive and not here.ended:
        return False
    return kind == "full" or context.province is None


def _province(key: str, context: Context) -> str | None:
    """A province by its bare name or with "tỉnh", "thành phố" before it."""
    bare = key.removeprefix("tỉnh ").removeprefix("thành phố ")
    province = by_key().get(bare)
    if province and key.startswith("thành phố ") and not provinces()[province].is_city(context.date):
        return None
    return province


# --- provincial ----------------------------------------------------------------------------------------------------


def _provincial(text: str, key: str, context: Context, registry: Registry) -> Resolved | None:
    for base, place in _readings(key, context.date):
        if made := _template_of(base, context.date):
            resolved = _in_place(text, made, place, context, registry, base=base)
            if resolved is not None:
                return resolved
    return None


def _readings(key: str, date: dt.date | None) -> list[tuple[str, Place]]:
    """The name with its place cut off, and whole: "Công an tỉnh", "Sở Nội vụ"."""
    base, place = split_place(key, date)
    return [(base, place), (key, Place())] if base != key else [(key, Place())]


def _template_of(base: str, date: dt.date | None) -> tuple[str, NameKind] | None:
    """The template of a name, one that lives on the day before others."""
    options = build.template_keys().get(base)
    if not options:
        return None
    alive = [one for one in options if one[2].holds(date) and build.templates()[one[0]].term().holds(date)]
    template, kind, _ = (alive or list(options))[0]
    return template, kind


def _in_place(
    text: str, made: tuple[str, NameKind], place: Place, context: Context, registry: Registry, *, base: str
) -> Resolved | None:
    """The template's body in the place printed, or in the issuer's province; every province's where there is none."""
    template, kind = made
    how = _KINDS[kind]
    if place.each:
        return _class(text, template, place.level, context)
    province = place.province
    if province is None and context.province is None and build.templates()[template].type == "committee":
        return None
    if province is None:
        province = context.province
        if not _fits_level(place, base, context):
            return None
        if province is None:
            return _class(text, template, "province", context)
    unit = build.provincial(template, province)
    if unit is None:
        return None
    confidence = CONFIDENCE[how]
    if place.province is None and place.printed is None and _needs_place(template, base):
        how, confidence = "context", CONFIDENCE["context"]
    return found(text, unit.id, how, context, registry, confidence=confidence)


def _fits_level(place: Place, base: str, context: Context) -> bool:
    """Whether a bare "tỉnh" or "thành phố" (or Tỉnh ủy, Thành ủy) can be the issuer's province."""
    if place.level in ("district", "commune"):
        return False
    if place.level == "city" or re.search(r"\bthành (?:ủy|đoàn)\b", base):
        return context.province is not None and provinces()[context.province].is_city(context.date)
    if place.level == "province" or re.search(r"\btỉnh (?:ủy|đoàn)\b", base):
        return context.province is None or not provinces()[context.province].is_city(context.date)
    return True


def _needs_place(template: str, base: str) -> bool:
    """Names that say little without a place: "Công an", "Thuế", "Văn phòng UBND"; Tỉnh ủy names its level itself."""
    return "{place}" in build.templates()[template].row["name"] and not _PARTY.search(base)


def _class(text: str, template: str, level: str | None, context: Context) -> Resolved:
    at = "province" if level == "city" else level or "province"
    return Resolved(
        text, how="class", confidence=CONFIDENCE["class"], classes=(f"{template}/{at}",), province=context.province
    )


# --- local ---------------------------------------------------------------------------------------------------------


def _local(text: str, key: str, context: Context, registry: Registry) -> Resolved | None:
    base, place = split_place(key, context.date)
    province = place.province or context.province
    name = read_local(base if place.province and read_local(base) else key)
    if name is None and (bare := _bare_local(key)):
        return _class(text, bare[0], bare[1], context)
    if name is None:
        return None
    if name.kind == "thành phố" and name.place in _city_keys(context.date):
        return None
    if province is None:
        return Resolved(text, how="unknown", confidence=0.0, classes=(), candidates=())
    return found(text, local_id(name, province), "exact", context, registry, confidence=0.95)


@lru_cache(maxsize=64)
def _city_keys(date: dt.date | None) -> frozenset[str]:
    return frozenset(name_key(one.name) for one in provinces().values() if one.is_city(date))


_BARE: Final = re.compile(
    r"^(?P<organ>.+) (?P<kind>huyện|quận|thị xã|xã|phường|thị trấn|đặc khu)$"
)  # fmt: skip


def _bare_local(key: str) -> tuple[str, str] | None:
    """The class of a local body whose place is not named: "UBND xã", "Công an phường"."""
    found_ = _BARE.match(key)
    made = read_local(f"{key} x") if found_ else None
    return (made.organ, place_kind(made.kind)[0]) if made else None


# --- slips ---------------------------------------------------------------------------------------------------------


@cache
def _loose() -> dict[str, str]:
    """Listed names without marks and spaces → their keys; one that two names share is left out."""
    found_: dict[str, str | None] = {}
    for key in (*build.central_keys(), *build.template_keys()):
        loose = loose_key(key)
        found_[loose] = key if found_.get(loose, key) == key else None
    return {loose: key for loose, key in found_.items() if key and len(loose) >= _SHORTEST}


def slip(text: str, context: Context, registry: Registry) -> Resolved | None:
    """A name with wrong marks ("Bô Tài chính") or a slip of letters ("Sở Nôi vu", "Bộ Tài chinhs")."""
    key = name_key(text)
    base, place = split_place(key, context.date)
    for name, tail in ((key, Place()), (base, place)):
        if mended := _mended(name):
            printed = key[len(name) :] if name == base else ""
            resolved = _of_lists(text, f"{mended[0]}{printed}", context, registry)
            if resolved is not None and (tail is place or name == key):
                return _weaker(resolved, "spelling" if mended[1] else "typo")
    return None


@lru_cache(maxsize=8192)
def _mended(key: str) -> tuple[str, bool] | None:
    """The listed key that a key with slips is most like, and whether only marks differ."""
    loose = loose_key(key)
    if len(loose) < _SHORTEST:
        return None
    if exact := _loose().get(loose):
        return exact, True
    if len(loose) < _SHORTEST_SLIP:
        return None
    near = [one for one in _loose() if abs(len(one) - len(loose)) <= _LETTERS]
    close = difflib.get_close_matches(loose, near, n=2, cutoff=_CLOSE)
    if len(close) == 1 or (len(close) == 2 and _ratio(loose, close[0]) - _ratio(loose, close[1]) > 0.03):
        return (_loose()[close[0]], False) if _same_length(key, _loose()[close[0]]) else None
    return None


def _ratio(one: str, two: str) -> float:
    return difflib.SequenceMatcher(None, one, two).ratio()


def _same_length(one: str, two: str) -> bool:
    """A slip is of letters, not of words: another word makes another body (Cục Thuế, Tổng cục Thuế)."""
    first, second = one.split(), two.split()
    return len(first) == len(second) and sum(a != b for a, b in zip(first, second, strict=True)) <= 2


def _weaker(resolved: Resolved, how: How) -> Resolved:
    return replace(resolved, how=how, confidence=min(resolved.confidence, CONFIDENCE[how]))


def found(
    text: str, unit_id: str, how: How, context: Context, registry: Registry, *, confidence: float | None = None
) -> Resolved:
    """A unit with what became of it by the document's day."""
    unit = registry.unit(unit_id)
    certain = CONFIDENCE[how] if confidence is None else confidence
    ended = ended_by(unit, context.date) if unit else None
    return Resolved(
        text,
        unit_id,
        unit.name(context.date) if unit else text,
        how,
        certain,
        province=unit.province if unit else None,
        ended=ended,
        successors=registry.successors(unit_id) if ended else (),
    )


def ended_by(unit: Unit, day: dt.date | None) -> dt.date | None:
    """The last day of a unit that had ended before ``day``."""
    last = unit.term.valid_to
    return last if last and day and last < day else None

"""Bodies of districts (until 30/6/2025) and communes, by pattern: organ + place + province."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from nlp.registry.keys import name_key
from nlp.registry.model import Level, Phase, Term, Unit, UnitName
from nlp.registry.provinces import provinces
from nlp.vocabulary import load

_NAME_WORDS: Final = 4
"""A place's name is no longer ("Thị trấn Nông trường Việt Trung")."""


_SOCIAL: Final = re.compile(r"hội(?: (?:tỉnh|huyện|xã|phường|thành phố|các cấp|cùng cấp|địa phương))?")
"""The end of "chính trị - xã hội", no commune."""


@cache
def _data() -> dict[str, Any]:
    return load("registry/local.toml")


@dataclass(frozen=True, slots=True)
class LocalName:
    """A local body in a printed name: its organ, the kind and name of its place (as a key)."""

    organ: str
    kind: str
    place: str


@cache
def _organ_keys() -> dict[str, str]:
    return {name_key(name): row["id"] for row in _data()["organ"] for name in (row["name"], *row.get("also", ()))}


@cache
def _pattern() -> re.Pattern[str]:
    kinds = "|".join(sorted(map(re.escape, _data()["places"]), key=len, reverse=True))
    return re.compile(rf"^(?P<organ>.+?) (?P<kind>{kinds}) (?P<name>\w+(?: \w+){{0,{_NAME_WORDS - 1}}})$")


@cache
def _within() -> re.Pattern[str]:
    """A commune with the district after it: "… xã vĩnh hòa huyện an minh"."""
    kinds = {
        level: "|".join(k for k, of in _data()["places"].items() if of == level) for level in ("commune", "district")
    }
    return re.compile(rf"^(.+? (?:{kinds['commune']}) \w+(?: \w+){{0,3}}?) (?:{kinds['district']}) \w+(?: \w+){{0,3}}$")


@cache
def _party() -> re.Pattern[str]:
    words = "|".join(map(re.escape, _data()["party"]))
    return re.compile(rf"^(?:(?:ban thường vụ|thường trực|đảng bộ) )?(?P<kind>{words}) (?P<name>\w+(?: \w+){{0,3}})$")


def read_local(key: str) -> LocalName | None:
    """The local body that a comparison key names: "ủy ban nhân dân huyện an minh"."""
    if party := _party().match(key):
        return LocalName("cap-uy", _data()["party"][party["kind"]], party["name"])
    inner = _within().match(key)
    found = _pattern().match(inner[1] if inner else key)
    if not found or found["organ"] not in _organ_keys():
        return None
    if found["kind"] == "xã" and _SOCIAL.fullmatch(found["name"]):
        return None
    if found["name"].split()[0] in {"thuộc", "trực", "phường", "xã", "liên", "của", "trên", "thành", "tỉnh", "và"}:
        return None
    return LocalName(_organ_keys()[found["organ"]], found["kind"], found["name"])


def place_kind(kind: str) -> tuple[Level, dt.date | None]:
    """The level of a kind of place, and the last day on which such places were."""
    level: Level = _data()["places"][kind]
    ended = _data()["district_until"] if level == "district" else _data()["ended_commune_kinds"].get(kind)
    return level, ended


def local_id(name: LocalName, province: str) -> str:
    """``ubnd.huyện-an-minh.kien-giang``: the place keeps its marks, so that its name can be read from the id."""
    return f"{name.organ}.{'-'.join([*name.kind.split(), *name.place.split()])}.{province}"


def local_unit(organ: str, place: str, province: str) -> Unit | None:
    """The unit of an id, named by it."""
    kind = next((kind for kind in _data()["places"] if place.startswith(f"{kind.replace(' ', '-')}-")), None)
    home = provinces().get(province)
    row = next((row for row in _data()["organ"] if row["id"] == organ), None)
    if kind is None or home is None or (row is None and organ != "cap-uy"):
        return None
    level, ended = place_kind(kind)
    last = min((day for day in (ended, home.term.valid_to) if day), default=None)
    words = " ".join(word.capitalize() for word in place.split("-")[len(kind.split()) :])
    head = row["name"] if row else next(word for word, of in _data()["party"].items() if of == kind).capitalize()
    name = f"{head} {kind} {words}" if row else f"{head} {words}"
    return Unit(
        id=f"{organ}.{place}.{province}",
        names=(UnitName(name),),
        level=level,
        province=province,
        phases=(Phase("local", f"ubnd.{province}", Term(None, last)),),
        term=Term(None, last),
    )

"""Provinces and cities under central rule, 63 until 30/6/2025 and 34 since, with names, codes and life."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from nlp.registry.keys import name_key, slug
from nlp.registry.model import Phase, Successor, Term, Unit, UnitCode, UnitName
from nlp.vocabulary import load

_RAW: Final[dict[str, Any]] = load("registry/provinces.toml")
MERGER: Final[dt.date] = _RAW["merger"]
"""The day from which there are 34 (NQ 202/2025/QH15)."""
_EVE: Final = MERGER - dt.timedelta(days=1)
SCHEME: Final = "gso"


@dataclass(frozen=True, slots=True)
class Province:
    """A province: its id, its names, since when it is a city under central rule (None: a tỉnh)."""

    id: str
    name: str
    code: str
    city: bool = False
    code_before: str | None = None
    into: str | None = None
    renamed: dt.date | None = None
    former: str | None = None
    also: tuple[str, ...] = ()

    def is_city(self, on: dt.date | None) -> bool:
        """Whether it is a city under central rule on a day (Huế since 01/01/2025)."""
        return self.city and not (self.renamed and on and on < self.renamed)

    def bare(self, on: dt.date | None) -> str:
        """Its name without "tỉnh" or "thành phố"."""
        return self.former if self.former and self.renamed and on and on < self.renamed else self.name

    def place(self, on: dt.date | None = None) -> str:
        """Its name as it follows a body's: "tỉnh Kiên Giang", "thành phố Hà Nội", "Thành phố Hồ Chí Minh"."""
        if not self.is_city(on):
            return f"tỉnh {self.bare(on)}"
        return f"{'Thành' if self.id == 'ho-chi-minh' else 'thành'} phố {self.name}"

    @property
    def term(self) -> Term:
        """Its life; one that goes on under its name lives on."""
        return Term(None, _EVE) if self.into else Term()


@cache
def provinces() -> dict[str, Province]:
    """All by id."""
    found = {}
    for row in _RAW["provinces"]:
        into = slug(row["into"]) if "into" in row else None
        values = {key: row.get(key) for key in ("code_before", "renamed", "former")}
        one = Province(
            slug(row["name"]), row["name"], row["code"], row.get("city", False), into=into,
            also=tuple(row.get("also", ())), **values,
        )  # fmt: skip
        found[one.id] = one
    return found


@cache
def by_key() -> dict[str, str]:
    """Comparison keys of all spellings to ids."""
    return {
        name_key(name): one.id
        for one in provinces().values()
        for name in (one.name, one.former, *one.also)
        if name
    }  # fmt: skip


def province_unit(one: Province) -> Unit:
    """The province itself as a unit."""
    kinds = [Phase("city" if one.city else "tỉnh", None, Term(one.renamed, one.term.valid_to))]
    if one.renamed:
        kinds.insert(0, Phase("tỉnh", None, Term(None, one.renamed - dt.timedelta(days=1))))
    return Unit(
        id=one.id,
        names=tuple(_names(one)),
        level="province",
        province=one.id,
        phases=tuple(kinds),
        term=one.term,
        codes=_codes(one),
        successors=(Successor(one.into, MERGER, "all", _RAW["basis"]),) if one.into else (),
    )


def _names(one: Province) -> list[UnitName]:
    now = Term(one.renamed, one.term.valid_to)
    found = [UnitName(one.place(), "full", now), UnitName(one.name, "short", now)]
    if one.former and one.renamed:
        before = Term(None, one.renamed - dt.timedelta(days=1))
        found += [UnitName(f"tỉnh {one.former}", "full", before), UnitName(one.former, "short", before)]
    return [*found, *(UnitName(name, "typo") for name in one.also)]


def _codes(one: Province) -> tuple[UnitCode, ...]:
    if one.code_before:
        return UnitCode(SCHEME, one.code_before, Term(None, _EVE)), UnitCode(SCHEME, one.code, Term(MERGER))
    return (UnitCode(SCHEME, one.code, one.term),)

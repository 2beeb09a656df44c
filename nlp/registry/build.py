"""The built-in registry: central bodies as listed, provincial bodies from templates, local bodies from patterns.

Ids: ``bo-tai-chinh``; ``so-noi-vu.kien-giang`` (template.province); ``kien-giang`` (the province itself);
``ubnd.huyện-an-minh.kien-giang`` (organ.place.province).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Final

from nlp.registry.keys import name_key
from nlp.registry.model import NameKind, Phase, Scope, Successor, Term, Transfer, Unit, UnitCode, UnitName
from nlp.registry.provinces import Province, province_unit, provinces
from nlp.vocabulary import load

Row = dict[str, Any]
MERGERS_2025: Final = {True: "Nghị quyết 176/2025/QH15", False: "Nghị định 45/2025/NĐ-CP"}
"""What the mergers of 01/3/2025 rest on: of ministries, of the departments of provinces."""
_CITY_WORDS: Final = {
    True: {"party": "Thành ủy", "doan": "Thành đoàn"},
    False: {"party": "Tỉnh ủy", "doan": "Tỉnh đoàn"},
}


@dataclass(frozen=True, slots=True)
class Template:
    """A body that every province (or some) has, before it is set into one."""

    id: str
    row: Row

    @property
    def type(self) -> str:
        return str(self.row["type"])

    @property
    def everywhere(self) -> bool:
        """Whether each province has one: only these may be expanded without the office's own list."""
        return bool(self.row.get("everywhere", False))

    def in_province(self, province: str) -> bool:
        """Whether this province has one."""
        only = self.row.get("only")
        return province not in self.row.get("except", ()) and (only is None or province in only)

    def term(self) -> Term:
        """Its life, province aside."""
        return Term(self.row.get("from"), self.row.get("until"))


@cache
def templates() -> dict[str, Template]:
    """Provincial bodies by template id."""
    return {row["id"]: Template(row["id"], row) for row in load("registry/provincial.toml")["template"]}


@cache
def central() -> dict[str, Unit]:
    """Central bodies by id."""
    rows = [*load("registry/central.toml")["unit"], *load("registry/party.toml")["unit"]]
    return {row["id"]: _central(row) for row in rows}


def _central(row: Row) -> Unit:
    term = Term(row.get("from"), row.get("until"))
    return Unit(
        id=row["id"],
        names=tuple(_row_names(row, lambda text: [text])),
        level="central",
        phases=_phases(row, term),
        term=term,
        codes=tuple(UnitCode("symbol", text) for text in row.get("abbr", ())[:1]),
        successors=tuple(_successor(one, one["unit"]) for one in row.get("into", ())),
        transfers=tuple(
            Transfer(one["what"], one["to"], one["date"], one.get("basis")) for one in row.get("transfers", ())
        ),
    )


def _row_names(row: Row, filled: Any) -> list[UnitName]:  # noqa: ANN401 - a small local function
    found = []
    befores = [one["until"] for one in row.get("was", ())]
    since = max(befores) + dt.timedelta(days=1) if befores else None
    found += [UnitName(text, "full", Term(since)) for text in filled(row["name"])]
    for one in row.get("was", ()):
        found += [UnitName(text, "full", Term(None, one["until"])) for text in filled(one["text"])]
    kinds: tuple[tuple[str, NameKind], ...] = (("also", "short"), ("abbr", "abbr"))
    for key, kind in kinds:
        found += [UnitName(text, kind) for name in row.get(key, ()) for text in filled(name)]
    return found


def _phases(row: Row, term: Term) -> tuple[Phase, ...]:
    found, start = [], term.valid_from
    type_, parent = row["type"], row.get("parent")
    for later in row.get("later", ()):
        found.append(Phase(type_, parent, Term(start, later["from"] - dt.timedelta(days=1))))
        start, type_, parent = later["from"], later["type"], later.get("parent")
    return (*found, Phase(type_, parent, Term(start, term.valid_to)))


def _successor(row: Row, unit: str) -> Successor:
    basis = row.get("basis") or (MERGERS_2025["." not in unit] if row["date"] == dt.date(2025, 3, 1) else None)
    return Successor(unit, row["date"], row.get("scope", "all"), basis, row.get("what"))


@lru_cache(maxsize=8192)
def provincial(template: str, province: str) -> Unit | None:
    """The template's body in a province, None where that province has none."""
    made, place = templates().get(template), provinces().get(province)
    if made is None or place is None or not made.in_province(province):
        return None
    own, term = made.term(), place.term
    until = min((day for day in (own.valid_to, term.valid_to) if day), default=None)
    life = Term(own.valid_from, until)
    return Unit(
        id=f"{template}.{province}",
        names=_provincial_names(made, place),
        level="province",
        province=province,
        phases=(Phase(made.type, _parent(made.type, province), life),),
        term=life,
        successors=_provincial_successors(made, place, own),
    )


def _provincial_names(made: Template, place: Province) -> tuple[UnitName, ...]:
    """Names in the province, before and after a renaming of the province (Thừa Thiên Huế, Huế)."""
    now = tuple(_row_names(made.row, lambda text: [fill(text, place)]))
    if not place.renamed:
        return now
    eve = place.renamed - dt.timedelta(days=1)
    before = _row_names(made.row, lambda text: [fill(text, place, eve)])
    return (
        *(UnitName(name.text, name.kind, _cut(name.term, eve)) for name in before),
        *(UnitName(name.text, name.kind, Term(place.renamed, name.term.valid_to)) for name in now),
    )


def _cut(term: Term, last: dt.date) -> Term:
    return Term(term.valid_from, min(term.valid_to or last, last))


def _parent(type_: str, province: str) -> str | None:
    if type_ in ("department", "board", "office"):
        return f"ubnd.{province}"
    return f"tinh-uy.{province}" if type_ in ("party-office", "party-committee") else None


def _provincial_successors(made: Template, place: Province, own: Term) -> tuple[Successor, ...]:
    """By the template's merger, else with the province into the same body of the new province."""
    if own.valid_to:
        listed = [_successor(row, f"{row['unit']}.{place.id}") for row in made.row.get("into", ())]
    else:
        listed = [
            Successor(f"{made.id}.{one.unit}", one.date, "all", one.basis) for one in province_unit(place).successors
        ]
    return tuple(there for one in listed for there in _there(one))


def _there(one: Successor) -> list[Successor]:
    """The successor, or what its province has in its place (Hà Nội: Sở Văn hóa và Thể thao, Sở Du lịch)."""
    template, _, province = one.unit.partition(".")
    made = templates()[template]
    if made.in_province(province):
        return [one]
    instead = made.row.get("instead", ())
    scope: Scope = one.scope if len(instead) == 1 else "part"
    return [Successor(f"{name}.{province}", one.date, scope, one.basis, one.what) for name in instead]


def fill(pattern: str, place: Province, on: dt.date | None = None) -> str:
    """A template's name set into a province: "Ban Tổ chức {party}" → "Ban Tổ chức Tỉnh ủy Kiên Giang"."""
    words = _CITY_WORDS[place.is_city(on)]
    bare = place.bare(on)
    if "{" not in pattern:
        return f"{pattern} {place.place(on)}"
    return pattern.format(place=place.place(on), party=f"{words['party']} {bare}", doan=f"{words['doan']} {bare}")


def bare_patterns(template: Template) -> list[tuple[str, NameKind, Term]]:
    """The template's names without a place, as they stand in a province's own texts: "UBND", "Ban Tổ chức Tỉnh ủy"."""
    found = []
    for name in _row_names(template.row, lambda text: [text]):
        for words in _CITY_WORDS.values():
            bare = name.text.format(place="", party=words["party"], doan=words["doan"])
            found.append((" ".join(bare.split()), name.kind, name.term))
    return list(dict.fromkeys(found))


def alive_template(key: str, date: dt.date | None) -> str | None:
    """The template that a name without a place means, one that lives on the day before others."""
    options = template_keys().get(key)
    if not options:
        return None
    alive = [one for one in options if one[2].holds(date) and templates()[one[0]].term().holds(date)]
    return (alive or list(options))[0][0]


@cache
def central_keys() -> dict[str, tuple[tuple[str, UnitName], ...]]:
    """Comparison keys of central names → (unit id, name)."""
    found: dict[str, list[tuple[str, UnitName]]] = {}
    for unit in central().values():
        for name in unit.names:
            found.setdefault(name_key(name.text), []).append((unit.id, name))
    return {key: tuple(pairs) for key, pairs in found.items()}


@cache
def template_keys() -> dict[str, tuple[tuple[str, NameKind, Term], ...]]:
    """Comparison keys of template names without a place → (template id, kind of name, its days)."""
    found: dict[str, dict[tuple[str, NameKind, Term], None]] = {}
    for template in templates().values():
        for text, kind, term in bare_patterns(template):
            found.setdefault(name_key(text), {})[template.id, kind, term] = None
    return {key: tuple(values) for key, values in found.items()}

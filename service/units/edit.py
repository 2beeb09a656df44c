"""An office edits its units: who said what is kept, and what does not fit together is refused in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, cast

from corpus.text import fold, nfc
from nlp.registry import Membership, Registry, Successor, Term, Unit, UnitCode, UnitName
from nlp.registry.model import Level, NameKind, Phase
from nlp.registry.registry import built_in, new_id
from service.errors import InvalidInput, NotFound
from service.store.unit_ports import UnitStore
from service.units.directory import Directory, directory
from service.units.words import LEVELS, TYPES

LONGEST: Final = 300
SCHEME: Final = "qd20"
"""Electronic identifier codes of agencies (Quyết định 20/2020/QĐ-TTg)."""


@dataclass(frozen=True, slots=True)
class UnitForm:
    """A unit as an officer enters it; days and texts are checked by :func:`save_unit`."""

    name: str
    id: str = ""
    also: tuple[str, ...] = ()
    abbr: tuple[str, ...] = ()
    type: str = "other"
    level: str = "province"
    parent: str = ""
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    code: str = ""


def save_unit(store: UnitStore, form: UnitForm, *, by: str, at: dt.datetime) -> Unit:
    """Keep a unit; one whose name the registry knows in the office's province takes its place there."""
    unit = to_unit(form, directory(store))
    store.put_units([unit], by=by, at=at)
    return unit


def to_unit(form: UnitForm, found: Directory) -> Unit:
    """The form as a unit; raises :class:`InvalidInput` where it says nothing sensible."""
    name = _clean(form.name)
    if not name:
        raise InvalidInput("Chưa nhập tên đơn vị.")
    if len(name) > LONGEST:
        raise InvalidInput(f"Tên đơn vị dài quá {LONGEST} ký tự.")
    if form.type not in TYPES:
        raise InvalidInput(f"“{form.type}” không phải là loại đơn vị.")
    if form.level not in LEVELS:
        raise InvalidInput(f"“{form.level}” không phải là cấp.")
    if form.valid_from and form.valid_to and form.valid_to < form.valid_from:
        raise InvalidInput("Đến ngày phải sau từ ngày.")
    unit_id = form.id.strip() or id_for(name, found)
    term = Term(form.valid_from, form.valid_to)
    parent = unit_named(form.parent, found) if form.parent.strip() else None
    if parent == unit_id:
        raise InvalidInput("Một đơn vị không thể là cấp trên của chính mình.")
    kinds: tuple[tuple[Sequence[str], NameKind], ...] = ((form.also, "short"), (form.abbr, "abbr"))
    others = [UnitName(_clean(text), kind) for texts, kind in kinds for text in texts if _clean(text)]
    before = found.registry.unit(unit_id)
    return Unit(
        id=unit_id,
        names=(UnitName(name), *others),
        level=cast("Level", form.level),
        province=(before.province if before else None) or found.office.province,
        phases=(Phase(form.type, parent, term),),
        term=term,
        codes=(UnitCode(SCHEME, form.code.strip()),) if form.code.strip() else (),
    )


def _clean(text: str) -> str:
    return fold(nfc(text))


def id_for(name: str, found: Directory) -> str:
    """The registry's id of a body of that name in the office's province, else a new one of our own."""
    known = found.resolve(name)
    if len(known) == 1 and known[0].unit and known[0].confidence >= 0.9:
        return known[0].unit
    return new_id(name, {unit.id: unit for unit in found.office.units})


def unit_named(said: str, found: Directory) -> str:
    """A unit by its id or by a name that leaves no doubt."""
    said = _clean(said)
    if found.registry.unit(said):
        return said
    known = found.resolve(said)
    if len(known) != 1 or known[0].unit is None:
        raise InvalidInput(f"Chưa xác định được đơn vị “{said}”. Anh/Chị nhập tên đầy đủ hoặc mã đơn vị.")
    return known[0].unit


def remove_unit(store: UnitStore, unit_id: str, *, by: str, at: dt.datetime) -> None:
    """Take a row of the office away; the registry's own unit of that id shows again."""
    if not store.remove_unit(unit_id, by=by, at=at):
        raise NotFound(f"Cơ quan chưa nhập đơn vị mang mã “{unit_id}”.")


def decide_successors(
    store: UnitStore,
    unit_id: str,
    successors: Sequence[str],
    date: dt.date | None,
    *,
    basis: str = "",
    by: str,
    at: dt.datetime,
) -> tuple[Successor, ...]:
    """A person says who answers for a unit from a day on; one name answers for all, several each for a part."""
    found = directory(store)
    unit = found.registry.unit(unit_id)
    if unit is None:
        raise NotFound(f"Không có đơn vị mang mã “{unit_id}”.")
    names = [name for name in successors if name.strip()]
    if names and date is None:
        last = unit.term.valid_to
        if last is None:
            raise InvalidInput("Chưa nhập ngày kế thừa.")
        date = last + dt.timedelta(days=1)
    ids = [unit_named(name, found) for name in names]
    if unit_id in ids:
        raise InvalidInput("Một đơn vị không thể kế thừa chính mình.")
    if date is not None and _circle(unit_id, ids, found.registry):
        raise InvalidInput("Các đơn vị kế thừa lẫn nhau thành vòng.")
    steps = tuple(
        Successor(one, cast("dt.date", date), "all" if len(ids) == 1 else "part", basis.strip() or None) for one in ids
    )
    store.put_successors(unit_id, steps, by=by, at=at)
    return steps


def _circle(unit_id: str, ids: Sequence[str], registry: Registry) -> bool:
    open_, seen = list(ids), set[str]()
    while open_:
        one = open_.pop()
        if one == unit_id:
            return True
        if one not in seen:
            seen.add(one)
            open_ += [step.unit for step in registry.successors(one)]
    return False


def set_members(store: UnitStore, collective: str, members: Sequence[str], *, by: str, at: dt.datetime) -> None:
    """Who a collective stands for; an empty list leaves it to the registry again."""
    name = _clean(collective)
    if not name:
        raise InvalidInput("Chưa nhập tên nhóm đơn vị, ví dụ “các sở, ban, ngành”.")
    found = directory(store)
    ids = dict.fromkeys(unit_named(member, found) for member in members if member.strip())
    store.put_members(name, [Membership(one) for one in ids], by=by, at=at)


def set_office(store: UnitStore, name: str, *, by: str, at: dt.datetime) -> Unit:
    """Which body runs this system; its province is the context of names that documents leave open."""
    said = _clean(name)
    unit = built_in(said) or directory(store).registry.unit(said)
    if unit is None:
        known = [one for one in directory(store).resolve(said) if one.unit]
        unit = directory(store).registry.unit(known[0].unit or "") if len(known) == 1 else None
    if unit is None:
        raise InvalidInput(f"Chưa xác định được “{said}”. Ví dụ: Văn phòng UBND tỉnh An Giang.")
    store.set_office(unit.id, unit.province, by=by, at=at)
    return unit

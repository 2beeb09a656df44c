"""Two as-of dates side by side: "so với tuần trước"."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass, replace
from typing import Any

from service.errors import InvalidInput
from service.gaps.board import UnitTotal, by_unit, count
from service.gaps.figures import Summary
from service.gaps.model import GapQuery
from service.gaps.scope import as_of
from service.store.ports import Store


@dataclass(frozen=True, slots=True)
class UnitChange:
    """A unit's totals on both days."""

    unit: str | None
    now: Summary
    then: Summary


@dataclass(frozen=True, slots=True)
class Comparison:
    """The totals of one question on two days."""

    day: dt.date
    before: dt.date
    now: Summary
    then: Summary
    units: tuple[UnitChange, ...]
    """Units with any difference, those whose overdue work grew most first."""

    def change(self) -> dict[str, int]:
        """How much more (or less) there is of each figure."""
        return _change(self.now, self.then)

    def to_json(self) -> dict[str, Any]:
        """For the API and the command line."""
        return {
            "as_of": self.day.isoformat(),
            "compare_to": self.before.isoformat(),
            "now": self.now.to_json(),
            "then": self.then.to_json(),
            "change": self.change(),
            "units": [{"unit": one.unit, "change": _change(one.now, one.then)} for one in self.units],
        }


def compare(store: Store, query: GapQuery, before: dt.date) -> Comparison:
    """The question's totals on its day and on an earlier one."""
    day = as_of(query)
    if before >= day:
        raise InvalidInput(f"Ngày so sánh {before:%d/%m/%Y} phải trước ngày tính số liệu {day:%d/%m/%Y}.")
    earlier = replace(query, as_of=before)
    here, there = _by_name(by_unit(store, query)), _by_name(by_unit(store, earlier))
    none = Summary()
    units = [UnitChange(name, here.get(name, none), there.get(name, none)) for name in {**here, **there}]
    changed = [one for one in units if one.now != one.then]
    changed.sort(key=lambda one: (one.then.open_overdue - one.now.open_overdue, one.unit or ""))
    return Comparison(day, before, count(store, query), count(store, earlier), tuple(changed))


def _by_name(found: list[UnitTotal]) -> dict[str | None, Summary]:
    return {one.unit: one.figures for one in found}


def _change(now: Summary, then: Summary) -> dict[str, int]:
    before = asdict(then)
    return {name: value - before[name] for name, value in asdict(now).items()}

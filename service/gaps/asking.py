"""A question in everyday words becomes a filter that is shown and can be edited; the same filter for addresses."""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, cast

from corpus.text import no_marks
from nlp.matters import matters
from nlp.questions import Filter, Names, Nearest, Part, understand
from service.cells import REPORT_STATUS, TASK_STATUS
from service.errors import InvalidInput
from service.gaps.board import by_directive, by_unit, count, page
from service.gaps.compare import compare
from service.gaps.figures import Summary
from service.gaps.find import parse_query
from service.gaps.keep import refresh
from service.gaps.model import GapQuery, ReportStatus, TaskStatus
from service.gaps.rules import rule_table
from service.settings import Settings
from service.store.ports import Store

NOT_UNDERSTOOD: Final = "Chưa xác định được nội dung cần tra cứu."
EXAMPLES: Final = (
    "việc nào sắp đến hạn",
    "đơn vị nào nhiều việc quá hạn nhất",
    "đơn vị nào chưa báo cáo quý trước",
    "việc báo hoàn thành nhưng chưa có minh chứng",
    "số việc quá hạn so với tuần trước",
)
_WORDS: Final = {
    "done_on_time": "đã hoàn thành đúng hạn",
    "done_late": "đã hoàn thành quá hạn",
    "open_in_time": "chưa hoàn thành, trong hạn",
    "open_overdue": "chưa hoàn thành, quá hạn",
    "no_deadline": "không quy định thời hạn",
    "not_due": "chưa đến kỳ báo cáo",
    "reported": "đã báo cáo đúng hạn",
    "reported_late": "báo cáo chậm",
    "missing": "chưa báo cáo",
}
_SHOWN: Final = {"units": "theo đơn vị", "directives": "theo văn bản giao", "count": "số lượng"}
_SIMILAR: Final = 0.75


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something that may have been meant: a question, with its filter where it was read out of the one asked."""

    text: str
    filter: Filter | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it was understood; ``query`` is None where it was not."""

    text: str
    query: GapQuery | None
    filter: Filter | None
    parts: tuple[Part, ...] = ()
    unknown: tuple[str, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()

    @property
    def show(self) -> str:
        """What is asked about: ``cells``, ``units``, ``directives`` or ``count``."""
        return str((self.filter or {}).get("show", "cells"))

    @property
    def compare_to(self) -> dt.date | None:
        """The earlier day to compare with."""
        day = (self.filter or {}).get("compare_to")
        return dt.date.fromisoformat(day) if day else None

    def to_json(self) -> dict[str, Any]:
        """For the API and the command line."""
        return {
            "question": self.text,
            "understood": self.filter is not None,
            "filter": self.filter,
            "words": describe(self.filter) if self.filter is not None else NOT_UNDERSTOOD,
            "unknown": list(self.unknown),
            "suggestions": [{"text": one.text, "filter": one.filter} for one in self.suggestions],
        }


def ask(store: Store, text: str, settings: Settings, *, today: dt.date | None = None) -> Asked:
    """What the question asks for, by the names that the store and the office know."""
    refresh(store, parse_query(store, settings=settings))
    units = [name for name, many in store.gap_units().values() if name and not many]
    leaders = list(dict.fromkeys(one.leader for one in store.charges()))
    day = today or dt.datetime.now(settings.zone).date()
    found = understand(text, Names(units, leaders), day)
    if found.filter is None:
        return Asked(text, None, None, found.parts, found.unknown, _suggest(found.nearest, text, units))
    return Asked(text, query_of(store, found.filter, settings), found.filter, found.parts)


def take(store: Store, asked: Asked, number: int, settings: Settings) -> Asked:
    """One of the suggestions (1 for the first) in place of a question that was not understood."""
    if not 1 <= number <= len(asked.suggestions):
        raise InvalidInput(f"Không có cách hiểu số {number}; có {len(asked.suggestions)} cách hiểu.", value=number)
    one = asked.suggestions[number - 1]
    if one.filter is None:
        return ask(store, one.text, settings)
    return Asked(asked.text, query_of(store, one.filter, settings), one.filter)


def _suggest(nearest: Iterable[Nearest], text: str, units: Iterable[str]) -> tuple[Suggestion, ...]:
    found = []
    for one in nearest:
        left = ", ".join(f"“{word}”" for word in one.left)
        said = describe(one.filter)
        found.append(Suggestion(f"{said} (bỏ {left})" if left else said, one.filter))
    folded = {no_marks(name.casefold()): name for name in units}
    asked = no_marks(text.casefold())
    near = [name for low, name in folded.items() if _near(low, asked)]
    found += [Suggestion(f"nhiệm vụ của {name}", {"unit": name}) for name in sorted(near)[:3]]
    return tuple([*found, *(Suggestion(one) for one in EXAMPLES)][:6])


def _near(name: str, asked: str) -> bool:
    """Whether some words of the question look like the unit's name."""
    words, size = asked.split(), len(name.split())
    windows = (" ".join(words[place : place + size]) for place in range(max(1, len(words) - size + 1)))
    return any(difflib.SequenceMatcher(None, name, window).ratio() >= _SIMILAR for window in windows)


def query_of(store: Store, asked: Mapping[str, Any], settings: Settings) -> GapQuery:
    """The filter as a question to the store, checked: names of statuses and rules are known, the directive is one."""
    query = parse_query(
        store,
        settings=settings,
        directive=asked.get("directive"),
        unit=asked.get("unit"),
        period=asked.get("period"),
        as_of=asked.get("as_of") or None,
        known_at=asked.get("known_at") or None,
    )
    soon = asked.get("due_soon_days")
    return replace(
        query,
        chain=bool(asked.get("chain")),
        tree=bool(asked.get("tree")),
        leader=asked.get("leader") or None,
        matter=_one_of(asked.get("matter"), matters(), "lĩnh vực"),
        task_status=cast("tuple[TaskStatus, ...]", _some_of(asked.get("task_status"), TASK_STATUS, "trạng thái")),
        report_status=cast(
            "tuple[ReportStatus, ...]", _some_of(asked.get("report_status"), REPORT_STATUS, "trạng thái báo cáo")
        ),
        rules=_some_of(asked.get("rules"), rule_table(), "vấn đề"),
        pending=asked.get("pending"),
        official=bool(asked.get("official")),
        tracked=bool(asked.get("tracked")),
        due_soon_days=query.due_soon_days if soon is None else int(soon),
    )


def _some_of(values: Iterable[str] | None, known: Iterable[str], what: str) -> tuple[str, ...]:
    return tuple(one for value in values or () if (one := _one_of(value, known, what)) is not None)


def _one_of(value: str | None, known: Iterable[str], what: str) -> str | None:
    if not value:
        return None
    if value not in known:
        raise InvalidInput(f"“{value}” không phải là {what}. Có thể chọn: {', '.join(known)}.", value=value)
    return value


def answer(store: Store, asked: Asked, *, limit: int = 50, offset: int = 0) -> dict[str, Any]:
    """What an understood question finds: totals, then units, directives, cells or a comparison, as it asks."""
    query = asked.query
    if query is None:
        return {}
    units = by_unit(store, query) if asked.show == "units" else []
    # every cell has a unit, so those of all units are the totals
    whole = sum((one.figures for one in units), Summary()) if units else count(store, query)
    found: dict[str, Any] = {"totals": whole.to_json()}
    if asked.compare_to is not None:
        found["comparison"] = compare(store, query, asked.compare_to).to_json()
    if asked.show == "units":
        found["units"] = [{"unit": one.unit, **one.figures.to_json()} for one in units]
    elif asked.show == "directives":
        totals = sorted(by_directive(store, query), key=lambda one: -one.figures.total)
        found["directives"] = [
            {"symbol": one.directive.header.symbol, "document": one.directive.sha256, **one.figures.to_json()}
            for one in totals
        ]
    elif asked.show == "cells":
        cells = page(store, query, order="due", limit=limit, offset=offset).cells
        found["cells"] = [cell.to_json() for cell in cells]
    return found


def describe(asked: Mapping[str, Any]) -> str:
    """The filter in an officer's words, to be shown above its answer."""
    table = rule_table()
    statuses = [_WORDS[name] for name in (*asked.get("task_status", ()), *asked.get("report_status", ()))]
    wishes = [*statuses, *(table[name]["title"].lower() for name in asked.get("rules", ()) if name in table)]
    said = [f"Nhiệm vụ: {'; '.join(wishes)}" if wishes else "Nhiệm vụ"]
    if asked.get("pending"):
        said.append("chờ rà soát")
    if "due_soon_days" in asked:
        said.append(f"trong {asked['due_soon_days']} ngày tới")
    labels = (
        ("unit", "đơn vị"),
        ("leader", "lãnh đạo phụ trách"),
        ("matter", "lĩnh vực"),
        ("directive", "văn bản giao"),
    )
    said += [f"{label}: {asked[name]}" for name, label in labels if asked.get(name)]
    said += ["cả đơn vị trực thuộc"] if asked.get("tree") else []
    said += ["cả văn bản triển khai"] if asked.get("chain") else []
    said += [f"kỳ: {asked['period']}"] if asked.get("period") else []
    said += [f"tính đến ngày {_day(asked['as_of'])}"] if asked.get("as_of") else []
    said += [f"so với ngày {_day(asked['compare_to'])}"] if asked.get("compare_to") else []
    said += [_SHOWN[asked["show"]]] if asked.get("show") in _SHOWN else []
    return "; ".join(said)


def _day(value: str | dt.date) -> str:
    day = dt.date.fromisoformat(value) if isinstance(value, str) else value
    return f"{day:%d/%m/%Y}"

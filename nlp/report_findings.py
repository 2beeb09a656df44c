"""Figures of a report that contradict each other, each with both places; shown, never corrected.

Totals of real reports do not always add up (2.065 + 348 beside 2.414), shares do not fit their counts, and the summary
counts other rows than the table has.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any, Final, Literal

from corpus.text import fold
from nlp.model import Report, ReportItem, ReportPart
from nlp.vocabulary import load

Code = Literal["part_above_whole", "sum_differs", "share_differs", "summary_differs"]
_SENTENCE: Final = re.compile(r"[^.;\n]+(?:\.(?=\d)[^.;\n]+)*")
_STATUSES: Final[Mapping[str, str]] = {
    "done": "hoàn thành", "in_progress": "đang thực hiện", "not_started": "chưa thực hiện",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Finding:
    """Two places of a text that cannot both be right."""

    code: Code
    text: str
    start: int
    end: int
    other: tuple[int, int]
    """The other place; the same as the first where both figures stand together."""


@cache
def _data() -> dict[str, Any]:
    return load("report_findings.toml")


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"(?<!\\) ", r"\\s+", _data()["patterns"][name]))


def contradictions_of(text: str, report: Report, items: Sequence[ReportItem]) -> list[Finding]:
    """The same for a file that may enclose reports of others: what one unit says does not contradict another."""
    said: dict[ReportPart | None, list[ReportItem]] = {}
    for item in items:
        said.setdefault(report.part_at(item.start), []).append(item)
    found = (finding for mine in said.values() or ([],) for finding in find_contradictions(text, mine))
    return list(dict.fromkeys(found))


def find_contradictions(text: str, items: Sequence[ReportItem] = ()) -> list[Finding]:
    """What a text's figures contradict, in reading order; ``items`` give the rows that a summary counts."""
    found = [*_parts(text), *_sums(text), *_shares_of_totals(text), *_summary(text, items)]
    return sorted(found, key=lambda one: (one.start, one.end))


def _number(printed: str) -> float:
    """A number in Vietnamese form: dots between thousands, a comma before decimals."""
    return float(printed.strip(".").replace(".", "").replace(",", "."))


def _said(value: float) -> str:
    return f"{value:,.0f}".replace(",", ".")


def _parts(text: str) -> Iterator[Finding]:
    """A part above its whole, and a share that does not fit the ratio before it."""
    for match in _pattern("ratio").finditer(text):
        part, whole = _number(match[1]), _number(match[2])
        date = part <= 31 and whole <= 12  # 20/9 is a day
        if part > whole and not date:
            yield Finding(
                "part_above_whole", f"“{fold(match[0])}” có phần lớn hơn tổng", *match.span(1), other=match.span(2)
            )
        elif whole and part <= whole and (share := _pattern("share").match(text[match.end() : match.end() + 120])):
            start, end = (match.end() + place for place in share.span(1))
            if not _fits(part, whole, share[1], text[:start]):
                told = f"{fold(match[0])} là {_percent(part / whole)}%, báo cáo ghi {share[1]}%"
                yield Finding("share_differs", told, *match.span(), other=(start, end))


def _percent(share: float) -> str:
    return f"{100 * share:.1f}".replace(".", ",")


def _fits(part: float, whole: float, printed: str, before: str) -> bool:
    """Whether a printed percentage may be rounded, or cut, from the share."""
    digits = len(printed.partition(",")[2])
    slack = 3.0 if _pattern("rounded").search(before[-20:]) else 10.0**-digits
    return abs(100 * part / whole - _number(printed)) <= slack + 1e-9


def _sums(text: str) -> Iterator[Finding]:
    """Parts that do not add up: told of the same things, or missing their total by little."""
    for match in _pattern("whole").finditer(text):
        total, unit, body = _number(match[1]), match[2], match["body"]
        told = _members(body)
        numbers = [_number(one[1]) for one in told]
        if not numbers or sum(numbers) == total or max(numbers) > total:
            continue
        near = abs(sum(numbers) - total) <= max(1, _data()["limits"]["near"] * total)
        alike = bool(unit) and all(body[one.end() :].lstrip().casefold().startswith(unit.casefold()) for one in told)
        if near or alike:
            added = " + ".join(_said(number) for number in numbers)
            begin = match.start("body")
            yield Finding(
                "sum_differs",
                f"{added} = {_said(sum(numbers))}, khác {_said(total)}",
                *match.span(1),
                other=(begin + told[0].start(), begin + told[-1].end()),
            )


def _members(body: str) -> list[re.Match[str]]:
    """The numbers of a list of parts; none where there are too few or too many for one."""
    numbers = _pattern("member").finditer(body)
    told = [one for one in numbers if not _pattern("not_member").search(body[: one.start()])]
    return told if 2 <= len(told) <= _data()["limits"]["members"] else []


def _shares_of_totals(text: str) -> Iterator[Finding]:
    """As "đã giao 15.533 nhiệm vụ, hoàn thành 13.119 (84,46%)" with another share than the two numbers give."""
    for sentence in _SENTENCE.finditer(text):
        said, at = sentence[0], sentence.start()
        totals = [*_pattern("total").finditer(said)]
        if len(totals) != 1:
            continue
        whole = _number(totals[0][1])
        for match in _pattern("part_share").finditer(said, totals[0].end()):
            part = _number(match[1])
            if whole >= part > 0 and not _fits(part, whole, match[2], said[: match.start(2)]):
                told = f"{match[1]} trên {totals[0][1]} là {_percent(part / whole)}%, báo cáo ghi {match[2]}%"
                start, end = (at + place for place in totals[0].span(1))
                yield Finding("share_differs", told, start, end, other=(at + match.start(1), at + match.end(2)))


def _summary(text: str, items: Sequence[ReportItem]) -> Iterator[Finding]:
    """A summary before a table of tasks against its rows, status by status."""
    rows = _rows(items)
    if len(rows) < _data()["limits"]["rows"]:
        return
    counted = Counter("done" if row.claimed_status == "done" else row.claimed_status for row in rows)
    head = text[: rows[0].start]
    told = {status: match for status in _STATUSES if (match := _pattern(status).search(head))}
    stated = {status: int(match[1] or match[2]) for status, match in told.items()}
    if len(stated) < 2 or not len(rows) / 2 <= sum(stated.values()) <= len(rows) * 2:
        return  # it counts something else
    for status, number in stated.items():
        rest = counted[status] + (counted["partial"] if status == "in_progress" else 0)
        if number != rest:
            words = _STATUSES[status]
            yield Finding(
                "summary_differs",
                f"Phần tổng hợp ghi {number} nhiệm vụ {words}, bảng có {rest} dòng {words}",
                *told[status].span(),
                other=(rows[0].start, rows[-1].end),
            )


def _rows(items: Sequence[ReportItem]) -> list[ReportItem]:
    """The longest run of statements that carry row numbers, one behind the other."""
    numbered = [item for item in items if item.row and item.row.isdecimal()]
    runs: list[list[ReportItem]] = [numbered[:1]] if numbered else []
    for before, item in pairwise(numbered):
        if int(item.row or 0) == int(before.row or 0) + 1:
            runs[-1].append(item)
        else:
            runs.append([item])
    return max(runs, key=len, default=[])

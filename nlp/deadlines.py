"""Deadlines, as cells of a table ("6/2025", "Thường xuyên") and as phrases of a sentence ("chậm nhất ngày …").

Choices made where the text leaves one (NĐ 30/2020 and office practice): "trước ngày D" is due on D, not inclusive;
"trước tháng M" on the last day of the month before; a month, quarter or year on its last day; urgency is no deadline.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Any

from corpus.text import fold
from nlp.deadline_times import Moment, Term, read_term
from nlp.model import Deadline, Every, Recurrence
from nlp.patterns import any_of, compiled, rules
from nlp.signs import Gated, gated, lowered
from nlp.workdays import read_length

_ONE_DAY = dt.timedelta(days=1)
_BARE = ("before", "by", "range")
"""Kinds of cues behind which a day may stand without the word "ngày"."""
_LONGEST_CELL = 400
_SHORT_CELL = 120
_HALF_YEAR = 6
_FEW = 30
"""Characters that may follow the time in a cell ("(đề nghị gộp chung)")."""
_REMARK = compiled(r" ?(?:\(|, ?sau khi )")
_UNTIMED = {"continuous", "on-request"}
_LEAD_IN = compiled(
    r"(?:chậm nhất |muộn nhất |hoàn thành |xong |trong |vào |từ |đến |hết |trước |thời điểm |giai đoạn |không quá |"
    r"hạn chót )*"
)
_DAY_ONLY = compiled(r"(?:vào |trước )?ngày (?:mùng )?(\d{1,2})(?![\d/.]| tháng \d|-\d)")
_NAMED_DAY = compiled(r",? ?\(?(?:vào |trước |chậm nhất )*ngày (?:mùng )?\d{1,2}(?![\d/.]| tháng \d|-\d)")
"""The day of what recurs, behind it: "hằng tháng (ngày 25)", "hằng tháng trước ngày 25"."""
_DIGIT = re.compile(r"\d")
_TOKEN = re.compile(r"(?<!\w)\w")
_BEFORE_TERM = compiled(r"(?P<before>(?<!\w)trước(?: thời điểm)?)(?: hết)? ?$")
_FROM_TERM = compiled(r"(?<!\w)(?:kể )?từ(?: đầu)? ?$")
_OPEN_END = compiled(r"trở đi|(?:và|các|những),? (?:các |những )?năm (?:tiếp theo|tiếp|sau|kế tiếp)|(?:đến|-) nay")


@dataclass(frozen=True, slots=True)
class Found:
    """A deadline and where it stands in the text it was read from."""

    start: int
    end: int
    deadline: Deadline


@dataclass(frozen=True, slots=True)
class _Rules:
    cue: re.Pattern[str]
    past: re.Pattern[str]
    recurrence: tuple[tuple[Recurrence, re.Pattern[str]], ...]
    recurring_after: re.Pattern[str]
    reported_before: re.Pattern[str]
    recurring_before: re.Pattern[str]
    in_prose: tuple[Gated, ...]
    relative: re.Pattern[str]
    term: re.Pattern[str]
    event_in_cell: re.Pattern[str]
    event_in_prose: re.Pattern[str]
    gate: Gated


@cache
def _rules() -> _Rules:
    data: dict[str, Any] = rules("deadlines")
    cues = data["cues"]
    groups = "|".join(
        f"(?P<{name}>{any_of(cues[name])})" for name in ("range", "until_year", "before", "by", "until") if cues[name]
    )
    every = any_of([entry["words"] for entry in data["recurrence"] if entry["value"] not in _UNTIMED])
    return _Rules(
        cue=compiled(rf"(?<!\w)(?:{groups})(?!\w) ?"),
        past=compiled(data["not_a_deadline"]["before_cue"]),
        recurrence=tuple(
            (entry["value"], compiled(rf"(?<!\w)(?:{entry['words']})(?!\w)")) for entry in data["recurrence"]
        ),
        recurring_after=compiled(rf",? ?\(?(?:của |vào )?(?P<r>{every})(?!\w)"),
        reported_before=compiled(rf"(?<!\w)(?:báo cáo|định kỳ)[^.;,]{{0,60}}? (?P<r>{every})(?!\w)[^.;]{{0,50}}$"),
        recurring_before=compiled(rf"(?<!\w)(?:định kỳ )?(?P<r>{every}),? ?\(?(?:vào )?$"),
        in_prose=tuple(gated(compiled(place.replace("{r}", every))) for place in data["recurrence_in_prose"]["places"]),
        relative=compiled(rf"(?<!\w)(?:{data['anchors']['relative']})"),
        term=compiled(rf"(?<!\w)(?:{data['anchors']['term']})"),
        event_in_cell=compiled(rf"(?<!\w)(?:{data['anchors']['event_in_cell']})"),
        event_in_prose=compiled(rf"(?<!\w)(?:{data['anchors']['event_in_prose']})"),
        gate=gated(compiled("quý [ivx]|h[àằ]ng |định kỳ|mỗi |thường xuyên|sau khi|kỳ họp|phiên họp|cuối năm|hai lần")),
    )


def find_deadline(text: str, *, year: int | None = None, cell: bool | None = None) -> Deadline | None:
    """The deadline of a cell or a sentence, None where there is none; ``year`` stands in for a year left out.

    ``cell`` says that the whole text is a deadline; by default a short text that begins like one is taken for a cell.
    """
    if cell or (cell is None and _looks_like_cell(text)):
        return read_cell(text, year=year)
    found = find_deadlines(text, year=year)
    return found[0].deadline if found else None


def _looks_like_cell(text: str) -> bool:
    """A short text that is a time from its first word on, with at most a few words more."""
    text = text.strip()
    if not text or len(text) > _LONGEST_CELL:
        return False
    if _rules().event_in_cell.fullmatch(text) and len(text) <= _SHORT_CELL:
        return True
    lead = _LEAD_IN.match(text)
    term = read_term(text, lead.end() if lead else 0, None, bare=True)
    if term:
        return len(text) - term.end <= _FEW or bool(_REMARK.match(text, term.end))
    if (lead and lead.end()) or _DAY_ONLY.match(text):
        return bool(_recurrence(text))
    hits = (pattern.match(text) for _, pattern in _rules().recurrence)
    return any(hit and (len(text) - hit.end() <= _FEW // 2 or _recurrence(text[hit.end() :])) for hit in hits)


# --- cells ---------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=4096)
def read_cell(text: str, *, year: int | None = None) -> Deadline | None:
    """Read a table cell that holds nothing but a deadline."""
    cell = fold(text).strip()
    if not cell or len(cell) > _LONGEST_CELL:
        return None
    place = _first_term(cell, year)
    recurrence = _recurrence(cell)
    anchor = _anchor(cell)
    if place:
        start, term = place
        return replace(_cell_term(cell, start, term, recurrence), text=cell, anchor=anchor)
    if recurrence:
        return Deadline(
            cell, recurrence=recurrence, every=_day_only(cell), anchor=anchor, inclusive=not _is_before(cell)
        )
    return Deadline(cell, anchor=anchor, term=read_length(anchor)) if anchor else None


def _first_term(cell: str, year: int | None) -> tuple[int, Term] | None:
    relative = _rules().relative.search(cell)
    event = _rules().event_in_cell.search(cell)
    stop = min((match.start() for match in (relative, event) if match), default=len(cell))
    for token in _TOKEN.finditer(cell, 0, stop):
        term = read_term(cell, token.start(), year, bare=True)
        if term:
            return token.start(), term
    return None


def _cell_term(cell: str, start: int, term: Term, recurrence: Recurrence | None) -> Deadline:
    head = cell[:start]
    opens, begins = _OPEN_END.search(cell, term.end), _FROM_TERM.search(head) and term.since is None
    if begins or (opens and term.moment.precision == "year"):
        first = term.since or term.moment
        return Deadline(cell, start=first.first(), precision=first.precision, recurrence="continuous")
    before = bool(_BEFORE_TERM.search(head))
    printed_year = read_term(cell, start, None, bare=True)
    if recurrence and recurrence != "continuous" and not (printed_year and printed_year.moment.year):
        return _recurring(cell, term, recurrence, before=before)
    return replace(_due(cell, term, before=before), recurrence=recurrence)


def _day_only(text: str) -> Every | None:
    match = _DAY_ONLY.search(text)
    return Every(day=int(match[1])) if match and 1 <= int(match[1]) <= 31 else None


def _is_before(text: str) -> bool:
    match = _DAY_ONLY.search(text)
    return bool(match and ("trước" in match[0].lower() or _BEFORE_TERM.search(text[: match.start()])))


def _recurrence(text: str) -> Recurrence | None:
    return next((value for value, pattern in _rules().recurrence if pattern.search(text)), None)


def _anchor(cell: str) -> str | None:
    match = _rules().relative.search(cell) or _rules().event_in_cell.search(cell)
    return match[0].strip(" ().") if match else None


# --- terms become deadlines ----------------------------------------------------------------------------------------


def _due(text: str, term: Term, *, before: bool) -> Deadline:
    moment, due = term.moment, term.moment.last()
    since = term.since.first() if term.since else None
    if before and moment.precision != "day":
        first = moment.first()
        due = first - _ONE_DAY if first else None
        before = False
    return Deadline(
        text, start=since, due=due, inclusive=not before, time=term.time, precision=moment.precision if due else "none"
    )


def _recurring(text: str, term: Term, recurrence: Recurrence, *, before: bool) -> Deadline:
    """A date without a year that comes again: "trước ngày 15/12 hằng năm", "tháng 12 hằng năm"."""
    moment: Moment = term.since or term.moment
    twice = term.since is not None and (term.moment.month - term.since.month) % 12 == _HALF_YEAR
    halves = term.since and recurrence == "yearly" and (twice or term.moment.precision == "day")
    value: Recurrence = "half-yearly" if halves else recurrence
    every = Every(day=moment.day, month=moment.month)
    return Deadline(text, inclusive=not before, time=term.time, recurrence=value, every=every)


# --- sentences -----------------------------------------------------------------------------------------------------


def find_deadlines(text: str, *, year: int | None = None) -> list[Found]:
    """All deadlines of a sentence: dates first, then what recurs, then terms counted from an event."""
    if not (_DIGIT.search(text) or _rules().gate.search(text)):
        return []
    dated = list(_dated(text, year))
    if dated:
        return sorted(dated, key=lambda found: (found.deadline.due is None, found.start))
    return list(_repeated(text)) or list(_anchored(text))


def _dated(text: str, year: int | None) -> Iterator[Found]:
    reached = 0
    for cue in _rules().cue.finditer(text):
        if cue.start() < reached or _rules().past.search(text, max(cue.start() - 60, 0), cue.start()):
            continue
        found = _at_cue(text, cue, year)
        if found and not _too_old(found.deadline, year):
            reached = found.end
            yield found


def _at_cue(text: str, cue: re.Match[str], year: int | None) -> Found | None:
    kind = str(cue.lastgroup)
    start = cue.start() + len(cue[0]) - len(cue[0].lstrip())
    term = read_term(text, cue.end(), year, bare=kind in _BARE and _takes_bare(cue[0]))
    if not term:
        return _day_again(text, cue, start) if kind != "range" else None
    if (kind == "until" and term.moment.precision == "year") or (kind == "range" and term.since is None):
        return None
    after = _rules().recurring_after.match(text, term.end) or _recurring_before(text, start, kind)
    if after and read_term(text, cue.end(), None, bare=True) and not _has_year(text, cue.end()):
        recurrence = _recurrence(after["r"]) or "yearly"
        first, last = min(start, after.start()), max(after.end(), term.end)
        return Found(first, last, _recurring(fold(text[first:last]), term, recurrence, before=kind == "before"))
    end = term.end
    said = cue[0].lower()
    before = kind == "before" or ("trước" in said and "trước khi" not in said)
    deadline = _due(fold(text[start:end]), term, before=before)
    return Found(start, end, deadline) if deadline.due else None


def _takes_bare(cue: str) -> bool:
    """Whether "2025" or "6/2025" may stand behind a cue without a word of its own; "trong 2025" is no way to write."""
    word = cue.strip().lower()
    return not word.startswith("trong") or word.endswith(("giai đoạn", " năm"))


def _recurring_before(text: str, start: int, kind: str) -> re.Match[str] | None:
    """What recurs right before its day: "hằng năm (trước ngày 15 tháng 12)", "định kỳ hàng năm, trước ngày 30/01"."""
    if kind not in {"before", "by"}:
        return None
    near = _rules().recurring_before.search(text, max(start - 40, 0), start)
    return near or _rules().reported_before.search(text, max(start - 140, 0), start)


def _has_year(text: str, pos: int) -> bool:
    term = read_term(text, pos, None, bare=True)
    return bool(term and term.moment.year)


def _day_again(text: str, cue: re.Match[str], start: int) -> Found | None:
    """A day without a month: "trước ngày 20 hằng tháng", "ngày 25 của tháng cuối quý"."""
    day = _DAY_ONLY.match(text, cue.end())
    after = day and _rules().recurring_after.match(text, day.end())
    if not day or not after or not 1 <= int(day[1]) <= 31:
        return None
    recurrence = _recurrence(after["r"])
    inclusive = "trước" not in cue[0].lower()
    every = Every(day=int(day[1]))
    printed = fold(text[start : after.end()])
    return Found(start, after.end(), Deadline(printed, inclusive=inclusive, recurrence=recurrence, every=every))


def _too_old(deadline: Deadline, year: int | None) -> bool:
    """A date of an earlier year than the document's tells of the past."""
    return bool(year and deadline.due and deadline.due.year < year)


def _repeated(text: str) -> Iterator[Found]:
    low = lowered(text)
    for place in _rules().in_prose:
        for match in place.finditer(text, low=low):
            recurrence = _recurrence(match["r"])
            if recurrence:
                day = _NAMED_DAY.match(text, match.end("r"))
                end = day.end() if day else match.end("r")
                printed = fold(text[match.start() : max(end, match.end())]).strip(" ,.;:()–-")
                every = _day_only(day[0]) if day else _day_only(match[0])
                before = bool(day and "trước" in day[0].lower())
                yield Found(
                    match.start("r"), end, Deadline(printed, inclusive=not before, recurrence=recurrence, every=every)
                )


def _anchored(text: str) -> Iterator[Found]:
    for pattern in (_rules().relative, _rules().term, _rules().event_in_prose):
        for match in pattern.finditer(text):
            printed = fold(match[0]).strip(" ,.;")
            yield Found(match.start(), match.end(), Deadline(printed, anchor=printed, term=read_length(printed)))

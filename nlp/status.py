"""The status that a unit claims by its own words; what the evidence says is judged elsewhere.

The words are those of the trackers on the model of QĐ 42/2014/QĐ-TTg; a statement is read clause by clause, by the
order of tests/gold/links/README.md: a request for change, a denial, a measured part, work going on, a promise ("sẽ ban
hành trước ngày 28/5" is no result), a standing duty, a result. What it ends on for the whole counts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from nlp.model import ClaimedStatus
from nlp.status_clauses import Clause, Signal, clauses, goal_met
from nlp.status_words import has, pattern, plain

__all__ = ["claimed_status", "row_status", "with_beside"]

_TOLD: Final = 3
"""Words of a statement that may tell a result."""
_REACH: Final = 240
"""Characters behind one who asks in which the change is looked for."""
_SENTENCE: Final = re.compile(r";|\.(?= |$)")
_SYMBOL: Final = re.compile(r"(?:số )?\d+[/-]\S+")
_COUNT: Final = re.compile(r"(?<!điều )(?<!khoản )(?<!năm )(?<!tháng )(?<!ngày )(?<!quý )(?<![\d/.-])\d")
"""A figure that is no date and no place in a text."""
_COUNTED: Final = re.compile(r"\d (?!tháng|năm|của)[^\W\d]")
_WORD: Final = re.compile(r"[^\W\d_]+")


def claimed_status(text: str, *, told: bool = True, asked: str = "") -> tuple[ClaimedStatus, bool]:
    """The claimed status of one statement, and whether it says that the work is late.

    ``told``: a statement among results that only counts what was done ("Cấp 3.420 phiếu") claims it as done; a cell of
    a status column or a paragraph anywhere does not. ``asked``: the task's wording where the unit repeats it beside
    the result, for a target that the result is measured against.

    >>> claimed_status("Chưa hoàn thành, chậm tiến độ")
    ('in_progress', True)
    """
    low = plain(text)
    status, late = _status(low, plain(asked), told=told), _late(low)
    return ("in_progress" if late and status == "unknown" else status), late


def row_status(cells: Sequence[str], asked: str, beside: Sequence[str] = ()) -> tuple[ClaimedStatus, bool]:
    """The claim of a table row: the first of its cells that claims something, most telling first, else all together.

    ``asked``: the task cell, for the target that figures are measured against. ``beside``: cells of what hinders, comes
    next or is asked for; they count where the row tells nothing else, but a request to change the task counts always.
    """
    lows, nexts = [plain(cell) for cell in cells if cell], [plain(cell) for cell in beside if cell]
    late = any(map(_late, [*lows, *nexts]))
    status = _row([low for low in lows if not has("time_only", low)] or lows, plain(asked))
    return with_beside(status, [_status(low, "", told=False) for low in nexts], late=late), late


def with_beside(status: ClaimedStatus, beside: Sequence[ClaimedStatus], *, late: bool) -> ClaimedStatus:
    """What a row claims by its own cells, with what those beside them claim; late work that claims nothing goes on."""
    if "change_requested" in beside:
        return "change_requested"
    if status == "unknown":
        status = next((one for one in beside if one != "unknown"), "unknown")
    return "in_progress" if late and status == "unknown" else status


def _row(lows: Sequence[str], asked: str) -> ClaimedStatus:
    statuses = (_status(low, "", told=False) for low in lows)
    told = next((status for status in statuses if status != "unknown"), None)
    together = "; ".join([*lows[1:], *lows[:1]])
    status = told or _status(together, asked, told=True)
    if status == "unknown" and re.search(r"\d", together) and not has("references", together):
        return _silent(f"{asked} {together}", told=True)
    return status


def _late(low: str) -> bool:
    return has("late", pattern("not_late").sub(" ", low))


def _status(low: str, asked: str, *, told: bool) -> ClaimedStatus:
    if _asks_for_change(pattern("change_requested", "not_change").sub(" ", low)):
        return "change_requested"
    if has("trouble", low, "explains"):
        return "unknown"
    said = clauses(low)
    if goal := goal_met(low, asked):
        said = [*(clause for clause in said if clause.signal != "part"), Clause("", goal)]
    spoken = [clause for clause in said if clause.signal != "none"]
    heard = [clause for clause in spoken if not clause.conceded] or spoken
    if heard and said[0].signal == "none" and _counts_what_was_done(said[0].text):
        heard = [Clause(said[0].text, "acted"), *heard]
    if {clause.signal for clause in heard} == {"promise"} and has("trouble", low, "of_others"):
        return "unknown"
    return _together(low, heard) or _silent(low, told=told)


def _asks_for_change(low: str) -> bool:
    """A turn of speech that asks for it, or one who asks and then, in the same sentence, a change of the task."""
    if has("change_requested", low):
        return True
    cues = pattern("change_requested", "asks").finditer(low)
    return any(
        has("change_requested", _SENTENCE.split(low[cue.end() : cue.end() + _REACH])[0], "changes") for cue in cues
    )


def _counts_what_was_done(head: str) -> bool:
    """As in "Quản lý thị trường kiểm tra 93 vụ": the head of a statement whose other clauses claim something."""
    counted = _COUNTED.search(_SYMBOL.sub(" ", head))
    return (
        bool(counted)
        and not has("clauses", head, "adverbial")
        and not _describes(head)
        and not has("promise", head, "planned")
    )


def _together(low: str, heard: Sequence[Clause]) -> ClaimedStatus | None:
    signals = [clause.signal for clause in heard]
    if not signals:
        return None
    if "part" in signals:
        return "partial"
    if "denied" in signals or "unfinished" in signals or "rest" in signals:
        return _with_denial(signals)
    return _without_denial(low, heard)


_RESULTS: Final = frozenset({"finished", "full", "acted"})
_ENDINGS: Final = frozenset({"going_on", "finished", "full", "promise", "step"})
_MOVES: Final = frozenset({"going_on", "step", "unfinished"})


def _with_denial(signals: Sequence[Signal]) -> ClaimedStatus:
    """A denial alone, beside a result of another part, or before the result that came in the end."""
    denied = max(place for place, signal in enumerate(signals) if signal in ("denied", "unfinished", "rest"))
    before, after = set(signals[:denied]), set(signals[denied + 1 :])
    if "rest" in signals:
        return "partial"
    if _RESULTS & after and not _MOVES & after:
        return "done" if {"finished", "full"} & after else "in_progress"
    if signals[0] == "denied":
        return "not_started"
    if _MOVES & (before | after | {signals[denied]}):
        return "in_progress"
    return "partial" if _RESULTS & before else "not_started"


def _without_denial(low: str, heard: Sequence[Clause]) -> ClaimedStatus:
    signals = [clause.signal for clause in heard]
    if "standing" in signals:  # all of what is kept up is kept up
        heard = [clause for clause in heard if clause.signal != "full"]
    firm = [clause for clause in heard if clause.signal != "promise" or not (clause.mild and len(heard) > 1)]
    ending = next((c.signal for c in reversed(firm) if c.signal in _ENDINGS), None)
    match ending:
        case "going_on":
            return "in_progress"
        case "promise":
            return _promised(firm)
        case "step":
            return "done" if "finished" in signals and _closes(low) else "in_progress"
        case "finished" | "full":
            return "done"
    if "standing" in signals:
        return "continuous"
    shown = pattern("indicator").match(low) and "đã " not in low
    return "unknown" if shown else "done"


def _closes(low: str) -> bool:
    return has("finished", low) and "hoàn thành" in low


def _promised(heard: Sequence[Clause]) -> ClaimedStatus:
    """Only the future, or the rest of what was begun."""
    before = {clause.signal for clause in heard if clause.signal != "promise"}
    if not before:
        return "promise"
    if {"finished", "full"} & before and not {"going_on", "step"} & before:
        return "done"
    return "continuous" if before == {"standing"} else "in_progress"


def _silent(low: str, *, told: bool) -> ClaimedStatus:
    """No word of a claim: what the kind of statement says."""
    if has("promise", low, "planned_cell"):
        return "promise"
    if has("references", low) or has("elsewhere", low):
        return "unknown"
    if not told:
        return "done" if has("alone", low, "product") else "unknown"
    if has("promise", low, "planned"):
        return "promise"
    if has("standing", low, "duty") and has("standing", low, "manner"):
        return "continuous"
    return "done" if _result_without_words(low) else "unknown"


def _result_without_words(low: str) -> bool:
    """An act, an event, or a count that is no mere state of things."""
    if len(_WORD.findall(low)) < _TOLD or has("trouble", low, "asks"):
        return False
    low = _main(low)
    return _did(low) or (
        not _describes(low) and (has("did", low, "event") or bool(_COUNT.search(_SYMBOL.sub(" ", low))))
    )


def _main(low: str) -> str:
    """Without what only tells when or where before it ("trong 9 tháng đầu năm, …")."""
    head, *rest = pattern("clauses", "ends").split(low, maxsplit=1)
    whole = "".join(rest).strip()
    return _main(whole) if whole and has("clauses", head, "adverbial") and not _COUNTED.search(head) else low


def _did(low: str) -> bool:
    """Whether an act is told, without a word of the past: at the head, or with its figure in the first clause."""
    head = pattern("clauses", "ends").split(low)[0]
    return has("did", low, "head") or (has("did", head, "figure") and not has("indicator", head, "measures"))


def _describes(low: str) -> bool:
    """A difficulty, a request or a state of things: told at the head, or anywhere where nothing is counted before."""
    head = pattern("clauses", "ends").split(low)[0]
    telling = head if re.search(r"\d", head) else low
    names = ("trouble", "trouble_negated", "indicator")
    return any(has(name, telling) for name in names) or has("indicator", low, "having")

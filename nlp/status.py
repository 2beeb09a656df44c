"""The status that a unit claims by its own words; what the evidence says is judged elsewhere.

The words are those of the trackers on the model of QĐ 42/2014/QĐ-TTg; negation comes first, because "chưa hoàn thành"
contains "hoàn thành", and a promise ("sẽ ban hành trước ngày 28/5") is no result.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from corpus.text import canonical_tones, fold, one_to_one
from nlp.model import ClaimedStatus
from nlp.vocabulary import load

__all__ = ["claimed_status"]

_SHORT: Final = 60
"""A cell of a status column: "Đạt 70%" there is a claim, in a sentence it may be any figure."""
_PERCENT: Final = re.compile(
    r"(?:đạt|hoàn thành|được)\s*(?:khoảng |trên |gần |~\s*)?(\d{1,3}(?:[.,]\d+)?)\s*%(\s*(?:kế hoạch|khối lượng|"
    r"tiến độ|nhiệm vụ|công việc|so với kế hoạch))?"
)
_RATIO: Final = re.compile(r"(?:hoàn thành|đạt|thực hiện(?: được)?)\s+(?:được\s+)?(\d{1,4})\s*/\s*(\d{1,4})(?!\s*/?\d)")
_LONGEST: Final = 4_000
"""A statement longer than this is judged by its beginning."""


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {name: re.compile("|".join(entry["patterns"])) for name, entry in load("status.toml").items()}


def _has(name: str, text: str) -> bool:
    return bool(_patterns()[name].search(text))


def claimed_status(text: str) -> tuple[ClaimedStatus, bool]:
    """The claimed status of one statement, and whether it says that the work is late.

    >>> claimed_status("Chưa hoàn thành, chậm tiến độ")
    ('in_progress', True)
    """
    low = canonical_tones(one_to_one(fold(text[:_LONGEST]))).lower()
    status, late = _status(low), _late(low)
    return ("in_progress" if late and status == "unknown" else status), late


def _late(low: str) -> bool:
    return _has("late", _patterns()["not_late"].sub(" ", low))


def _status(low: str) -> ClaimedStatus:
    """The decision, strongest words first; ``rest`` is the statement without its negated completions."""
    if _has("change_requested", low):
        return "change_requested"
    rest = _patterns()["not_done"].sub(" ", low)
    negated = rest != low
    if begun := _patterns()["not_started"].search(rest):
        return "not_started" if begun.start() == 0 or not _moves(rest.replace(begun[0], " ")) else "in_progress"
    if _partial(rest):
        return "partial"
    return _in_progress_or_done(rest, negated=negated)


def _moves(low: str) -> bool:
    return _has("in_progress", low) or _has("acted", low)


def _partial(low: str) -> bool:
    if _has("partial", low):
        return True
    ratio = _RATIO.search(low)
    if ratio and int(ratio[1]) < int(ratio[2]):
        return True
    percent = _PERCENT.search(low)
    if not percent or float(percent[1].replace(",", ".")) >= 100:
        return False
    return bool(percent[2]) or len(low) < _SHORT


def _in_progress_or_done(low: str, *, negated: bool) -> ClaimedStatus:
    settled = _patterns()["mild_promise"].sub(" ", low)
    promised = _patterns()["promise"].search(settled)
    before = settled[: promised.start()] if promised else settled
    done = _has("done", before) and not negated
    if done and not _has("in_progress", before):
        return "done" if not promised or "hoàn thành" in before else "in_progress"
    if done and re.search(r"(?:^|đã )hoàn thành", before):
        return "done"
    if _has("in_progress", low) or (negated and not promised):
        return "in_progress"
    if promised:
        return "in_progress" if _has("acted", before) else "promise"
    return _by_weaker_words(low)


def _by_weaker_words(low: str) -> ClaimedStatus:
    if _has("intermediate", low):
        return "in_progress"
    if _has("continuous", low):
        return "continuous"
    return "done" if _has("acted", low) else "unknown"

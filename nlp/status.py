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
_RATIO: Final = re.compile(
    r"(?<![\w/.,-])(\d[\d.]*(?:,\d+)?)\s*(?:/|(?:trong(?: tổng)? số|trên tổng số|trong|trên) (?=\d))\s*"
    r"(\d[\d.]*(?:,\d+)?)(?![\d]*\s*/|\d|-)(?= (?!điểm)[^\W\d]|\s*[(;,.]|$)"
)
_IN_DATE: Final = re.compile(
    r"(?:ngày|tháng|quý|trước|đến|từ|sau|hết|số|vào|sáng|chiều|tối|khóa|các|và|,|-|–)\s*(?:hết )?$"
)
"""Before a date's day ("đến 30/11", "các ngày 05/9 và 05/10") or a document's number."""
_REFERENCE: Final = re.compile(r"^[^\W\d_]+ [^\W\d_]+ số \S+")
_TOLD: Final = 3
"""Words of a statement that may tell a result."""
_LONGEST: Final = 4_000
"""A statement longer than this is judged by its beginning."""


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {name: re.compile("|".join(entry["patterns"])) for name, entry in load("status.toml").items()}


def _has(name: str, text: str) -> bool:
    return bool(_patterns()[name].search(text))


def claimed_status(text: str, *, told: bool = True) -> tuple[ClaimedStatus, bool]:
    """The claimed status of one statement, and whether it says that the work is late.

    ``told``: a statement among results that only counts what was done ("Cấp 3.420 phiếu") claims it as done; a cell of
    a status column or a paragraph anywhere does not.

    >>> claimed_status("Chưa hoàn thành, chậm tiến độ")
    ('in_progress', True)
    """
    low = canonical_tones(one_to_one(fold(text[:_LONGEST]))).lower()
    status, late = _status(low), _late(low)
    if status == "unknown" and told and _counts(low):
        status = "done"
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
        return "in_progress" if _has("under_way", rest) else "partial"
    if _has("recurring", rest) and not _has("under_way", rest):
        return "continuous"
    return _in_progress_or_done(rest, negated=negated)


def _moves(low: str) -> bool:
    return _has("in_progress", low) or _has("acted", low)


def _partial(low: str) -> bool:
    """Said so, or some of a whole: "9/12 cơ quan", "01 trong 02 lớp", "70% kế hoạch", "còn 07 người chưa học"."""
    return _has("partial", low) or any(part < whole for part, whole in shares(low)) or _percent(low)


def shares(low: str) -> list[tuple[float, float]]:
    """The (part, whole) that a text counts; dates, numbers of documents and hours of the day are none."""
    found = []
    for match in _RATIO.finditer(low):
        part, whole = _number(match[1]), _number(match[2])
        if whole and not _IN_DATE.search(low[: match.start()]) and (part, whole) != (24, 24):
            found.append((part, whole))
    return found


def _number(printed: str) -> float:
    """As printed here: "1.105" is a thousand, "11,2" a fraction."""
    return float(printed.replace(".", "").replace(",", "."))


def _percent(low: str) -> bool:
    percent = _PERCENT.search(low)
    if not percent or float(percent[1].replace(",", ".")) >= 100:
        return False
    ends = not low[percent.end() :].strip(" .;") and not _has("indicator", low)
    return bool(percent[2]) or (len(low) < _SHORT and percent.start() == 0) or ends


def _counts(low: str) -> bool:
    """Whether a statement among results tells something that was done: no mere reference, no trouble, no request."""
    said = _REFERENCE.sub(" ", low)
    return len(re.findall(r"[^\W\d_]+", said)) >= _TOLD and not _has("trouble", low)


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

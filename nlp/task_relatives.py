"""Bodies told by what they do: "các cơ quan, đơn vị chủ trì quản lý tài sản có trách nhiệm …" is one body, not a verb.

Class words alone ("cơ quan", "đơn vị", "tổ chức") name no one; a verb right behind them restricts them where the clause
has another verb that orders. So do the fields in the names of councils: "Ban Chỉ đạo phát triển du lịch".
"""

from __future__ import annotations

import re
from functools import cache

from nlp.patterns import compiled, rules, spaced

_END = re.compile(r"[.;:\n]")
_JOINED = re.compile(r"(?:,|\s(?:và|hoặc|để|nhằm|trong|việc|được))\s*$")
"""Before a second verb: it goes on with the first one, and the first was no restriction."""
_FIELD_JOINED = re.compile(r"(?:,|\s(?:và|về|hoặc))\s*$")


@cache
def _class_words() -> re.Pattern[str]:
    noun = rules("tasks")["subject"]["class_words"]
    head = "(?:(?:người đứng đầu|thủ trưởng|lãnh đạo) )?(?:các |những |mọi |từng )?"
    return compiled(rf"{head}(?:{noun})(?:(?:,| và| hoặc) (?:{noun}))*(?: có)?(?: liên quan(?: đến)?)? *$")


@cache
def _restricting() -> re.Pattern[str]:
    return compiled(rf"(?:{rules('tasks')['subject']['restricting']})(?!\w)")


@cache
def _duty() -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in rules("tasks")["subject"]["duty"])
    return re.compile(spaced(rf"(?<!\w)(?:{words})(?!\w)"))


def is_restricted(printed: str, verb: re.Match[str]) -> bool:
    """Whether a whole subject is class words and what restricts them, ``verb`` being its first verb."""
    if not verb.start() or verb.lastgroup not in {"verbs", "tells"}:
        return False
    return bool(_class_words().match(printed[: verb.start()]))


def restricted(window: str, stop: re.Match[str], stops: re.Pattern[str]) -> re.Match[str] | None:
    """The stopping word that really ends a subject of class words, where ``stop`` only restricts them; else None."""
    if not _class_words().match(window[: stop.start()]):
        return None
    end = _END.search(window, stop.end())
    limit = end.start() if end else len(window)
    duty = _duty().search(window, stop.end(), limit)
    if duty and stop.lastgroup in {"verbs", "tells"} and not _JOINED.search(window, 0, duty.start()):
        return stops.match(window, duty.start())
    if stop.lastgroup not in {"verbs", "adverbials"} or not _restricting().match(window, stop.start()):
        return None
    for other in stops.finditer(window, stop.end(), limit):
        if other.lastgroup in {"verbs", "duty", "adverbials"} and not _restricting().match(window, other.start()):
            joined = "," in window[stop.end() : other.start()] or _JOINED.search(window, 0, other.start())
            return None if joined else other
    return None


@cache
def _in_names() -> re.Pattern[str]:
    return re.compile(spaced(rf"(?<!\w)(?:{rules('tasks')['subject']['in_names']})(?!\w)"))


def named_verbs(window: str) -> list[tuple[int, int]]:
    """Where a verb is part of a name: "Trung tâm hỗ trợ …", "đơn vị sự nghiệp công lập"."""
    return [match.span() for match in _in_names().finditer(window)]


@cache
def _council() -> re.Pattern[str]:
    return re.compile(spaced(rules("tasks")["subject"]["council_fields"]))


def councils(window: str, stops: re.Pattern[str]) -> list[tuple[int, int]]:
    """Where councils with a field stand: "Ban Chỉ đạo về X, Y và Z" ends at the first verb that no joint leads to."""
    return [(name.start(), _field_end(window, name, stops)) for name in _council().finditer(window)]


def _field_end(window: str, name: re.Match[str], stops: re.Pattern[str]) -> int:
    if not name["about"]:
        return name.end()
    for stop in stops.finditer(window, name.end()):
        if not _FIELD_JOINED.search(window, name.start(), stop.start()):
            return stop.start()
    return name.end()

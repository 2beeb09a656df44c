"""With whom a body works: "phối hợp với X", "X chủ trì, Y phối hợp", "có sự tham gia của X"; whom it asks is none."""

from __future__ import annotations

import re
from functools import cache

from nlp.patterns import compiled, rules
from nlp.task_relatives import named_verbs
from nlp.task_subjects import begins_body, phrase_end, units_at
from nlp.task_units import bodies
from nlp.task_verbs import long_verb, stops
from nlp.unit_names import noun
from nlp.units import find_units

_REACH = 120
_LONGEST = 240
_SIGNS = ("hối hợp", "ùng ", "tham gia của", "vào cuộc của")
"""Parts of the cues without their capitals: a cheap look before the search."""


@cache
def _cues() -> dict[str, re.Pattern[str]]:
    data = rules("tasks")["coordination"]
    return {
        "with": compiled(rf"(?<!\w){data['with']}(?!\w)"),
        "beside": compiled(rf"(?<!\w){data['beside']}(?!\w)"),
        "helping": compiled(data["helping"]),
        "labelled": compiled(data["labelled"]),
        "joining": compiled(rf"(?<!\w){data['joining']}(?!\w)"),
        "bracketed": compiled(data["bracketed"]),
        "bracketed_last": compiled(data["bracketed_last"]),
        "taking_part": compiled(rf"(?<!\w){data['taking_part']}(?!\w)"),
    }


def coordinators(clause: str, verb: int) -> tuple[str, ...]:
    """The bodies that a clause names as partners; ``verb`` is where its predicate begins."""
    if not any(sign in clause for sign in _SIGNS):
        return ()
    return _beside(clause, verb) or _behind_cue(clause, verb) or _taking_part(clause, verb)


def helpers(rest: str) -> tuple[str, ...]:
    """The partners named behind a label or at the end of an item: "…; phối hợp: Sở Y tế, Công an tỉnh"."""
    return _beside(rest, 0) if "phối hợp" in rest else ()


def roles_in_brackets(clause: str) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """Lead and partners where brackets tell them apart: "Sở Y tế (chủ trì), Sở Tài chính (phối hợp)"."""
    if "chủ trì)" not in clause:
        return None
    for name in ("bracketed", "bracketed_last"):
        match = _cues()[name].search(clause)
        if match and begins_body(clause, match.start("who")) and begins_body(clause, match.start("lead")):
            return bodies(match["lead"]), bodies(match["who"])
    return None


def _behind_cue(clause: str, verb: int) -> tuple[str, ...]:
    """The bodies behind "phối hợp với", up to the next verb."""
    for match in _cues()["with"].finditer(clause, verb, min(len(clause), verb + _REACH)):
        before = clause[verb : match.start()]
        if not before.rstrip().endswith((";", ",")) and find_units(before) and not _TOLD.fullmatch(before):
            return ()
        if named := _named_at(clause, match.end()):
            return named
    return ()


def _named_at(clause: str, pos: int) -> tuple[str, ...]:
    """The partners from ``pos`` on."""
    while pos < len(clause) and clause[pos].isspace():
        pos += 1
    if not begins_body(clause, pos):
        return _names(clause, pos, phrase_end(clause, pos)) if _PARTNER.match(clause, pos) else ()
    named, _ = units_at(clause, pos)
    purpose = _PURPOSE.search(clause, pos, pos + _LONGEST) if named else None
    if purpose and any(purpose[0].strip() in name for name in named):
        return bodies(clause[pos : purpose.start()])
    limit = _END.search(clause, pos, pos + _LONGEST)
    return named or _names(clause, pos, limit.start() if limit else pos + _LONGEST)


def _names(clause: str, pos: int, limit: int) -> tuple[str, ...]:
    """The names up to ``limit``, or to a verb that seldom belongs to names, or to what the work is for."""
    ends = [end.start() for end in (pattern.search(clause, pos, limit) for pattern in (long_verb(), _PURPOSE)) if end]
    window = clause[pos:limit]
    held = [*((start, end) for start, end, _ in find_units(window)), *named_verbs(window)]
    said = (stop.start() for stop in stops().finditer(window, 1) if stop.lastgroup != "adverbials")
    ends += [pos + at for at in said if not any(start < at < end for start, end in held)][:1]
    return bodies(clause[pos : min(ends, default=limit)])


def _is_partner(clause: str, pos: int) -> bool:
    if begins_body(clause, pos) or _PARTNER.match(clause, pos):
        return True
    return not clause.startswith("tổ chức", pos) and bool(noun().match(clause, pos))


def _beside(clause: str, verb: int) -> tuple[str, ...]:
    """The bodies that one in charge has beside it: "chủ trì, Công an tỉnh và các đoàn thể phối hợp thực hiện"."""
    if "phối hợp" not in clause:
        return ()
    in_charge = "chủ trì" in clause
    for name in ("beside", "labelled", "helping") if in_charge else ("labelled", "helping"):
        for match in _cues()[name].finditer(clause, max(verb - _AHEAD, 0)):
            if _is_partner(clause, match.start("who")) and _only_names(match["who"]):
                return bodies(match["who"])
    return ()


def _only_names(who: str) -> bool:
    """Whether no verb stands in it outside the names of bodies."""
    said = [stop for stop in stops().finditer(who) if stop.lastgroup in {"verbs", "duty"}]
    held = [(start, end) for start, end, _ in find_units(who)] if said else []
    return all(any(start < stop.start() < end for start, end in held) for stop in said)


def _taking_part(clause: str, verb: int) -> tuple[str, ...]:
    """Those who take part: "có sự tham gia của X", "huy động X cùng tham gia"."""
    if not any(sign in clause for sign in ("tham gia", "của", ", có ")):
        return ()
    if cue := _cues()["taking_part"].search(clause, verb):
        commas = _COMMA.finditer(clause, cue.end(), min(len(clause), cue.end() + _LONGEST))
        goes_on = (comma.start() for comma in commas if not _is_partner(clause, comma.end()))
        return _named_at(clause[: next(goes_on, len(clause))], cue.end())
    joined = _cues()["joining"].search(clause, verb)
    if joined and _is_partner(clause, joined.start("who")) and _only_names(joined["who"]):
        return bodies(joined["who"])
    return ()


_AHEAD = 20
"""Characters before the verb in which "chủ trì" may stand."""
_TOLD = re.compile(r"\s*[Cc]hỉ\s+đạo\s+[^,;.:]{3,80}\s")
"""Whom a body tells to work with others: "Chỉ đạo Sở Công Thương phối hợp các tổng công ty điện lực"."""
_COMMA = re.compile(r",\s+(?!giúp\s+việc)(?=[a-zà-ỹđ])")
_END = re.compile(r"[;.:\n(]|$")
_PURPOSE = re.compile(r"\s(?:để|nhằm|theo|khi|trong\s+việc)\s")
_PARTNER = re.compile(
    r"(?:các\s+|những\s+)?(?:đơn\s+vị|cơ\s+quan|tổ\s+chức(?!\s+(?:thực|triển|các|lớp|hội))|bên|chủ\s+\w+|hộ(?:\s+dân)?|trường\s+học|người\s+dân|nhà\s+(?:đầu\s+tư|thầu|trường|mạng)|"
    r"doanh\s+nghiệp|lực\s+lượng|chính\s+quyền|phòng|ban)\s"
)
"""How others begin that work together with a body and have no name of their own."""

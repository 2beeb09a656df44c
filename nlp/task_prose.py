"""Sentences that name who has to do what: "Giao X …", "X chủ trì, phối hợp với Y …", "Yêu cầu X …", X at the head.

One item gives one task, unless it names several bodies in clauses of their own: those are tasks apart (two-hop duties).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice, zip_longest

from nlp.patterns import compiled, for_lower_case, rules
from nlp.signs import Gated, gated, lowered
from nlp.task_partners import coordinators, roles_in_brackets
from nlp.task_subjects import Subject, begins_body, read_subject, starts_with_verb, units_at
from nlp.task_units import bodies, bodies_only

_CLAUSE = re.compile(r"(?<=[.!?…])[”\"’)]?\s+(?=[A-ZĐÀ-Ỹ“\"(])|;\s+|\n+")
_ABBREVIATION = re.compile(
    r"(?:\b(?:TP|Tp|tp|TX|Tx|ThS|TS|PGS|GS|KT|TM|TL|v\.v|ĐT|BS|KS|CN)|\b[A-ZĐ]|(?<![\d/])\d{1,2})\.$"
)
_MAX_CLAUSES = 300
"""No paragraph of an office has more; a hostile one is not read to its end."""
_HEAD_REACH = 700
_COORDINATION_REACH = 120
_END_REACH = 160
"""What closes an item stands within so many characters of its end."""
_AFTER_CUE = re.compile(r"\s*(?:cho\s+)?(?:đồng\s+chí\s+)?(?:trực\s+tiếp\s+)?(?:tập\s+thể\s+)?")
_SIGNS = ("iao", "êu cầu", "ề nghị", "hân công", "y quyền")
"""Parts of the cues without their capitals: a cheap look before the search."""
_STRONG_BREAK = re.compile(r"[:]\s+|\bthì\s+|\b(?:[Đđ]ồng\s+thời|[Mm]ặt\s+khác|[Rr]iêng),?\s+")
_BREAK_SIGNS = (":", "thì", "ồng", "ặt", "iêng")
"""Parts of the strong breaks without their capitals."""
_BREAK = re.compile(r"(?:[,:–]|\bthì\b|\(|-)\s+|\b(?:đồng\s+thời|mặt\s+khác|riêng),?\s+")
_AFTER_ADVERBIAL = re.compile(r"(?<=[\w)”]),\s+")


@dataclass(frozen=True, slots=True)
class Assignment:
    """A clause that assigns: its place, its bodies, and where its verb begins."""

    start: int
    end: int
    lead: tuple[str, ...]
    coordinators: tuple[str, ...] = ()
    verb: int = 0
    cue: bool = False
    """True for "giao", "yêu cầu", "đề nghị": the strongest sign."""
    duty: bool = False
    subject: int = 0
    """Where its bodies stand."""


@dataclass(frozen=True, slots=True)
class _Rules:
    cue: re.Pattern[str]
    not_before: re.Pattern[str]
    opening: re.Pattern[str]
    boilerplate: tuple[Gated, ...]
    leads_in: Gated
    at_end: tuple[re.Pattern[str], re.Pattern[str]]


@cache
def _rules() -> _Rules:
    data = rules("tasks")
    openings = "|".join(sorted(data["openings"]["words"], key=len, reverse=True))
    return _Rules(
        cue=compiled(rf"(?<![\w-]){data['cues']['assign']}(?![\w-])"),
        not_before=compiled(rf"(?<!\w){data['cues']['not_before']}"),
        opening=for_lower_case(rf"(?:{openings})(?!\w)"),
        boilerplate=tuple(gated(compiled(data["boilerplate"][name])) for name in ("sentence", "formula")),
        leads_in=gated(compiled(data["boilerplate"]["leads_in"])),
        at_end=(compiled(data["at_end"]["before"]), compiled(data["at_end"]["after"])),
    )


def clauses(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Sentences and the parts between semicolons."""
    last = start
    for boundary in _CLAUSE.finditer(text, start, end):
        head = text[max(last, boundary.start() - 6) : boundary.start()]
        if ";" not in boundary[0] and "\n" not in boundary[0] and _ABBREVIATION.search(head):
            continue
        if boundary.end() > last:
            yield last, boundary.start() + (1 if boundary[0].startswith(";") else 0)
        last = boundary.end()
    if last < end:
        yield last, end


def is_boilerplate(text: str, start: int, end: int, *, low: str | None = None) -> bool:
    """Closing words, conditional pleas, the formula that ends a decision, the sentence that leads to the text.

    ``low`` is the sentence as :func:`nlp.signs.lowered` gives it, where the caller has it already.
    """
    low = low or lowered(text[start:end])
    if any(rule.search(text, start, end, low=low) for rule in _rules().boilerplate):
        return True
    return low.endswith(":") and bool(_rules().leads_in.search(text, start, end, low=low))


def at_end(text: str) -> tuple[str, ...]:
    """The bodies that the end of an item gives the work to: "…, do Sở Xây dựng thực hiện."."""
    before, after = _rules().at_end
    closing = after.search(text, max(len(text) - _END_REACH, 0))
    openings = list(before.finditer(text, 0, closing.start())) if closing else []
    if not closing or not openings or not begins_body(text, openings[-1].end()):
        return ()
    printed = text[openings[-1].end() : closing.start()]
    return bodies(printed) if len(printed) < _COORDINATION_REACH else ()


def find_assignments(text: str, start: int, end: int) -> list[Assignment]:
    """The assigning clauses of a passage, each up to the next one."""
    found: list[Assignment] = []
    held: int | None = None
    for first, last in islice(clauses(text, start, end), _MAX_CLAUSES):
        begin = first if held is None else held
        held = None
        assignment = read_clause(text, begin, last)
        if assignment and not is_boilerplate(text, begin, last):
            found.append(assignment)
        elif text[last - 1] == ";" and last - begin < _HEAD_REACH and _only_bodies(text, begin):
            held = begin
    return found


def _only_bodies(text: str, start: int) -> bool:
    """Whether a part that ends in a semicolon only lists bodies, whose verb is still to come."""
    cue = _rules().cue.match(text, start)
    return begins_body(text, _past_cue(text, cue) if cue else start)


def _past_cue(text: str, cue: re.Match[str]) -> int:
    gap = _AFTER_CUE.match(text, cue.end())
    return gap.end() if gap else cue.end()


def read_clause(text: str, start: int, end: int) -> Assignment | None:
    """The assignment of one clause."""
    clause = text[start:end]
    head = read_subject(clause, 0)
    cued = None if head else _by_cue(clause)
    subject = head or cued or _by_subject(clause)
    if subject is None:
        return None
    said = roles_in_brackets(clause) or _with_all_concerned(clause, subject)
    return Assignment(
        start=start,
        end=end,
        lead=said[0] if said else subject.bodies,
        coordinators=said[1] if said else coordinators(clause, subject.end),
        verb=start + subject.verb,
        cue=cued is not None,
        duty=subject.duty,
        subject=start + subject.start,
    )


def _with_all_concerned(clause: str, subject: Subject) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """Lead and partners of "Công an tỉnh và các đơn vị liên quan phối hợp đấu tranh …"."""
    if len(subject.bodies) < 2 or not _TOGETHER.match(clause, subject.verb):
        return None
    *lead, last = subject.bodies
    return (tuple(lead), (last,)) if last.startswith("các ") and last.endswith("liên quan") else None


_TOGETHER = compiled(r"phối hợp(?! (?:với|cùng|chặt chẽ với))")


def _by_cue(clause: str) -> Subject | None:
    if not any(sign in clause for sign in _SIGNS):
        return None
    asked: tuple[str, ...] = ()
    cues = list(_rules().cue.finditer(clause, 0, _HEAD_REACH))
    for cue, following in zip_longest(cues, cues[1:]):
        if _rules().not_before.search(clause, max(cue.start() - 24, 0), cue.start()) and not _at_head(
            clause, cue.start()
        ):
            continue
        pos = _past_cue(clause, cue)
        subject = read_subject(clause, pos)
        if subject:
            return replace(subject, bodies=(*asked, *subject.bodies)) if asked else subject
        asked = _asked(clause, pos, following.start()) if following else ()
        if begins_body(clause, pos):
            named, stop = units_at(clause, pos)
            rest = clause[stop:].strip(" .")
            if named and rest.startswith((":", ",")):
                return Subject(pos, stop, stop, named)
    return None


def _asked(clause: str, pos: int, end: int) -> tuple[str, ...]:
    """The bodies between two cues, who share what the second says: "đề nghị A, yêu cầu B thực hiện …"."""
    joint = _NEXT_CUE.search(clause, pos, end)
    return bodies_only(clause[pos : joint.start()]) if joint and end - pos < _COORDINATION_REACH else ()


_NEXT_CUE = re.compile(r"(?:,|;|\s+và)\s+$")


def _at_head(clause: str, pos: int) -> bool:
    return not clause[:pos].strip(' -+–*•“"(0123456789.)')


def _by_subject(clause: str) -> Subject | None:
    """A body behind an opening ("Căn cứ …, các sở …", "Về …: Bộ X …")."""
    opened = _is_opened(clause)
    if not opened and not any(sign in clause for sign in _BREAK_SIGNS):
        return None
    doubtful = None
    for gap in (_BREAK if opened else _STRONG_BREAK).finditer(clause, 0, _HEAD_REACH):
        subject = read_subject(clause, gap.end())
        if subject and (subject.duty or not _mid_list(clause, gap.start())):
            return subject
        doubtful = doubtful or subject
    if doubtful and _EVENT.match(clause):
        return doubtful
    return _by_opening_object(clause) if opened else None


_EVENT = compiled(r"(?:ngay )?(?:sau )?khi (?:có|được|nhận)(?!\w)")
"""Behind such an opening a body after a comma begins the clause, though another stands before the comma."""


def _mid_list(clause: str, pos: int) -> bool:
    """Whether the comma before a body only parts an enumeration: "…, các cấp, các ngành tăng cường"."""
    if clause[pos] != ",":
        return False
    before = list(_PREPOSITION.finditer(clause, max(pos - 60, 0), pos))
    return bool(before) and begins_body(clause, before[-1].end())


_PREPOSITION = re.compile(
    r"(?<!\w)(?:của|giữa|cho|với|tại|do|và|cùng|từ|kiến\s+nghị|báo\s+cáo|trình|đề\s+xuất|gửi|tham\s+mưu|giúp)\s+"
)


def _by_opening_object(clause: str) -> Subject | None:
    """The body inside an opening: "Định kỳ hàng tháng đối với các đơn vị được giao … có báo cáo"."""
    match = re.search(r"(?:đối\s+với|riêng)\s+", clause[:80])
    return read_subject(clause, match.end()) if match else None


def is_directive(text: str) -> bool:
    """Whether a line that inherits its body orders something: it begins with a verb, an opening, or a prohibition."""
    return starts_with_verb(text) or _is_opened(text)


def _is_opened(text: str) -> bool:
    """Whether a clause begins with what comes before its subject or verb: "Căn cứ …", "Trước ngày …"."""
    return bool(_rules().opening.match(text[:_OPENING_REACH].lower()))


_OPENING_REACH = 80

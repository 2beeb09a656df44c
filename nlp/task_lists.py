"""Tasks in lists: items under a unit's heading, under a sentence that names who acts, or with their own attributes.

A unit's heading ("1. Sở Nội vụ") and a frame ("… thì các huyện, thành ủy … thực hiện các nhiệm vụ, giải pháp sau:")
hand their bodies down to every item below that names none itself; "- Cơ quan chủ trì: …" speaks for the item above it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from corpus.model import Document, Node
from corpus.text import fold
from nlp.assign_judge import Seen, evidence_of, judge, unclaimed
from nlp.deadlines import find_deadlines
from nlp.model import Deciding, Header, LeadSource, Task
from nlp.patterns import compiled, rules
from nlp.task_attributes import Attributes, find_attributes, is_attribute
from nlp.task_guesses import take_guess
from nlp.task_headings import MAX_HEADING, has_plain_items, heading_units, opens_list
from nlp.task_outline import Element, Outline, build_outline
from nlp.task_partners import coordinators, helpers
from nlp.task_prose import Assignment, at_end, find_assignments, is_boilerplate, is_directive, read_clause
from nlp.task_subjects import begins_body, starts_with_verb
from nlp.task_terms import with_shared_terms
from nlp.task_units import bodies
from nlp.task_unled import is_plan, may_be_unled, orders
from nlp.task_verbs import leading
from nlp.task_walk import INSIDE, Frame, Walk, openings, patterns, signed
from nlp.units import find_units, same_unit

_MIN_WORDS = 4
_SENTENCE = 8
_MIN_SENTENCE = 6
"""A shorter line gets no second look."""
_MAX_SUBJECT = 200


def find_in_lists(
    document: Document,
    tree: Sequence[Node],
    header: Header,
    watch: list[Seen] | None = None,
    *,
    deciding: Deciding = "both",
) -> list[Task]:
    """The tasks outside tables. With ``watch`` rules decide alone, and every candidate is put there."""
    kinds = rules("tasks")["documents"]
    if header.kind in kinds["no_tasks"]:
        return []
    outline = build_outline(document, tree)
    normative, loose = _is_normative(header, kinds["normative"]), header.symbol is None and header.kind is None
    walk = Walk(
        outline,
        normative=normative,
        loose=loose,
        unled=may_be_unled(header.kind),
        year=header.date.year if header.date else None,
        issuers=tuple(dict.fromkeys(name for name in (header.issuer, *header.issuers) if name)),
        joint=len(header.issuers) > 1,
        attributes=find_attributes(outline, closing=not normative and not loose),
        deciding=deciding,
        watch=watch,
    )
    for index in range(len(outline.elements)):
        seen, asked = len(watch or ()), walk.asked
        _take(walk, index)
        if deciding == "classifier" and walk.asked == asked:
            take_guess(walk, index)
        if watch is not None and len(watch) == seen:
            watch.append(unclaimed(walk, index))
    walk.tasks += walk.open_work.tasks(alone=is_plan(header.kind) and not walk.tasks)
    return walk.tasks if walk.normative else with_shared_terms(outline, walk.tasks, walk.year)


def _is_normative(header: Header, kinds: Sequence[str]) -> bool:
    """A normative act has the year in its symbol (NĐ 30/2020; Luật 64/2025/QH15) or is of a kind that always is one."""
    return header.kind in kinds or bool(header.symbol and re.search(r"^\d+\w?/(?:19|20)\d{2}/", header.symbol))


def _take(walk: Walk, index: int) -> None:
    element, words = walk.outline.elements[index], walk.outline.words(index)
    if element.zone in {"excluded", "recipients"} or not words:
        return
    frame = walk.scope(index)
    walk.open_work.enter(element)
    if openings()["procedure"].match(element.low):
        _close(walk, index)
        return
    labelled = is_attribute(words) and not _heads_work(walk.outline, element)
    if labelled or signed()["form"].search(words, low=element.low):
        return
    if words.endswith(":") or element.children or opens_list(walk, index):
        _take_head(walk, index, words, frame)
    else:
        _take_leaf(walk, index, words, frame)


def _heads_work(outline: Outline, element: Element) -> bool:
    """Whether work stands below a line that begins like an attribute: "Đơn vị được giao chủ trì tại Phụ lục:"."""
    return element.words.endswith(":") and any(orders(outline.words(child)) for child in element.children[:1])


# --- headings and frames -------------------------------------------------------------------------------------------


def _take_head(walk: Walk, index: int, words: str, frame: Frame | None) -> None:
    """A heading, a frame, or an item with items below."""
    element = walk.outline.elements[index]
    attributes = walk.attributes.get(index)
    if attributes and attributes.lead and not has_plain_items(walk, index):
        _take_planned(walk, index, attributes)
        return
    units = () if walk.loose and frame is None else heading_units(walk, index)
    if units:
        walk.hand_down(index, Frame(element.start, index, INSIDE, units, "heading"))
    elif attributes and attributes.lead:
        given = Frame(element.start, index, INSIDE, attributes.lead, "inherited", attributes.coordinators)
        walk.hand_down(index, given)
    elif walk.joint and patterns()["joint_work"].match(words.strip(" .:*")):
        walk.hand_down(index, Frame(element.start, index, INSIDE, walk.issuers, "inherited"))
    else:
        _take_sentence_head(walk, index, words, frame)


def _take_sentence_head(walk: Walk, index: int, words: str, frame: Frame | None) -> None:
    """A sentence with items behind it: a frame where it assigns, else a leaf or the opening of another list."""
    element = walk.outline.elements[index]
    if element.children and signed()["listing"].search(words, low=element.low):
        _close(walk, index)
        _take_leaf(walk, index, words, frame)
        return
    if element.children and (given := at_end(words)) and len(words) < MAX_HEADING:
        walk.hand_down(index, Frame(element.start, index, INSIDE, given, "heading"))
        return
    assignment = _frame_assignment(walk, element)
    if assignment is None or not _admitted(walk, element, assignment) or not _calls(walk, words, assignment):
        below = has_plain_items(walk, index)
        if not words.endswith(":") and _is_sentence(element, words, below=below):
            _take_leaf(walk, index, words, frame)
        elif _opens_other_list(element, words, frame):
            walk.end_runs()
        if frame is None and not is_boilerplate(walk.outline.text, element.start, element.end, low=element.low):
            walk.open_work.announce(element, index)
        return
    announces = bool(signed()["frame"].search(words, low=element.low))
    substantive = _is_substantive(walk, element, assignment)
    if substantive:
        start = element.start if element.level or announces else assignment.start
        verdict = judge(walk, index, (start, element.end), "framed", frame)
        if verdict.taken:
            walk.add(index, (start, element.end), assignment, "explicit", verdict.confidence)
    source: LeadSource = "inherited" if substantive or announces else "heading"
    walk.hand_down(index, Frame(element.start, index, INSIDE, assignment.lead, source, assignment.coordinators))


def _close(walk: Walk, index: int) -> None:
    """No task stands below: cases, papers, whom a duty concerns."""
    for child in walk.outline.elements[index].children:
        walk.outline.elements[child].zone = "excluded"
        _close(walk, child)


def _opens_other_list(element: Element, words: str, frame: Frame | None) -> bool:
    """A paragraph that ends in a colon and is more than "Trong đó:"."""
    is_run = frame is not None and frame.level != INSIDE
    return is_run and words.endswith(":") and not element.level and len(words.split()) >= _MIN_WORDS


def _calls(walk: Walk, words: str, assignment: Assignment) -> bool:
    """In a text without a header only a sentence that says why it orders, and that orders follow, opens tasks."""
    if not walk.loose:
        return True
    announces = signed()["frame"].search(words) and patterns()["calling"].search(words)
    return not assignment.duty and bool(announces)


def _frame_assignment(walk: Walk, element: Element) -> Assignment | None:
    """The assignment of a heading sentence: its last clause that names bodies, or its first."""
    text = walk.outline.text
    if is_boilerplate(text, element.start, element.end, low=element.low):
        return None
    whole = find_assignments(text, element.start, element.end)
    return whole[-1] if whole else read_clause(text, element.start, element.end)


def _is_substantive(walk: Walk, element: Element, assignment: Assignment) -> bool:
    """Whether a frame orders something itself, besides "thực hiện một số nhiệm vụ sau:"."""
    predicate = fold(walk.outline.text[assignment.verb : element.end])
    for name in (*assignment.coordinators, *(unit for _, _, unit in find_units(predicate))):
        predicate = predicate.replace(name, " ")
    return len(re.findall(r"[^\W\d_]+", patterns()["empty"].sub(" ", predicate))) >= 2


def _is_sentence(element: Element, words: str, *, below: bool) -> bool:
    """Whether a line with something behind it is work itself, not a heading, as bullets before a paragraph are."""
    if not below and element.level == "bullet":
        return True
    return words.endswith((".", ";", "/")) and (not below or len(words.split()) > _SENTENCE)


def _take_planned(walk: Walk, index: int, attributes: Attributes) -> None:
    """An item whose bullets say who, with whom, until when."""
    element = walk.outline.elements[index]
    by = Assignment(element.start, element.end, attributes.lead, attributes.coordinators, element.start)
    verdict = judge(walk, index, (element.start, element.end), "planned", None)
    task = walk.task(index, (element.start, element.end), by, "explicit", verdict.confidence)
    if verdict.taken:
        walk.tasks.append(task)


# --- leaves --------------------------------------------------------------------------------------------------------


def _take_leaf(walk: Walk, index: int, words: str, frame: Frame | None) -> None:
    element, text = walk.outline.elements[index], walk.outline.text
    attributes = walk.attributes.get(index)
    if attributes and attributes.lead:
        _take_planned(walk, index, attributes)
        return
    if frame is None and (walk.loose or (walk.normative and not _may_hold_duty(element, words))):
        return
    found = [one for one in find_assignments(text, element.start, element.end) if _admitted(walk, element, one)]
    if frame is not None and found:
        opens = found[0].start == element.start and _heads(text, found[0])
        found = [_within(frame, text, _with_partners(text, found))] if opens else []
    if found:
        _take_assignments(walk, index, found)
    elif frame is not None:
        _take_inherited(walk, index, words, frame)
    elif not _take_named(walk, index, words) and walk.unled:
        _take_unled(walk, index, words)


def _take_unled(walk: Walk, index: int, words: str) -> None:
    """An item of a section of tasks that names nobody; whether it is one is settled when all are seen."""
    element = walk.outline.elements[index]
    section = walk.open_work.section(walk.outline, index)
    if section is None or not orders(words) or not _inherits(walk, element, words):
        return
    verdict = judge(walk, index, (element.start, element.end), "unled", None)
    if verdict.taken:
        by = Assignment(element.start, element.end, (), (), element.start)
        task = walk.task(index, (element.start, element.end), by, None, verdict.confidence)
        walk.open_work.items.append((section, task))


def _take_inherited(walk: Walk, index: int, words: str, frame: Frame) -> None:
    """An item that names no body, under one that does; without a directive verb the classifier decides."""
    element, text = walk.outline.elements[index], walk.outline.text
    if not _inherits(walk, element, words):
        return
    evidence = "verb" if is_directive(words) else "bare"
    verdict = judge(walk, index, (element.start, element.end), evidence, frame)
    if verdict.taken:
        named = coordinators(text[element.start : element.end], 0) or frame.coordinators
        own = at_end(words)
        by = Assignment(element.start, element.end, own or frame.lead, named, element.start)
        walk.add(index, (element.start, element.end), by, "explicit" if own else frame.source, verdict.confidence)


def _take_named(walk: Walk, index: int, words: str) -> bool:
    """A sentence that begins with a body whose verb rules do not know; True where it was one."""
    element, text = walk.outline.elements[index], walk.outline.text
    if len(words.split()) < _MIN_SENTENCE or is_boilerplate(text, element.start, element.end, low=element.low):
        return False
    if given := at_end(words) if is_directive(words) else ():
        by = Assignment(element.start, element.end, given, (), element.start)
        sure = judge(walk, index, (element.start, element.end), "cued", None)
        walk.add(index, (element.start, element.end), by, "explicit", sure.confidence)
        return True
    if not begins_body(words):
        return False
    named = leading(words[:_MAX_SUBJECT])
    verdict = judge(walk, index, (element.start, element.end), "named", None) if named else None
    if verdict is not None and verdict.taken:
        by = Assignment(element.start, element.end, bodies(words[: named[-1][1]]), (), element.start)
        walk.add(index, (element.start, element.end), by, "explicit", verdict.confidence)
        return True
    return False


def _may_hold_duty(element: Element, words: str) -> bool:
    """A cheap look: most sentences of a normative act lay no duty on a body."""
    return element.zone == "duty" or "nhiệm" in words or "iao" in words or "đầu mối" in words


def _heads(text: str, assignment: Assignment) -> bool:
    """Whether the clause opens with its body, not with a verb of the inherited one."""
    if assignment.duty or assignment.cue or _OFFICE.match(text, assignment.start):
        return True
    return not starts_with_verb(text, assignment.start)


_OFFICE = re.compile(
    r"(?:Thanh\s+tra|Kiểm\s+toán)\s+(?:Sở|Bộ|tỉnh|huyện|thành\s+phố|quận|[Nn]hà\s+nước|Chính\s+phủ)(?!\w)"
)
"""Bodies whose names begin like a verb."""


_same = lru_cache(maxsize=4096)(same_unit)


def _admitted(walk: Walk, element: Element, assignment: Assignment) -> bool:
    """The issuer assigns nothing to itself; a list of those present is none; in a normative act only duties count."""
    text = walk.outline.text
    if (
        not walk.joint
        and len(assignment.lead) == 1
        and any(_same(assignment.lead[0], issuer) for issuer in walk.issuers)
    ):
        return False
    if not assignment.cue and not element.level and signed()["meeting"].search(text, element.start, element.end):
        return False
    given = assignment.cue and text.startswith(("Giao", "giao"), assignment.start)
    return not walk.normative or assignment.duty or element.zone == "duty" or given


def _inherits(walk: Walk, element: Element, words: str) -> bool:
    if len(words.split()) < _MIN_WORDS or openings()["not_item"].match(element.low):
        return False
    text, short = walk.outline.text, len(words) < 2 * MAX_HEADING
    closing = short and is_boilerplate(text, element.start, element.end, low=element.low)
    if closing and not starts_with_verb(words):
        return False
    if element.zone == "money" or (begins_body(words) and "; - " in words):  # a list of recipients in one line
        return False
    return bool(element.level) or (words[0].isupper() and is_directive(words))


def _take_assignments(walk: Walk, index: int, found: Sequence[Assignment]) -> None:
    """One task an item; several where a paragraph's clauses, or two dates, part the work of several bodies."""
    element, text = walk.outline.elements[index], walk.outline.text
    groups = [_with_partners(text, found)]
    if len(found) == 1 and not found[0].coordinators:
        groups = [replace(found[0], coordinators=helpers(text[found[0].verb : element.end]))]
    for one in found[1:]:
        if one.lead != groups[-1].lead and (not element.level or _two_hops(walk, groups[-1], one)):
            groups.append(one)
    for place, one in enumerate(groups):
        start = element.start if place == 0 and _is_whole(element, one) else one.start
        end = groups[place + 1].start if place + 1 < len(groups) else element.end
        end = start + len(text[start:end].rstrip())
        verdict = judge(walk, index, (start, end), evidence_of(one), walk.scope(index))
        if verdict.taken:
            walk.add(index, (start, end), one, "explicit", verdict.confidence)


def _with_partners(text: str, found: Sequence[Assignment]) -> Assignment:
    """The first assignment; bodies of a later clause that "phối hợp" work with it."""
    partners = [name for one in found[1:] if _helps(text, one, found[0]) for name in one.lead]
    first = found[0]
    return replace(first, coordinators=(*first.coordinators, *partners)) if partners else first


def _within(frame: Frame, text: str, one: Assignment) -> Assignment:
    """Whom an item below a body only asks to help, helps that body: "Đề nghị Hội X, Hội Y phối hợp biên soạn …"."""
    asked = one.cue and frame.source == "heading" and _HELPS.match(text, one.verb, one.end)
    return replace(one, lead=frame.lead, coordinators=one.lead) if asked else one


def _helps(text: str, one: Assignment, first: Assignment) -> bool:
    """Whether a clause only says that its bodies help: "Y phối hợp thực hiện", or Y helps whoever was put in charge."""
    if _ONLY_HELPS.match(text, one.verb, one.end):
        return True
    return not one.cue and one.lead != first.lead and bool(_HELPS.match(text, one.verb, one.end))


_ONLY_HELPS = compiled(r"phối hợp(?: cùng)?(?: tổ chức)?(?: thực hiện| triển khai)*[ .;/]*$")
_HELPS = compiled(r"(?:cùng |có trách nhiệm |tham gia )*phối hợp(?! (?:chặt chẽ )?(?:với|cùng))")


def _two_hops(walk: Walk, one: Assignment, other: Assignment) -> bool:
    """Units report to a Sở by one date, the Sở sums up by another: two duties in one item."""
    text = walk.outline.text
    dates = [find_deadlines(text[part.start : part.end], year=walk.year) for part in (one, other)]
    return all(dates) and dates[0][0].deadline.due != dates[1][0].deadline.due


def _is_whole(element: Element, assignment: Assignment) -> bool:
    """An item is taken whole; a paragraph from the sentence that assigns."""
    return bool(element.level) and assignment.start - element.start < 2 * MAX_HEADING

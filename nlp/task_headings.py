"""Headings that name who has to act: "1. Sở Nội vụ", "Trách nhiệm của Sở Tư pháp", "Giao Sở X:"."""

from __future__ import annotations

import re

from nlp.task_attributes import is_attribute
from nlp.task_subjects import begins_body, read_subject, starts_with_verb, units_at
from nlp.task_units import LEADS, bodies_only
from nlp.task_walk import Walk, patterns

MAX_HEADING = 220
_SMALL = {"bullet", "letter", "điểm"}
_BRACKETS = re.compile(r"\s*\([^()]*\)")
_CLASS_WORD = re.compile(r"(?:Cơ\s+quan|Đơn\s+vị|Tổ\s+chức|Bộ\s+phận)", re.IGNORECASE)
"""A class word alone names no one: "Cơ quan thực hiện:" is a label."""
_CHARGED = re.compile(r"\s(?:có|chịu)\s+trách\s+nhiệm(?:\s+(?:chủ\s+trì|phối\s+hợp|thực\s+hiện))*\s*[.:]?$")
"""A heading that ends in the duty: "Nội dung Sở X có trách nhiệm chủ trì"."""
_APPOSITION = re.compile(r"\s+[-–]\s+(?=(?:Cơ|cơ)\s+quan\s+(?:thường\s+trực|chủ\s+trì|đầu\s+mối))")
"""What a body is besides: "Sở Tài chính - Cơ quan thường trực Ban Chỉ đạo"."""
_GROUND = re.compile(r",?\s+(?:căn\s+cứ|trên\s+cơ\s+sở|theo\s+chức\s+năng|trong\s+phạm\s+vi)\s")
"""On what ground they act: "Các huyện ủy căn cứ Kế hoạch này:"."""
_PERSON = re.compile(r"(?:Các\s+)?(?:[Ôô]ng|[Bb]à)(?!\w)")
_CONCERNING = re.compile(r"\s(?:trong|đối\s+với|khi|về)\s")
_PRIVATE = re.compile(
    r"(?:các\s+)?(?:người(?!\s+đứng\s+đầu)|cá\s+nhân|công\s+dân|hộ(?!i)|chủ\s+(?!tịch|nhiệm)|tổ\s+chức,\s+cá\s+nhân|mình)(?!\w)",
    re.IGNORECASE,
)
_MAX_BEARER = 20
_CLASSES = r"(?:(?:cơ\s+quan|đơn\s+vị|địa\s+phương|tổ\s+chức|sở|ban|bộ|ngành|xã|phường|huyện)(?:,\s+|\s+và\s+))*"
_WHICH = re.compile(rf"(?:Các|Những)\s+{_CLASSES}[^,;]{{3,40}}\s(?:là|thuộc|được\s+giao)\s[^.;]{{3,160}}$")
"""A heading that tells which bodies are meant: "Các chủ rừng là tổ chức"."""


def heading_units(walk: Walk, index: int) -> tuple[str, ...]:
    """The bodies of a heading that names nothing else, () for any other line."""
    return _own_units(walk, index) or _as_its_siblings(walk, index)


def _as_its_siblings(walk: Walk, index: int) -> tuple[str, ...]:
    """A short title with items below is a body where the titles beside it are: "5. Hạt Kiểm lâm các khu vực"."""
    outline = walk.outline
    element, words = outline.elements[index], outline.words(index).strip(" .:*")
    if walk.normative or element.parent < 0 or not element.level or not 0 < len(words.split()) <= _FEW_WORDS:
        return ()
    if not words[0].isupper() or words.isupper() or starts_with_verb(words) or not has_plain_items(walk, index):
        return ()
    beside = [one for one in outline.elements[element.parent].children if one != index]
    beside = [one for one in beside if outline.elements[one].level == element.level][:_MANY]
    bodies_beside = sum(bool(_own_units(walk, one)) for one in beside)
    return (words,) if bodies_beside >= _MOST_BESIDE and 2 * bodies_beside > len(beside) else ()


_FEW_WORDS = 12
_MANY = 40
_MOST_BESIDE = 3
"""So many bodies beside a title make it one."""


def _own_units(walk: Walk, index: int) -> tuple[str, ...]:
    element, words = walk.outline.elements[index], walk.outline.words(index)
    if len(words) > 2 * MAX_HEADING or not (element.level or words.endswith(":") or _followed(walk, index)):
        return ()
    of_duty = patterns()["duty_of"].match(words)
    charged = _CHARGED.search(words)
    if walk.normative and element.zone != "duty" and not of_duty and not charged:
        return ()
    heading = words[of_duty.end() :] if of_duty else words
    call = patterns()["call"].match(heading)
    heading = heading[call.end() if call else 0 :].strip(" .:*")
    if charged:
        heading = _CHARGED.sub("", heading).removeprefix("Nội dung ")
    if of_duty:
        heading = _CONCERNING.split(heading)[0]
    grounded = bool(_GROUND.search(heading)) and _acts(heading)
    heading = LEADS.sub("", _before(_GROUND, _before(_APPOSITION, heading)))
    if grounded or _PERSON.match(heading):
        return ()
    units = tuple(name for name in bodies_only(heading) if not _CLASS_WORD.fullmatch(name))
    if units:
        return () if words.endswith(":") and _acts(heading) else units
    if of_duty and has_plain_items(walk, index):
        return _bearer(heading)
    if not begins_body(heading):
        return ()
    if element.level and words[-1] not in ".;:" and has_plain_items(walk, index):
        return _titled(heading)
    return _called(heading) if words.endswith(":") else ()


def _before(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return text[: found.start()] if found else text


def _acts(heading: str) -> bool:
    """Whether a heading goes on with what its bodies do: "Ban cán sự đảng … lãnh đạo Ủy ban nhân dân tỉnh:"."""
    subject = read_subject(heading, 0)
    return subject is not None and subject.end < len(heading)


def _bearer(heading: str) -> tuple[str, ...]:
    """Whoever a heading says is responsible, known or not: "Trách nhiệm của văn thư cơ quan"; not private persons."""
    name = heading.strip(" ,")
    return () if _PRIVATE.match(name) or not 0 < len(name.split()) <= _MAX_BEARER else (name,)


def _titled(heading: str) -> tuple[str, ...]:
    """The bodies of a title that tells which are meant: "Các chủ đầu tư xây dựng và kinh doanh hạ tầng"."""
    named, stop = units_at(heading, 0)
    if named and stop >= len(heading):
        return named
    return (_BRACKETS.sub("", heading),) if heading.startswith(("Các ", "Những ")) else ()


def _called(heading: str) -> tuple[str, ...]:
    if _WHICH.match(heading):
        return (_BRACKETS.sub("", heading),)
    named, stop = units_at(heading, 0)
    return named if stop >= len(heading) else ()


def _followed(walk: Walk, index: int) -> bool:
    """Whether a paragraph is a heading: bullets or letters follow at once, or it is bold and numbers follow.

    A bare name before a number is more often a cell of a table whose grid is lost.
    """
    elements = walk.outline.elements
    if index + 1 >= len(elements) or elements[index].level:
        return False
    following = elements[index + 1].level
    return following in _SMALL or bool(following and elements[index].bold)


def opens_list(walk: Walk, index: int) -> bool:
    """A line that is nothing but bodies, with items or paragraphs behind it."""
    return len(walk.outline.words(index)) < MAX_HEADING and bool(heading_units(walk, index))


def has_plain_items(walk: Walk, index: int) -> bool:
    """Whether items stand below that are no attributes."""
    outline = walk.outline
    below = outline.elements[index].children
    return any(outline.elements[child].level and not is_attribute(outline.words(child)) for child in below)

"""A printed name becomes the units it stands for, as of the day of its document and for that document's issuer.

Pure: :func:`resolve` is given the context and the registry; nothing is guessed where several bodies come into question.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import Final

from corpus.text import fold, nfc, one_to_one
from nlp.registry import collectives
from nlp.registry.ellipsis import (
    Whole,
    has_plural_head,
    juxtaposed,
    party_written_out,
    split_list,
    written_out,
)
from nlp.registry.keys import name_key
from nlp.registry.lookup import CONFIDENCE, exact_or_local, found, slip
from nlp.registry.model import Context, Resolved
from nlp.registry.provinces import provinces
from nlp.registry.registry import Registry
from nlp.registry.titles import without_title

_ORNAMENT: Final = re.compile(r"^[\s\-–—+*•·:;,.“\"'(]+|[\s\-–—+*•·:;,.”\"'/]+$")
_ASIDE: Final = re.compile(r"\s*\([^()]*\)(?!\s*ủy)|\s*\((?:để|qua|tại|kèm)[^()]*$")
_TAIL: Final = re.compile(
    r"\s+(?:(?:chủ trì|phối hợp)(?!\w).*|(?:và\s+)?(?:các\s+)?(?:cơ quan|đơn vị)\s+(?:có\s+)?liên quan|"
    r"chịu trách nhiệm.*|nghiên cứu.*|cấp|(?:quy định|chấp thuận|nhận được|thông báo|thẩm định|phê duyệt|xem xét|"
    r"có thể|đối với|tổ chức|phù hợp|kèm|gửi|hướng dẫn|được|xác nhận|quyết định|ban hành|trình|mỗi)(?!\w).*)$"
)
_WITHIN: Final = re.compile(r"\s*(?:,|\s-\s|\s)\s*(?:trực\s+)?thuộc\s+(?=\S)|\s+của\s+(?=\S)")
_OF_BOTH: Final = re.compile(
    r"^(?:Trang|Cổng|Đại biểu|Thành viên|Đại diện|Ban Biên tập|Bộ phận|Các Ban)\s.*\scủa\s", re.IGNORECASE
)
"""What belongs to the bodies named after "của" is none of them."""
_COUNTED: Final = re.compile(r"(?<=\s)\d{1,2}\s+(?=tỉnh|xã|phường|huyện|bộ)")
SURE: Final = 0.85
"""What is left after words were cut off, or beside an unknown name, is never surer."""
_PERSONS: Final = (
    (
        re.compile(r"(?<!\w)(?:Phó\s+CVP|Phó\s+Chánh\s+VP|PC?VP)(?!\w)(?:\s+[A-ZĐ]{1,4}(?=\s+(?:UBND|Ủy ban)))?"),
        "Phó Chánh Văn phòng",
    ),
    (re.compile(r"(?<!\w)(?:Chánh\s+VP|CVP)(?!\w)"), "Chánh Văn phòng"),
    (re.compile(r"(?<!\w)PCT(?!\w)"), "Phó Chủ tịch"),
)
"""Persons by their abbreviations; the code of their field may stand between them and their office."""
_LONGEST: Final = 600
BUILT_IN: Final = Registry()


def resolve(text: str, context: Context, registry: Registry = BUILT_IN) -> tuple[Resolved, ...]:
    """What each body named in ``text`` stands for, in order; one result without a unit where nothing is known.

    >>> context = Context(date=__import__("datetime").date(2024, 5, 1), province="kien-giang", level="province")
    >>> [one.unit for one in resolve("Giám đốc các Sở: Nội vụ, Tài chính", context)]
    ['so-noi-vu.kien-giang', 'so-tai-chinh.kien-giang']
    """
    said = _cleaned(text)
    if not said:
        return ()
    if registry is BUILT_IN:
        return _remembered(said, context)
    return _resolve(said, context, registry)


@lru_cache(maxsize=16_384)
def _remembered(said: str, context: Context) -> tuple[Resolved, ...]:
    return _resolve(said, context, BUILT_IN)


def _cleaned(text: str) -> str:
    said = fold(one_to_one(nfc(text)))[:_LONGEST]
    return _ORNAMENT.sub("", _ASIDE.sub("", _ORNAMENT.sub("", said)))


def _resolve(said: str, context: Context, registry: Registry) -> tuple[Resolved, ...]:
    def whole(name: str) -> tuple[Resolved, ...] | None:
        return _whole(name, context, registry)

    for pattern, words in _PERSONS:
        said = pattern.sub(words, said)
    said = _COUNTED.sub("các ", said)
    said = party_written_out(_province_written_out(said, context))
    if made := whole(said) or juxtaposed(said, whole):
        return made
    if made := _before_colon(said, whole):
        return made
    lists = []
    for text in dict.fromkeys((written_out(said), *map(written_out, without_title(said)))):
        if text != said and (made := whole(text)):
            return made
        if made := split_list(text, whole, plural=has_plural_head(said)):
            lists.append(made)
    if lists:
        if _OF_BOTH.match(said):
            return (Resolved(said),)
        best = min(lists, key=lambda made: sum(one.how == "unknown" for one in made))
        return _without_parents(said, best, context, registry)
    return _last_resorts(said, context, registry) or (Resolved(said),)


def _before_colon(said: str, whole: Whole) -> tuple[Resolved, ...] | None:
    """A unit with its people or rooms after a colon: "VPCP: BTCN, các PCN, các Vụ, Cục"."""
    head, colon, _ = said.partition(":")
    made = whole(head.strip()) if colon else None
    return made if made and len(made) == 1 and made[0].unit else None


_INNER: Final = re.compile(r"^(?:Vụ|Cục|Phòng|Ban|Trung tâm|Viện|Văn phòng|Thanh tra|Tạp chí|Cổng)\s", re.IGNORECASE)


def _without_parents(
    said: str, made: tuple[Resolved, ...], context: Context, registry: Registry
) -> tuple[Resolved, ...]:
    """A body told with the one above it ("Cục Thống kê, Bộ Tài chính"; "Vụ Pháp chế - Bộ Tài chính") is one."""
    out: list[Resolved] = []
    for one in made:
        last = out[-1] if out else None
        unit = registry.unit(last.unit) if last and last.unit else None
        if unit and one.unit and unit.phase(context.date).parent == one.unit:
            continue
        unknown = out and all(before.how == "unknown" for before in out)
        if unknown and one.unit and one is made[-1] and _INNER.match(out[0].text):
            return (Resolved(said, candidates=(one.unit,)),)
        out.append(one)
    if any(one.how == "unknown" for one in out):
        return tuple(replace(one, confidence=min(one.confidence, SURE)) for one in out)
    return tuple(out)


def _whole(name: str, context: Context, registry: Registry, depth: int = 3) -> tuple[Resolved, ...] | None:
    """The name as one body or one collective; titles are taken off until the rest is known."""
    if one := exact_or_local(name, context, registry):
        return (one,)
    for rest in without_title(name):
        if (one := exact_or_local(rest, context, registry)) and one.unit:
            return (one,)
    if one := _collective(name, context) or _itself(name, context, registry):
        return (one,)
    rests = [*without_title(name), *([name[4:]] if name[:4].lower() == "các " else [])]
    for rest in rests if depth else ():
        if made := _whole(rest, context, registry, depth - 1):
            return made
    return None


def _province_written_out(said: str, context: Context) -> str:
    """The initials of the document's own province at the end of a name: "Đoàn ĐBQH TP HP" in a text of Hải Phòng."""
    one = provinces().get(context.province or "")
    if one is None:
        return said
    initials = "".join(word[0] for word in one.bare(context.date).split() if word[0].isalpha())
    pattern = rf"\s+(?:(?:TP\.?|thành phố|tỉnh)\s+)?{initials}$"
    return re.sub(pattern, f" {one.place(context.date)}", said)


def _collective(name: str, context: Context) -> Resolved | None:
    if collectives.is_role(name):
        return Resolved(name, how="role", confidence=CONFIDENCE["role"], classes=("role",), province=context.province)
    made = collectives.read_collective(name, context)
    if made is None:
        return None
    return Resolved(
        name,
        how="collective",
        confidence=CONFIDENCE["collective"],
        classes=made.classes,
        province=context.province,
        concerned=made.concerned,
    )


_SELF: Final = {
    "bộ": "bo-",
    "bộ trưởng": "bo-",
    "thứ trưởng": "bo-",
    "lãnh đạo bộ": "bo-",
    "sở": "so-",
    "ủy ban nhân dân": "ubnd.",
    "ubnd": "ubnd.",
    "hội đồng nhân dân": "hdnd.",
}


def _itself(name: str, context: Context, registry: Registry) -> Resolved | None:
    """The issuer itself, where a bare "Bộ", "Sở" or "UBND" names one of its kind."""
    start = _SELF.get(name_key(name))
    if not start or not context.issuer or not context.issuer.startswith(start):
        return None
    return found(name, context.issuer, "context", context, registry)


def _last_resorts(said: str, context: Context, registry: Registry) -> tuple[Resolved, ...] | None:
    """Words after the name cut off, the body inside another, then likely slips."""

    def whole(name: str) -> tuple[Resolved, ...] | None:
        return _whole(name, context, registry)

    shorter = _TAIL.sub("", said)
    if shorter != said and (made := whole(shorter)) and made[0].how in ("exact", "short", "collective"):
        return tuple(replace(one, confidence=min(one.confidence, SURE)) for one in made)
    if within := _WITHIN.search(said):
        inner = _whole(said[: within.start()], context, registry)
        if inner and inner[0].how in ("exact", "short", "abbreviation", "office", "collective"):
            return inner
    for rest in (said, *without_title(said)):
        if one := slip(rest, context, registry):
            return (one,)
    return None

"""A printed name becomes the units it stands for, as of the day of its document and for that document's issuer.

Pure: :func:`resolve` is given the context and the registry; nothing is guessed where several bodies come into question.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from corpus.text import fold, nfc, one_to_one
from nlp.registry import collectives
from nlp.registry.ellipsis import has_plural_head, juxtaposed, party_written_out, split_list, written_out
from nlp.registry.keys import name_key
from nlp.registry.lookup import CONFIDENCE, exact_or_local, found, slip
from nlp.registry.model import Context, Resolved
from nlp.registry.registry import Registry
from nlp.registry.titles import without_title

_ORNAMENT: Final = re.compile(r"^[\s\-–—+*•·:;,.“\"'(]+|[\s\-–—+*•·:;,.”\"'/]+$")
_ASIDE: Final = re.compile(r"\s*\([^()]*\)\s*$|\s*\((?:để|qua|tại|kèm)[^()]*$")
_TAIL: Final = re.compile(
    r"\s+(?:(?:chủ trì|phối hợp)(?!\w).*|(?:và\s+)?(?:các\s+)?(?:cơ quan|đơn vị)\s+(?:có\s+)?liên quan|"
    r"chịu trách nhiệm.*|nghiên cứu.*)$"
)
_WITHIN: Final = re.compile(r"\s*(?:,|\s-\s|\s)\s*(?:trực\s+)?thuộc\s+(?=\S)|\s+của\s+(?=\S)")
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

    said = party_written_out(said)
    if made := whole(said) or juxtaposed(said, whole):
        return made
    lists = []
    for text in dict.fromkeys((written_out(said), *map(written_out, without_title(said)))):
        if text != said and (made := whole(text)):
            return made
        if made := split_list(text, whole, plural=has_plural_head(said)):
            lists.append(made)
    if lists:
        return min(lists, key=lambda made: sum(one.how == "unknown" for one in made))
    return _last_resorts(said, context, registry) or (Resolved(said),)


def _whole(name: str, context: Context, registry: Registry, depth: int = 3) -> tuple[Resolved, ...] | None:
    """The name as one body or one collective; titles are taken off until the rest is known."""
    if one := exact_or_local(name, context, registry):
        return (one,)
    if one := _collective(name, context) or _itself(name, context, registry):
        return (one,)
    for rest in without_title(name) if depth else ():
        if made := _whole(rest, context, registry, depth - 1):
            return made
    return None


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


_SELF: Final = {"bộ": "bo-", "sở": "so-", "ủy ban nhân dân": "ubnd.", "ubnd": "ubnd.", "hội đồng nhân dân": "hdnd."}


def _itself(name: str, context: Context, registry: Registry) -> Resolved | None:
    """The issuer itself, where a bare "Bộ", "Sở" or "UBND" names one of its kind."""
    start = _SELF.get(name_key(name))
    if not start or not context.issuer or not context.issuer.startswith(start):
        return None
    return found(name, context.issuer, "context", context, registry)


def _last_resorts(said: str, context: Context, registry: Registry) -> tuple[Resolved, ...] | None:
    """Words after the name cut off, the body inside another, then likely slips."""
    shorter = _TAIL.sub("", said)
    if shorter != said and (made := _resolve(shorter, context, registry)) and made[0].how != "unknown":
        return made
    if within := _WITHIN.search(said):
        inner = _whole(said[: within.start()], context, registry)
        if inner and inner[0].how in ("exact", "short", "abbreviation", "office", "collective"):
            return inner
    for rest in (said, *without_title(said)):
        if one := slip(rest, context, registry):
            return (one,)
    return None

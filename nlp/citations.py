"""Every mention of another document in a text, and every reference inside the text, with exact offsets.

Find is lossless and local; which stored document is meant is :mod:`nlp.resolve`'s business. Order of work: symbols,
names,
places; places are tied to the document that follows them; relations are read; what is left becomes references.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from corpus.model import Node
from corpus.text import fold, one_to_one
from nlp.aliases import is_alias, partial_mentions, short_forms
from nlp.checks import checked
from nlp.enclosing import Enclosing
from nlp.list_scope import annex_scopes
from nlp.locators import Chain, find_places
from nlp.mentions import Mention, is_own_number, mention_by_name, mention_of
from nlp.model import Citation, Locator, Reference
from nlp.names import find_names
from nlp.references import Material, find_references
from nlp.relations import Before, relate
from nlp.relations import Found as Related
from nlp.scan import Anchors, find_anchors
from nlp.symbols import scan_folded
from nlp.titles import drop_titles


@dataclass(frozen=True, slots=True)
class Found:
    """What a text cites (``citations``) and where it points inside itself or by an alias (``references``)."""

    citations: tuple[Citation, ...]
    references: tuple[Reference, ...]


@dataclass(slots=True)
class Bound:
    """A mention with the places that it takes."""

    mention: Mention
    chain: Chain | None = None


def find(text: str, tree: Sequence[Node] = (), *, titles: bool = False) -> Found:
    """All citations and references of a stored text, each in the order of the text; ``page`` is left to the caller.

    A law named only in the title of a cited document is left out, unless ``titles`` asks for it (flag ``in_title``).
    """
    folded = one_to_one(text)
    anchors = find_anchors(folded)
    found = find_places(folded, anchors)
    shorts = short_forms(folded, anchors)
    mentions = find_mentions(folded, text, anchors, shorts)
    bound, free = _bind(folded, mentions, found.chains)
    kept = drop_titles(folded, bound, keep=titles)
    citations = _citations(text, folded, kept)
    references = find_references(
        Material(text, folded, citations, anchors, shorts, free, Enclosing(folded, found.headings, tree))
    )
    return Found(tuple(citations), tuple(references))


_HEADER: Final = re.compile(
    r"CỘNG H(?:ÒA|OÀ|ÕA|Ồ) X|CỘNG SẢN\s+VIỆT NAM|Độc lập\s?-\s?Tự do|ĐỘC LẬP\s?-\s?TỰ DO",
)
_HEADER_REACH: Final = 500


def find_mentions(folded: str, text: str, anchors: Anchors, shorts: list[tuple[re.Match[str], str]]) -> list[Mention]:
    """Numbered and named mentions, left to right, not overlapping; numbers of the text's own header are left out."""
    found: list[Mention] = []
    last = 0
    for hit in scan_folded(folded, text):
        mention = mention_of(folded, hit, last)
        if mention.date is None and _is_header(folded, hit.start):
            continue
        if not mention.worded and found and found[-1].kind and _shares(folded, found[-1], mention):
            mention.kind = found[-1].kind
        found.append(mention)
        last = mention.end
    found += [mention_by_name(named) for named in find_names(folded, anchors)]
    found += partial_mentions(folded, shorts, found)
    return _apart(found)


def _is_header(folded: str, start: int) -> bool:
    """Whether a number stands in the header of a text ("Số: 12/QĐ-UBND" beside the national or the Party's title)."""
    if not is_own_number(folded, start):
        return False
    return _HEADER.search(folded, max(0, start - _HEADER_REACH), start + _HEADER_REACH) is not None


_SHARED: Final = re.compile(r"\s{0,3}(?:[,;]|và|hoặc|,\s?và|;\s?và)\s{0,3}(?:[sS]ố\s{0,2}:?\s{0,2})?")


def _shares(folded: str, before: Mention, mention: Mention) -> bool:
    """Whether a bare symbol is a later member of a list with one kind word ("các Nghị định số A, số B và C")."""
    if mention.symbol is None or before.symbol is None or mention.symbol.code != before.symbol.code:
        return False
    return mention.start - before.end < 16 and _SHARED.fullmatch(folded, before.end, mention.start) is not None


def _apart(found: list[Mention]) -> list[Mention]:
    """Sorted by place; of two that overlap the earlier and longer one stays."""
    found.sort(key=lambda mention: (mention.start, -mention.end))
    kept: list[Mention] = []
    for mention in found:
        if kept and mention.start < kept[-1].end:
            continue
        kept.append(mention)
    return kept


_KINDS_OF_TEXT: Final = (
    r"(?:Quy chế|Quy định|Quy trình|Điều lệ|Chương trình|Kế hoạch|Đề án|Danh mục|Phụ lục"
    r"|Hướng dẫn|Quy chuẩn|Bản quy định|Mẫu|Biểu|Chiến lược|Quy tắc|Nội quy)"
)
_OF: Final = re.compile(
    r"\s{0,3},?\s{0,3}(?:(?:của|tại|thuộc|trong|ở|theo)\s{1,3})?(?:các\s)?(?:quy định\s(?:tại|của)\s)?"
    rf"|\s{{1,3}}(?:(?:của"
    rf"|thuộc)\s)?(?:{_KINDS_OF_TEXT}[^;.\n]{{0,120}}?)?(?:được\s)?(?:ban\shành\s)?kèm\stheo\s{{1,3}}(?:các\s)?"
)


def _bind(folded: str, mentions: list[Mention], chains: list[Chain]) -> tuple[list[Bound], list[Chain]]:
    """Tie each chain to the document that follows it; the rest is free. Chains inside a mention belong to nobody."""
    ends = [chain.end for chain in chains]
    used: set[int] = set()
    bound: list[Bound] = []
    low = 0
    for mention in mentions:
        i = bisect_right(ends, mention.start) - 1
        item = Bound(mention)
        if i >= 0 and i not in used and chains[i].start >= low and mention.start - chains[i].end < 180:
            chain = chains[i]
            if not chain.this and _OF.fullmatch(folded, chain.end, mention.start):
                used.add(i)
                item.chain = chain
                mention.start = chain.start
        bound.append(item)
        low = mention.end if folded[mention.end : mention.end + 1] != ")" else low
    spans = [(b.mention.start, b.mention.end) for b in bound]
    free = [chain for i, chain in enumerate(chains) if i not in used and not _inside(chain, spans)]
    return bound, free


def _inside(chain: Chain, spans: list[tuple[int, int]]) -> bool:
    i = bisect_right(spans, (chain.start, 1 << 60)) - 1
    return i >= 0 and chain.start < spans[i][1]


_ATTACHED: Final = re.compile(r"kèm\s{1,3}theo\s")


def _citations(text: str, folded: str, bound: list[Bound]) -> list[Citation]:
    found: list[Citation] = []
    before: Before | None = None
    scopes = annex_scopes(folded)
    for item in bound:
        mention = item.mention
        related = relate(folded, mention.start, mention.end, before, scopes)
        if (
            item.chain
            and related.relation in ("refers", "per")
            and _ATTACHED.search(folded, item.chain.end, mention.core)
        ):
            related = Related("attached_to")
        alias = before is not None and is_alias(folded, before.end, mention.start)
        symbol = mention.symbol.canonical if mention.symbol else None
        printed = fold(mention.symbol.printed) if mention.symbol else None
        locators: tuple[Locator, ...] = item.chain.paths() if item.chain else ()
        issuer, flags = checked(mention)
        flags = (*flags, "alias") if alias else flags
        found.append(
            Citation(
                fold(text[mention.start : mention.end]), mention.start, mention.end, None, symbol,
                printed if printed != symbol else None, mention.name, mention.kind, mention.date, issuer,
                locators, related.relation, related.agent, flags,
            )
        )  # fmt: skip
        if alias and before is not None:
            before = Before(
                mention.end, before.symbol, before.found, before.head
            )  # a list goes on after the bracket of an alias
        else:
            name = symbol or mention.name
            before = before.then(mention.end, name, related) if before else Before(mention.end, name, related)
    return found


__all__ = ["Citation", "Found", "Reference", "find"]

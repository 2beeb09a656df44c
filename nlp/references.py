"""References inside a text: `khoản 1 Điều này`, `Điều 5 của Nghị định này`, bare `khoản 2 Điều 9`, aliases without a symbol.

``target`` is ``"self"``, the symbol (or name) of the document meant, or ``"heading_document"`` for a place of the document
that an amending text works on, where the text at hand does not name it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import Final

from corpus.model import Node
from corpus.text import fold
from nlp.aliases import Alias, definitions, numbers_of, short_key
from nlp.enclosing import Enclosing
from nlp.locators import Chain, Heading
from nlp.model import Citation, Reference
from nlp.scan import places, words
from nlp.vocabulary import kind_of_word

_SELF_KINDS: Final = (
    "Bộ luật|Luật|Pháp lệnh|Nghị quyết liên tịch|Nghị quyết|Nghị định|Quyết định|Chỉ thị|Công điện|Thông tư liên tịch|Thông tư|Kết luận|Quy định"
    "|Quy chế|Quy trình|Thông báo|Hướng dẫn|Chương trình hành động|Chương trình|Kế hoạch|Phương án|Đề án|Báo cáo|Tờ trình|Công văn|Văn bản hợp nhất"
    "|Điều lệ|Chiến lược|Quy hoạch|Quy tắc|Nội quy|Quy chuẩn|Hiến pháp|Lệnh|Danh mục|Văn bản"
)
_THIS: Final = re.compile(rf"(?<!\w)(?P<kind>{_SELF_KINDS})\s{{1,3}}\Z")
_ABOVE: Final = re.compile(
    rf"(?<!\w)(?P<kind>{_SELF_KINDS}|văn bản|Văn bản|[nN]ghị quyết|[kK]ế hoạch|[qQ]uyết định|[cC]hỉ thị|[cC]ông văn)\s{{1,3}}"
    r"(?:(?:đã\s)?(?:nêu|nói|dẫn)\s(?:ở\s)?)?\Z"
)
_ABOVE_WORD: Final = re.compile(r"trên(?!\w)(?P<alone> đây|(?=\s?[,.;:)]))?")
_THIS_WORD: Final = re.compile(r"này(?!\w)")
_IN_FORCE: Final = re.compile(r"\s{1,3}có\s{1,3}hiệu\s{1,3}lực")
_SENTENCE: Final = re.compile(r"(?:\A|[.;:\n])\s*(?:\d+\.\s*)?[“\"*_]{0,3}\Z")
_OF: Final = re.compile(r"\s{0,3},?\s{0,3}(?:(?:của|tại|thuộc|trong|ban hành kèm theo|kèm theo)\s{1,3})?")
_AMENDS: Final = re.compile(
    r"(?<!\w)(?:sửa đổi|bổ sung|bãi bỏ|hủy bỏ|thay thế|thay|bỏ|đính chính)(?:,?\s(?:và\s)?bổ sung|\s(?:cụm\s)?từ|\s(?:một số|các|nội dung|tên|đoạn|điểm|khoản|Điều)|\s\w+){0,6}",
    re.IGNORECASE,
)
_PARTS_OF: Final = re.compile(r"một số\s(?:điểm|khoản)(?:,\s(?:điểm|khoản))?\scủa\s\Z")
_CUED: Final = re.compile(r"(?:tại|theo|của|và|quy định|với|trong|thuộc|về|hoặc|,|\()\s{0,2}\Z", re.IGNORECASE)
_AMENDING: Final = frozenset({"amends", "supplements", "repeals", "replaces", "corrects"})


class _Builder:
    """Collects references and keeps them apart from citations and from each other."""

    def __init__(self, text: str, citations: list[Citation]) -> None:
        self.text = text
        self.starts = [c.start for c in citations]
        self.ends = [c.end for c in citations]
        self.found: list[Reference] = []

    def free(self, start: int, end: int) -> bool:
        i = bisect_right(self.starts, start) - 1
        return not (i >= 0 and self.ends[i] > start) and not (i + 1 < len(self.starts) and self.starts[i + 1] < end)

    def add(self, start: int, end: int, target: str, locators: tuple[tuple[str, ...], ...] = ()) -> None:
        if self.free(start, end):
            self.found.append(Reference(fold(self.text[start:end]), start, end, target, locators))


def find_references(
    text: str,
    folded: str,
    citations: list[Citation],
    shorts: list[tuple[re.Match[str], str]],
    chains: list[Chain],
    headings: list[Heading],
    tree: Sequence[Node],
) -> list[Reference]:
    """References in the order of the text, apart from citations."""
    builder = _Builder(text, citations)
    enclosing = Enclosing(folded, headings, tree)
    left = {chain.end: chain for chain in chains}
    ends = sorted(left)
    used: set[int] = set()
    _anaphors(folded, builder, citations, left, ends, used, enclosing)
    _shorts(folded, shorts, builder, citations, left, ends, used, enclosing)
    _bare(folded, builder, citations, [c for c in chains if id(c) not in used], enclosing)
    return _apart(builder.found)


def _apart(found: list[Reference]) -> list[Reference]:
    found.sort(key=lambda r: (r.start, -r.end))
    kept: list[Reference] = []
    for reference in found:
        if not kept or reference.start >= kept[-1].end:
            kept.append(reference)
    return kept


def _chain_before(folded: str, left: dict[int, Chain], ends: list[int], start: int) -> Chain | None:
    i = bisect_right(ends, start) - 1
    if i < 0 or start - ends[i] > 40:
        return None
    chain = left[ends[i]]
    return chain if _OF.fullmatch(folded, chain.end, start) else None


def _anaphors(
    folded: str,
    builder: _Builder,
    citations: list[Citation],
    left: dict[int, Chain],
    ends: list[int],
    used: set[int],
    enclosing: Enclosing,
) -> None:
    for place in places(folded, "này"):
        word = _THIS_WORD.match(folded, place)
        if not word:
            continue
        match = _THIS.search(folded, max(0, word.start() - 28), word.start())
        if not match:
            continue
        chain = _chain_before(folded, left, ends, match.start())
        if (
            chain is None
            and _IN_FORCE.match(folded, word.end())
            and _SENTENCE.search(folded, max(0, match.start() - 12), match.start())
        ):
            continue  # "Quyết định này có hiệu lực …": the act speaks, nobody is sent anywhere
        _emit(folded, builder, chain, match.start(), word.end(), "self", used, enclosing)
    for place in places(folded, "trên"):
        word = _ABOVE_WORD.match(folded, place)
        if not word:
            continue
        match = _ABOVE.search(folded, max(0, word.start() - 36), word.start())
        if not match or (word["alone"] is None and match[0].rstrip()[-3:] not in ("nêu", "nói", "dẫn", " ở")):
            continue
        target = _last_of(citations, match.start(), kind_of_word(match["kind"]))
        if target:
            chain = _chain_before(folded, left, ends, match.start())
            _emit(folded, builder, chain, match.start(), word.end(), target, used, enclosing)


def _emit(
    folded: str,
    builder: _Builder,
    chain: Chain | None,
    start: int,
    end: int,
    target: str,
    used: set[int],
    enclosing: Enclosing,
) -> None:
    del folded
    if chain is None:
        builder.add(start, end, target)
        return
    used.add(id(chain))
    prefix = enclosing.path(chain.start, deep=chain.deep) if chain.this else ()
    builder.add(chain.start, end, target, chain.paths(prefix))


def _last_of(citations: list[Citation], place: int, kind: str | None) -> str | None:
    """The last document of that kind mentioned before ``place`` (any kind for "văn bản")."""
    i = _before(citations, place) - 1
    while i >= 0:
        citation = citations[i]
        if kind in (None, "Văn bản") or (citation.kind or "").startswith(kind):
            return citation.symbol or citation.name
        i -= 1
    return None


def _shorts(
    folded: str,
    shorts: list[tuple[re.Match[str], str]],
    builder: _Builder,
    citations: list[Citation],
    left: dict[int, Chain],
    ends: list[int],
    used: set[int],
    enclosing: Enclosing,
) -> None:
    known: dict[tuple[str, str], str] = {}
    for citation in citations:
        for key in numbers_of(citation.kind, citation.symbol) if citation.symbol else ():
            known.setdefault(key, citation.symbol or "")
    for match, kind in shorts:
        target = known.get(short_key(match, kind))
        if target:
            chain = _chain_before(folded, left, ends, match.start())
            _emit(folded, builder, chain, match.start(), match.end(), target, used, enclosing)
    for alias in _first_of_each(definitions(folded)):
        target = _defined(folded, citations, alias.start, alias.kind)
        if target is None:
            continue
        pattern = re.compile(words([r"\s{1,3}".join(re.escape(w) for w in alias.words.split())]) + r"(?![\w/-])")
        for match in pattern.finditer(folded, alias.start):
            chain = _chain_before(folded, left, ends, match.start())
            _emit(folded, builder, chain, match.start(), match.end(), target, used, enclosing)


_MOST_ALIASES: Final = 200
"""A text that defines more is no text of an office; each alias costs one pass."""


def _first_of_each(found: list[Alias]) -> list[Alias]:
    return list({alias.words: alias for alias in reversed(found)}.values())[-_MOST_ALIASES:]


def _defined(folded: str, citations: list[Citation], place: int, kind: str) -> str | None:
    """The document that an alias is given to: the nearest before it in the same sentence, of its kind if there is one."""
    last = _before(citations, place)
    near = [
        c
        for c in citations[max(0, last - 8) : last]
        if 0 <= place - c.end < 600 and not re.search(r"\.\s|\n\s*\n", folded[c.end : place])
    ]
    same = [c for c in near if (c.kind or "").startswith(kind)]
    chosen = (same or near[-1:])[-1:]
    return (chosen[0].symbol or chosen[0].name) if chosen else None


def _before(citations: list[Citation], place: int) -> int:
    return bisect_right(citations, place, key=lambda c: c.start)


def _bare(folded: str, builder: _Builder, citations: list[Citation], chains: list[Chain], enclosing: Enclosing) -> None:
    amended = [(c.start, c.symbol or c.name or "") for c in citations if c.relation in _AMENDING]
    starts = [place for place, _ in amended]
    article: tuple[str, ...] = ()
    for chain in chains:
        before = folded[max(0, chain.start - 90) : chain.start]
        if not _points(chain, before, folded):
            continue
        prefix = enclosing.path(chain.start, deep=chain.deep) if chain.this else ()
        if chain.this and not prefix:
            continue
        target = "self"
        line = before.rsplit("\n", 1)[-1]
        if not chain.this and _AMENDS.search(line.rsplit(";", 1)[-1]):
            i = bisect_right(starts, chain.start) - 1
            target = amended[i][1] if i >= 0 else "heading_document"
            if _PARTS_OF.search(line):
                article = chain.paths()[-1:][0] if chain.paths() else ()
            elif "Điều" not in chain.levels:
                builder.add(chain.start, chain.end, target, tuple((*article, *path) for path in chain.paths()))
                continue
        builder.add(chain.start, chain.end, target, chain.paths(prefix))


def _points(chain: Chain, before: str, folded: str) -> bool:
    """Whether a free chain is a reference: an article, a chain of several levels, or a place that a cue points at."""
    if chain.this:
        first = folded[chain.start]
        return first.isupper() or len(chain.parts) > 1 or chain.levels <= {"khoản"} or bool(_CUED.search(before))
    if "Điều" in chain.levels or len(chain.levels) > 1:
        return not (chain.levels == {"Điều"} and folded[chain.start] == "đ" and not _CUED.search(before))
    return bool(_CUED.search(before)) and not chain.levels <= {"điểm", "Phần"}

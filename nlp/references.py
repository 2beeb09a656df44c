"""References inside a text: `khoản 1 Điều này`, `Điều 5 của Nghị định này`, aliases without a symbol.

``target`` is ``"self"``, the symbol (or name) of the document meant, or ``"heading_document"`` for a place of the
document
that an amending text works on, where the text at hand does not name it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from corpus.text import fold
from nlp.aliases import definitions, numbers_of, short_key
from nlp.enclosing import Enclosing
from nlp.locators import Chain
from nlp.model import Citation, Locator, Reference
from nlp.scan import Anchors, places
from nlp.vocabulary import kind_of_word

_SELF_KINDS: Final = (
    "Bộ luật|Luật|Pháp lệnh|Nghị quyết liên tịch|Nghị quyết|Nghị định|Quyết định|Chỉ thị|Công điện"
    "|Thông tư liên tịch|Thông tư|Kết luận|Quy định"
    "|Quy chế|Quy trình|Thông báo|Hướng dẫn|Chương trình hành động|Chương trình|Kế hoạch|Phương án|Đề án|Báo cáo"
    "|Tờ trình|Công văn|Văn bản hợp nhất"
    "|Điều lệ|Chiến lược|Quy hoạch|Quy tắc|Nội quy|Quy chuẩn|Hiến pháp|Lệnh|Danh mục|Văn bản"
)
_THIS: Final = re.compile(rf"(?<!\w)(?P<kind>{_SELF_KINDS})\s{{1,3}}\Z")
_ABOVE: Final = re.compile(
    rf"(?<!\w)(?P<kind>{_SELF_KINDS}|văn bản|Văn bản|[nN]ghị quyết|[kK]ế hoạch|[qQ]uyết định|[cC]hỉ thị"
    rf"|[cC]ông văn)\s{{1,3}}"
    r"(?:(?:đã\s)?(?:nêu|nói|dẫn)\s(?:ở\s)?)?\Z"
)
_ABOVE_WORD: Final = re.compile(r"trên(?!\w)(?P<alone> đây|(?=\s?[,.;:)]))?")
_THIS_WORD: Final = re.compile(r"này(?!\w)")
_IN_FORCE: Final = re.compile(r"\s{1,3}có\s{1,3}hiệu\s{1,3}lực")
_LAST_WORDS: Final = tuple({kind.split()[-1].lower() for kind in _SELF_KINDS.split("|")})
_SENTENCE: Final = re.compile(r"(?:\A|[.;:\n])\s*(?:\d+\.\s*)?[“\"*_]{0,3}\Z")
_OF: Final = re.compile(r"\s{0,3},?\s{0,3}(?:(?:của|tại|thuộc|trong|ban hành kèm theo|kèm theo)\s{1,3})?")
_AMENDS: Final = re.compile(
    r"(?<!\w)(?:sửa đổi|bổ sung|bãi bỏ|hủy bỏ|thay thế|thay|bỏ|đính chính)(?:,?\s(?:và\s)?bổ sung|\s(?:cụm\s)?từ"
    r"|\s(?:một số|các|nội dung|tên|đoạn|điểm|khoản|Điều)|\s\w+){0,6}",
    re.IGNORECASE,
)
_SENTENCE_END: Final = re.compile(r"\.\s|\n\s*\n")
_PARTS_OF: Final = re.compile(r"một số\s(?:điểm|khoản)(?:,\s(?:điểm|khoản))?\scủa\s\Z")
_CUED: Final = re.compile(r"(?:tại|theo|của|và|quy định|với|trong|thuộc|về|hoặc|,|\()\s{0,2}\Z", re.IGNORECASE)
_AMENDING: Final = frozenset({"amends", "supplements", "repeals", "replaces", "corrects"})


@dataclass(slots=True)
class Material:
    """What the search for references works on: the text, what was cited, and the places that no citation took."""

    text: str
    folded: str
    citations: list[Citation]
    anchors: Anchors
    shorts: list[tuple[re.Match[str], str]]
    chains: list[Chain]
    enclosing: Enclosing


class _Finder:
    """Collects references and keeps them apart from citations and from each other."""

    def __init__(self, material: Material) -> None:
        self.m = material
        self.starts = [c.start for c in material.citations]
        self.ends = [c.end for c in material.citations]
        self.chain_ends = [c.end for c in material.chains]
        self.used: set[int] = set()
        self.found: list[Reference] = []

    def free(self, start: int, end: int) -> bool:
        """Whether no citation stands there."""
        i = bisect_right(self.starts, start) - 1
        return not (i >= 0 and self.ends[i] > start) and not (i + 1 < len(self.starts) and self.starts[i + 1] < end)

    def add(self, start: int, end: int, target: str, locators: tuple[Locator, ...] = ()) -> None:
        """Keep a reference that overlaps no citation."""
        if self.free(start, end):
            self.found.append(Reference(fold(self.m.text[start:end]), start, end, target, locators))

    def chain_before(self, start: int) -> Chain | None:
        """The places tied to a word that begins at ``start``."""
        i = bisect_right(self.chain_ends, start) - 1
        if i < 0 or start - self.chain_ends[i] > 40:
            return None
        chain = self.m.chains[i]
        return chain if _OF.fullmatch(self.m.folded, chain.end, start) else None

    def add_with_places(self, start: int, end: int, target: str) -> Chain | None:
        """Keep a reference together with the places before it."""
        chain = self.chain_before(start)
        if chain is None:
            self.add(start, end, target)
        else:
            self.used.add(id(chain))
            prefix = self.m.enclosing.path(chain.start, deep=chain.deep) if chain.this else ()
            self.add(chain.start, end, target, chain.paths(prefix))
        return chain

    def before(self, place: int) -> int:
        """How many citations begin at or before ``place``."""
        return bisect_right(self.starts, place)


def find_references(material: Material) -> list[Reference]:
    """References in the order of the text, apart from citations."""
    finder = _Finder(material)
    _this(finder)
    _above(finder)
    _shorts(finder)
    _named(finder)
    _bare(finder)
    return _apart(finder.found)


def _apart(found: list[Reference]) -> list[Reference]:
    found.sort(key=lambda r: (r.start, -r.end))
    kept: list[Reference] = []
    for reference in found:
        if not kept or reference.start >= kept[-1].end:
            kept.append(reference)
    return kept


def _this(finder: _Finder) -> None:
    """`Nghị định này`, `Điều 5 của Luật này`."""
    folded = finder.m.folded
    for place in finder.m.anchors.this:
        if not folded[max(0, place - 10) : place].rstrip().lower().endswith(_LAST_WORDS):
            continue
        word = _THIS_WORD.match(folded, place)
        match = _THIS.search(folded, max(0, place - 28), place) if word else None
        if not match or not word:
            continue
        alone = finder.chain_before(match.start()) is None
        before = _SENTENCE.search(folded, max(0, match.start() - 12), match.start())
        if alone and before and _IN_FORCE.match(folded, word.end()):
            continue  # "Quyết định này có hiệu lực …": the act speaks, nobody is sent anywhere
        finder.add_with_places(match.start(), word.end(), "self")


def _above(finder: _Finder) -> None:
    """`Nghị quyết nêu trên`: the last document of that kind."""
    folded = finder.m.folded
    for place in finder.m.anchors.above:
        word = _ABOVE_WORD.match(folded, place)
        match = _ABOVE.search(folded, max(0, place - 36), place) if word else None
        if not match or not word:
            continue
        if word["alone"] is None and match[0].rstrip()[-3:] not in ("nêu", "nói", "dẫn", " ở"):
            continue
        target = _last_of(finder, match.start(), kind_of_word(match["kind"]))
        if target:
            finder.add_with_places(match.start(), word.end(), target)


def _last_of(finder: _Finder, place: int, kind: str | None) -> str | None:
    """The last document of that kind mentioned before ``place`` (any kind for "văn bản")."""
    last = finder.before(place)
    for citation in reversed(finder.m.citations[max(0, last - _LOOK_BACK) : last]):
        if kind in (None, "Văn bản") or (citation.kind or "").startswith(kind or ""):
            return citation.symbol or citation.name
    return None


def _shorts(finder: _Finder) -> None:
    """`Nghị quyết 57` after a full citation."""
    if not finder.m.shorts:
        return
    known: dict[tuple[str, str], str] = {}
    for citation in finder.m.citations:
        for key in numbers_of(citation.kind, citation.symbol) if citation.symbol else ():
            known.setdefault(key, citation.symbol or "")
    for match, kind in finder.m.shorts:
        if target := known.get(short_key(match, kind)):
            finder.add_with_places(match.start(), match.end(), target)


def _named(finder: _Finder) -> None:
    """Aliases without a symbol, from their definition on."""
    aliases = _aliases(finder)
    for match in _occurrences(finder.m.folded, aliases):
        start, target = aliases[" ".join(match[0].split())]
        if match.start() >= start:
            finder.add_with_places(match.start(), match.end(), target)


_LOOK_BACK: Final = 200
_MOST_ALIASES: Final = 200
"""A text that defines more is no text of an office."""


def _aliases(finder: _Finder) -> dict[str, tuple[int, str]]:
    """What the text calls its documents by a name without a symbol: from where on, and which document is meant."""
    found: dict[str, tuple[int, str]] = {}
    for alias in definitions(finder.m.folded):
        if len(found) == _MOST_ALIASES:
            break
        if alias.words not in found and finder.free(alias.start, alias.start + len(alias.words)):
            target = _defined(finder, alias.start, alias.kind)
            if target:
                found[alias.words] = (alias.start, target)
    return found


def _occurrences(folded: str, aliases: dict[str, tuple[int, str]]) -> Iterator[re.Match[str]]:
    """Where any alias stands, over line breaks too."""
    if not aliases:
        return
    spelled = (r"\s{1,3}".join(map(re.escape, words.split())) for words in sorted(aliases, key=len, reverse=True))
    pattern = re.compile(f"(?:{'|'.join(spelled)})(?![\\w/-])")
    found: set[int] = set()
    for first in {words.split()[0] for words in aliases}:
        found.update(place for place in places(folded, first) if not folded[place - 1 : place].isalnum())
    for place in sorted(found):
        if match := pattern.match(folded, place):
            yield match


def _defined(finder: _Finder, place: int, kind: str) -> str | None:
    """The document that an alias is given to: the nearest in the sentence, of its kind if there is one."""
    last = finder.before(place)
    near = [
        citation
        for citation in finder.m.citations[max(0, last - 8) : last]
        if 0 <= place - citation.end < 600 and not _SENTENCE_END.search(finder.m.folded, citation.end, place)
    ]
    same = [citation for citation in near if (citation.kind or "").startswith(kind)]
    chosen = (same or near[-1:])[-1:]
    return (chosen[0].symbol or chosen[0].name) if chosen else None


def _bare(finder: _Finder) -> None:
    """Places of this text, or of the document that it amends."""
    folded = finder.m.folded
    amended = [(c.start, c.symbol or c.name or "") for c in finder.m.citations if c.relation in _AMENDING]
    starts = [place for place, _ in amended]
    article: Locator = ()
    for chain in finder.m.chains:
        before = folded[max(0, chain.start - 90) : chain.start]
        if id(chain) in finder.used or not _points(chain, before, folded):
            continue
        prefix = finder.m.enclosing.path(chain.start, deep=chain.deep) if chain.this else ()
        if chain.this and not prefix:
            continue
        line = before.rsplit("\n", 1)[-1]
        target, paths = "self", chain.paths(prefix)
        if not chain.this and _AMENDS.search(line.rsplit(";", 1)[-1]):
            i = bisect_right(starts, chain.start) - 1
            target = amended[i][1] if i >= 0 else "heading_document"
            if _PARTS_OF.search(line):
                article = paths[-1] if paths else ()
            elif "Điều" not in chain.levels:
                paths = tuple((*article, *path) for path in paths)
        finder.add(chain.start, chain.end, target, paths)


def _points(chain: Chain, before: str, folded: str) -> bool:
    """Whether a free chain is a reference: an article, a chain of several levels, or a place that a cue points at."""
    if chain.this:
        first = folded[chain.start]
        return first.isupper() or len(chain.parts) > 1 or chain.levels <= {"khoản"} or bool(_CUED.search(before))
    if "Điều" in chain.levels or len(chain.levels) > 1:
        return not (chain.levels == {"Điều"} and folded[chain.start] == "đ" and not _CUED.search(before))
    return bool(_CUED.search(before)) and not chain.levels <= {"điểm", "Phần"}

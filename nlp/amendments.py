"""Amendments as objects: which place of which document a text amends, replaces, repeals or adds, and by which wording.

The document meant is the one named in the instruction, else the one in the heading above it, else the one in the title
("Sửa đổi, bổ sung một số điều của Nghị định số 17/2023/NĐ-CP"). New wording is never read as instructions.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from corpus.text import one_to_one, small_letters
from nlp.amendment_clauses import ACT, Clause, clauses, has_forms, paths
from nlp.amendment_lines import MASK, PREAMBLE, Paragraph, QuoteCounter, body, covers, masked, paragraphs
from nlp.model import Amendment, AmendmentAction, Citation, Header, Locator, Relation

MODIFIES: Final[dict[Relation, AmendmentAction]] = {
    "amends": "amend", "supplements": "supplement", "replaces": "replace", "repeals": "repeal", "suspends": "suspend",
}  # fmt: skip
_PLANS: Final = frozenset({
    "Kế hoạch", "Công văn", "Báo cáo", "Tờ trình", "Chương trình", "Đề án", "Thông báo", "Chương trình hành động",
    "Biên bản", "Công điện", "Giấy mời", "Phương án", "Dự án", "Văn bản hợp nhất", "Lời kêu gọi",
})  # fmt: skip
"""Kinds that change no other text: "sửa đổi Nghị định …" is work to be done there, and history in a merged text."""
_ENDED_LIST: Final = re.compile(r"(?:hết hiệu lực|bị bãi bỏ|bãi bỏ)[^:\n]{0,200}:\s*\Z", re.IGNORECASE)
_OWN: Final = re.compile(
    r"(?<!\w)này(?!\w)[^.;:\n]{0,160}?(?:sửa đổi|bổ sung|thay thế|bãi bỏ|h(?:ủy|uỷ) bỏ|ngưng hiệu lực)(?!\w)"
    r"[^.;\n]{0,400}\Z"
)
_ENDS_AFTER: Final = re.compile(
    r"[^.;\n]{0,500}?(?:hết\s{1,2}hiệu\s{1,2}lực|(?:được|bị)\s{1,2}bãi\s{1,2}bỏ|chấm dứt hiệu lực)"
)
_ANY: Final = re.compile(r"sửa đổi|bổ sung|thay thế|bãi bỏ|hủy bỏ|huỷ bỏ|hiệu lực")
_ITEM: Final = re.compile(r"(?:các\s)?(?:từ\s)?(?:Phần|Chương|Mục|Điều|khoản|điểm|Phụ lục|Mẫu)\s", re.IGNORECASE)


@dataclass(slots=True)
class _Context:
    """What a heading gives to the instructions under it."""

    rank: int
    prefix: Locator = ()
    target: str | None = None
    action: AmendmentAction | None = None
    given: list[int] = field(default_factory=list)
    """Amendments found for the heading itself; they go when instructions under it say them in detail."""


def find_amendments(text: str, citations: Sequence[Citation], header: Header | None = None) -> tuple[Amendment, ...]:
    """Everything that the text changes in other documents, in the order of the text."""
    header = header or Header()
    if header.kind in _PLANS or not citations or not _ANY.search(small_letters(text)):
        return ()
    return _Reader(text, citations, header).read()


class _Reader:
    """One pass over the paragraphs, with the headings that are open."""

    def __init__(self, text: str, citations: Sequence[Citation], header: Header) -> None:
        self._text = one_to_one(text)
        self._by = header.symbol
        self._citations = [c for c in citations if c.symbol or c.name]
        self._starts = [c.start for c in self._citations]
        self._symbols = {c.name.casefold(): c.symbol for c in citations if c.name and c.symbol}
        self._paragraphs = paragraphs(self._text)
        self._paragraph_starts = [p.start for p in self._paragraphs]
        self._found: list[Amendment | None] = []
        self._stack: list[_Context] = []
        self._article = 0
        self._quoted: list[tuple[int, int]] = []
        self._last: list[int] = []
        """Indexes of the amendments of the last instruction: the wording that follows is theirs."""
        self._heading: Clause | None = None
        self._begin, self._stop = body(self._paragraphs, self._text)
        self._title = self._title_target()

    def read(self) -> tuple[Amendment, ...]:
        """All amendments."""
        i = 0
        while i < len(self._paragraphs) and self._paragraphs[i].start < self._stop:
            paragraph = self._paragraphs[i]
            if paragraph.opens and not self._instructs(paragraph):
                i = self._wording(i, paragraph.start)
                continue
            opened = self._instruct(paragraph)
            i = self._wording(i, opened) if opened >= 0 else i + 1
        self._by_citation()
        return tuple(sorted((a for a in self._found if a), key=lambda a: (a.clause[0], a.start)))

    # --- instructions

    def _instructs(self, paragraph: Paragraph) -> bool:
        """Whether a quotation holds instructions itself, as under "Thay thế một số cụm từ như sau:"."""
        return bool(self._heading) and ACT.match(self._text, paragraph.body) is not None

    def _instruct(self, paragraph: Paragraph) -> int:
        """Read one paragraph; the place of a quotation mark that opens in it and runs on, or -1."""
        if "\t" in self._text[paragraph.start : paragraph.end] or not self._enter(paragraph):
            return -1
        found = list(clauses(self._text, paragraph.body, paragraph.end))
        self._last = []
        self._heading = None
        for clause in found:
            self._take(paragraph, clause)
        if not found:
            self._item(paragraph)
        piece = self._text[paragraph.start : paragraph.end]
        runs_on = bool(found) and not paragraph.opens and piece.count("“") > piece.count("”")
        return paragraph.start + piece.rfind("“") if runs_on else self._inline(paragraph, found)

    def _enter(self, paragraph: Paragraph) -> bool:
        """Close the headings that the paragraph ends; articles count only in their sequence, others are new wording."""
        if paragraph.style == "article":
            if self._article and paragraph.value != self._article + 1:
                return False
            self._article = paragraph.value
        if paragraph.style == "other":
            return False
        while self._stack and self._stack[-1].rank >= paragraph.rank:
            self._stack.pop()
        return True

    def _take(self, paragraph: Paragraph, clause: Clause) -> None:
        prefix = self._prefix()
        cited = self._cited(clause)
        target = self._name(cited[0]) if cited else self._target()
        places = paths(self._text, clause, prefix) if not cited else ()
        whole = bool(cited) and not any(c.locators for c in cited)
        heads = clause.some or (whole and not clause.words and clause.action in ("amend", "supplement"))
        context = _Context(paragraph.rank, _common(places or _located(cited)), target, clause.action)
        if heads:
            self._heading = clause
        else:
            self._drop_headings(paragraph.rank)
            context.given = self._emit(clause, cited, places, target, prefix)
            self._last += context.given
        if clause.action != "supplement" or heads:
            self._stack.append(context)

    def _emit(
        self, clause: Clause, cited: list[Citation], places: tuple[Locator, ...], target: str | None, prefix: Locator
    ) -> list[int]:
        if not cited:
            return [self._add(clause, path, target) for path in places]
        if len(cited) == 1 and (not cited[0].locators or has_forms(self._text, clause)):
            own = paths(self._text, clause, prefix)
            return [self._add(clause, path, target) for path in own or ((),)]
        return [self._add(clause, path, self._name(c)) for c in cited for path in c.locators or ((),)]

    def _add(self, clause: Clause, path: Locator, target: str | None) -> int:
        self._found.append(
            Amendment(
                path, clause.action, target, self._by, clause.start, clause.end, (clause.start, clause.end),
                clause.old, clause.new,
            )
        )  # fmt: skip
        return len(self._found) - 1

    def _item(self, paragraph: Paragraph) -> None:
        """An item that only names places or a document ("Bãi bỏ các quy định sau đây:"), or the head of such a list."""
        piece = self._text[paragraph.body : paragraph.end]
        if piece.rstrip().endswith(":") and _ENDED_LIST.search(piece):
            self._stack.append(_Context(paragraph.rank, target=self._target(), action="repeal"))
            return
        context = self._stack[-1] if self._stack else None
        if context is None or context.action is None or context.given:
            return
        clause = Clause(context.action, paragraph.body, paragraph.end, paragraph.end)
        cited = [c for c in self._cited(clause, first_only=True) if not piece[: c.start - paragraph.body].strip(" *_-")]
        if cited or _ITEM.match(piece):
            places = () if cited else paths(self._text, clause, context.prefix)
            target = self._name(cited[0]) if cited else self._target()
            self._last = self._emit(clause, cited, places, target, context.prefix)

    def _drop_headings(self, rank: int) -> None:
        """What a heading said as a whole, its instructions say in detail."""
        for context in self._stack:
            if context.rank >= rank:
                continue
            for index in context.given:
                self._found[index] = None
            context.given = []

    # --- which document

    def _cited(self, clause: Clause, *, first_only: bool = False) -> list[Citation]:
        """The documents that an instruction is about; history and the titles of the cited ones are left out."""
        begin = bisect_left(self._starts, clause.start)
        near = []
        for citation in self._citations[begin:]:
            if citation.start >= clause.reach:
                break
            near.append(citation)
        shown = masked(self._text[clause.start : clause.reach])
        near = [c for c in near if c.relation != "history" and not c.agent and shown[c.start - clause.start] != MASK]
        if first_only:
            return near[:1]
        return [c for i, c in enumerate(near) if i == 0 or c.relation in MODIFIES]

    def _prefix(self) -> Locator:
        return next((context.prefix for context in reversed(self._stack) if context.prefix), ())

    def _name(self, citation: Citation) -> str | None:
        return citation.symbol or self._symbols.get((citation.name or "").casefold()) or citation.name

    def _target(self) -> str | None:
        return next((context.target for context in reversed(self._stack) if context.target), self._title)

    def _title_target(self) -> str | None:
        """The one document that the title and the issuing clause name as changed."""
        named = [self._name(c) for c in self._citations if self._in_title(c) and c.relation in MODIFIES and not c.agent]
        return named[0] if len(set(named)) == 1 else None

    def _in_title(self, citation: Citation) -> bool:
        """Above the articles and not in the preamble: a law in "Căn cứ Luật sửa đổi …" is not changed here."""
        low = self._text.rfind("\n", 0, citation.start) + 1
        return citation.start < self._begin and not PREAMBLE.match(self._text, self._line_start(low))

    def _line_start(self, place: int) -> int:
        i = bisect_right(self._paragraph_starts, place) - 1
        return self._paragraph_starts[i] if i >= 0 else place

    # --- new wording

    def _inline(self, paragraph: Paragraph, found: list[Clause]) -> int:
        """Wording in the same paragraph ("như sau: “6. …”.")."""
        if (
            found
            and not found[-1].words
            and (match := re.search(r":\s{0,3}“([^\n]+)”", self._text[paragraph.start : paragraph.end]))
        ):
            self._give(paragraph.start + match.start(1), paragraph.start + match.end(1), [])
        return -1

    def _wording(self, i: int, start: int) -> int:
        """The quotation that opens at ``start`` in paragraph ``i``: its wording goes to the last instruction."""
        counter = QuoteCounter()
        j = i
        while j < len(self._paragraphs):
            paragraph = self._paragraphs[j]
            if j > i and self._resumes(paragraph):
                break
            counter.take(self._text, paragraph)
            j += 1
            if not counter.depth:
                break
        end = self._paragraphs[j - 1].end
        self._quoted.append((start, end))
        self._give(start, end, self._paragraphs[i:j])
        return j

    def _resumes(self, paragraph: Paragraph) -> bool:
        """The next article, with an instruction: the closing mark was lost."""
        return (
            paragraph.style == "article"
            and not paragraph.opens
            and paragraph.value == self._article + 1
            and ACT.match(self._text, paragraph.body) is not None
        )

    def _give(self, start: int, end: int, inside: Sequence[Paragraph]) -> None:
        piece = self._text[start:end]
        start += len(piece) - len(piece.lstrip(' \t*_“"'))
        end -= len(piece) - len(piece.rstrip(' \t*_”".;'))
        if self._heading is not None and not self._last:
            clause = self._heading
            self._last = [self._add(clause, path, self._target()) for path in paths(self._text, clause, self._prefix())]
        self._heading = None
        parts = _split(self._text, [self._found[i] for i in self._last], start, end, inside)
        for index, (a, b) in zip(self._last, parts, strict=True):
            amendment = self._found[index]
            if amendment is not None and a < b:
                self._found[index] = replace(amendment, start=a, end=b)
        for context in self._stack:
            context.given = []

    # --- what only a citation tells

    def _by_citation(self) -> None:
        """Acts on whole documents and in running sentences ("Nghị định này thay thế Nghị định số …")."""
        covered = sorted({a.clause for a in self._found if a})
        detailed = {a.target for a in self._found if a and a.locator}
        for citation in self._citations:
            action = MODIFIES.get(citation.relation)
            if action is None or citation.agent or self._is_quoted(citation.start):
                continue
            if covers(covered, citation.start):
                continue
            target = self._name(citation)
            whole = action in ("amend", "supplement") and not citation.locators
            if whole and (target in detailed or not self._in_title(citation)):
                continue
            if not whole and not self._own_act(citation):
                continue
            clause = Clause(action, citation.start, citation.end, citation.end)
            for path in citation.locators or ((),):
                self._add(clause, path, target)
            detailed.add(target)

    def _is_quoted(self, place: int) -> bool:
        return covers(self._quoted, place)

    def _own_act(self, citation: Citation) -> bool:
        """Whether this text does it itself, and is not telling of work to be done or of what others did."""
        low = self._text.rfind("\n", 0, citation.start) + 1
        left = self._text[max(low, citation.start - 700) : citation.start]
        return _OWN.search(left) is not None or _ENDS_AFTER.match(self._text, citation.end) is not None


def _located(cited: Sequence[Citation]) -> tuple[Locator, ...]:
    return tuple(path for c in cited for path in c.locators)


def _common(places: Sequence[Locator]) -> Locator:
    """What all places share; instructions below a heading stand under it."""
    if not places:
        return ()
    shared = places[0]
    for path in places[1:]:
        shared = tuple(a for a, b in zip(shared, path, strict=False) if a == b)
    return shared


def _split(
    text: str, given: Sequence[Amendment | None], start: int, end: int, inside: Sequence[Paragraph]
) -> list[tuple[int, int]]:
    """The wording of each place: by labels where every place has its own ("q) …", "r) …"), else the whole."""
    if len(given) < 2 or not inside:
        return [(start, end)] * len(given)
    labels = [a.locator[-1].rsplit(" ", 1)[1] if a and a.locator else "" for a in given]
    heads: list[int] = []
    places = iter(inside)
    for label in labels:
        found = next((p for p in places if p.label.lower() == label.lower()), None)
        if found is None:
            return [(start, end)] * len(given)
        heads.append(max(found.start, start))
    borders = [*heads[1:], end]
    return [(a, a + len(text[a:b].rstrip())) for a, b in zip(heads, borders, strict=True)]

"""When a text begins and ends to be in force, and what it says so about others (Luật 64/2025/QH15 Điều 53, 54).

"Nghị định này có hiệu lực thi hành kể từ ngày 01 tháng 7 năm 2026", "… kể từ ngày ký", "… sau 45 ngày kể từ ngày ký",
"Điều 3 và Phụ lục I Nghị quyết này có hiệu lực …", "Nghị định số 12/2010/NĐ-CP hết hiệu lực kể từ ngày Nghị định này có
hiệu lực", "đến hết ngày 31/12/2025".
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from corpus.text import one_to_one
from nlp.amendment_lines import PREAMBLE, Paragraph, body, covers, paragraphs, quoted
from nlp.amendments import MODIFIES
from nlp.dates import date_at
from nlp.locators import read_locators_before
from nlp.model import Citation, Effect, Header, Locator

_KINDS: Final = (
    r"(?:Bộ luật|Luật|Pháp lệnh|Lệnh|Nghị định|Nghị quyết(?:\sliên\stịch)?|Quyết định|Thông tư(?:\sliên\stịch)?|Chỉ thị"
    r"|Quy chế|Quy định|Quy trình|Hướng dẫn|Kế hoạch|Kết luận|Chương trình|Điều lệ|Văn bản|Thông báo|Đề án)"
)
_SAYS: Final = re.compile(r"hiệu\s{1,3}lực|này\sđược\s(?:thực\shiện|áp\sdụng)")
"""What every clause about force has in it; a text without is not read further."""
_BEGINS: Final = re.compile(r"\scó\s{1,3}hiệu\s{1,3}lực(?:\s{1,3}(?:thi\s{1,3}hành|áp dụng|pháp luật))?")
_ENDS: Final = re.compile(
    r"\s(?:hết|chấm\s{1,3}dứt|mất)\s{1,3}hiệu\s{1,3}lực(?:\s{1,3}(?:thi\s{1,3}hành|áp dụng|toàn bộ|một phần)){0,2}"
)
_SELF: Final = re.compile(rf"(?:(?:của|tại)\s)?(?P<kind>{_KINDS})\s{{1,3}}này\s{{0,3}}(?:bắt đầu\s{{0,2}})?\Z")
_FROM: Final = re.compile(r"\s{0,3},?\s{0,3}(?:được tính\s)?(?:kể\s{1,3})?từ\s{1,3}(?:ngày\s{1,3}|thời điểm\s{1,3})?")
_AFTER: Final = re.compile(
    r"\s{0,3}sau\s{1,3}(?P<n>\d{1,3})\s{1,3}(?:\([^)\n]{1,40}\)\s{0,2})?ngày,?\s{1,3}(?:kể\s{1,3})?từ\s{1,3}ngày\s{1,3}"
)
_SIGNED: Final = re.compile(r"(?:được\s)?(?:ký|ban hành|thông qua|ký ban hành|ký, ban hành)(?!\w)")
_OWN_START: Final = re.compile(rf"(?:ngày\s{{1,3}})?{_KINDS}\s{{1,3}}(?:này\s{{1,3}})?có\s{{1,3}}hiệu\s{{1,3}}lực")
_UNTIL: Final = re.compile(
    r"\s{0,3},?\s{0,3}(?:và\s)?(?:được (?:thực hiện|áp dụng)\s)?(?:cho\s)?(?:đến|tới)\s{1,3}"
    r"(?P<whole>hết\s{1,3})?(?:ngày\s{1,3})?"
)
_VALID_UNTIL: Final = re.compile(
    rf"{_KINDS}\s{{1,3}}này\s(?:có\s{{1,3}}hiệu\s{{1,3}}lực(?:\sthi\shành)?|được\s(?:thực\shiện|áp\sdụng))(?=\s{{0,3}},?\s(?:cho\s)?(?:đến|tới)\s)"
)
_SENTENCE: Final = re.compile(r"[.;]\s|\n")
_REACH: Final = 600


@dataclass(frozen=True, slots=True)
class _When:
    """A moment as it is printed: a day, or days after an event."""

    end: int
    date: dt.date | None = None
    anchor: str | None = None
    days: int = 0


def find_effects(text: str, citations: Sequence[Citation], header: Header | None = None) -> tuple[Effect, ...]:
    """What the text says about the beginning and the end of force, in order; new wording is left out."""
    if not _SAYS.search(text) and not any(citation.relation == "suspends" for citation in citations):
        return ()
    return tuple(sorted(_Reader(text, citations, header or Header()).read(), key=lambda effect: effect.start))


class _Reader:
    """The text with its citations at hand."""

    def __init__(self, text: str, citations: Sequence[Citation], header: Header) -> None:
        self._text = one_to_one(text)
        self._header = header
        self._citations = [c for c in citations if c.symbol or c.name]
        self._starts = [c.start for c in self._citations]
        self._paragraphs = paragraphs(self._text)
        self._paragraph_starts = [p.start for p in self._paragraphs]
        self._stop = body(self._paragraphs, self._text)[1]
        self._quoted = quoted(self._text, self._paragraphs)

    def read(self) -> Iterator[Effect]:
        """Beginnings, ends, suspensions."""
        if self._header.kind != "Văn bản hợp nhất":  # a merged text repeats the clauses of the texts it merges
            for match in _BEGINS.finditer(self._text):
                yield from self._begins(match)
            for match in _VALID_UNTIL.finditer(self._text):
                yield from self._until(match)
        done = 0
        for match in _ENDS.finditer(self._text):
            yield from self._ends(match, done)
            done = match.end()
        yield from self._suspends()

    # --- beginnings of this text

    def _begins(self, match: re.Match[str]) -> Iterator[Effect]:
        when = self._when(match.end())
        if when is None or self._is_quoted(match.start()):
            return
        start, locators = self._self_before(match.start())
        if start is None:
            return
        yield Effect("start", None, start, self._sentence_end(when.end), locators, when.date, when.anchor, when.days)
        if last := self._last_day(when.end):
            yield Effect("end", None, start, last[1], locators, last[0])

    def _until(self, match: re.Match[str]) -> Iterator[Effect]:
        last = self._last_day(match.end())
        if last and not self._is_quoted(match.start()):
            yield Effect("end", None, match.start(), last[1], (), last[0])

    def _self_before(self, end: int) -> tuple[int | None, tuple[Locator, ...]]:
        """Where a subject that means this text, or a place in it, begins before ``end``; None for another subject."""
        low = max(0, end - 300)
        own = _SELF.search(self._text, low, end)
        if own and self._header.kind and own["kind"].split() != self._header.kind.split():
            return None, ()  # a form in an annex, or an attached text
        place = own.start() if own else end
        locators = read_locators_before(self._text, len(self._text[:place].rstrip()))
        if locators and self._sentence(place)[1]:
            return None, ()  # a place of a document that is cited
        if not own and not locators:
            return None, ()
        return place, locators

    def _when(self, place: int) -> _When | None:
        after = _AFTER.match(self._text, place)
        if after:
            named = ((_SIGNED, "signing"), (_OWN_START, "own_start"))
            found = next(((m, a) for p, a in named if (m := p.match(self._text, after.end()))), None)
            end, anchor = (found[0].end(), found[1]) if found else (after.end(), "unknown")
            return _When(end, None, anchor, int(after["n"]))
        begin = _FROM.match(self._text, place)
        if not begin:
            return None
        if date := date_at(self._text, begin.end()):
            return _When(date.end, date.value)
        if signed := _SIGNED.match(self._text, begin.end()):
            return _When(signed.end(), None, "signing")
        if own := _OWN_START.match(self._text, begin.end()):
            return _When(own.end(), None, "own_start")
        return None

    def _last_day(self, place: int) -> tuple[dt.date, int] | None:
        """The first day out of force after "đến (hết) ngày …", and where the words end."""
        until = _UNTIL.match(self._text, place)
        date = date_at(self._text, until.end()) if until else None
        if until is None or date is None or date.value is None:
            return None
        return date.value + dt.timedelta(days=1 if until["whole"] else 0), date.end

    # --- ends of others

    def _ends(self, match: re.Match[str], done: int) -> Iterator[Effect]:
        if self._is_quoted(match.start()):
            return
        when = self._when(match.end()) or _When(match.end(), None, "own_start")
        start, named = self._sentence(match.start(), done)
        own = _SELF.search(self._text, max(0, match.start() - 60), match.start())
        if own and when.date and not named:
            yield Effect("end", None, own.start(), self._sentence_end(when.end), (), when.date)
            return
        subjects = [c for i, c in enumerate(named) if i == 0 or MODIFIES.get(c.relation) == "repeal"]
        end = max([when.end, *(c.end for c in subjects)])
        for citation in subjects or self._listed(match.end()):
            yield Effect(
                "end", citation.symbol or citation.name, min(start, citation.start), end,
                citation.locators, when.date, when.anchor, when.days,
            )  # fmt: skip

    def _sentence(self, end: int, done: int = 0) -> tuple[int, list[Citation]]:
        """Where the sentence that runs up to ``end`` begins, and the documents that it names, history left out."""
        low = max(done, end - _REACH)
        start = max((m.end() for m in _SENTENCE.finditer(self._text, low, end)), default=low)
        found = self._citations[bisect_left(self._starts, start) : bisect_left(self._starts, end)]
        return start, [c for c in found if c.relation != "history" and not c.agent]

    def _sentence_end(self, place: int) -> int:
        """The end of the sentence: what follows a date may be an exception ("trừ trường hợp …")."""
        match = re.compile(r"[.;](?=\s|\Z)|\n(?=\s*(?:\d|[a-zđ]\)|[A-ZĐ]))|\Z").search(self._text, place, place + 400)
        return match.start() if match else place

    def _listed(self, place: int) -> list[Citation]:
        """The documents at the head of the items of a list: "Các văn bản sau đây hết hiệu lực …: a) Nghị định số …"."""
        i = next((n for n, p in enumerate(self._paragraphs) if p.start <= place < p.end), None)
        if i is None or not self._text[place : self._paragraphs[i].end].rstrip().endswith(":"):
            return []
        found: list[Citation] = []
        for paragraph in self._paragraphs[i + 1 :]:
            if paragraph.rank <= self._paragraphs[i].rank or not (head := self._head(paragraph)):
                break
            found.append(head)
        return found

    def _head(self, paragraph: Paragraph) -> Citation | None:
        i = bisect_left(self._starts, paragraph.body - 1)
        citation = self._citations[i] if i < len(self._citations) else None
        return citation if citation and citation.start < min(paragraph.body + 12, paragraph.end) else None

    # --- suspensions

    def _suspends(self) -> Iterator[Effect]:
        for citation in self._citations:
            if citation.relation != "suspends" or citation.agent or not self._acts(citation):
                continue
            when = self._when(citation.end) or _When(citation.end, None, "own_start")
            last = self._last_day(when.end)
            yield Effect(
                "suspend", citation.symbol or citation.name, citation.start, last[1] if last else when.end,
                citation.locators, when.date, when.anchor, when.days, last[0] - dt.timedelta(days=1) if last else None,
            )  # fmt: skip

    def _acts(self, citation: Citation) -> bool:
        """In the title or the body, not in the preamble, a table or an annex that tells of others' acts."""
        i = bisect_right(self._paragraph_starts, citation.start) - 1
        paragraph = self._paragraphs[max(i, 0)]
        told = PREAMBLE.match(self._text, paragraph.start) or "\t" in self._text[paragraph.start : paragraph.end]
        return not told and citation.start < self._stop and not self._is_quoted(citation.start)

    def _is_quoted(self, place: int) -> bool:
        return covers(self._quoted, place)

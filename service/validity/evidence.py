"""What the store knows about the force of one document: its own clauses, the acts of others, the office's table."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, Literal

from nlp.amendments import MODIFIES, find_amendments
from nlp.effect import find_effects
from nlp.model import Amendment, Citation, Effect, Locator
from nlp.symbols import symbol_key
from service.records import OfficeRow, StoredCitation, StoredDocument
from service.store.ports import Store
from service.validity.model import Act, Reason, Subject, day
from service.validity.places import show_locator

_TOLD: Final = re.compile(
    r"\s{0,3}[,(]?\s{0,3}(?:nay\s)?(?:đã\s)?(?:(?:được|bị)\s(?P<act>thay thế|bãi bỏ|h(?:ủy|uỷ) bỏ|sửa đổi)"
    r"[^;.()\n]{0,60}?\s(?:bởi|bằng|tại|theo)|(?P<ended>hết\shiệu\slực))(?!\w)"
)
_ENDS: Final = re.compile(r"(?:hết|chấm\s{1,3}dứt)\s{1,3}hiệu\s{1,3}lực")
_LABEL: Final = re.compile(r"\W{0,6}(?:\w{1,3}[.)]\W{0,4})?")
_LISTS: Final = re.compile(r"bãi bỏ|hiệu lực|thay thế", re.IGNORECASE)
_LONGEST_QUOTE: Final = 400
_SOMEWHERE: Final[Locator] = ("?",)
"""A place that is not told: the document is changed somewhere, no place that is asked about is known to be."""
_ACTIONS: Final[dict[str, Literal["end", "amend", "supplement", "suspend"]]] = {
    "replace": "end", "repeal": "end", "amend": "amend", "supplement": "supplement", "suspend": "suspend",
}  # fmt: skip
_WORDS: Final = {
    "replace": "bị thay thế", "repeal": "bị bãi bỏ", "amend": "được sửa đổi, bổ sung", "supplement": "được bổ sung",
    "suspend": "bị ngưng hiệu lực",
}  # fmt: skip


@dataclass(slots=True)
class Facts:
    """What one text says, read once."""

    document: StoredDocument
    text: str
    amendments: tuple[Amendment, ...]
    effects: tuple[Effect, ...]

    @property
    def begins(self) -> tuple[dt.date | None, Effect | None]:
        """The day from which the whole text is in force, and the clause that says so."""
        for effect in self.effects:
            if effect.kind == "start" and effect.target is None and not effect.locators:
                return self.moment(effect, None), effect
        return None, None

    def moment(self, effect: Effect, own_start: dt.date | None) -> dt.date | None:
        """The day that a clause means."""
        anchors = {None: effect.date, "signing": self.document.header.date, "own_start": own_start}
        base = anchors.get(effect.anchor)
        return base + dt.timedelta(days=effect.days) if base else None

    def acts_from(self) -> tuple[dt.date | None, str]:
        """The day from which its acts on others hold, with a word where that day is only its date."""
        begins = self.begins[0]
        issued = self.document.header.date
        if begins:
            return begins, f"có hiệu lực từ {day(begins)}"
        return issued, f"ban hành {day(issued)}, không thấy ghi ngày có hiệu lực"


@dataclass(slots=True)
class Reader:
    """Reads texts of one store, each at most once."""

    store: Store
    _facts: dict[int, Facts] = field(default_factory=dict)

    def facts(self, document_id: int) -> Facts | None:
        """What a kept document says about force."""
        if document_id not in self._facts:
            document = self.store.document(document_id)
            if document is None:
                return None
            text = self.store.text(document_id)
            citations = [kept.citation for kept in self.store.citations(document_id)]
            self._facts[document_id] = Facts(
                document, text, find_amendments(text, citations, document.header),
                find_effects(text, citations, document.header),
            )  # fmt: skip
        return self._facts[document_id]

    def acts(self, subject: Subject) -> list[Act]:
        """Everything known, from every source."""
        return [*self._own(subject), *self._others(subject), *office_acts(self.office(subject))]

    def office(self, subject: Subject) -> list[OfficeRow]:
        """The office's rows about this document: the same symbol, and the same day where both are known."""
        if not subject.symbol:
            return []
        rows = self.store.office_rows(symbol_key(subject.symbol))
        return [row for row in rows if not (row.issued and subject.date and row.issued != subject.date)]

    def _own(self, subject: Subject) -> Iterator[Act]:
        document = subject.document
        facts = self.facts(document.id) if document else None
        if facts is None:
            return
        own = facts.begins[0]
        for effect in facts.effects:
            if effect.target is not None or effect.kind == "suspend":
                continue
            moment = facts.moment(effect, own)
            begins = effect.kind == "start"
            words = f"Văn bản ghi {'có hiệu lực từ' if begins else 'hết hiệu lực từ'} {day(moment)}"
            reason = _quoted(facts, "own_start" if begins else "own_end", words, effect.start, effect.end, moment)
            for locator in effect.locators or ((),):
                yield Act("start" if begins else "end", moment, reason, locator)

    def _others(self, subject: Subject) -> Iterator[Act]:
        citing: dict[int, list[Citation]] = {}
        for kept in self._citing(subject):
            citing.setdefault(kept.document_id, []).append(kept.citation)
        for document_id, citations in citing.items():
            if facts := self._telling(document_id, citations):
                names = {symbol_key(subject.symbol)} if subject.symbol else set()
                names |= {c.name.casefold() for c in citations if c.name}
                yield from _acts_of(facts, names)
                yield from _told(facts, citations)

    def _citing(self, subject: Subject) -> Iterator[StoredCitation]:
        if subject.document:
            yield from self.store.citing(subject.document.id)
        elif subject.symbol:
            for kept in self.store.cited_by(symbol_key(subject.symbol)):
                if not (subject.date and kept.citation.date and kept.citation.date != subject.date):
                    yield kept

    def _telling(self, document_id: int, citations: list[Citation]) -> Facts | None:
        """The facts of a citing text, if a citation in it can tell anything: most only refer."""
        text = None
        for citation in citations:
            if citation.relation in MODIFIES:
                return self.facts(document_id)
            text = self.store.text(document_id) if text is None else text
            line = text[text.rfind("\n", 0, citation.start) + 1 : citation.start]
            if _LABEL.fullmatch(line) and _LISTS.search(text):
                return self.facts(document_id)
            if _TOLD.match(text, citation.end) or _ENDS.search(text, citation.end, citation.end + 600):
                return self.facts(document_id)
        return None


def _acts_of(facts: Facts, names: set[str]) -> Iterator[Act]:
    """What a text does to the document of these names."""
    moment, since = facts.acts_from()
    by = _name(facts.document)
    for amendment in facts.amendments:
        if _is_meant(amendment.target, names):
            where = show_locator(amendment.locator)
            words = f"{where} {_WORDS[amendment.action]} bởi {by} ({since})".strip()
            words = words[:1].upper() + words[1:]
            reason = _quoted(facts, amendment.action, words, *amendment.clause, moment, (amendment.locator,))
            action = _ACTIONS[amendment.action]
            if amendment.action == "replace" and amendment.locator:
                action = "amend"  # an annex that takes the place of another: the place stays
            if action != "suspend":  # the effects below tell its days
                unknown = _SOMEWHERE if action == "amend" else ()
                yield Act(action, moment, reason, amendment.locator or unknown)
    for effect in facts.effects:
        if not _is_meant(effect.target, names):
            continue
        at = facts.moment(effect, moment)
        suspends = effect.kind == "suspend"
        words = f"{'Bị ngưng hiệu lực' if suspends else 'Hết hiệu lực'} từ {day(at)} theo {by}"
        reason = _quoted(facts, effect.kind, words, effect.start, effect.end, at, effect.locators)
        for locator in effect.locators or ((),):
            yield Act("suspend" if suspends else "end", at, reason, locator, effect.last)


def _is_meant(target: str | None, names: set[str]) -> bool:
    return target is not None and bool({symbol_key(target), target.casefold()} & names)


def _told(facts: Facts, citations: list[Citation]) -> Iterator[Act]:
    """What a third text tells in passing: "Nghị định số 45/2020/NĐ-CP (đã được thay thế bởi …)"."""
    issued = facts.document.header.date
    for citation in citations:
        match = _TOLD.match(facts.text, citation.end)
        if not match:
            continue
        amended = match["act"] == "sửa đổi"
        what = "hết hiệu lực" if match["ended"] else f"được {match['act']}"
        words = f"{_name(facts.document)} nêu văn bản này đã {what}; ngày cụ thể chưa rõ"
        end = min(match.end() + 160, len(facts.text))
        stop = re.search(r"[;.)\n]", facts.text[match.end() : end])
        reason = _quoted(facts, "told", words, citation.start, match.end() + stop.start() if stop else end, issued)
        yield Act("amend" if amended else "end", issued, reason, _SOMEWHERE if amended else ())


def office_acts(rows: list[OfficeRow]) -> Iterator[Act]:
    """What the newest row of the office's table says; older ones stay in the store as history."""
    for row in rows[:1]:
        origin = f"{row.source or 'không ghi nguồn'}; rà soát {day(row.checked_on)}; tệp {row.file}, dòng {row.row}"
        if row.effective:
            words = f"Bảng của cơ quan ghi có hiệu lực từ {day(row.effective)} ({origin})"
            yield Act("start", row.effective, Reason("office_start", words, row.effective, office=row))
        if row.expired:
            by = f", thay thế bởi {row.replaced_by}" if row.replaced_by else ""
            words = f"Bảng của cơ quan ghi hết hiệu lực từ {day(row.expired)}{by} ({origin})"
            yield Act("end", row.expired, Reason("office_end", words, row.expired, office=row))


def _quoted(
    facts: Facts,
    code: str,
    words: str,
    start: int,
    end: int,
    moment: dt.date | None,
    locators: tuple[Locator, ...] = (),
) -> Reason:
    quote = " ".join(facts.text[start:end].split())
    quote = quote if len(quote) <= _LONGEST_QUOTE else f"{quote[:_LONGEST_QUOTE]}…"
    return Reason(code, words, moment, facts.document, start, end, quote, tuple(p for p in locators if p))


def _name(document: StoredDocument) -> str:
    header = document.header
    return f"{header.kind or 'Văn bản'} {header.symbol or document.file}"

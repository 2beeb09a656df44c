"""Rà soát viện dẫn trong dự thảo: what a reader of a draft would send back, each with where it stands and why.

Unknown symbol, date or issuer that does not agree, a basis that is out of force on the day, a place that the cited
document does not have, one symbol with two dates. What the store does not know is told as unknown, not as wrong.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from corpus.model import Document, Node
from corpus.reader import read_bytes
from corpus.tree import build_tree
from nlp.model import Citation, Header, Locator
from nlp.pipeline import extract
from nlp.symbols import loose_keys, symbol_key
from service.errors import InvalidInput, Refused, TooLarge
from service.index.asking import find_place
from service.index.ports import Query
from service.ports import Ports
from service.records import StoredCitation, StoredDocument
from service.validity import Validity, on_document, on_subject, show_locator
from service.validity.evidence import Reader
from service.validity.model import Subject

Json = dict[str, Any]
Severity = Literal["error", "warning", "info"]
MAX_CHARS: Final = 2_000_000
_YEAR: Final = re.compile(r"/((?:19|20)\d\d)/")
_ORDER: Final = {"error": 0, "warning": 1, "info": 2}
_RELIES: Final = frozenset({"basis", "implements", "per", "details", "guides"})
"""Relations that need the cited document to be in force; who repeals or recalls a text may cite it after its end."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark. ``documents`` are the documents of the store that it speaks of."""

    code: str
    severity: Severity
    text: str
    citation: Citation
    documents: tuple[int, ...] = ()
    validity: Validity | None = None

    def to_json(self) -> Json:
        """For the API and the command line."""
        c = self.citation
        return {
            "code": self.code,
            "severity": self.severity,
            "text": self.text,
            "citation": {"text": c.text, "start": c.start, "end": c.end, "symbol": c.symbol, "relation": c.relation},
            "documents": list(self.documents),
            "validity": self.validity.to_json() if self.validity else None,
        }


@dataclass(frozen=True, slots=True)
class Checked:
    """A draft with its remarks, in the order of the text."""

    document: Document
    header: Header
    on: dt.date
    citations: tuple[StoredCitation, ...]
    findings: tuple[Finding, ...]

    def to_json(self) -> Json:
        """For the API."""
        return {
            "on": self.on.isoformat(),
            "citations": len(self.citations),
            "findings": [finding.to_json() for finding in self.findings],
        }


def check_text(app: Ports, text: str, on: dt.date) -> Checked:
    """A pasted draft."""
    if not text.strip():
        raise InvalidInput("Cần có nội dung dự thảo")
    if len(text) > MAX_CHARS:
        raise TooLarge(f"Dự thảo dài quá {MAX_CHARS} ký tự")
    return check_document(app, read_bytes(text.encode("utf-8", "replace"), "du-thao.txt"), on)


def check_document(app: Ports, document: Document, on: dt.date) -> Checked:
    """A draft that was read from a file."""
    if document.status == "failed":
        problem = document.problems[0].message if document.problems else "Chưa đọc được tệp này"
        secret = any(problem.code == "secret" for problem in document.problems)
        raise Refused(problem) if secret else InvalidInput(problem)
    facts = extract(document)
    own = facts.header.symbol
    cited = [c for c in facts.citations if not (own and c.symbol == own)]  # annexes name the draft itself
    resolved = tuple(app.store.resolve(cited, facts.header))
    checker = _Checker(app, on, facts.header, resolved)
    findings = sorted(checker.findings(), key=lambda f: (f.citation.start, _ORDER[f.severity]))
    return Checked(document, facts.header, on, resolved, tuple(findings))


@dataclass(slots=True)
class _Checker:
    """One draft; texts, trees and judgements are looked up once."""

    app: Ports
    on: dt.date
    header: Header
    resolved: Sequence[StoredCitation]
    reader: Reader = field(init=False)
    trees: dict[int, list[Node]] = field(default_factory=dict)
    judged: dict[tuple[str, Locator], Validity | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.reader = Reader(self.app.store)

    def findings(self) -> Iterator[Finding]:
        """All remarks."""
        dates = self._dates()
        for kept in self.resolved:
            document = self.app.store.document(kept.resolved[0]) if kept.resolved else None
            yield from _own_contradictions(kept.citation, dates)
            yield from self._identity(kept, document)
            yield from self._force(kept, document)
            if document is not None and "ambiguous" not in kept.flags:
                yield from self._places(kept.citation, document)

    def _dates(self) -> dict[str, set[dt.date]]:
        """The dates that the draft gives to each symbol."""
        dates: dict[str, set[dt.date]] = {}
        for kept in self.resolved:
            c = kept.citation
            if c.symbol and c.date:
                dates.setdefault(symbol_key(c.symbol), set()).add(c.date)
        return dates

    # --- which document

    def _identity(self, kept: StoredCitation, document: StoredDocument | None) -> Iterator[Finding]:
        c = kept.citation
        if "damaged" in c.flags:
            words = f"Số, ký hiệu in lỗi, đọc là {c.symbol}"
            yield Finding("damaged", "warning", words, c)
        if document is None:
            yield self._unknown(c)
            return
        if "ambiguous" in kept.flags:
            words = "Có nhiều văn bản trùng số, ký hiệu – đề nghị ghi thêm ngày, cơ quan ban hành"
            yield Finding("ambiguous", "warning", words, c, kept.resolved)
            return
        h, mine = document.header, (document.id,)
        if "date_conflict" in kept.flags and c.date and h.date:
            words = f"Ngày ghi không khớp (ghi {c.date:%d/%m/%Y}, văn bản gốc {h.date:%d/%m/%Y})"
            yield Finding("date_conflict", "error", words, c, mine)
        if "issuer_conflict" in kept.flags:
            words = f"Cơ quan ban hành ghi không khớp (ghi {c.issuer}, văn bản gốc {h.issuer})"
            yield Finding("issuer_conflict", "error", words, c, mine)
        if "kind_conflict" in kept.flags:
            words = f"Tên loại văn bản ghi không khớp (ghi {c.kind}, văn bản gốc {h.kind})"
            yield Finding("kind_conflict", "error", words, c, mine)
        if "title_conflict" in kept.flags:
            yield Finding("title_conflict", "warning", f"Trích yếu ghi không khớp (văn bản gốc: {h.title})", c, mine)

    def _unknown(self, c: Citation) -> Finding:
        """Not in the store: perhaps mistyped, so documents with the same number are named."""
        near = self._near(c) if c.symbol else []
        if near:
            names = ", ".join(f"{d.header.kind or ''} {d.header.symbol}".strip() for d in near)
            words = f"Chưa xác định được văn bản; trong kho có số gần giống: {names}"
            return Finding("unknown_symbol", "warning", words, c, tuple(d.id for d in near))
        return Finding("unknown_symbol", "info", "Chưa xác định được văn bản (chưa có trong kho)", c)

    def _near(self, c: Citation) -> list[StoredDocument]:
        """Documents that bear the same number and year, or the same number and letters."""
        keys = [key for key in loose_keys(c.symbol or "") if _telling(key)]
        hits = self.app.index.search(Query(kind="document", symbols=tuple(keys), limit=3)) if keys else []
        found = [self.app.store.document(hit.document_id) for hit in hits]
        return [d for d in found if d is not None and d.header.symbol != self.header.symbol]

    # --- force

    def _force(self, kept: StoredCitation, document: StoredDocument | None) -> Iterator[Finding]:
        c = kept.citation
        if "ambiguous" in kept.flags or c.agent or c.relation not in (*_RELIES, "refers", "attached_to"):
            return
        for locator in c.locators or ((),):
            found = self._judge(c, document, locator)
            if found is not None and (remark := _remark(c, found)):
                yield remark

    def _judge(self, c: Citation, document: StoredDocument | None, locator: Locator) -> Validity | None:
        key = (f"#{document.id}" if document else symbol_key(c.symbol) if c.symbol else "", locator)
        if not key[0]:
            return None
        if key not in self.judged:
            if document is not None:
                self.judged[key] = on_document(self.app.store, document, self.on, locator, reader=self.reader)
            else:
                subject = Subject(c.symbol, c.date)
                self.judged[key] = on_subject(subject, self.on, locator, reader=self.reader)
        return self.judged[key]

    # --- places

    def _places(self, c: Citation, document: StoredDocument) -> Iterator[Finding]:
        tree = self._tree(document)
        if not any(node.level == "Điều" for node in tree) or document.status != "ok":
            return
        for locator in c.locators:
            if not any(step.startswith("Điều ") for step in locator) or self._added(document, locator):
                continue
            for size in range(1, len(locator) + 1):
                place = [tuple(step.rsplit(" ", 1)) for step in locator[:size]]
                if find_place(tree, place) is None:  # type: ignore[arg-type]
                    yield self._beyond(c, document, locator[:size], tree)
                    break

    def _beyond(self, c: Citation, document: StoredDocument, locator: Locator, tree: list[Node]) -> Finding:
        name = f"{document.header.kind or 'Văn bản'} {document.header.symbol or document.file}"
        words = f"Không thấy {show_locator(locator)} trong {name}"
        if locator[-1].startswith("Điều "):
            articles = [node.label for node in tree if node.level == "Điều"]
            words += f" (văn bản có {articles[0]} đến {articles[-1]})"
        return Finding("locator_beyond", "error", words, c, (document.id,))

    def _added(self, document: StoredDocument, locator: Locator) -> bool:
        """Whether a place that the text does not have was added to it by another."""
        found = on_document(self.app.store, document, self.on, locator, reader=self.reader)
        return any(reason.code == "supplement" for reason in found.reasons)

    def _tree(self, document: StoredDocument) -> list[Node]:
        if document.id not in self.trees:
            self.trees[document.id] = build_tree(self.app.store.layout(document.id))
        return self.trees[document.id]


def _telling(key: str) -> bool:
    """Keys that say more than a number and its kind: number and year, or number, kind and agency."""
    code, _, year, agency = key.split(".")
    return bool(year) or bool(code and agency)


def _own_contradictions(c: Citation, dates: dict[str, set[dt.date]]) -> Iterator[Finding]:
    """What the draft itself shows, without any store."""
    year = _YEAR.search(c.symbol or "")
    if year and c.date and c.date.year != int(year[1]):
        words = f"Ngày ghi không khớp với năm trong số, ký hiệu (ghi {c.date:%d/%m/%Y}, số, ký hiệu {c.symbol})"
        yield Finding("year_conflict", "error", words, c)
    said = dates.get(symbol_key(c.symbol), set()) if c.symbol and c.date else set()
    if len(said) > 1 and not any(str(day.year) in (c.symbol or "") for day in said):
        return  # numbers of individual acts restart every year: two dates may be two documents
    if len(said) > 1:
        shown = ", ".join(f"{day:%d/%m/%Y}" for day in sorted(said))
        yield Finding("two_dates", "warning", f"Dự thảo ghi nhiều ngày khác nhau cho {c.symbol}: {shown}", c)


def _remark(c: Citation, found: Validity) -> Finding | None:
    """What force on the day means for a draft that relies on the document."""
    where = f"{show_locator(found.locator)} " if found.locator else ""
    reason = f": {found.reasons[0].text}" if found.reasons else ""
    on = f"tại ngày {found.on:%d/%m/%Y}"
    basis = "Căn cứ" if c.relation == "basis" else "Văn bản được viện dẫn"
    severity: Severity = "error" if c.relation in _RELIES else "warning"
    if found.status == "ended":
        return Finding("ended", severity, f"{basis} {where}hết hiệu lực {on}{reason}", c, found.documents, found)
    if found.status == "suspended":
        return Finding(
            "suspended", severity, f"{basis} {where}đang ngưng hiệu lực {on}{reason}", c, found.documents, found
        )
    if found.status == "not_yet":
        return Finding("not_yet", "warning", f"{basis} {where}chưa có hiệu lực {on}{reason}", c, found.documents, found)
    if found.status == "partly_ended":
        words = f"{basis} {where}hết hiệu lực một phần {on}; đề nghị rà soát điều, khoản được viện dẫn{reason}"
        return Finding("partly_ended", "info", words, c, found.documents, found)
    return None

"""A document with its citations marked, as a page that stands alone (HTML) and as Akoma Ntoso 3.0 with ``<ref href>``.

The page needs no network and no script: every citation leads to the list of cited documents at its end, and back.
Identifiers follow the Akoma Ntoso Naming Convention 1.0: ``/akn/vn/act/nghi-dinh/2020/45-2020-nd-cp/!main~art_5``.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from html import escape as html_escape
from typing import Final
from xml.sax.saxutils import escape as xml_escape
from xml.sax.saxutils import quoteattr

from corpus.model import Block, Document, Table
from corpus.text import no_marks, xml_safe
from nlp.model import Citation, Header, Locator

RELATION: Final = {
    "basis": "căn cứ",
    "implements": "triển khai thực hiện",
    "per": "theo",
    "amends": "sửa đổi, bổ sung",
    "supplements": "bổ sung",
    "replaces": "thay thế",
    "repeals": "bãi bỏ",
    "details": "quy định chi tiết",
    "guides": "hướng dẫn",
    "consolidates": "hợp nhất",
    "corrects": "đính chính",
    "suspends": "ngưng hiệu lực",
    "attached_to": "ban hành kèm theo",
    "follows_up": "tiếp theo",
    "answers": "trả lời",
    "proposed_by": "theo đề nghị tại",
    "history": "lịch sử sửa đổi",
    "refers": "viện dẫn",
}
"""What a text does to the document that it cites, in officers' words."""
_LAWS: Final = frozenset({
    "Hiến pháp", "Bộ luật", "Luật", "Pháp lệnh", "Lệnh", "Nghị quyết", "Nghị định", "Quyết định", "Thông tư",
    "Thông tư liên tịch", "Nghị quyết liên tịch",
})  # fmt: skip
_STEPS: Final = {
    "Phần": "part", "Chương": "chp", "Mục": "sec", "Tiểu mục": "subsec", "Điều": "art", "khoản": "para",
    "điểm": "point", "Phụ lục": "att",
}  # fmt: skip
_SLUG: Final = re.compile(r"[^a-z0-9]+")
Paint = Callable[[str, int, Citation], str]


def slug(text: str) -> str:
    """Letters without marks, digits and hyphens."""
    return _SLUG.sub("-", no_marks(text)).strip("-")


def iri(symbol: str | None, kind: str | None, date: dt.date | None, name: str | None = None) -> str:
    """The work's identifier; a document without a symbol is named by its name."""
    year = re.search(r"/((?:19|20)\d\d)/", symbol or "")
    when = date.isoformat() if date else year[1] if year else "nodate"
    sort = "act" if kind in _LAWS or (kind is None and year) else "doc"
    return f"/akn/vn/{sort}/{slug(kind or 'van-ban')}/{when}/{slug(symbol or name or 'khong-so')}"


def fragment(locator: Locator) -> str:
    """``art_5__para_2__point_a``; chapters are left out where an article is named, as articles run through a text."""
    article = next((i for i, step in enumerate(locator) if step.startswith("Điều ")), 0)
    steps = (step.rsplit(" ", 1) for step in locator[article:] if " " in step)
    return "__".join(f"{_STEPS.get(level, slug(level))}_{slug(item) if item != 'đ' else 'dd'}" for level, item in steps)


def href(citation: Citation) -> str:
    """Where a citation points: the work, and the place in it where one place is named."""
    work = iri(citation.symbol, citation.kind, citation.date, citation.name or citation.text)
    return f"{work}/!main~{fragment(citation.locators[0])}" if len(citation.locators) == 1 else work


# --- the page

_STYLE: Final = """
body{font:1.05rem/1.55 "Times New Roman","Liberation Serif",serif;color:#1d2329}
body{max-width:52rem;margin:2rem auto;padding:0 1rem}h2{font-size:1.2rem}
table{border-collapse:collapse;width:100%;margin:.75rem 0}
td{border:1px solid #8a8f94;padding:.3rem .5rem;vertical-align:top}
a.vd{background:#fdf3d7;color:inherit;text-decoration:none;border-bottom:2px solid #b98900}
:target{outline:3px solid #e8b04a}
.danh-sach{font:.92rem "Segoe UI","Noto Sans","Liberation Sans",sans-serif;border-top:1px solid #8a8f94;margin-top:2rem}
.danh-sach li{margin-bottom:.6rem}.nho{color:#56616c}.giua{text-align:center}.dam{font-weight:700}
@media print{a.vd{background:none}}
"""


def to_html(document: Document, header: Header, citations: Sequence[Citation]) -> str:
    """The page."""
    numbers = _numbers(citations)
    title = html_escape(f"{header.kind or ''} {header.symbol or _file(document)}".strip())

    def paint(text: str, place: int, citation: Citation) -> str:
        told = html_escape(f"{RELATION[citation.relation]}; {_work_name(citation)}")
        anchor = f' id="vd-{place}"' if place >= 0 else ""
        target = f"#vb-{numbers[_work(citation)]}"
        return f'<a class="vd"{anchor} href="{target}" title="{told}">{html_escape(text)}</a>'

    blocks = "\n".join(_html_block(document, block, citations, paint) for block in _blocks(document))
    return (
        '<!doctype html>\n<html lang="vi"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title} – văn bản có đánh dấu viện dẫn</title><style>{_STYLE}</style></head><body>\n"
        f"<main>\n{blocks}\n</main>\n"
        f"{_html_list(citations, numbers)}\n</body></html>\n"
    )


def _numbers(citations: Sequence[Citation]) -> dict[str, int]:
    return {work: n for n, work in enumerate(dict.fromkeys(_work(c) for c in citations), 1)}


def _work(citation: Citation) -> str:
    """What tells one cited document from another."""
    return citation.symbol or (citation.name or citation.text).casefold()


def _work_name(citation: Citation) -> str:
    return f"{citation.kind or ''} {citation.symbol or citation.name or citation.text}".strip()


def _html_list(citations: Sequence[Citation], numbers: dict[str, int]) -> str:
    items = []
    for work, number in numbers.items():
        mentions = [(i, c) for i, c in enumerate(citations) if _work(c) == work]
        first = next((c for _, c in mentions if c.date), mentions[0][1])
        when = f", ngày {first.date:%d/%m/%Y}" if first.date else ""
        issuer = f", {html_escape(first.issuer)}" if first.issuer else ""
        relations = ", ".join(dict.fromkeys(RELATION[c.relation] for _, c in mentions))
        back = " ".join(f'<a href="#vd-{i}">{n}</a>' for n, (i, _) in enumerate(mentions, 1))
        work_iri = html_escape(iri(first.symbol, first.kind, first.date, first.name or first.text))
        items.append(
            f'<li id="vb-{number}"><b>{html_escape(_work_name(first))}</b>{when}{issuer}<br>'
            f'<span class="nho">{html_escape(relations)}; nêu tại: {back}; {work_iri}</span></li>'
        )
    listed = f"<ol>{''.join(items)}</ol>" if items else "<p>Văn bản không viện dẫn văn bản nào.</p>"
    return f'<section class="danh-sach"><h2>Văn bản được viện dẫn</h2>{listed}</section>'


def _html_block(document: Document, block: Block, citations: Sequence[Citation], paint: Paint) -> str:
    if block.table is not None:
        rows = (
            "".join(f"<td>{_painted(document.text, a, b, citations, paint, html_escape)}</td>" for a, b in row)
            for row in _cells(document.tables[block.table])
        )
        return f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"
    names = [name for name, on in (("giua", block.centred), ("dam", block.bold)) if on]
    css = f' class="{" ".join(names)}"' if names else ""
    return f"<p{css}>{_painted(document.text, block.start, block.end, citations, paint, html_escape)}</p>"


# --- Akoma Ntoso

_NS: Final = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
_US: Final = "#dondoc"


def to_akn(document: Document, header: Header, citations: Sequence[Citation], *, on: dt.date) -> str:
    """The document as ``<doc>`` of Akoma Ntoso 3.0; ``on`` is the day of this markup."""

    def paint(text: str, _place: int, citation: Citation) -> str:
        return f"<ref href={quoteattr(href(citation))}>{_xml(text)}</ref>"

    body = "\n".join(_akn_block(document, block, citations, paint) for block in _blocks(document))
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<akomaNtoso xmlns="{_NS}">\n'
        f"<doc name={quoteattr(slug(header.kind or 'van-ban'))}>\n{_meta(header, document, on)}\n"
        f"<mainBody>\n{body}\n</mainBody>\n</doc>\n</akomaNtoso>\n"
    )


def _meta(header: Header, document: Document, on: dt.date) -> str:
    work = iri(header.symbol, header.kind, header.date, _file(document))
    issued = (header.date or on).isoformat()
    issuer = slug(header.issuer or "chua-ro")
    levels = (
        ("FRBRWork", work, issued, f"#{issuer}", '<FRBRcountry value="vn"/>'),
        ("FRBRExpression", f"{work}/vie@", issued, f"#{issuer}", '<FRBRlanguage language="vie"/>'),
        ("FRBRManifestation", f"{work}/vie@.akn", on.isoformat(), _US, '<FRBRformat value="application/akn+xml"/>'),
    )
    identified = "".join(
        f"<{level}><FRBRthis value={quoteattr(f'{uri}/!main')}/><FRBRuri value={quoteattr(uri)}/>"
        f'<FRBRdate date="{when}" name={quoteattr("markup" if author == _US else "issued")}/>'
        f"<FRBRauthor href={quoteattr(author)}/>{more}</{level}>\n"
        for level, uri, when, author, more in levels
    )
    organisations = (
        f"<TLCOrganization eId={quoteattr(issuer)} href={quoteattr(f'/akn/ontology/organization/vn/{issuer}')} "
        f"showAs={quoteattr(xml_safe(header.issuer or 'chưa rõ'))}/>"
        '<TLCOrganization eId="dondoc" href="/akn/ontology/organization/vn/dondoc" showAs="Đôn đốc"/>'
    )
    return (
        f'<meta>\n<identification source="{_US}">\n{identified}</identification>\n'
        f'<references source="{_US}">{organisations}</references>\n</meta>'
    )


def _akn_block(document: Document, block: Block, citations: Sequence[Citation], paint: Paint) -> str:
    if block.table is not None:
        rows = (
            "".join(f"<td><p>{_painted(document.text, a, b, citations, paint, _xml)}</p></td>" for a, b in row)
            for row in _cells(document.tables[block.table])
        )
        return f"<table>{''.join(f'<tr>{row}</tr>' for row in rows if row)}</table>"
    return f"<p>{_painted(document.text, block.start, block.end, citations, paint, _xml)}</p>"


def _xml(text: str) -> str:
    return xml_escape(xml_safe(text))


# --- both


def _blocks(document: Document) -> Iterator[Block]:
    """The blocks, or the lines of a document that has none."""
    if document.blocks:
        yield from document.blocks
        return
    for match in re.finditer(r"[^\n]+", document.text):
        yield Block("paragraph", match.start(), match.end())


def _cells(table: Table) -> Iterator[list[tuple[int, int]]]:
    """The cells of each row; a cell that repeats a merged one is empty."""
    for row in table.rows:
        yield [(cell.start, cell.start if cell.merged else cell.end) for cell in row.cells]


def _painted(
    text: str, start: int, end: int, citations: Sequence[Citation], paint: Paint, plain: Callable[[str], str]
) -> str:
    """A stretch of text with the parts of citations in it painted; a citation over two blocks is painted in both."""
    pieces, at = [], start
    for place, citation in _within(citations, start, end):
        a, b = max(citation.start, at), min(citation.end, end)
        if a < b:
            pieces += [plain(text[at:a]), paint(text[a:b], place if a == citation.start else -1, citation)]
            at = b
    return "".join([*pieces, plain(text[at:end])])


def _within(citations: Sequence[Citation], start: int, end: int) -> Iterator[tuple[int, Citation]]:
    """Citations that overlap a stretch, with their places in the list; the list is in the order of the text."""
    first = bisect_left(citations, start, key=lambda c: c.end)
    for place in range(first, len(citations)):
        if citations[place].start >= end:
            return
        yield place, citations[place]


def _file(document: Document) -> str:
    return document.file.replace("\\", "/").rsplit("/", 1)[-1]

"""Who issued a text, under which number, when, and about what: the header of a State or Party document.

NĐ 30/2020 Điều 8 and Phụ lục I; HD 36-HD/VPTW. Only the first document of a file is read; a page without a header
(an article, an encyclopaedia page, an annex by itself) gives an empty one.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from typing import Final

from corpus.model import Document
from corpus.text import fold, one_to_one
from nlp.header_body import find_recipients, find_signers
from nlp.header_issuer import bodies_of, joint_bodies, sentence_case, with_superior
from nlp.header_text import BANNER, MOTTO, RULE, Top, is_caps, top_of
from nlp.header_title import find_kind, letter_title, title_after
from nlp.model import Header, System
from nlp.symbols import find_symbols

__all__ = ["read_header"]

_NUMBER: Final = re.compile(
    r"(?:(?<!\w)(?P<law>Luật|Bộ luật|Pháp lệnh|Nghị quyết|"
    r"Lệnh)\s+)?(?<!\w)[Ss]ố\s*[:.]?\s*(?=(?P<lead>[\d…._ /]{1,20})[\w\s/.&-]{2,90})"
)
_DATE: Final = re.compile(
    r"(?:(?P<place>[A-ZĐÀ-Ỹ][^\n,;:.]{1,40}),\s*)?[Nn]gày\s+(?P<d>\d{1,2})\s+tháng\s+(?P<m>\d{1,2})\s+năm\s+(?P<y>\d\s*\d\s*\d\s*\d)(?!\d)"
)
_EMPTY_DATE: Final = re.compile(r"(?:[A-ZĐÀ-Ỹ][^\n,;:.]{1,40},\s*)?[Nn]gày\s*[….\d\s]*tháng\s*[….\d\s]*năm\s*[….\d]*")
_PASSED: Final = re.compile(
    r"(?:Luật|Nghị\s+quyết|"
    r"Pháp\s+lệnh)\s+này\s+(?:đã\s+)?được\s+[^.;]{10,220}?thông\s+qua\s+ngày\s+(?P<d>\d{1,2})\s+tháng\s+(?P<m>\d{1,2})\s+năm\s+(?P<y>\d{4})"
)
_MERGED: Final = re.compile(r"Số\s*:\s*(?P<symbol>\d+/(?:\d{4}/)?(?:VBHN|HNVB)-[\wĐ&-]+)")
_URGENT: Final = re.compile(r"^(HỎA TỐC|THƯỢNG KHẨN|KHẨN)(?:\s+HẸN GIỜ)?\W*$")
_SECRET: Final = re.compile(r"^(TUYỆT MẬT|TỐI MẬT|MẬT)\W*$")
_LOOSE: Final = re.compile(r"(?m)^\s*(?:Luật\s+)?[Ss]ố\s*[:.]?\s*\d+[^\n]{0,20}[/-]")
_BEFORE: Final = 900
_AFTER: Final = 2_500


def read_header(document: Document) -> Header:
    """The header of the first document in a file; all null where there is none."""
    return header_of(document.text)


def header_of(text: str) -> Header:
    """As :func:`read_header`, for a text without layout."""
    top = top_of(text)
    at = top.banner if top.banner >= 0 else _without_banner(top.text)
    if at < 0 or _inside_annex(top.text[:at]):
        return Header()
    return _read(text, top, at)


def _without_banner(clean: str) -> int:
    """A header whose right column is lost: a number line near the top and a kind, a date or an address below it."""
    number = _LOOSE.search(clean[:1_500])
    if not number:
        return -1
    below = clean[number.end() : number.end() + 800]
    return number.start() if _DATE.search(below) or "Kính gửi" in below or find_kind(below.split("\n")) else -1


_ANNEX: Final = re.compile(r"(?m)^\s*(?:PHỤ LỤC|Phụ lục|MẪU|Mẫu|BIỂU|Biểu)(?:\s+(?:SỐ|số|[IVX\d]+)|\s*$)")


def _inside_annex(before: str) -> bool:
    """A form inside an annex prints a header of its own."""
    return bool(_ANNEX.search(before))


def _read(text: str, top: Top, at: int) -> Header:
    region = top.text[_block_start(top.text, at) : at + _AFTER]
    lines = region.split("\n")
    first = next((i for i, line in enumerate(lines) if MOTTO in line or BANNER in line), 0)
    kind = find_kind(lines, first)
    end = kind.line if kind else _letter_end(lines)
    head = "\n".join(lines[:end])
    symbol, rest = _take_symbol(head)
    date, rest = _take_date(rest)
    title = title_after(lines, kind) if kind else letter_title(rest)
    bodies = bodies_of([line for line in rest.split("\n") if not line.strip().startswith("V/v")])
    if not bodies and kind:
        bodies = bodies_of(_issuer_below(lines, kind.line))
    merged = None if symbol else _merged(text)
    letter = "Kính gửi" in region
    if not symbol and not merged and not (bodies and (date or kind or letter)):
        return Header()
    name = kind.name if kind else ("Công văn" if letter else None)
    return _finish(
        text,
        Header(symbol=symbol, kind=name, date=date, title=title, system=_system(top, symbol)),
        bodies,
        lines[:end],
        merged,
    )


def _block_start(clean: str, at: int) -> int:
    """Where the left column may begin: the lines in capitals, the number and the stamps just before the banner."""
    start = at
    for match in reversed(list(re.finditer(r"[^\n]*\n", clean[max(0, at - _BEFORE) : at]))):
        line = match[0].strip()
        ok = (
            not line
            or is_caps(line)
            or line.startswith(("Số", "V/v", "Luật số", "Nghị quyết số", RULE))
            or _DATE.match(line)
            or len(line) < 2
        )
        if not ok:
            break
        start = max(0, at - _BEFORE) + match.start()
    return start


def _letter_end(lines: list[str]) -> int:
    for place, line in enumerate(lines):
        if re.match(r"\s*(?:Kính\s+gửi|Căn\s+cứ|Thực\s+hiện|Điều\s+1)", line):
            return place
    return min(len(lines), 40)


def _take_symbol(head: str) -> tuple[str | None, str]:
    """The symbol of the number line, and the header without that line."""
    for match in _NUMBER.finditer(head):
        snippet = head[match.end() : match.end() + 120]
        hit = next((hit for hit in find_symbols(snippet) if hit.start <= 2), None)
        if hit:
            return hit.symbol.canonical, head[: match.start()] + "\n" + snippet[hit.end :] + head[match.end() + 120 :]
        if re.match(r"[\s….]*/", snippet):
            line_end = head.find("\n", match.end())
            return None, head[: match.start()] + "\n" + (head[line_end:] if line_end >= 0 else "")
    return None, head


def _take_date(head: str) -> tuple[dt.date | None, str]:
    match = _DATE.search(head)
    if not match:
        return None, _EMPTY_DATE.sub("\n", head)
    return _date(match), head[: match.start()] + "\n" + head[match.end() :]


def _date(match: re.Match[str]) -> dt.date | None:
    try:
        return dt.date(int("".join(match["y"].split())), int(match["m"]), int(match["d"]))
    except ValueError:
        return None


def _issuer_below(lines: list[str], kind: int) -> list[str]:
    """A lost left column: the body in capitals between title and "Căn cứ"."""
    for place in range(kind + 1, min(len(lines), kind + 30)):
        if re.match(r"\s*[-–]?\s*Căn\s+cứ", lines[place]):
            caps = [line for line in lines[max(kind + 1, place - 4) : place] if is_caps(line)]
            return caps[-2:]
    return []


def _system(top: Top, symbol: str | None) -> System | None:
    if top.system:
        return top.system
    return "party" if symbol and re.match(r"\d+[a-z]?-", symbol) else "state"


@cache
def _issuer_by_agency() -> dict[str, str]:
    return {
        "QH": "Quốc hội",
        "UBTVQH": "Ủy ban Thường vụ Quốc hội",
        "CP": "Chính phủ",
        "TTg": "Thủ tướng Chính phủ",
        "CTN": "Chủ tịch nước",
    }


def _finish(text: str, header: Header, bodies: list[str], head: list[str], merged: re.Match[str] | None) -> Header:
    if merged:
        header = merged_header(text, header, merged)
        bodies = bodies or bodies_of(text[max(0, merged.start() - 200) : merged.start()].split("\n"))
    issuers = _issuers(bodies, header)
    date = header.date or _closing_date(text, header.symbol)
    stamps = [line.strip() for line in head]
    return Header(
        symbol=header.symbol,
        kind=_kind(header),
        issuer=issuers[0] if issuers else None,
        issuers=tuple(issuers),
        date=date,
        title=header.title,
        signers=find_signers(text),
        recipients=find_recipients(text),
        system=header.system,
        urgency=_stamp(_URGENT, stamps),
        secrecy=_stamp(_SECRET, stamps),
    )


_SIGNED: Final = re.compile(
    r"(?m)^[^\w\n]*[A-ZĐÀ-Ỹ][^\n,;:.]{1,30},\s*ngày\s+(?P<d>\d{1,2})\s+tháng\s+(?P<m>\d{1,2})\s+năm\s+(?P<y>\d{4})\W*$"
)


def _closing_date(text: str, symbol: str | None) -> dt.date | None:
    """Acts of the assemblies are dated where they tell their passing; some others beside the signature."""
    if not symbol:
        return None
    clean = re.sub(r"\*+", "", text)
    match = _PASSED.search(clean) if re.search(r"QH\d*$|HĐND", symbol) else None
    match = match or _SIGNED.search(clean)
    return _date(match) if match else None


def _stamp(pattern: re.Pattern[str], lines: list[str]) -> str | None:
    found = next((match[1] for line in lines if (match := pattern.match(line))), None)
    return found.capitalize() if found else None


def _kind(header: Header) -> str | None:
    """A merged text is printed under its base act's kind; its own kind is in its symbol."""
    if header.symbol and re.search(r"VBHN|HNVB", header.symbol):
        return "Văn bản hợp nhất"
    return header.kind


def _issuers(bodies: list[str], header: Header) -> list[str]:
    if not bodies:
        agency = re.search(r"[/-](UBTVQH|QH|CP|TTg|CTN)\d*$", header.symbol or "")
        return [_issuer_by_agency()[agency[1]]] if agency else []
    joint = joint_bodies(bodies[-1]) if len(bodies) == 1 else bodies
    if len(bodies) == 1 or (header.kind or "").endswith("liên tịch"):
        return [sentence_case(fold(body)) for body in joint]
    return [sentence_case(with_superior(bodies))]


def _merged(text: str) -> re.Match[str] | None:
    return _MERGED.search(one_to_one(text))


def merged_header(text: str, header: Header, merged: re.Match[str]) -> Header:
    """A merged text (VBHN) carries its number and date at its end, beside the certification."""
    near = one_to_one(text)[merged.start() : merged.end() + 300]
    date = _DATE.search(near)
    return Header(
        symbol=merged["symbol"],
        kind=header.kind,
        date=_date(date) if date else header.date,
        title=header.title,
        system=header.system,
    )

"""Whether a text is a report, who reports, and which documents it says it answers.

A báo cáo by kind; or a letter or annex whose opening says "…, <unit> báo cáo kết quả … như sau". A directive that asks
for reports ("đề nghị các đơn vị báo cáo …") is none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from corpus.model import Document
from corpus.text import canonical_tones, fold, one_to_one
from nlp.model import Citation, Header
from nlp.unit_keys import same_unit
from nlp.unit_mentions import find_units

_SPEAKS: Final = re.compile(
    r"(?:xin\s+)?(?:kính\s+)?(?:trân\s+trọng\s+)?(?:tổng\s+hợp,?\s+)?báo\s+cáo(?!\s+(?:số|về\s+(?:UBND|Bộ|"
    r"Sở)))(?:[^.;\n]{0,300}?(?:như\s+sau|cụ\s+thể|dưới\s+đây)|[^.;\n:]{0,200}:(?=[ \t]*(?:\n|$)))",
    re.IGNORECASE,
)
_ASKS: Final = re.compile(
    r"(?<!theo )(?<!Theo )(?<!sự )(?<!hiện )(?<!kiến )(?<!được )(?:[Đđ]ề\s+nghị|[Yy]êu\s+cầu|[Gg]iao|chỉ\s+đạo|"
    r"[Pp]hân\s+công|hướng\s+dẫn)"
    r"(?!\s+(?:của|tại|số|kết|nêu|trên))[^.;:]{0,110}$"
)
"""Asking others, case kept: "Ban Chỉ đạo" and "theo yêu cầu của" ask nobody."""
_NEVER: Final = frozenset({
    "Nghị quyết", "Nghị định", "Quyết định", "Chỉ thị", "Kế hoạch", "Chương trình", "Thông tư", "Thông tư liên tịch",
    "Luật", "Bộ luật", "Pháp lệnh", "Công điện", "Tờ trình", "Quy chế", "Quy định", "Hướng dẫn", "Đề án",
    "Văn bản hợp nhất", "Chương trình hành động", "Kết luận", "Thông báo", "Thông tri", "Phương án", "Dự án",
    "Quy trình", "Giấy mời", "Hiến pháp", "Điều lệ",
})  # fmt: skip
"""Kinds that assign or inform: a sentence of theirs about reports makes them none."""
_CLOSES: Final = re.compile(
    r"Trên đây là (?:nội dung |toàn bộ )?(?:báo cáo|kết quả|tình hình)|[Kk]ính báo cáo", re.IGNORECASE
)
_TITLE: Final = re.compile(r"^\W*BÁO CÁO\W*$", re.MULTILINE)
"""The kind alone on its line, above the opening: a village's report without number and register."""
_OPENING_REACH: Final = 6_000
_DUTY: Final = frozenset({"implements", "answers", "follows_up"})


@dataclass(frozen=True, slots=True)
class Opening:
    """The duty sentence: from the end of the title to "báo cáo … như sau", and where its subject stands."""

    start: int
    speaks: int
    end: int


def find_opening(text: str) -> Opening | None:
    """The first sentence in which the text's author reports, not one that asks others to."""
    head = canonical_tones(one_to_one(text[:_OPENING_REACH]))
    for match in _SPEAKS.finditer(head):
        start = _sentence_start(head, match.start())
        if not _ASKS.search(head[start : match.start()]):
            return Opening(start, match.start(), match.end())
    return None


def _sentence_start(head: str, place: int) -> int:
    """Paragraphs that begin with a duty ("Thực hiện …;", "Căn cứ …;") belong to the sentence that ends here."""
    start = head.rfind("\n", 0, place) + 1
    while start > 1:
        before = head.rfind("\n", 0, start - 1) + 1
        line = head[before : start - 1].strip()
        if line and not re.match(r"(?:Thực hiện|Căn cứ|Triển khai|Theo|Tiếp theo|Sau khi|Xét|Trên cơ sở)", line):
            break
        start = before
    return start


def is_report(header: Header, text: str, opening: Opening | None) -> bool:
    """By kind; anything else by its opening, where its subject, its close or one body that speaks bears it out."""
    if header.kind == "Báo cáo" or (header.kind is None and opening and _TITLE.search(text[: opening.start])):
        return True
    if header.kind in _NEVER or opening is None:
        return False
    told = "báo cáo" in (header.title or "").lower()
    speaker = _subject(text, opening) or ""
    names_itself = bool(speaker) and not re.match(r"(?:các|những|từng|mọi|người đứng đầu)\s", speaker, re.IGNORECASE)
    return told or names_itself or bool(_CLOSES.search(text[opening.end :]))


def reporting_unit(document: Document, header: Header, opening: Opening | None) -> str | None:
    """The issuer as printed; the subject of the opening where the header prints the office in parts or not at all."""
    subject = _subject(document.text, opening)
    if not header.issuer or not subject:
        return header.issuer or subject
    printed = canonical_tones(fold(document.text[:1_500])).lower()
    if canonical_tones(header.issuer).lower() in printed:
        return header.issuer
    return subject if same_unit(subject, header.issuer) else header.issuer


_OF_UNIT: Final = re.compile(
    r"^.*(?:nhiệm vụ|kết quả|báo cáo).* của (?P<unit>[^\n]{3,120})$", re.IGNORECASE | re.MULTILINE
)


def form_unit(head: str) -> str | None:
    """Whose form this is, by its title: "BÁO CÁO KẾT QUẢ THỰC HIỆN CÁC NHIỆM VỤ ĐƯỢC GIAO CỦA SỞ NỘI VỤ"."""
    found = _OF_UNIT.search(head[:2_000])
    return fold(found["unit"]).strip(" .:") if found else None


def _subject(text: str, opening: Opening | None) -> str | None:
    if not opening:
        return None
    near = text[max(opening.start, opening.speaks - 160) : opening.speaks]
    units = [unit for unit in find_units(near) if not near[unit[1] :].strip(" ,")]
    return fold(units[-1][2]) if units else None


def answered(header: Header, citations: Sequence[Citation], opening: Opening | None, body: int) -> tuple[str, ...]:
    """Symbols of the duty sentence: what it implements or answers, else everything it rests on but legislation."""
    end = opening.end if opening else min(body, _OPENING_REACH)
    start = opening.start if opening else 0
    inside = [c for c in citations if start <= c.start < end and c.symbol and c.symbol != header.symbol]
    duty = [c for c in inside if c.relation in _DUTY]
    chosen = duty or [c for c in inside if not _is_legislation(c)]
    if not chosen:
        chosen = [c for c in citations if c.start < start and c.symbol and c.symbol != header.symbol]
    return tuple(dict.fromkeys(c.symbol for c in chosen if c.symbol))


def _is_legislation(citation: Citation) -> bool:
    return bool(re.match(r"\d+[a-zđ]?/\d{4}/", citation.symbol or ""))

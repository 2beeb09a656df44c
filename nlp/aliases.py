"""Short forms: aliases, `Nghị quyết 57`, `NQ57`, `Quyết định 42 năm 2014`, `Nghị định 45/2020`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from nlp.mentions import KIND, Mention, read_right
from nlp.scan import SHORT, Anchors
from nlp.vocabulary import kind_of_word

_MEASURE: Final = re.compile(
    r"\s(?:năm|tháng|ngày|quý|giờ|triệu|tỷ|nhóm|nội dung|nhiệm vụ|điểm|bước|giai đoạn|lần|người|mục tiêu"
    r"|trường hợp|loại|cấp|chương trình|dự án|phần|khâu|đợt|vụ|hồ sơ|cơ sở|tổ chức|đối tượng|biện pháp|hình thức"
    r"|đơn vị|xã|huyện|tỉnh|bộ)(?!\w)"
)
_PARTIAL_KINDS: Final = frozenset(
    {"Nghị quyết", "Nghị định", "Quyết định", "Chỉ thị", "Thông tư", "Kết luận", "Thông tư liên tịch"}
)
_DEFINES: Final = re.compile(
    r"\(\s?(?:(?:sau|dưới)\s?đây\s)?(?:được\s)?(?:gọi|viết)\s(?:tắt|chung|gọn)?\s?(?:là"
    r"|:)\s?:?\s?[“\"'‘]?(?P<alias>[^()“”\"'‘’]{2,80}?)[”\"'’]?\s?\)"
)
_FIRST_KIND: Final = re.compile(rf"(?P<kind>{KIND}|Luật|Bộ luật|Đề án|Quy hoạch)(?!\w)")


@dataclass(frozen=True, slots=True)
class Alias:
    """A name that a text gives to a document it cites, from ``start`` on."""

    start: int
    words: str
    kind: str


def partial_mentions(folded: str, shorts: list[tuple[re.Match[str], str]], mentions: list[Mention]) -> list[Mention]:
    """Mentions by kind and number only, of documents that the text cites nowhere in full."""
    if not shorts:
        return []
    known = {key for m in mentions if m.symbol for key in numbers_of(m.kind, m.symbol.canonical)}
    found: list[Mention] = []
    for match, kind in shorts:
        year = match["year"]
        if short_key(match, kind) in known:
            continue
        if kind not in _PARTIAL_KINDS or (
            year is None and match["word"].isupper() and match["word"] not in ("NQ", "NĐ") and "số" not in match[0]
        ):
            continue
        mention = Mention(
            match.start(),
            match.end(),
            match.start(),
            None,
            kind,
            " ".join(match[0].split()),
            flags=("partial",),
            worded=True,
        )
        read_right(folded, mention)
        found.append(mention)
    return found


_ALIAS_OPENS: Final = re.compile(
    r"\(\s?(?:(?:sau|dưới)\s?đây\s)?(?:được\s)?(?:gọi|viết)\s(?:tắt|chung|gọn)?\s?(?:là|:)\s?:?\s?[“\"]?\s?\Z"
)


def is_alias(folded: str, low: int, start: int) -> bool:
    """Whether a mention stands in "(sau đây gọi tắt là …)" and so only repeats a document under a shorter name."""
    return _ALIAS_OPENS.search(folded, max(low, start - 48), start) is not None


def numbers_of(kind: str | None, symbol: str) -> tuple[tuple[str, str], ...]:
    """What a short form can call a document: kind with number, and with number and year."""
    match = _NUMBER.match(symbol)
    if kind is None or match is None:
        return ()
    number = match["number"].lstrip("0")
    return ((kind, number), (kind, f"{number}/{match['year']}")) if match["year"] else ((kind, number),)


def short_key(match: re.Match[str], kind: str) -> tuple[str, str]:
    """The key of :func:`numbers_of` that a short form asks for."""
    number = match["number"].lstrip("0")
    return kind, f"{number}/{match['year'][-4:]}" if match["year"] else number


_NUMBER: Final = re.compile(r"(?P<number>\d+[a-zđ]?)(?:/(?P<year>\d{4})/)?")


def short_forms(folded: str, anchors: Anchors) -> list[tuple[re.Match[str], str]]:
    """Every kind word with a bare number, and the kind."""
    found = []
    for place in anchors.short:
        match = SHORT.match(folded, place)
        if match is None or folded[place - 1 : place] in ("/", "-", "."):
            continue
        kind = kind_of_word(match["word"])
        if kind is None or (not match["year"] and _MEASURE.match(folded, match.end())):
            continue
        if kind in ("Kế hoạch", "Chương trình") and len(match["number"]) < 2:
            continue
        found.append((match, kind))
    return found


def definitions(folded: str) -> list[Alias]:
    """Aliases of documents: those that begin with a kind word and say more than it."""
    found = []
    for match in _DEFINES.finditer(folded):
        alias = " ".join(match["alias"].split())
        first = _FIRST_KIND.match(alias)
        if first and len(alias) > first.end() and "uật" not in first["kind"]:
            kind = kind_of_word(first["kind"]) or first["kind"]
            found.append(Alias(match.start("alias"), alias, kind))
    return found

"""Short forms: aliases ("sau đây gọi tắt là …"), `Nghị quyết 57`, `NQ57`, `Quyết định 42 năm 2014`, `Nghị định 45/2020`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from nlp.mentions import KIND, Mention
from nlp.scan import words
from nlp.vocabulary import kind_of_word

_STRICT: Final = "Nghị quyết|Nghị định|Quyết định|Chỉ thị|Thông tư|Kết luận|Quy định|Hướng dẫn|Công điện|Công văn|Thông báo|Kế hoạch|Chương trình|Thông tư liên tịch|Pháp lệnh"
_SHORT: Final = re.compile(
    rf"(?P<word>{words([*_STRICT.split('|'), 'NQ', 'NĐ', 'CT', 'KL', 'QĐ', 'TT'])})\s?(?:số\s)?(?P<number>\d{{1,4}}[a-z]?)"
    r"(?P<year>/(?:19|20)\d\d|\snăm\s(?:19|20)\d\d)?(?![\w/%-]|[.,]\d|\s?-\s?(?:[A-ZĐ]{2}|\d)|\s?/)"
)
_MEASURE: Final = re.compile(
    r"\s(?:năm|tháng|ngày|quý|giờ|triệu|tỷ|nhóm|nội dung|nhiệm vụ|điểm|bước|giai đoạn|lần|người|mục tiêu|trường hợp|loại|cấp|chương trình|dự án|phần|khâu|đợt|vụ|hồ sơ|cơ sở|tổ chức|đối tượng|biện pháp|hình thức|đơn vị|xã|huyện|tỉnh|bộ)(?!\w)"
)
_PARTIAL_KINDS: Final = frozenset({"Nghị quyết", "Nghị định", "Quyết định", "Chỉ thị", "Thông tư", "Kết luận", "Thông tư liên tịch"})
_DEFINES: Final = re.compile(
    r"\(\s?(?:(?:sau|dưới)\s?đây\s)?(?:được\s)?(?:gọi|viết)\s(?:tắt|chung|gọn)?\s?(?:là|:)\s?:?\s?[“\"'‘]?(?P<alias>[^()“”\"'‘’]{2,80}?)[”\"'’]?\s?\)"
)
_FIRST_KIND: Final = re.compile(rf"(?P<kind>{KIND}|Luật|Bộ luật|Đề án|Quy hoạch)(?!\w)")


@dataclass(frozen=True, slots=True)
class Alias:
    """A name that a text gives to a document it cites, from ``start`` on."""

    start: int
    words: str
    kind: str


def partial_mentions(shorts: list[tuple[re.Match[str], str]], mentions: list[Mention]) -> list[Mention]:
    """Mentions by kind and number only, of documents that the text cites nowhere in full: `Nghị quyết 57`, `NĐ 45/2020`."""
    known = {(m.kind, m.symbol.number.lstrip("0")) for m in mentions if m.symbol}
    found: list[Mention] = []
    for match, kind in shorts:
        number, year = match["number"], match["year"]
        if year is None and (kind, number.lstrip("0")) in known:
            continue
        if kind not in _PARTIAL_KINDS or (year is None and match["word"].isupper() and match["word"] not in ("NQ", "NĐ") and "số" not in match[0]):
            continue
        found.append(
            Mention(match.start(), match.end(), match.start(), None, kind, " ".join(match[0].split()), flags=("partial",), worded=True)
        )
    return found


_ALIAS_OPENS: Final = re.compile(r"\(\s?(?:(?:sau|dưới)\s?đây\s)?(?:được\s)?(?:gọi|viết)\s(?:tắt|chung|gọn)?\s?(?:là|:)\s?:?\s?[“\"]?\s?\Z")


def is_alias(folded: str, low: int, start: int) -> bool:
    """Whether a mention stands in "(sau đây gọi tắt là …)" and so only repeats a document under a shorter name."""
    return _ALIAS_OPENS.search(folded, max(low, start - 48), start) is not None


def short_forms(folded: str) -> list[tuple[re.Match[str], str]]:
    """Every kind word with a bare number, and the kind."""
    found = []
    for match in _SHORT.finditer(folded):
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
        if first and len(alias) > first.end():
            kind = kind_of_word(first["kind"]) or first["kind"]
            found.append(Alias(match.start("alias"), alias, kind))
    return found

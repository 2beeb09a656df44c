"""What number, letter or bullet a paragraph begins with (NĐ 30/2020 Phụ lục I; 36-HD/VPTW; common office use).

A label says where a paragraph begins when lines are wrapped, and at which level it stands in the tree.
Numbers that only look like labels ("2025 và", "1.234 tỷ", "02-KH/TU") are none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

VIETNAMESE_LETTERS: Final = "abcdđeghiklmnopqrstuvxy"
"""Letters of điểm in their order; f, j, w and z are not used."""
ORDINALS: Final = ("nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười")
CARDINALS: Final = ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")


@dataclass(frozen=True, slots=True)
class Label:
    """A label at the head of a paragraph: ``style`` tells its family, ``value`` its place in the sequence."""

    style: str
    text: str
    value: int = 0
    length: int = 0
    """Characters up to the end of the label with its punctuation."""
    rest: str = ""
    """What follows on the same line."""


_ROMAN: Final = r"(?=[IVXLC])(?:XC|XL|L?X{0,4})(?:IX|IV|V?I{0,4})"
_UPPER: Final = "A-ZĐÀ-ỸĂÂÊÔƠƯ"
_OPEN: Final = rf"(?=\s|[{_UPPER}“\"(]|$)"
"""After a label's stop: a space, or a capital where the space was forgotten."""
_DASH: Final = r"[-–—]"

_PATTERNS: Final[tuple[tuple[str, re.Pattern[str]], ...]] = tuple(
    (style, re.compile(pattern))
    for style, pattern in (
        ("Phụ lục", r"(?:PHỤ LỤC|Phụ lục)(?:\s+(?:SỐ|số))?(?:\s+(?P<v>[IVXLC]+|\d{1,3}[A-Za-z]?|[A-Z])\b)?(?=\s*(?:$|[.:(\n–—-]|[A-ZĐ]{2}))"),
        ("Phần", rf"(?:PHẦN|Phần)(?:\s+(?:THỨ|thứ))?\s+(?P<v>{_ROMAN}|\d{{1,2}}|[A-Z]|(?i:{'|'.join(ORDINALS)}))(?![\w,;])"),
        ("Chương", rf"(?:CHƯƠNG|Chương)\s+(?P<v>{_ROMAN}|\d{{1,3}})[a-zđ]?(?![\w,;])"),
        ("Mục", rf"(?:MỤC|Mục)\s+(?P<v>\d{{1,3}}|{_ROMAN})[a-zđ]?(?![\w,;])"),
        ("Tiểu mục", rf"(?:TIỂU MỤC|Tiểu mục)\s+(?P<v>\d{{1,3}}|{_ROMAN})[a-zđ]?(?![\w,;])"),
        ("Điều", r"(?:ĐIỀU|[ĐÐ]iều)\s+(?P<v>\d{1,4})[a-zđ]{0,2}\s*(?:[.:]|(?=\n|$))"),
        ("thứ", rf"(?:Thứ|THỨ)\s+(?P<v>(?i:{'|'.join(ORDINALS)}))\s*(?:[,:.]|\s(?:là\b|{_DASH}))"),
        ("là", rf"(?P<v>(?i:{'|'.join(CARDINALS)}))\s+(?:là|LÀ)\s*[,:;]?(?=\s|$)"),
        ("roman", rf"(?P<v>{_ROMAN})\s?(?:[.)](?=\s|[{_UPPER}][^.]|$)|[-–/](?=\s|[{_UPPER}][a-zà-ỹđ{_UPPER}]|$))"),
        ("capital", rf"(?P<v>[A-H])\s?(?:[.)](?=\s|$)|{_DASH}(?=\s))"),
        ("dotted", rf"(?P<v>\d{{1,3}}(?:\.\d{{1,2}}){{1,4}})(?:\.{_OPEN}|[)]|{_DASH}(?=\s|[{_UPPER}][a-zà-ỹđ])|(?=\s+[{_UPPER}“\"]))"),
        ("number", rf"(?P<v>\d{{1,3}})(?:[a-zđ](?=[.)]))?\s?(?:\.{_OPEN}|{_DASH}(?=\s+[^\d\s]|[{_UPPER}][a-zà-ỹ])|/(?=\s))"),
        ("paren", r"(?:\((?P<v>\d{1,3})\)|(?P<w>\d{1,3})\))"),
        ("small roman", r"\(?(?P<v>x{0,3}(?:ix|iv|vi{0,3}|i{1,3}))\)"),
        ("letter", rf"(?:\((?P<v>[{VIETNAMESE_LETTERS}])\)|(?P<w>[{VIETNAMESE_LETTERS}])(?:\.\d{{1,2}})?(?:[)]|[./](?=\s)|{_DASH}(?=\s)))"),
        ("lettered", rf"(?P<v>[{VIETNAMESE_LETTERS}]\.?\d{{1,2}})(?:[.)](?=\s|[{_UPPER}]))"),
        ("-", r"(?P<v>[-–—−\uf02d])(?:\s+(?=\S)|(?=[^\W\d_])|$)"),
        ("+", r"(?P<v>\+)(?:\s+(?=\S)|(?=[^\W\d_])|$)"),
        ("•", r"(?P<v>[•·●○◦▪■□➢►✓❖\uf0b7\uf0a7\uf0d8\uf0fc])(?:\s*)"),
        ("*", r"(?P<v>\*{1,3})(?:\s+(?=\S)|(?=[^\W\d_]))"),
    )
)  # fmt: skip
_FIRST: Final = re.compile(
    r"[\s“\"]*(?=[PpCMĐÐTtA-Hđa-zIVXLCMHBNS0-9(+*•·●○◦▪■□➢►✓❖\uf0b7\uf0a7\uf0d8\uf0fc\uf02d–—−-])"
)
_LONGEST: Final = 60
_ROMAN_VALUES: Final = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
BULLETS: Final = frozenset("-+•*")


def read_label(text: str) -> Label | None:
    """The label at the head of ``text``, if there is one."""
    indent = len(text) - len(text.lstrip())
    head = text[indent : indent + _LONGEST]
    if not head or not _FIRST.match(head):
        return None
    for style, pattern in _PATTERNS:
        if match := pattern.match(head):
            printed = match[0].strip()
            value = _value(style, match)
            return Label(style, printed, value, indent + match.end(), text[indent + match.end() :].strip())
    return None


def roman(number: str) -> int:
    """Value of a Roman number in capitals."""
    total = 0
    for here, following in zip(number, number[1:] + " ", strict=True):
        value = _ROMAN_VALUES[here]
        total += -value if _ROMAN_VALUES.get(following, 0) > value else value
    return total


def _value(style: str, match: re.Match[str]) -> int:
    groups = match.groupdict()
    printed = groups.get("v") or groups.get("w") or ""
    if style in BULLETS or not printed:
        return 0
    if style == "dotted":
        return int(printed.rsplit(".", 1)[1])
    if style == "lettered":
        return int(printed.lstrip(VIETNAMESE_LETTERS + "."))
    return _number(style, printed)


def _number(style: str, printed: str) -> int:
    lower = printed.lower()
    if printed[0].isdigit():
        return int(printed.rstrip("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    if style == "letter":
        return VIETNAMESE_LETTERS.index(lower) + 1
    for words in (ORDINALS, CARDINALS):
        if lower in words:
            return words.index(lower) + 1
    if set(printed.upper()) <= set(_ROMAN_VALUES) and style != "capital":
        return roman(printed.upper())
    return ord(printed[0].upper()) - ord("A") + 1

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
_CASED: Final = rf"[{_UPPER}][a-zà-ỹđ]"
_OPEN: Final = rf"(?=\s|[{_UPPER}“\"(]|\[\d{{1,3}}\]|$)"
"""After a label's stop: a space, a capital where the space was forgotten, or a footnote's mark ("1.[18] Chủ trì")."""
_DASH: Final = r"[-–—]"
_ORDINAL: Final = f"(?i:{'|'.join(ORDINALS)})"
_CARDINAL: Final = f"(?i:{'|'.join(CARDINALS)})"
_NAMED: Final = rf"(?P<v>{_ROMAN}|\d{{1,3}})[a-zđ]?(?![\w,;])"
_SIGNS: Final = "•·●○◦▪■□➢►✓❖\uf0b7\uf0a7\uf0d8\uf0fc"
_LETTERS: Final = VIETNAMESE_LETTERS

_RULES: Final[tuple[tuple[str, str, str], ...]] = (
    # style, characters it can begin with, pattern with the value as group v (or w)
    (
        "Phụ lục",
        "P",
        (
            r"(?:PHỤ LỤC|Phụ lục)(?:\s+(?:SỐ|số))?(?:\s+(?P<v>[IVXLC]+|\d{1,3}[A-Za-z]?|[A-Z])\b)?"
            rf"(?=\s*(?:$|[.:(\n–—-]|(?![IVXLC]+\b)[{_UPPER}]{{2}}))"
        ),
    ),
    ("Phần", "P", rf"(?:PHẦN|Phần)(?:\s+(?:THỨ|thứ))?\s+(?P<v>{_ROMAN}|\d{{1,2}}|[A-Z]|{_ORDINAL})(?![\w,;])"),
    ("Chương", "C", rf"(?:CHƯƠNG|Chương)\s+{_NAMED}"),
    ("Mục", "M", rf"(?:MỤC|Mục)\s+{_NAMED}"),
    ("Tiểu mục", "T", rf"(?:TIỂU MỤC|Tiểu mục)\s+{_NAMED}"),
    (
        "Điều",
        "ĐÐ",
        r"(?:ĐIỀU|[ĐÐ]iều)\s+(?P<v>\d{1,4})[a-zđ]{0,2}(?:\.(?:\d{1,4}|[A-ZĐ]{1,3})(?=\.))*\s*(?:[.:]|(?=\n|$))",
    ),
    ("thứ", "T", rf"(?:Thứ|THỨ)\s+(?P<v>{_ORDINAL})\s*(?:[,:.]|\s(?:là\b|{_DASH}))"),
    ("là", "MmHhBbNnSsTtCc", rf"(?P<v>{_CARDINAL})\s+(?:là|LÀ)\s*[,:;]?(?=\s|$)"),
    (
        "roman",
        "IVXLC",
        rf"(?P<v>{_ROMAN})\s?(?:[.)](?=\s|[{_UPPER}][^.]|$)|[-–/](?=\s|[{_UPPER}][a-zà-ỹđ{_UPPER}]|$))",
    ),
    ("capital", "ABCDEFGH", rf"(?P<v>[A-H])\s?(?:[.)](?=\s|$)|{_DASH}(?=\s))"),
    (
        "dotted",
        "0123456789",
        (
            rf"(?P<v>\d{{1,3}}(?:\.\d{{1,2}}){{1,4}})"
            rf"(?:\.{_OPEN}|[)]|{_DASH}(?=\s|{_CASED})|(?=\s+[{_UPPER}“\"]))"
        ),
    ),
    (
        "number",
        "0123456789",
        rf"(?P<v>\d{{1,3}})(?:[a-zđ](?=[.)]))?\s?(?:\.{_OPEN}|{_DASH}(?=\s+[^\d\s]|{_CASED})|/(?=\s))",
    ),
    ("paren", "(0123456789", r"(?:\((?P<v>\d{1,3})\)|(?P<w>\d{1,3})\))"),
    ("small roman", "(ivx", r"\(?(?P<v>x{0,3}(?:ix|iv|vi{0,3}|i{1,3}))\)"),
    (
        "letter",
        "(" + _LETTERS,
        rf"(?:\((?P<v>[{_LETTERS}])\)|(?P<w>[{_LETTERS}])(?:\.\d{{1,2}})?(?:[)]|[./](?=\s)|{_DASH}(?=\s)))",
    ),
    ("lettered", _LETTERS, rf"(?P<v>[{_LETTERS}]\.?\d{{1,2}})(?:[.)](?=\s|[{_UPPER}]))"),
    ("-", "-–—−\uf02d", r"(?P<v>[-–—−\uf02d])(?:\s+(?=\S)|(?=[^\W\d_])|$)"),
    ("+", "+", r"(?P<v>\+)(?:\s+(?=\S)|(?=[^\W\d_])|$)"),
    ("•", _SIGNS, rf"(?P<v>[{_SIGNS}])(?:\s*)"),
    ("*", "*", r"(?P<v>\*{1,3})(?:\s+(?=\S)|(?=[^\W\d_]))"),
)


def _by_first_character() -> dict[str, tuple[tuple[str, re.Pattern[str]], ...]]:
    """The patterns worth trying for each first character; most paragraphs begin with none of these."""
    compiled = [(style, first, re.compile(pattern)) for style, first, pattern in _RULES]
    every = "".join(first for _, first, _ in _RULES)
    return {char: tuple((style, pattern) for style, first, pattern in compiled if char in first) for char in every}


_PATTERNS: Final = _by_first_character()
_LONGEST: Final = 60
_ROMAN_VALUES: Final = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
BULLETS: Final = frozenset("-+•*")


def read_label(text: str) -> Label | None:
    """The label at the head of ``text``, if there is one."""
    head = text[:_LONGEST].lstrip()
    indent = min(len(text), _LONGEST) - len(head)
    for style, pattern in _PATTERNS.get(head[:1], ()):
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

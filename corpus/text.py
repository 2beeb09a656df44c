"""Strings as the whole system compares them: NFC at the door, folds that keep the length, so that offsets survive.

Only :func:`nfc` and :func:`fold` may change the length; the others map one code point to one code point.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_DASHES: Final = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u00ad\uf02d\ufe63\uff0d"
"""Dash variants of real symbols, with the soft hyphen and the dash of Word's symbol font."""
_SPACES: Final = "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_CYRILLIC: Final = "АВЕКМНОРСТУХІЅЈаеорсухіѕј"
_LATIN: Final = "ABEKMHOPCTYXISJaeopcyxisj"

_ONE_TO_ONE: Final[dict[str, str]] = {
    **dict.fromkeys(_DASHES, "-"),
    **dict.fromkeys(_SPACES, " "),
    **dict(zip(_CYRILLIC, _LATIN, strict=True)),
    "Ð": "Đ",  # Latin Eth: neither NFC nor NFKC nor lower() makes it a Vietnamese letter
    "ð": "đ",
    "Ɖ": "Đ",
}
_ODD: Final = re.compile("[" + re.escape("".join(_ONE_TO_ONE)) + "]")


def nfc(s: str) -> str:
    """One code point a letter; every reader calls this before it takes an offset."""
    return unicodedata.normalize("NFC", s)


def fold(s: str) -> str:
    """White space runs to single spaces, ends stripped: how the text of a fact is shown."""
    return " ".join(s.split())


def one_to_one(s: str) -> str:
    """Look-alikes to the letters they stand for (Ð, Cyrillic, dashes, NBSP), same length, for matching only."""
    for char in set(_ODD.findall(s)):
        s = s.replace(char, _ONE_TO_ONE[char])
    return s


def _bare(code: int) -> int:
    """The lower-case letter without its marks, or the character itself where that would not be one code point."""
    char = chr(code)
    if char in "đĐðÐƉ":
        return ord("d")
    base = unicodedata.normalize("NFD", char)[0]
    lower = base.lower()
    return ord(lower) if len(lower) == 1 and base.isalpha() else code


_LETTERS: Final = (*range(0x250), *range(0x370, 0x530), *range(0x1E00, 0x2000))
_KEPT: Final = range(0x2000, 0x2070)
"""Quotation marks and dashes: named so that translate() finds them without raising inside."""
_NO_MARKS: Final[dict[int, int]] = {code: _bare(code) for code in _LETTERS} | {code: code for code in _KEPT}


_NOT_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_safe(s: str) -> str:
    """Characters that XML 1.0 forbids (control characters, halves of pairs) become U+FFFD; same length."""
    return _NOT_XML.sub("\ufffd", s)


def small_letters(s: str) -> str:
    """Lower case of the same length: "İ", the one letter that would grow, stays."""
    lower = s.lower()
    return lower if len(lower) == len(s) else "".join(low if len(low := char.lower()) == 1 else char for char in s)


def no_marks(s: str) -> str:
    """Lower case without diacritics (đ to d), same length: for search and comparison without marks."""
    return s.translate(_NO_MARKS)


_TONES: Final = ("\u0300", "\u0301", "\u0309", "\u0303", "\u0323")


def _moved() -> dict[str, str]:
    """oà → òa, oè → òe, uỳ → ùy in every case and tone: the syllables whose tone place differs by style."""
    pairs = [
        (a, b) for first, second in ("oa", "oe", "uy") for a in first + first.upper() for b in second + second.upper()
    ]
    return {a + nfc(b + tone): nfc(a + tone) + b for a, b in pairs for tone in _TONES}


_OLD_STYLE: Final = _moved()
_LAST_VOWELS: Final = "".join(sorted({pair[1] for pair in _OLD_STYLE}))
_NEW_STYLE: Final = re.compile(
    rf"[{_LAST_VOWELS}](?![^\W\d_])(?:(?<=[oO][^yỳýỷỹỵYỲÝỶỸỴ])|(?<=[uU][ỳýỷỹỵỲÝỶỸỴ])(?<![qQ][uU].))"
)


def canonical_tones(s: str) -> str:
    """Old-style tone place (hoà → hòa, uỷ → ủy), as in law texts; quý, hoàn, huỳnh stay; for comparison only."""
    if not (found := [match.start() for match in _NEW_STYLE.finditer(s)]):
        return s
    pieces, last = [], 0
    for place in found:
        pieces += [s[last : place - 1], _OLD_STYLE[s[place - 1 : place + 1]]]
        last = place + 1
    pieces.append(s[last:])
    return "".join(pieces)

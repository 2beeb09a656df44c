"""Where symbols stand in a text: from each slash (or hyphen before capitals) back to the number and on to the groups.

Literal first: the scan jumps from separator to separator, so that text without symbols costs next to nothing.
All patterns look at windows of a few dozen characters: no input makes them slow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from nlp.symbol_form import TERM, Printed, split_glued
from nlp.vocabulary import AGENCY_REPAIRS, CODES, KNOWN_AGENCIES, kinds

_AROUND: Final = r"(?:(?<=[\dA-ZĐa-zđ].)|(?<=\d\s.))(?=\s{0,2}(?:[A-ZĐ]|[12][\dO]{3} ?/))"
_SEPARATORS: Final = (re.compile("/" + _AROUND), re.compile("-" + _AROUND))
"""One literal each: ``re`` looks for a single character far faster than for one of a class."""
_NUMBER: Final = r"\d{1,5}(?:\.\d{1,3})?[a-zđ]?|(?=[OolISB]{0,5}\d)[\dOolISB]{2,6}"
_YEAR: Final = r"(?:1[89]|2[0O])[\dO]{2}"
_HEAD: Final = re.compile(
    rf"(?:(?<![\w/])(?<![\w)]-)(?<!\d[.:,])|(?<=[sS]ố)|(?<=SỐ)|(?<=_))(?P<number>{_NUMBER})[ \n]?\Z"
)
_SPACED: Final = re.compile(r"(?:số|Số|SỐ|sô)\s{0,2}:?\s{0,2}(?P<number>\d{1,3}(?: \d{1,3}){1,2}) ?\Z")
_OLD_HEAD: Final = re.compile(r"(?:[sS]ố|SỐ)\s{0,2}:?\s{0,2}(?P<number>\d{1,5}[A-Ea-e]?)[ -]?(?P<body>[A-ZĐ]{2,7})\Z")
_START: Final = re.compile(rf"(?P<number>{_NUMBER})(?=[ \n]?[/-]|\s?[A-ZĐ])")
_FIRST: Final = re.compile(rf"[ \n]?/\s{{0,2}}(?:(?P<year>{_YEAR}) ?/\s{{0,2}})?|[ ]?-\s{{0,2}}")
_GROUP: Final = re.compile(
    r"[A-ZĐÂÊÔƠƯĂ](?:[A-ZĐÂÊÔƠƯĂa-zđ0-9]|&amp;|&(?=[A-ZĐ])|<(?=[A-ZĐ])){0,15}?(?=[^\w&<]|_|[&<](?!amp;|[A-ZĐ])|\Z"
    r"|ngày|của)"
)
_BETWEEN: Final = re.compile(r" ?-[ \n]{0,2}|[./]\n?| (?=[A-ZĐ])")
_KIND: Final = "|".join(sorted({name for k in kinds() for name in (k.name, *k.short)}, key=len, reverse=True))
_CONTEXT: Final = re.compile(rf"(?:(?<!\w)(?:{_KIND}|s[ốô]))\s{{0,2}}:?\s{{0,2}}\Z", re.IGNORECASE)
_NO_DOCUMENT: Final = (
    "TCVN", "QCVN", "TCN", "QCĐP", "TCCS", "ISO", "IEC", "TCXD", "TCXDVN", "Mẫu", "mẫu", "MẪU", "Mẫu biểu",
    "mẫu biểu", "Biểu", "biểu", "BIỂU",
    "Mã", "mã", "mã hiệu", "Mã hiệu", "Thửa", "thửa", "Thửa đất", "thửa đất", "Tờ bản đồ", "tờ bản đồ",
    "Biển", "biển", "biển kiểm soát", "lô", "Lô",
)  # fmt: skip
"""What a number behind it names: a standard, a form, a parcel; no document."""
_FOOTNOTE: Final = re.compile(r"([A-ZĐ]+[a-z]?)\d")
"""A footnote mark that text extraction glued to the last group (TW¹ as TW1)."""
_MAX_GROUPS: Final = 8
_TAIL: Final = re.compile(r"[A-ZĐ][A-ZĐa-zđ0-9]*(?:-[A-ZĐ][A-ZĐa-zđ0-9]*)*(?=[,;:)\n]|\. | [^A-ZĐÂÊÔƠƯĂ -])")
"""Groups in usual print whose end is beyond doubt: what follows can neither lengthen nor continue them."""


def scan(text: str) -> Iterator[Printed]:
    """Printed symbols of a folded text, left to right, not overlapping."""
    done, form = 0, -1
    for place in sorted([hit.start() for separator in _SEPARATORS for hit in separator.finditer(text)]):
        if place < done:
            continue
        head = _head(text, max(done, place - 24), place)
        if head is None:
            old = _old_form(text, done, place)
            if old:
                done = old.end
                yield old
            continue
        start, number = head
        printed = _read(text, start, place, number, context=None)
        if _is_no_document(text[max(0, start - 28) : start]) or (form >= 0 and _AND.fullmatch(text, form, start)):
            form = printed.end if printed else -1
            continue
        if printed:
            done = printed.end
            yield printed


def _is_no_document(before: str) -> bool:
    """Whether the words before a number say that it is a standard's, a form's or a parcel's."""
    if ":" in before[-3:] and _STANDARD_YEAR.search(before):
        return True
    tail = before.rstrip(" :0123456789-\n")
    tail = tail[:-2].rstrip() if tail[-2:] in ("số", "SỐ", "Số") else tail
    return tail.endswith(_NO_DOCUMENT) and _LAST_WORDS.search(tail) is not None


_AND: Final = re.compile(r"\s?(?:,|;|và|hoặc)\s{1,2}(?:[sS]ố\s)?")
"""Between two forms of one list ("mẫu số 09A/PL-TNCN, 09B/PL-TNCN")."""
_STANDARD_YEAR: Final = re.compile(r"\d\s?:\s{0,2}\Z")
_LAST_WORDS: Final = re.compile(r"(?<!\w)(?:" + "|".join(_NO_DOCUMENT) + r")\Z")


def read_printed(text: str, start: int, *, context: bool) -> Printed | None:
    """The symbol that begins at ``start``."""
    match = _START.match(text, start)
    return _read(text, start, match.end(), match["number"], context=context) if match else None


def _old_form(text: str, low: int, place: int) -> Printed | None:
    """`43 TC/QLCS`, `1357TC/QĐ-TCT`, `210A-TC/VP` of the 1990s: the ministry stands before the slash."""
    head = _OLD_HEAD.search(text, max(low, place - 24), place) if text[place] == "/" else None
    if not head:
        return None
    groups, separators, end = _groups(text, head.start("body"))
    if len(groups) < 2 or separators[0] != "/":
        return None
    return Printed(head.start("number"), end, head["number"], "", "old", groups, separators)


def _head(text: str, low: int, place: int) -> tuple[int, str] | None:
    """Start and text of the number that ends at ``place``."""
    if not (text[place - 1].isdigit() or text[place - 2 : place - 1].isdigit() or text[place - 1] in "OolISB"):
        return None
    match = _HEAD.search(text, max(low, place - 8), place)
    if match is None:
        return None
    start = match.start("number")
    if start >= 2 and text[start - 1] == " " and text[start - 2].isdigit():
        spaced = _SPACED.search(text, low, place)
        if spaced:
            return spaced.start("number"), spaced["number"]
    return start, match["number"]


def _read(text: str, start: int, place: int, number: str, *, context: bool | None) -> Printed | None:
    """The symbol from its number on; without ``context`` a kind word before it is looked for where it matters."""
    first = _FIRST.match(text, place - 1 if text[place - 1 : place] in {" ", "\n"} else place)
    if not first:
        return None
    groups, separators, end = _tail(text, first.end())
    separator = "/" if "/" in first[0] else "-"
    year = first["year"] or ""
    if not groups:
        return None
    if not _acceptable(number, year, separator, groups, context=context is True):
        if context is not None or not _CONTEXT.search(text, max(0, start - 28), start):
            return None
        if not _acceptable(number, year, separator, groups, context=True):
            return None
    if separator == "-" and first[0].strip() != first[0] and groups[0] not in CODES:
        return None
    return Printed(start, end, number, year, separator, groups, separators)


Groups = tuple[tuple[str, ...], tuple[str, ...], int]
"""Letter groups, what stands between them, and where they end."""


def _tail(text: str, place: int) -> Groups:
    """The groups that begin at ``place``; a tail in usual print is read once per distinct string."""
    usual = _TAIL.match(text, place)
    if usual is None:
        return _groups(text, place)
    groups, separators, length = _usual_groups(usual[0])
    return groups, separators, place + length


@lru_cache(maxsize=1 << 14)
def _usual_groups(tail: str) -> Groups:
    return _groups(tail, 0)


def _groups(text: str, place: int) -> Groups:
    groups: list[str] = []
    separators: list[str] = []
    end, pending = place, ""
    while len(groups) < _MAX_GROUPS:
        match = _GROUP.match(text, place)
        if not match or not _plausible(match[0], len(groups), len(groups) == 1 and groups[0] in CODES, pending):
            break
        noted = _FOOTNOTE.fullmatch(match[0])
        group = noted[1] if noted and noted[1] in KNOWN_AGENCIES and not TERM.fullmatch(match[0]) else match[0]
        groups.append(group)
        if pending:
            separators.append(pending.strip() or " ")
        end = match.start() + len(group)
        if group != match[0]:
            break
        between = _BETWEEN.match(text, end)
        if not between:
            break
        pending, place = between[0], between.end()
    return tuple(groups), tuple(separators), end


@lru_cache(maxsize=1 << 14)
def _plausible(group: str, before: int, after_code: bool, separator: str) -> bool:  # noqa: FBT001 - a cache's key
    """Whether a run of letters can be a part of a symbol after ``before`` groups."""
    known = group in CODES or group in KNOWN_AGENCIES or group in AGENCY_REPAIRS
    upper = sum(char.isupper() for char in group)
    lower = sum(char.islower() for char in group.replace("&amp;", ""))
    if not known and not (upper >= 2 and lower <= 2) and not (upper and not lower and len(group) > 1):
        return False
    if not before:
        return True
    if separator == " ":
        return after_code and group in KNOWN_AGENCIES
    if separator[0] in "./":
        return after_code or (separator == "/" and before < 3)
    if separator.strip() != separator and separator[0] == " " and separator[-1] != "-":
        return after_code and (known or upper >= 2)
    return known or upper >= 2 or separator == "-"


def _acceptable(number: str, year: str, separator: str, groups: tuple[str, ...], *, context: bool) -> bool:
    """Whether number and groups make a symbol: what context must say where the letters say too little."""
    if not number[:1].isdigit() and groups[0] not in CODES:
        return False
    return _make_symbol(year != "", separator, groups, context)


@lru_cache(maxsize=1 << 14)
def _make_symbol(dated: bool, separator: str, groups: tuple[str, ...], context: bool) -> bool:  # noqa: FBT001 - a cache's key
    first = groups[0]
    coded = first in CODES or split_glued(first) is not None
    agency = first in KNOWN_AGENCIES or first in AGENCY_REPAIRS or TERM.fullmatch(first) is not None
    if dated:
        return coded or agency or len(groups) > 1 or context
    if separator == "-":
        if first in CODES and len(groups) > 1:
            return True
        return context and (agency or len(groups) > 1 or (first in CODES and len(first) > 1))
    if coded:
        return len(groups) > 1 or context or split_glued(first) is not None
    return context or (len(groups) > 1 and (agency or len(first) > 1)) or (agency and len(first) > 2)

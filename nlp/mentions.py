"""A symbol read outwards: the kind word before it, the date and the issuer after it (or between), as one span.

Symbols first, then the words around them: kind words are damaged more often than symbols are.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Final

from corpus.text import no_marks
from nlp.bodies import Body, read_body
from nlp.dates import date_at, year_at
from nlp.names import Named, name_end
from nlp.symbols import Hit, Symbol
from nlp.vocabulary import kind_of_code, kind_of_word, kinds


@dataclass(slots=True)
class Mention:
    """One citation in the making; offsets are those of the folded and of the stored text alike."""

    start: int
    end: int
    core: int
    """Where kind word and symbol (or the name) begin, before which locators may stand."""
    symbol: Symbol | None = None
    kind: str | None = None
    name: str | None = None
    date: dt.date | None = None
    issuer: str | None = None
    flags: tuple[str, ...] = ()
    worded: bool = False
    """Whether a kind word stands in its own span (a list's later members inherit it)."""


def _words(name: str) -> str:
    """A pattern for a kind's name in any case, with white space of any sort."""
    parts = []
    for word in name.split():
        letters = "".join(f"[{c.lower()}{c.upper()}]" if c.lower() != c.upper() else re.escape(c) for c in word)
        parts.append(letters)
    return r"\s{1,3}".join(parts)


_NAMES: Final = sorted({k.name for k in kinds()}, key=len, reverse=True)
_SHORT: Final = sorted({short for k in kinds() for short in k.short}, key=len, reverse=True)
KIND: Final = "(?:" + "|".join([*map(_words, _NAMES), *map(re.escape, _SHORT)]) + ")"
_NUMBER_WORD: Final = r"(?:[sS][ốôo]|SỐ)"
_KIND_FIND: Final = re.compile(rf"(?<!\w)(?P<kind>{KIND})(?!\w)")
_NUMBERED: Final = re.compile(rf"[\s,(]{_NUMBER_WORD}(?:\s{_NUMBER_WORD})?\s{{0,2}}[:.]?\s{{0,3}}\Z")
_OWN_NUMBER: Final = re.compile(
    rf"(?:(?:\A|[\n|*_>])[ \t*_|]{{0,6}}(?=S)|(?:\A|[\n|*_])[ \t*_|]{{0,4}}(?:Luật|Nghị quyết|Pháp lệnh|Bộ luật"
    rf"|LUẬT|NGHỊ QUYẾT)\s(?=[sS]ố\s?:)){_NUMBER_WORD}\s{{0,3}}:?[\s*_]{{0,4}}\Z"
)
_HARD: Final = re.compile(r"[;.:“”\"]|\n\s*\n")
_WINDOW: Final = 180
_LAW_WINDOW: Final = 480
_TYPED: Final = {no_marks(name): name for name in _NAMES}


def mention_of(text: str, hit: Hit, low: int) -> Mention:
    """The citation around a symbol; nothing before ``low`` belongs to it."""
    mention = Mention(hit.start, hit.end, hit.start, hit.symbol, flags=hit.symbol.flags)
    wide = _LAW_WINDOW if hit.symbol.agencies and "QH" in hit.symbol.agencies[0] else _WINDOW
    _read_left(text, mention, max(low, hit.start - wide))
    read_right(text, mention)
    if mention.kind is None:
        mention.kind = hit.symbol.kind
    mention.core = mention.start
    return mention


def _read_left(text: str, mention: Mention, low: int) -> None:
    """Kind word directly before, or before the issuer, or a law's name between kind and number."""
    start = mention.start
    direct = _direct(text, max(low, start - 44), start)
    if direct and not (text[direct[0]].islower() and _another_code(direct[1], mention)):
        mention.start, mention.kind = direct
        mention.worded = True
        return
    number = _NUMBERED.search(text, max(low, start - 8), start)
    if not number:
        if mention.symbol and mention.symbol.agencies and "QH" in mention.symbol.agencies[0]:
            _read_law_name(text, mention, low, start)
        return
    described = _DESCRIBED.search(text, max(low, start - 64), number.start() + 1)
    if (
        described
        and described["rest"].islower()
        and not described["rest"].endswith("luật")
        and (kind := kind_of_word(described["kind"]))
    ):
        mention.kind = " ".join((kind, *described["rest"].split())) if kind in _DESCRIBABLE else kind
        mention.start, mention.worded = described.start(), True
        return
    _read_law_name(text, mention, low, number.start())


def _another_code(kind: str, mention: Mention) -> bool:
    """Whether a symbol's code says that a common noun before it is not its kind ("phê duyệt dự án số 12/QĐ-SXD")."""
    code = mention.symbol.code if mention.symbol else ""
    codes = next((k.codes for k in kinds() if k.name == kind), ())
    return bool(code) and bool(codes) and code not in codes and kind_of_code(code, "state") is not None


_USUAL_KINDS: Final = (
    *("Nghị định", "Nghị quyết", "Thông tư", "Quyết định", "Chỉ thị", "Kế hoạch", "Công văn", "Tờ trình"),
)
_USUAL: Final = {
    words.split()[1]: tuple(w for w in _USUAL_KINDS if w.split()[1] == words.split()[1]) for words in _USUAL_KINDS
}
"""The usual kind words in their usual letters, by their second word: a look before the slower one at any spelling."""
_IN_WORD: Final = re.compile(r"[pP]háp\s{1,2}\Z")


def _direct(text: str, low: int, start: int) -> tuple[int, str] | None:
    """The kind word before a number; "luật" in "văn bản quy phạm pháp luật số" is none."""
    if usual := _usual(text, low, start):
        return usual
    number = _BEFORE_NUMBER.search(text, max(low, start - 9), start)
    end = number.start() if number else start
    found = list(_WORD.finditer(text, low, end))[-_MOST_WORDS:]
    if not found or text[found[-1].end() : end].strip():
        return None
    spaced = [a.end() for a in found]
    for first in range(len(found)):
        begin = found[first].start()
        kind = _kind_of([w[0] for w in found[first:]])
        if kind and not any(
            text[e : b.start()].strip(" \n\t") for e, b in zip(spaced[first:], found[first + 1 :], strict=False)
        ):
            if kind == "Luật" and _IN_WORD.search(text, max(0, begin - 6), begin):
                return None
            return begin, kind
    return None


_LONGEST_WORD: Final = max(map(len, _USUAL))


def _usual(text: str, low: int, start: int) -> tuple[int, str] | None:
    """``Nghị định số`` or ``Nghị định`` with single spaces, directly before a number."""
    end = (start - 4 if text.startswith(" số ", start - 4) else start - 1) if start > 4 else 0
    space = text.rfind(" ", max(low, end - _LONGEST_WORD - 1), end)
    if space < 0 or text[end : end + 1] != " ":
        return None
    for kind in _USUAL.get(text[space + 1 : end], ()):
        begin = end - len(kind)
        if begin >= low and text.startswith(kind, begin) and not text[begin - 1 : begin].isalnum():
            return begin, kind
    return None


def _kind_of(found: list[str]) -> str | None:
    """The kind that words name, a slip in the marks forgiven ("Nghi định", "Quyết đinh")."""
    if len(found) == 1 and found[0] in _SHORTS:
        return _SHORTS[found[0]]
    key = " ".join(found).lower()
    return _KINDS.get(key) or (_TYPED.get(no_marks(key)) if len(found) > 1 else None)


_SHORTS: Final = {short: kind_of_word(short) for k in kinds() for short in k.short}
_KINDS: Final = {name.lower(): name for name in _NAMES}
_MOST_WORDS: Final = max(len(name.split()) for name in _NAMES)
_WORD: Final = re.compile(r"[^\W\d_]+")
_BEFORE_NUMBER: Final = re.compile(rf"(?:(?<!\w)(?:{_NUMBER_WORD}|so)\s{{0,2}}[:.]?|\s-)\s{{0,3}}\Z")


def _read_law_name(text: str, mention: Mention, low: int, end: int) -> None:
    """The kind word some way before, with the issuer or the law's name between it and the number."""
    for found in _KIND_FIND.finditer(text, low, end + 1):
        if _bridges(text, found, end, mention):
            return


_DESCRIBABLE: Final = frozenset({"Báo cáo", "Thông báo", "Kết luận", "Chương trình", "Quy chế", "Hợp đồng", "Biên bản"})
_DESCRIBED: Final = re.compile(
    rf"(?<!\w)(?P<kind>{KIND})(?P<rest>(?:,?\s{{1,3}}(?!(?:của|tại|theo|về|và|này|do|nêu|các|số|trên|ban|ngày|có"
    rf"|là)\s)[^\W\d_]+){{1,4}})[\s]\Z"
)


def _bridges(text: str, found: re.Match[str], end: int, mention: Mention) -> bool:
    """Whether issuer, law name or title stand between a kind word and ``số``."""
    between = text[found.end() : end]
    kind = kind_of_word(found["kind"])
    if kind is None or not between.strip():
        return False
    issuer = re.match(r"\s{1,2}của\s{1,2}(?:Đảng\s)?", between)
    body: Body | None = read_body(text, found.end() + issuer.end(), joint=True) if issuer else None
    if body and not text[body.end : end].strip(" ,\n"):
        mention.issuer = body.name
    elif found["kind"][0].isupper() and kind in ("Luật", "Bộ luật", "Pháp lệnh"):
        if not _is_name(between) or (
            _NEW_LAW.search(text, max(0, found.start() - 12), found.start()) and _amends(between)
        ):
            return False
        mention.name = " ".join(text[found.start() : end].strip(" ,(\n").split())
    else:
        return False
    mention.kind, mention.start, mention.worded = kind, found.start(), True
    return True


_NEW_LAW: Final = re.compile(r"ban\shành\s{1,3}\Z")


def _amends(between: str) -> bool:
    """Whether an amending law is named; in "ban hành Luật sửa đổi … của Luật A số N" the number is A's."""
    return re.match(r"\s{1,3}[sS]ửa\sđổi", between) is not None


def _is_name(between: str) -> bool:
    """Whether the words between Luật and số are its name."""
    words = " ".join(between.split()).strip(" ,(")
    if re.search(r"(?<!\w)(?:Luật|Bộ luật|Pháp lệnh)\s(?!sư)", words) and not re.match(r"[sS]ửa\sđổi", words):
        return False  # the nearer law is meant
    return (
        not _HARD.search(words)
        and not re.search(r"(?<!\w)(?:này|(?<!một )số|ngày|Nghị định|Thông tư|Căn cứ|Quyết định)(?!\w)", words)
        and words != ""
    )


_TO_DATE: Final = re.compile(
    r"\s{0,3},?\s{0,3}(?P<open>\()?(?:(?:được\s)?(?:ban hành|ký|BAN HÀNH"
    r"|thông qua)\s{1,2})?(?:ngày\s(?=ngày))?(?=[nN][gGàaÀA]|\d{1,2}[/.-]\d{1,2}[/.-]\d{4})"
)
_TO_YEAR: Final = re.compile(r"\s{1,2}(?=năm\s\d{4})")
_TO_ISSUER: Final = re.compile(r"\s{0,3},?\s{0,3}(?P<of>(?:của|cua|ca|CỦA)\s{1,20}|do\s{1,2}(?=[A-ZĐ])|\((?=[A-ZĐ]))")
_ISSUED: Final = re.compile(r"\s{1,2}(?:ký\s)?ban hành(?!\s(?:kèm|Quy|quy|Chương|Kế|Danh))")


def read_right(text: str, mention: Mention) -> None:
    """Take in the date and the issuer that follow, in either order."""
    _read_date(text, mention)
    if mention.issuer is None:
        _read_issuer(text, mention)
        if mention.date is None and mention.issuer is not None:
            _read_date(text, mention)


def _read_date(text: str, mention: Mention) -> None:
    to = _TO_DATE.match(text, mention.end)
    if to:
        found = date_at(text, to.end())
        if found and (not to["open"] or text[found.end : found.end + 1] in (")", " ", ",")):
            closed = to["open"] and text[found.end : found.end + 1] == ")"
            if to["open"] and not closed:
                return
            mention.date, mention.end = found.value, found.end + (1 if closed else 0)
            return
    to_year = _TO_YEAR.match(text, mention.end)
    if to_year and (year := year_at(text, to_year.end())):
        mention.end = year.end


def _read_issuer(text: str, mention: Mention) -> None:
    to = _TO_ISSUER.match(text, mention.end)
    if not to:
        return
    joint = mention.symbol is not None and (len(mention.symbol.agencies) > 1 or "LT" in mention.symbol.code)
    body = read_body(text, to.end(), joint=joint)
    if not body:
        return
    end = body.end
    if to["of"].startswith("("):
        if text[end : end + 1] != ")":
            return
        end += 1
    elif to["of"].startswith("do"):
        issued = _ISSUED.match(text, end)
        if not issued:
            return
        end = issued.end()
    mention.issuer, mention.end = body.name, end


def mention_by_name(named: Named) -> Mention:
    """A citation by name; its issuer is not read, laws are cited without one."""
    return Mention(
        named.start, named.end, named.start, None, named.kind, named.name, named.date, flags=named.flags, worded=True
    )


def is_own_number(text: str, hit_start: int) -> bool:
    """Whether a symbol stands behind a bare "Số:" (a header, or a working paper's list)."""
    near = text[max(0, hit_start - 12) : hit_start]
    if "S" not in near and ":" not in near:
        return False
    return _OWN_NUMBER.search(text, max(0, hit_start - 30), hit_start) is not None


__all__ = ["KIND", "Mention", "is_own_number", "mention_by_name", "mention_of", "name_end"]

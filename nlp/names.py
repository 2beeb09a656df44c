"""Documents cited by name: laws ("Luật Đất đai năm 2013"), congress and plenum resolutions, programmes with a nickname.

Laws and ordinances are cited by name and date, without a number (Nghị định 30/2020/NĐ-CP, Phụ lục I). A list of
names says
where a name ends; names that it lacks end at a date, a sign or a word that cannot stand in a name.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from corpus.text import canonical_tones
from nlp.dates import date_at, year_at
from nlp.scan import Anchors, find_anchors
from nlp.vocabulary import load

_DATA: Final = load("laws.toml")


class Named(NamedTuple):
    """A document cited by name."""

    start: int
    end: int
    kind: str
    name: str
    date: dt.date | None = None
    flags: tuple[str, ...] = ()


_WORD: Final = re.compile(r"[^\W_]+")
_SPACE: Final = re.compile(r"\s")
_YEAR_IN_BRACKETS: Final = re.compile(r"\s?\(năm\s\d{4}\)")
_SIGNS: Final = re.compile(r"\s{0,2}[,()/-]?\s{0,2}")


@lru_cache(maxsize=1 << 14)
def _key(word: str) -> str:
    return canonical_tones(word).lower()


def _trie(names: str) -> dict[str, object]:
    root: dict[str, object] = {}
    for name in re.split(r"[;\n]", names):
        node = root
        for word in _WORD.findall(name):
            node = node.setdefault(_key(word), {})  # type: ignore[assignment]
        if node is not root:
            node[""] = True
    return root


_TRIES: Final = {
    "Luật": _trie(_DATA["laws"]),
    "Bộ luật": _trie(_DATA["codes"]),
    "Pháp lệnh": _trie(_DATA["ordinances"]),
}
_NOT_NAMES: Final = frozenset(_key(word) for word in _DATA["not_names"].split())
_ENDS: Final = frozenset(_key(word) for word in _DATA["ends"].split())
_LAW: Final = re.compile(r"(Luật|LUẬT|Bộ luật|Bộ Luật|BỘ LUẬT|Pháp lệnh|Pháp Lệnh|PHÁP LỆNH)\s{1,3}(?=[^\W\d_])")
_CONSTITUTION: Final = re.compile(
    r"Hiến pháp(?P<state>\snước\s(?:Cộng hòa|Cộng hoà|CHXHCN|Việt Nam)(?:\s(?:xã hội chủ nghĩa\s)?Việt Nam)?)?"
    r"(?P<year>\s(?:năm\s)?(?:1946|1959|1980|1992|2013))?(?!\w)"
)
_AMENDING: Final = re.compile(
    r"[sS]ửa đổi(?:,?\s(?:và\s)?bổ sung)?(?:,\s\w+\s\w+)?\s(?:một số\s|các\s)?(?:điều|nội dung"
    r"|quy định)?(?:\s(?:và\s\w+\s\w+\s)?của)?\s?"
    r"|[sS]ửa đổi,?\sbổ sung\s|SỬA ĐỔI(?:,?\s(?:VÀ\s)?BỔ SUNG)?\s(?:MỘT SỐ\s|CÁC\s)?(?:ĐIỀU\s)?(?:CỦA\s)?",
)
_ROMAN: Final = r"[IVXL]{1,6}(?!\w)"
_TERM: Final = rf"(?:\s|,\s)?\(?(?:khóa|khoá|Khóa|Khoá)\s{_ROMAN}\)?"
_KIND: Final = r"(?P<kind>Nghị quyết|NQ|Kết luận|Văn kiện)"
_PLENUM: Final = re.compile(
    rf"(?<!\w){_KIND}\s(?:của\s)?(?:số\s\d+\s)?(?:Hội nghị\s)?(?:lần\sthứ\s[\w]+(?:\s\w+)?,?\s(?=Ban|BCH|Trung))?"
    rf"(?:Ban Chấp hành\s|BCH\s)?(?:Trung ương|TW)(?:\sĐảng)?(?:\slần\sthứ)?\s(?:\d{{1,2}}"
    rf"|[a-zđ]{{2,5}}(?:\s[a-zđ]{{2,4}})?)?{_TERM}"
)
_PLENUM_NUMBER: Final = re.compile(r"(?<!\w)(?P<kind>Nghị quyết)\s(?:Trung ương|TW)\s\d{1,2}(?!\w|[/-])")
_CONGRESS: Final = re.compile(
    rf"(?<!\w){_KIND}\s(?:của\s)?Đại hội(?:\sđại biểu)?(?:\stoàn quốc)?(?:\slần\sthứ)?"
    rf"(?P<one>\s{_ROMAN})?(?:\s(?:của\s)?Đảng(?:\sbộ(?:\s(?:tỉnh|thành phố|huyện|quận|xã|phường|thị xã"
    rf"|các cơ quan)(?:\s[A-ZĐÀ-Ỹ]\w+){{0,4}})?"
    rf"|\sCộng sản Việt "
    rf"Nam)?)?(?P<two>(?:,?\slần\sthứ)?\s{_ROMAN})?(?P<org>(?:\scủa)?\sĐảng(?!\sbộ))?(?:,?\s(?:\(?)nhiệm "
    rf"kỳ\s\d{{4}}\s?-\s?\d{{4}}\)?)?"
)
_NICKNAMES: Final[dict[str, str]] = _DATA["nicknames"]
_WORD_ON: Final = re.compile(r"[\w/-]")
_YEAR: Final = re.compile(r"\s{1,2}\(?(?:19[4-9]\d|20[0-4]\d)\)?(?![\d/\w-])")
_BEFORE_DATE: Final = re.compile(
    r"\s{0,2},?\s{0,2}(?:được\s(?:Quốc hội\s)?(?:ban hành|thông qua)\s|thông qua\s|ban hành\s)?"
)
_NUMBER_NEXT: Final = re.compile(r"\s{0,2},?\s{0,2}(?:\(?(?:Luật\s)?[sS]ố\s{0,2}:?\s{0,2})?\d{1,4}/\d{4}/")
_MAX_WORDS: Final = 32


def find_names(text: str, anchors: Anchors | None = None) -> Iterator[Named]:
    """Every document cited by name in a folded text; laws first, not in the order of the text."""
    anchors = anchors or find_anchors(text)
    for place in anchors.law:
        match = _LAW.match(text, place - 3 if text[place - 3 : place] in ("Bộ ", "BỘ ") else place)
        if match and (found := _law(text, match)):
            yield found
    for place in anchors.constitution:
        match = _CONSTITUTION.match(text, place)
        if match and (found := _constitution(text, match)):
            yield found
    yield from _meetings(text, anchors)
    for place in anchors.nickname:
        name = next((name for name in _NICKNAMES if text.startswith(name, place)), None)
        if name and not _WORD_ON.match(text, place + len(name)):
            yield Named(place, place + len(name), _NICKNAMES[name], name)


def _meetings(text: str, anchors: Anchors) -> Iterator[Named]:
    """Resolutions of a plenum or a congress, found from the meeting's name."""
    for found, patterns in ((anchors.plenum, (_PLENUM, _PLENUM_NUMBER)), (anchors.congress, (_CONGRESS,))):
        for place in found:
            for pattern in patterns:
                match = pattern.search(text, max(0, place - 64), place + 160)
                if not match or not match.start() < place < match.end():
                    continue
                if pattern is not _CONGRESS or match["one"] or match["two"]:
                    kind = "Nghị quyết" if match["kind"] == "NQ" else match["kind"]
                    yield Named(match.start(), match.end(), kind, " ".join(match[0].split()))


def _constitution(text: str, match: re.Match[str]) -> Named | None:
    name = "Hiến pháp" + (" " + " ".join(match["state"].split()) if match["state"] else "")
    if match["year"]:
        return Named(match.start(), match.end(), "Hiến pháp", name)
    end, date = _date(text, match.end())
    if end > match.end() or match["state"]:
        return Named(match.start(), end, "Hiến pháp", name, date)
    return None


def name_end(text: str, kind: str, place: int) -> int | None:
    """Where the name that begins at ``place`` ends by the list of names, None where the list has none."""
    own = _TRIES.get(kind, _TRIES["Luật"])
    for trie in (own, *(trie for trie in _TRIES.values() if trie is not own)):
        if (end := _trie_end(text, trie, place)) is not None:
            return end
    return None


def _trie_end(text: str, node: dict[str, object], place: int) -> int | None:
    end: int | None = None
    begin = place
    for _ in range(_MAX_WORDS):
        word = _WORD.match(text, place)
        step = node.get(_key(word[0])) if word else None
        if not word or not isinstance(step, dict):
            break
        node = step
        if "" in node:
            end = word.end()
            if text[end : end + 1] == ")" and "(" in text[begin:end]:
                end += 1
        signs = _SIGNS.match(text, word.end())
        place = signs.end() if signs else word.end()
    return end


_OTHER_WORD: Final = re.compile(r"(?<!\w)[pP]háp\s\Z")


def _law(text: str, match: re.Match[str]) -> Named | None:
    kind = match[1].capitalize()
    begin = match.end()
    if _OTHER_WORD.search(text, max(0, match.start() - 6), match.start()):
        return None
    amending = _AMENDING.match(text, begin)
    if amending and match[1].isupper() and _opens_line(text, match.start()):
        return None  # a title of its own: the amended law is cited, at its own place
    if amending:
        return _amending(text, match.start(), kind, amending.end())
    end = name_end(text, kind, begin)
    shouting = match[1].isupper()
    if end is None:
        end = None if shouting else _general(text, begin)
    if end is None or (shouting and _is_title(text, match.start(), end)):
        return None
    if new := _NEW_EDITION.match(text, end):
        end = new.end()
    if _NUMBER_NEXT.match(text, end):
        return None  # a numbered law: the symbol takes its name along
    name = " ".join(text[match.start() : end].split())
    end, date = _date(text, end)
    return Named(match.start(), end, kind, name, date)


_NEW_EDITION: Final = re.compile(r"\s{1,2}\(sửa đổi(?:,?\s(?:và\s)?bổ sung)?\)")
"""Behind the name of a law that replaces the one of the same name: "Luật Đất đai (sửa đổi)" is not the law in force."""


def _is_title(text: str, start: int, end: int) -> bool:
    """Whether capitals stand alone on their line: the title of a law is no citation of it."""
    after = text[end : end + 12].split("\n", 1)[0]
    return not after.strip(" *_#|.,") and _opens_line(text, start)


def _opens_line(text: str, start: int) -> bool:
    """Whether nothing but markup stands before ``start`` on its line; a look at a few characters, lines may be long."""
    return not text[max(0, start - 40) : start].rpartition("\n")[2].strip(" *_#|")


def _general(text: str, place: int) -> int | None:
    """The end of a name that no list knows: it begins with a capital and has two words or more."""
    first = _WORD.match(text, place)
    if not first or first[0] == "Luật" or (_key(first[0]) in _NOT_NAMES and _key(first[0]) != "về"):
        return None
    dated = _dated_end(text, first.end())
    if dated:
        return dated
    if not first[0][0].isupper() or first[0].isupper() or _key(first[0]) in _NOT_NAMES:
        return None
    end, count = first.end(), 1
    while count < 12:
        space = _SPACE.match(text, end)
        word = _WORD.match(text, space.end()) if space else None
        if not word or _key(word[0]) in _ENDS or word[0][0].isdigit():
            break
        end, count = word.end(), count + 1
    return end if count >= 2 else None


_DATED: Final = re.compile(r"[^.;:\n\d“”\"()]{0,120}?(?=\s(?:ngày\s\d|năm\s\d{4}|số\s\d+/\d{4}/QH))")


def _dated_end(text: str, place: int) -> int | None:
    match = _DATED.match(text, place)
    if not match or re.search(r"(?<!\w)(?:Luật|Nghị|Thông tư|Quyết định|này|Pháp lệnh)(?!\w)", match[0]):
        return None
    found = [_key(w) for w in _WORD.findall(match[0])]
    hard = {"được", "thì", "này", "theo", "đã", "quy", "ban", "kể", "từ", "nếu", "khi", "có"}
    return match.end() if len(found) < 20 and not hard.intersection(found) else None


def _date(text: str, end: int) -> tuple[int, dt.date | None]:
    """Over the date or year that follows a name."""
    bare = _YEAR.match(text, end)
    if bare and ("(" in bare[0]) == (")" in bare[0]):
        return bare.end(), None
    before = _BEFORE_DATE.match(text, end)
    place = before.end() if before else end
    found = date_at(text, place)
    if found and text[place : place + 2].lower() == "ng":
        return found.end, found.value
    year = year_at(text, place) if place - end <= 1 else None
    if year:
        return year.end, None
    wrapped = _YEAR_IN_BRACKETS.match(text, end)
    return (wrapped.end(), None) if wrapped else (end, None)


_OTHER_LAW: Final = re.compile(
    r"(?:\s{0,2},\s{0,2}|\s(?:và|và của|của|VÀ)\s)(?=(?:các\s)?(?:Luật|Bộ luật|Pháp lệnh|LUẬT|BỘ LUẬT"
    r"|PHÁP LỆNH)\s[^\W\d_])"
)
_LAW_WORD: Final = re.compile(r"(?:các\s)?(Luật|Bộ luật|Pháp lệnh|LUẬT|BỘ LUẬT|PHÁP LỆNH)\s(?!số|này)")
_UNTIL_DATE: Final = re.compile(r"[^.;:\n“”\"]{0,160}?(?=\s(?:ngày\s\d|năm\s\d{4}))")


def _amending(text: str, start: int, kind: str, place: int) -> Named | None:
    """One amending law is one citation, however many laws its name names; a date closes it."""
    ends: list[int] = []
    if not _LAW_WORD.match(text, place) and (dated := _UNTIL_DATE.match(text, place)):
        close, date = _date(text, dated.end())
        return Named(start, close, kind, " ".join(text[start : dated.end()].split()), date)
    while word := _LAW_WORD.match(text, place):
        named = name_end(text, word[1].capitalize(), word.end()) or _general(text, word.end())
        if named is None:
            break
        ends.append(named)
        joiner = _OTHER_LAW.match(text, named)
        if not joiner:
            break
        place = joiner.end()
    for end in reversed(ends):
        if _NUMBER_NEXT.match(text, end):
            return None
        closed, date = _date(text, end)
        if closed > end:
            return Named(start, closed, kind, " ".join(text[start:end].split()), date)
    if ends:
        return Named(start, ends[0], kind, " ".join(text[start : ends[0]].split()))
    return None

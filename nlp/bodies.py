"""Where an issuer's name ends: a grammar over words that has learned from lists of bodies which word may follow which.

`của Ủy ban nhân dân tỉnh Kiên Giang về …` ends before `về`; `của Bộ Lao động - Thương binh và Xã hội hướng dẫn …` after
`Xã hội`. Strings stay as printed, except that capitals and slips of known bodies get their usual letters.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

from corpus.text import canonical_tones
from nlp.vocabulary import load

_DATA: Final = load("bodies.toml")
_TOKEN: Final = re.compile(r"[^\W_]+(?:\.(?=[^\W_]))?")
_BETWEEN: Final = re.compile(
    r"(?P<sign>\s{0,2}[,/]\s{1,3}|\s{0,2}-\s{0,3})|(?P<space>\s{1,3})|(?P<dot>\.\s?(?=[A-ZĐ]))"
)
_TERM: Final = re.compile(
    r"\s{0,2},?\s{0,2}\(?(?:[Kk]h[oóÓO][aáÁA]|KH[ÓO][ÁA])\s{1,2}(?:thứ\s)?(?:[IVXL]+|\d{1,2})(?!\w)\)?"
    r"|\s{0,2},?\s{0,2}lần\sthứ\s(?:[IVXL]+|\d{1,2}|[a-zđ]+)(?!\w)"
    r"|\s{0,2},?\s{0,2}\(?(?:nhiệm\skỳ|NHIỆM KỲ|giai đoạn)\s(?:\d{4}\s?-\s?\d{4})\)?"
)
_JOINER: Final = re.compile(r"\s?[-,;]\s?|\s(?:và|cùng)\s")
_NEXT_WORD: Final = re.compile(r"\s{1,2}([^\W_]+)")
_SPACE: Final = re.compile(r"\s{1,2}")
_OF_ASSEMBLY: Final = re.compile(r"\s{1,2}của Quốc hội(?!\w)")
_MAX_WORDS: Final = 24
_MAX_RUN: Final = 10


@lru_cache(maxsize=1 << 14)
def _key(word: str) -> str:
    return canonical_tones(word).lower()


def _learn() -> set[tuple[str, str, str]]:
    """Pairs of words with what stands between them ("" for a space), from every name of the lists."""
    names = [*_DATA["central"], *_DATA["fields"], *_DATA["provinces"], *_DATA["organs"], *_DATA["heads"]]
    names += [
        f"{head} {name}" for head in ("Bộ", "Sở", "Phòng", "Thanh tra", "Bộ trưởng Bộ") for name in _DATA["fields"]
    ]
    names += [f"{head} {name}" for head in _DATA["heads"] for name in _DATA["organs"]]
    names += [
        f"{organ} {place}"
        for organ in [*_DATA["organs"], "Đảng bộ", "Thanh tra", "Đảng bộ các"]
        for place in _DATA["places"]
    ]
    names += [f"{place} {name}" for place in _DATA["places"] for name in _DATA["provinces"]]
    names += [f"{organ} {name}" for organ in _DATA["organs"] for name in _DATA["provinces"]]
    pairs: set[tuple[str, str, str]] = set()
    for name in names:
        words = list(_TOKEN.finditer(name))
        pairs |= {(_key(a[0]), name[a.end() : b.start()].strip(), _key(b[0])) for a, b in pairwise(words)}
    return pairs


_PAIRS: Final = _learn()
_STARTERS: Final = frozenset(_key(word) for word in _DATA["starters"].split())
_OPEN: Final = frozenset(_key(word) for word in _DATA["open"].split())
_STOPS: Final = frozenset(tuple(_key(w) for w in phrase.split("_")) for phrase in _DATA["stops"].split())
_MAX_STOP: Final = max(len(stop) for stop in _STOPS)
_NAMES: Final = {_key(name): name for name in (*_DATA["central"], *_DATA["organs"], *_DATA["provinces"])} | {
    _key(f"{head} {name}"): f"{head} {name}" for head in ("Bộ", "Sở", "Bộ trưởng Bộ") for name in _DATA["fields"]
}


class Body(NamedTuple):
    """An issuer as it stands in the text, and with its usual letters."""

    start: int
    end: int
    name: str


def read_body(text: str, pos: int, *, joint: bool = False) -> Body | None:
    """The body that begins at ``pos``; with ``joint`` also the bodies that issue together with it."""
    end = _walk(text, pos)
    if end is None:
        return None
    while joint and (more := _next_body(text, end)):
        end = more
    end = _term(text, end)
    of = _OF_ASSEMBLY.match(text, end)
    if of and text[pos : pos + 3] in ("Ủy ", "Uỷ ", "Hội"):
        end = of.end()
    return Body(pos, end, canonical_body(text[pos:end]))


def _next_body(text: str, end: int) -> int | None:
    joiner = _JOINER.match(text, end)
    return _walk(text, joiner.end()) if joiner else None


def _term(text: str, end: int) -> int:
    """Over "khóa XII", "lần thứ XI", "nhiệm kỳ 2020 - 2025"."""
    for _ in range(3):
        match = _TERM.match(text, end)
        if not match:
            return end
        if match[0].endswith(")") and "(" not in match[0]:
            return match.end() - 1
        end = match.end()
    return end


def _walk(text: str, pos: int) -> int | None:
    """The end of the longest name from ``pos``, None where no body can begin there."""
    first = _TOKEN.match(text, pos)
    if not first or _key(first[0]) not in _STARTERS or not (first[0][0].isupper() or text.startswith("liên Bộ", pos)):
        return None
    shouting = first[0].isupper() and len(first[0]) > 1 and text[pos : pos + 12].isupper()
    end, last, run = first.end(), first[0], 0
    for _ in range(_MAX_WORDS):
        between = _BETWEEN.match(text, end)
        word = _TOKEN.match(text, between.end()) if between else None
        if not between or not word:
            break
        known = (_key(last), "" if between["space"] else between[0].strip(), _key(word[0])) in _PAIRS
        if not known:
            if not between["space"] or _stops(text, word):
                break
            if word[0][0].islower() or shouting:
                run += 1
                if shouting or run > _MAX_RUN or _complete(text[pos:end], first[0]) or not _closes(text, word.end()):
                    break
        end, last = word.end(), word[0]
    return end if end > first.end() or first[0].isupper() or _key(first[0]) == "đảng" else None


def _stops(text: str, word: re.Match[str]) -> bool:
    """Whether a stop word or phrase begins at ``word``."""
    words = [_key(word[0])]
    end = word.end()
    while len(words) < _MAX_STOP:
        match = _NEXT_WORD.match(text, end)
        if not match:
            break
        words.append(_key(match[1]))
        end = match.end()
    return any(tuple(words[:n]) in _STOPS for n in range(1, len(words) + 1))


def _complete(printed: str, first: str) -> bool:
    """Whether a name needs no further words: a known one, or one whose first word never opens an unlisted name."""
    return _key(first) not in _OPEN or _key(" ".join(printed.split())) in _NAMES


def _closes(text: str, end: int) -> bool:
    """Whether an unlisted name comes to its end (a stop, a sign, a line) within a few words: else it is no name."""
    for _ in range(_MAX_RUN):
        space = _SPACE.match(text, end)
        word = _TOKEN.match(text, space.end()) if space else None
        if not word or "\n" in (space[0] if space else "") or _stops(text, word):
            return True
        end = word.end()
    return False


def canonical_body(printed: str) -> str:
    """``CHÍNH PHỦ`` and ``Chính Phủ`` to ``Chính phủ``; what no list knows stays as printed, on one line."""
    flat = " ".join(printed.split())
    known = _NAMES.get(_key(flat))
    if known:
        same_tones = _key(known) == flat.lower()
        return known if same_tones or flat.isupper() else (flat if flat.lower() != known.lower() else known)
    return _quiet(flat) if flat.isupper() and len(flat) > 6 and " " in flat else flat


def _quiet(flat: str) -> str:
    """Capitals turned back: known names from the left, longest first; the rest in lower case."""
    words, out, i = flat.split(" "), [], 0
    while i < len(words):
        for n in range(len(words) - i, 0, -1):
            name = _NAMES.get(_key(" ".join(words[i : i + n])))
            if name:
                out.append(name)
                i += n
                break
        else:
            word = words[i]
            keep = len(word) <= 5 and not any(c in "ÀÁẢÃẠĂÂÈÉẺẼẸÊÌÍỈĨỊÒÓỎÕỌÔƠÙÚỦŨỤƯỲÝỶỸỴ" for c in word) and i == 0
            out.append(
                word if keep or word.strip("()").isalpha() is False or set(word) <= set("IVXLC") else word.lower()
            )
            i += 1
    joined = " ".join(out)
    return joined[:1].upper() + joined[1:]

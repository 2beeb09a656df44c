"""Elliptical lists written out: "các huyện, thành ủy", "Giám đốc các Sở: Nội vụ, Tài chính", "HĐND, UBND tỉnh"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from corpus.text import canonical_tones, one_to_one
from nlp.registry.model import Resolved

_WORD: Final = r"(?:tỉnh|huyện|quận|thị|thành)"
_PARTY: Final = re.compile(
    rf"(?<!\w)(?P<first>{_WORD}(?:\s*[,/]\s*{_WORD}|\s+và\s+{_WORD})*)(?P<joint>\s*[,/]\s*|\s+và\s+|\s*\(\s*)"
    rf"(?P<last>{_WORD}|đảng)(?:\s*\))?\s+ủy(?!\w)",
    re.IGNORECASE,
)
_MANY: Final = re.compile(
    r"(?<!\w)(?:các|những)\s+(?P<head>bộ|sở|ban|hội|ngành|văn phòng|vp|cục|vụ|công an|tỉnh|thành phố|"
    r"tập đoàn|tổng công ty|ngân hàng)"
    r"\s*:?\s+(?=(?-i:[A-ZĐÀ-ỸỦ]))(?!đảng(?!\w))|(?:^|(?<=[,;]\s))(?P<alone>Bộ|Sở|Ban|Hội|Ngành|VP|Văn phòng)\s*:\s*",
    re.IGNORECASE,
)
_PLACES: Final = re.compile(
    r"^(?P<organ>(?:UBND|HĐND|Ủy ban nhân dân|Hội đồng nhân dân|Công an|Sở [\w ]+?|Đoàn ĐBQH))\s+"
    r"(?:các\s+)?(?P<kind>tỉnh|thành phố|huyện|xã|phường)(?:\s*,\s*(?:thành phố|xã|phường))?\s*:?\s+(?=[A-ZĐÀ-ỸỦ])"
)
_JOINT: Final = re.compile(
    r"\s*[;,]\s*(?:(?:và|cùng|với)\s+)?|\s+(?:và|cùng với|cùng)\s+|\s+[-–—]\s+|\s*[/&+]\s*|\s*\n\s*"
)
_HEAD: Final = re.compile(
    r"^(?P<head>Bộ|Sở|Ban|Hội|Ngành|Văn phòng|Cục|Vụ|Tập đoàn|Tổng công ty|(?:UBND|"
    r"Ủy ban nhân dân|HĐND|Hội đồng nhân dân|Công an|Thanh tra) (?:tỉnh|thành phố|huyện|xã|phường)|"
    r"tỉnh|thành phố|Tỉnh ủy|Thành ủy)\s+(?=\S)",
    re.IGNORECASE,
)
_PLACE_TAIL: Final = re.compile(
    r"\s+((?:tỉnh|thành phố|TP\.?|huyện|xã|phường)(?:\s+[A-ZĐÀ-Ỹ][^\s,]*){0,4})$", re.IGNORECASE
)
_NEXT: Final = re.compile(r"(?<=\w)\s+(?=(?:Bộ|Sở|UBND|HĐND|Ủy ban nhân dân|Văn phòng|Công an|Thanh tra)\s+[A-ZĐÀ-Ỹ&])")
_WHOLE_HEAD: Final = re.compile(r"(?:Bộ|Sở|UBND|HĐND|Ủy ban nhân dân|Hội đồng nhân dân|Các|các)\s")
"""Only after a body of the first rank is what follows another one: "Cổng thông tin điện tử Bộ Xây dựng" is one."""
_MAX_ATOMS: Final = 60
_REACH: Final = 7
"""Atoms of one name at most: "Ủy ban Văn hóa, Giáo dục, Thanh niên, Thiếu niên và Nhi đồng" has four."""

Whole = Callable[[str], tuple[Resolved, ...] | None]


def written_out(text: str) -> str:
    """Party ellipsis and plural heads written out: "các Sở: Nội vụ, Tài chính" → "Sở Nội vụ, Tài chính"."""
    out = _PLACES.sub(lambda match: f"{match['organ']} {match['kind']} ", canonical_tones(text))
    return _MANY.sub(lambda match: f"{_capital(match['head'] or match['alone'])} ", party_written_out(out))


def party_written_out(text: str) -> str:
    """What is left out put in: "các huyện, thành ủy" → "các huyện ủy, thành ủy"."""
    return _PARTY.sub(_each_committee, text)


def has_plural_head(text: str) -> bool:
    """Whether the fields of the list follow one plural head: a bare "Công an" in it is a ministry."""
    return bool(_MANY.search(text) or _PLACES.match(canonical_tones(text)))


def _capital(word: str) -> str:
    if word.lower() == "vp":
        return "Văn phòng"
    return word[:1].upper() + word[1:]


def _each_committee(match: re.Match[str]) -> str:
    first = re.sub(_WORD, lambda word: f"{word[0]} ủy", match["first"], flags=re.IGNORECASE)
    joint = ", " if "(" in match["joint"] else match["joint"]
    return f"{first}{joint}{match['last']} ủy"


@dataclass(frozen=True, slots=True)
class _Atom:
    start: int
    end: int


def _atoms(text: str) -> list[_Atom]:
    clean, found, last = canonical_tones(one_to_one(text)), [], 0
    for joint in _JOINT.finditer(clean):
        if joint.start() > last:
            found.append(_Atom(last, joint.start()))
        last = joint.end()
    return [*found, _Atom(last, len(text))] if last < len(text) else found


def split_list(text: str, whole: Whole, *, plural: bool) -> tuple[Resolved, ...] | None:
    """Each body of a list, by the longest names that ``whole`` knows; None for what is no list or holds no body."""
    atoms = _atoms(text)
    if not 2 <= len(atoms) <= _MAX_ATOMS:
        return None
    found = tuple(_walk(text, atoms, whole, plural=plural))
    return found if any(one.how != "unknown" for one in found) else None


def _walk(text: str, atoms: list[_Atom], whole: Whole, *, plural: bool) -> Iterator[Resolved]:
    place, head, at = _PLACE_TAIL.search(text), "", 0
    while at < len(atoms):
        for last in range(min(len(atoms), at + _REACH), at, -1):
            said = text[atoms[at].start : atoms[last - 1].end].strip()
            tail = place[1] if place and last == at + 1 < len(atoms) else ""
            if made := _read(said, head, tail, whole, plural=plural):
                yield from made
                head, at = _head_of(said, head), last
                break
        else:
            yield Resolved(text[atoms[at].start : atoms[at].end].strip())
            at += 1


def _read(said: str, head: str, tail: str, whole: Whole, *, plural: bool) -> tuple[Resolved, ...] | None:
    """A name as it stands, with the head of the one before, or with the place at the end of the list."""
    heads = [head, head.rpartition(" ")[0]] if " " in head else [head]
    with_head = [f"{one} {said}" for one in heads if one]
    forms = [*with_head, said] if plural else [said, *with_head]
    if tail and not _PLACE_TAIL.search(said):
        forms.insert(0, f"{said} {tail}")
    for form in forms:
        if (made := whole(form.strip())) and (form == said or made[0].unit or made[0].classes):
            return made
    return None


def juxtaposed(text: str, whole: Whole) -> tuple[Resolved, ...] | None:
    """Names one after the other with nothing between them, where each is known."""
    parts = [part.strip() for part in _NEXT.split(text) if part.strip()]
    made = [whole(part) for part in parts]
    if len(parts) < 2 or not all(made) or not _WHOLE_HEAD.match(parts[0]):
        return None
    return tuple(one for group in made if group for one in group)


def _head_of(said: str, head: str) -> str:
    match = _HEAD.match(said)
    return match["head"] if match else head

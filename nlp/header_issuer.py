"""The issuing body out of a header's lines in capitals, with the letters it has in running text."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from corpus.text import canonical_tones, no_marks, one_to_one
from nlp import unit_names as names
from nlp.header_text import is_caps
from nlp.unit_names import plain

_STAMPS: Final = re.compile(
    r"^(?:HỎA TỐC|THƯỢNG KHẨN|KHẨN|MẬT|TỐI MẬT|TUYỆT MẬT|DỰ THẢO.*|LƯU HÀNH NỘI BỘ|XEM XONG TRẢ LẠI|BẢN SAO|"
    r"SAO Y.*|ĐỘC LẬP.*|PHỤ LỤC.*|MẪU SỐ.*|"
    r"(?:XÁC THỰC )?VĂN BẢN HỢP NHẤT.*|CÔNG BÁO.*|[\W\d]*|.)$"
)
_OPEN_END: Final = re.compile(r"(?:[-,]|(?<!\w)VÀ|(?<!\w)CỦA)\s*$")
_ALONE: Final = frozenset(
    {
        "VĂN PHÒNG",
        "THANH TRA",
        "ỦY BAN",
        "BAN",
        "ĐẢNG ỦY",
        "HỘI",
        "VIỆN",
        "TÒA ÁN",
        "CÔNG AN",
        "ĐOÀN",
        "CỤC",
        "VỤ",
        "BỘ",
        "SỞ",
        "THƯỜNG TRỰC",
    }
)
"""A head that cannot be a body by itself: the next line goes on with it."""


@cache
def _caps_head() -> re.Pattern[str]:
    words = [word.upper() for word in names.words("heads")]
    return re.compile(rf"(?:{names.alternatives([*words, 'UBND', 'HĐND', 'UBMTTQ', 'CHỦ TỊCH'])})(?!\w)")


def bodies_of(lines: list[str]) -> list[str]:
    """The bodies named by header lines in capitals, from the superior to the issuing one, still in capitals."""
    found: list[str] = []
    for line in lines:
        said = canonical_tones(one_to_one(" ".join(line.split()).strip(" *.:;")))
        if not is_caps(said) or _STAMPS.match(said):
            continue
        if found and (_goes_on(found[-1], said)):
            found[-1] = f"{found[-1]} {said}"
        else:
            found.append(said)
    parted = [part for body in found for part in _parted(body)]
    return _once([body for body in parted if _caps_head().match(body)])


def _parted(body: str) -> list[str]:
    """Superior and issuer on one line: cut where a whole known name with its place ends and another body begins."""
    low = plain(body)
    known = names.known_name().match(low)
    if not known:
        return [body]
    place = names.place().match(low, known.end())
    end = place.end() if place else known.end()
    rest = body[end:].strip()
    return [body[:end], *_parted(rest)] if rest and _caps_head().match(rest) else [body]


def _goes_on(before: str, line: str) -> bool:
    if not _caps_head().match(line) or _OPEN_END.search(before) or before in _ALONE:
        return True
    known = names.known_name().match(plain(f"{before} {line}"))
    return bool(known and known.end() > len(before))


def _once(bodies: list[str]) -> list[str]:
    """A gazette prints the issuer once more as its own heading."""
    return list(dict.fromkeys(_unrepeated(body) for body in bodies))


def _unrepeated(body: str) -> str:
    words = body.split()
    half = len(words) // 2
    return " ".join(words[:half]) if half and words[:half] == words[half:] else body


_JOINT: Final = re.compile(r"\s+-\s*(?=\S)|\s*;\s*")


_COMMITTEE: Final = re.compile(
    r"(?:BAN CHẤP HÀNH (?P<centre>TRUNG ƯƠNG)|(?P<local>(?:TỈNH|THÀNH|HUYỆN|QUẬN|THỊ) ỦY .+))$"
)


def with_superior(bodies: list[str]) -> str:
    """The issuing body; one whose name says nothing alone (VĂN PHÒNG, a committee's BAN TỔ CHỨC) with its superior."""
    body, above = bodies[-1], bodies[-2]
    committee = _COMMITTEE.match(above)
    if committee and body.startswith(("BAN ", "VĂN PHÒNG", "ỦY BAN KIỂM TRA")) and len(body.split()) <= 6:
        return f"{body} {committee['centre'] or committee['local']}" if body != above else body
    return f"{body} {above}" if body in _ALONE else body


def joint_bodies(body: str) -> list[str]:
    """The bodies of a joint act, named in one line with dashes between them."""
    pieces: list[str] = []
    for piece in _JOINT.split(body):
        if pieces and not _caps_head().match(piece):
            pieces[-1] += f" - {piece}"
        else:
            pieces.append(piece)
    return pieces


# Capitals to sentence case.


@cache
def _cased() -> dict[str, str]:
    return {plain(name): name for name in names.full_names()}


def _letters(name: str) -> str:
    return "".join(char for char in plain(name) if char.isalnum())


@cache
def _squeezed() -> dict[str, str]:
    """Known names without spaces: some files lose them in large capitals."""
    return {_letters(name): name for name in names.full_names()}


_KEPT: Final = re.compile(r"(?:UBND|HĐND|UBMTTQ|MTTQ|ĐBQH|TNCS|VKSND|TAND|TP\.?|BHXH|KCN|KKT|HTX|[IVX]+|\d+)$")
_SYLLABLE: Final = re.compile(
    r"(?:ngh?|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnpqrstvx])?[aeiouy]{1,3}(?:ch|ng|nh|[cmnpt])?$"
)
"""Of Vietnamese, without marks: what is none (QLDA, CHQS, TKV) is an abbreviation and stays in capitals."""
_PLACE_KIND: Final = re.compile(r"(?:tỉnh|thành phố|tp\.?|huyện|quận|thị xã|thị trấn|xã|phường|đặc khu)$")
_NAMED_PLACE: Final = frozenset(word for name in names.PLACE_NAMES for word in name.lower().split())


@cache
def _provinces() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{names.alternatives(names.PLACE_NAMES, lower=True)})(?!\w)")


def sentence_case(body: str) -> str:
    """A body in capitals as running text writes it.

    >>> sentence_case("ỦY BAN NHÂN DÂN TỈNH ĐỒNG THÁP")
    'Ủy ban nhân dân tỉnh Đồng Tháp'
    """
    if not is_caps(body):
        return body
    low = plain(body)
    known = names.known_name().match(low)
    if known:
        name = _cased_name(body, known.end())
        return name + _cased_tail(body[known.end() :], in_place=name.endswith(" ủy"))
    return _cased_unknown(body)


def _cased_name(body: str, end: int) -> str:
    key = re.sub(r"\s+", " ", plain(body[:end]))
    return _cased().get(key) or _prefix_cased(key) or _cased_unknown(body[:end])


def _prefix_cased(key: str) -> str | None:
    """The beginning of a longer known name: "Ban Tuyên giáo và Dân vận" of the one at the centre."""
    return next((name[: len(key)] for low, name in _cased().items() if low.startswith(f"{key} ")), None)


def _keeps(word: str) -> bool:
    if _KEPT.match(word):
        return True
    letters = no_marks(word).lower()
    return len(letters) > 1 and letters.isalpha() and not _SYLLABLE.match(letters)


def _cased_tail(tail: str, *, in_place: bool = False) -> str:
    """What follows a known name: the kind of place small, the place itself with a capital in every syllable."""
    out: list[str] = []
    for word in tail.split():
        low = word.lower()
        if _keeps(word):
            out.append(word)
        elif in_place and not _starts_place(low, out):
            out.append(_capital(low))
        else:
            out.append(low)
            in_place = True if _ends_place_kind(out) else in_place
    joined = " ".join(out)
    joined = _provinces().sub(lambda match: _title(match[0]), joined)
    return f" {joined}" if joined else ""


def _ends_place_kind(words: list[str]) -> bool:
    return bool(_PLACE_KIND.search(" ".join(words[-2:])) and words[-1] not in {"thành", "thị", "đặc"})


def _starts_place(low: str, before: list[str]) -> bool:
    """Whether a word after a place opens a new level: tỉnh, huyện, quận."""
    return low in {"tỉnh", "huyện", "quận"} and len(before) > 1


def _capital(word: str) -> str:
    return "-".join(part[:1].upper() + part[1:] for part in word.split("-"))


def _title(text: str) -> str:
    return " ".join(_capital(word) for word in text.split())


def _cased_unknown(body: str) -> str:
    """A name that no list holds: the head, then a capital on its first syllable and after a dash."""
    if begun := _prefix_cased(plain(body)) or _squeezed().get(_letters(body)):
        return begun
    head = _caps_head().match(body)
    words = body.split()
    lead = len(head[0].split()) if head else 1
    out = [word if _keeps(word) else word.lower() for word in words]
    out[0] = _capital(out[0])
    if len(out) > lead and not _keeps(words[lead]) and not _PLACE_KIND.match(" ".join(out[lead : lead + 1])):
        out[lead] = _capital(out[lead])
    text = " ".join(out)
    text = _provinces().sub(lambda match: _title(match[0]), text)
    return re.sub(
        r"(?<= )(tỉnh|thành phố|huyện|quận|thị xã|thị trấn|xã|phường|đặc khu) ((?:[^\W\d_]+ ?){1,3})$",
        lambda match: f"{match[1]} {_title(match[2])}",
        text,
    )

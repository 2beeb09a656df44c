"""The bodies that a cell or phrase names, without the verbs that say what each of them does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from corpus.text import fold
from nlp.unit_mentions import may_begin_unit
from nlp.unit_names import board, known_name, plain
from nlp.units import find_units, split_units

_VERB = re.compile(
    r"(?<!\w)(?:chủ\s+trì|đầu\s+mối|theo\s+dõi|tổng\s+hợp|hướng\s+dẫn|(?<![Vv]iện\s)nghiên\s+cứu|hoàn\s+thiện|tổng\s+kết|đánh\s+giá|"
    r"(?<!chương\s)(?<!công\s)trình|báo\s+cáo|ban\s+hành|(?<![Bb]an\s)xây\s+dựng|(?<!quan\s)(?<!trách\s)tham\s+mưu|rà\s+soát|chịu\s+trách\s+nhiệm|"
    r"thực\s+hiện|triển\s+khai|đề\s+xuất|phối\s+hợp\s+với|theo\s+(?:chức\s+năng|thẩm\s+quyền|phân\s+công)|"
    r"thống\s+kê|thúc\s+đẩy|có\s+trách\s+nhiệm|là|đối\s+với|lập(?=[,\s]+(?:điều|kế|hồ))|phê\s+duyệt|(?<!các\s)tổ\s+chức(?=\s+(?:thực|triển))|(?<!các\s)(?<!,\s)(?<!và\s)tổ\s+chức(?=$)|"
    r"tiến\s+hành|giải\s+quyết|xử\s+lý|gửi|tăng\s+cường|đôn\s+đốc|(?<!nhà\s)cung\s+cấp|quyết\s+định)(?!\w)"
)
"""Verbs are printed in lower case; a body's name may hold the same word with a capital (Bộ Xây dựng)."""
_RELATIVE = re.compile(r"\sđược\s+(?:giao|phân\s+công)(?:\s+nhiệm\s+vụ)?\s*$")
"""A verb behind these tells which body is meant: "các đơn vị được giao nhiệm vụ chủ trì các chỉ số"."""
_FIELD = re.compile(r"^(?:về|đối với|phần|lĩnh vực|nội dung)\s[^:;]{2,160}:\s*", re.IGNORECASE)
_ITEM = re.compile(r"(?:^|(?<=[\s.;]))\(?\d{1,2}[.)]\s+(?=\S)")
_CLAUSE = re.compile(r"(?<=\w)\.\s+(?=[A-ZĐ])|;\s*(?=\S)")
_BRACKET = re.compile(r"\s*\([^()]*\)")
_SCOPE = re.compile(r"\s*\(\s*(?:đối với|về|phần|nội dung|chủ trì|chịu trách nhiệm)[^()]*\)", re.IGNORECASE)
"""What a body answers for, in brackets after its name."""
_MAX_NAME = 160


@lru_cache(maxsize=4096)
def bodies(cell: str) -> tuple[str, ...]:
    """One string a body, as printed: "1. Bộ Tư pháp chủ trì, tổng hợp. 2. Các bộ" gives "Bộ Tư pháp", "Các bộ"."""
    found: list[str] = []
    for item in _items(cell):
        subject = _before_verb(_FIELD.sub("", item))
        if found and subject.startswith(_ALONE):
            continue
        for piece in _with_titles(subject, split_units(subject)):
            found += _names(piece)
    parted = (one for name in found for part in _PARTY.split(name) if part for one in _of_class(part))
    return tuple(dict.fromkeys(parted))


_OF_CLASS = re.compile(r"(?:[Gg]iám\s+đốc\s+)?[Cc]ác\s+(Bộ|[Ss]ở)\s*:\s*(?=\w)")
_JOINT = re.compile(r",\s+|\s+và\s+")
_LONGEST_NAME = 5


def _of_class(name: str) -> Iterator[str]:
    """The bodies behind a class named once: "Các Bộ: Quốc phòng, Công an" gives "Quốc phòng" and "Công an"."""
    match = _OF_CLASS.match(name)
    if not match:
        yield name
        return
    ends = [joint.span() for joint in _JOINT.finditer(name, match.end())] + [(len(name), len(name))]
    start = match.end()
    while ends:
        taken = max(
            (n for n, (end, _) in enumerate(ends[:_LONGEST_NAME]) if _is_one(match[1], name[start:end])), default=0
        )
        yield name[start : ends[taken][0]]
        start = ends[taken][1]
        del ends[: taken + 1]


def lists_class(text: str) -> bool:
    """Whether names of a class stand behind its colon ("Các Bộ: Xây dựng, Tài chính"), not what it is to do."""
    match = _OF_CLASS.match(text)
    return match is not None and _is_one(match[1], _JOINT.split(text[match.end() : match.end() + _FIRST_NAME])[0])


_FIRST_NAME = 60


def _is_one(class_word: str, name: str) -> bool:
    return bool(known_name().fullmatch(plain(f"{class_word} {name}")))


def _before_verb(item: str) -> str:
    """The bodies before the first verb; those behind it are whom the first works with or for."""
    item = _SCOPE.sub("", item)
    known = board().match(plain(item))
    verb = _VERB.search(item, known.end() if known else 0)
    if not verb or _RELATIVE.search(item[: verb.start()]) or not re.search(r"\w", item[: verb.start()]):
        return item
    return (
        item[: verb.start()].rstrip(" ,;:(")
        if item[: verb.start()].count("(") == item[: verb.start()].count(")")
        else item
    )


_ALONE = ("chủ trì", "phối hợp", "tham mưu", "báo cáo", "tổng hợp", "trình", "hướng dẫn", "kịp thời", "đồng thời")
"""A clause without a body of its own goes on with what the body before it does."""
_PARTY = re.compile(
    r"(?<!chi),\s+(?=(?:các\s+)?(?:đảng\s+[uủ][ỷy]|ban\s+cán\s+sự\s+đảng|đảng\s+đoàn|đảng\s+bộ|chi\s+bộ)(?!\w))",
    re.IGNORECASE,
)
"""Party bodies of different classes are bodies apart: "các huyện, thành ủy | đảng ủy trực thuộc | đảng đoàn"."""


_TITLE = re.compile(
    r"(?:Bộ trưởng|Thứ trưởng|Giám đốc|Chủ tịch|Chánh|Thủ trưởng|Người đứng đầu|Lãnh đạo|Trưởng ban|Bí thư)"
)


def _with_titles(text: str, pieces: tuple[str, ...]) -> list[str]:
    """A title and its body are one name ("Bộ trưởng Bộ Công an"), so are levels: "UBND tỉnh, thành phố"."""
    joined: list[str] = []
    whole = fold(text)
    for piece in pieces:
        if joined and _TITLE.fullmatch(joined[-1]) and f"{joined[-1]} {piece}" in whole:
            joined[-1] = f"{joined[-1]} {piece}"
        elif joined and _goes_on(joined[-1], piece) and f"{joined[-1]}, {piece}" in whole:
            joined[-1] = f"{joined[-1]}, {piece}"
        else:
            joined.append(piece)
    return joined


def _goes_on(name: str, piece: str) -> bool:
    """Levels behind a body of one level: "UBND tỉnh | thành phố", "Trung tâm chính trị xã | phường, đặc khu"."""
    if _LEVEL.match(piece) and _OF_LEVEL.search(name):
        return True
    return bool(_BARE_LEVELS.fullmatch(piece) and _AT_LEVEL.search(name)) or bool(
        _PARTY_LEVEL.fullmatch(piece) and _AT_PARTY_LEVEL.search(name)
    )


_LEVEL_WORD = r"(?:thành\s+phố|thị\s+xã|quận|huyện|xã|phường|đặc\s+khu|thị\s+trấn)"
_BARE_LEVELS = re.compile(rf"{_LEVEL_WORD}(?:,\s+{_LEVEL_WORD}|\s+và\s+{_LEVEL_WORD})*")
_AT_LEVEL = re.compile(rf"^[A-ZĐ]\w*\s.*\s{_LEVEL_WORD}$")
_PARTY_LEVEL = re.compile(r"(?:thành|huyện|quận|thị|đảng)\s+ủy(?:,\s+(?:thành|huyện|quận|thị|đảng)\s+ủy)*")
_AT_PARTY_LEVEL = re.compile(r"^[A-ZĐ]\w*\s.*\s(?:tỉnh|thành|huyện|quận)\s+ủy$")
_LEVEL = re.compile(r"(?:thành\s+phố|thị\s+xã|quận|huyện|xã|phường|đặc\s+khu|thị\s+trấn)(?!\w)")
_OF_LEVEL = re.compile(
    r"(?:UBND|HĐND|Ủy\s+ban\s+nhân\s+dân|Uỷ\s+ban\s+nhân\s+dân).*\s(?:tỉnh|thành\s+phố|thị\s+xã|quận|huyện|xã|phường)$"
)


def _items(cell: str) -> list[str]:
    """The items of a numbered list inside a cell, and the clauses of each that stand apart."""
    items = [part for part in _ITEM.split(cell) if part.strip(" .;\n")]
    return [clause for item in items for clause in _CLAUSE.split(item) if clause.strip(" .;\n")]


def _names(piece: str) -> list[str]:
    piece = _FIELD.sub("", fold(piece)).strip(" .,;:-–+•*")
    known = board().match(plain(piece))
    verb = _VERB.search(piece, known.end() if known else 0)
    if not verb or _RELATIVE.search(piece[: verb.start()]):
        return [piece] if len(piece) <= _MAX_NAME else [name for _, _, name in find_units(piece)][:1]
    head = piece[: verb.start()].strip(" .,;:-–")
    if head and head[:1].isalpha() and len(head) <= _MAX_NAME:
        return [_BRACKET.sub("", head).removesuffix(" và").strip()]
    return [] if not head else [name for _, _, name in find_units(head)]


def bodies_only(text: str) -> tuple[str, ...]:
    """The bodies of a heading that is nothing but bodies ("Sở Nội vụ", "UBND các huyện, thành phố"), else none."""
    heading = LEADS.sub("", fold(text).strip(" .:;*-–"))
    if not heading or len(heading) > _MAX_NAME or not may_begin_unit(heading) or _ORDERS.search(heading):
        return ()
    known = board().match(plain(heading))
    if _VERB.search(heading, known.end() if known else 0):
        return ()
    units = find_units(heading)
    if not units or units[0][0] != 0:
        return ()
    if _OF_CLASS.match(heading):
        return bodies(heading)
    covered = sum(end - start for start, end, _ in units)
    named = split_units(heading)
    whole = len(named) == 1 and _FIELDS.fullmatch(heading, units[0][1])
    return named if whole or covered >= 0.7 * len(heading) else ()


LEADS = re.compile(r"\s(?:tập\s+trung\s+)?lãnh\s+đạo(?:(?:,|\s+và)?\s+chỉ\s+đạo)?(?:\s+(?:thực\s+hiện|triển\s+khai))?$")
"""What a Party body is to do with the items below: "Đảng ủy Ủy ban nhân dân tỉnh lãnh đạo, chỉ đạo:"."""
_ORDERS = re.compile(r"\s(?:yêu\s+cầu|đề\s+nghị|chỉ\s+đạo|kết\s+luận|chỉ\s+thị|giao|phân\s+công)$")
"""Who orders, not who is ordered: "Chủ tịch Ủy ban nhân dân tỉnh yêu cầu:"."""
_FIELDS = re.compile(
    rf"(?:(?:,|\s[-–]|\svà)?\s[A-ZĐ]\w*(?:\s[a-zà-ỹđ]+){{0,2}})+(?:\s(?:tỉnh|{_LEVEL_WORD})(?:\s[A-ZĐ]\w*)*)?"
)
"""More fields of one body: "Phòng Tài chính - Kế hoạch", "Trung tâm Văn hóa, Thông tin và Truyền thanh huyện"."""

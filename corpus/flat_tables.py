"""Tables that a crawler flattened to one cell a line, rebuilt: where each row ends and which columns its cells fill.

Flattened, a row is ``|`` cell ``|`` cell ``|``, each on its own line, and the next row begins with another ``|``.
So an empty cell and the end of a row look alike, and merged cells are simply missing. The number of columns is the
one under which the rows fall into place at least cost; merged cells are then put where they fit the columns best.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from corpus.labels import read_label

Cells = tuple[str, ...]

_MOST_COLUMNS: Final = 40
_FEWEST_JOINED: Final = 4
"""Tables with fewer columns that follow each other are more often different forms."""
_WORTH_COMPARING: Final = 30
_MOST_CELLS: Final = 20_000
_NUMBERING: Final = re.compile(r"(?:[IVXLC]{1,7}|[A-ZĐ]|\d{1,3}(?:\.\d{1,3}){0,3}|[a-zđ])[.)]?")
_COUNTER: Final = re.compile(r"\d{1,3}[.)]?")
_BODY: Final = re.compile(
    r"(?:các |Các )?(?:Sở|Bộ|UBND|Ủy ban|Uỷ ban|Ban|Văn phòng|Công an|Cục|Chi cục|Trung tâm|Đơn vị|cơ quan|Cơ quan"
    r"|sở|bộ|xã|phường)\b"
)
_TIME: Final = re.compile(
    r"(?:Quý|Quí|Tháng|tháng|Năm|Trước|Thường xuyên|Hằng|Hàng|Định kỳ|Sau|Từ)\b|\d{1,2}/\d{4}|\d{4}"
)
_OVER: Final = tuple(
    (re.compile(below, re.IGNORECASE), re.compile(above, re.IGNORECASE))
    for below, above in (
        (r"chủ trì|phối hợp", r"cơ quan|đơn vị|phân công|trách nhiệm|tổ chức"),
        (r"năm|quý|tháng|\d{4}|bắt đầu|kết thúc|hoàn thành", r"thời gian|tiến độ|lộ trình|thời hạn|kinh phí|chỉ tiêu"),
    )
)
"""Words of sub-headers and of the header that stands over them."""
_HEADER_FIRST: Final = re.compile(r"(?:S|Số )?TT|STT|Stt", re.IGNORECASE)
_DROPPED_SEPARATOR: Final = 4.0


def rows(gaps: Sequence[str]) -> list[Cells]:
    """The rows of a flattened table. ``gaps`` are the texts between its bars, from the first bar to the last."""
    if len(gaps) > _MOST_CELLS:
        return list(_rows_by_empty_cells(gaps))
    best = min((_parse(gaps, columns) for columns in _candidates(gaps)), key=lambda parsed: parsed[0])
    return best[1]


def _rows_by_empty_cells(gaps: Sequence[str]) -> Iterator[Cells]:
    """Rows of a table too large to weigh: every empty place ends one."""
    row: list[str] = []
    for text in (*gaps, ""):
        if row and (not text or len(row) == _MOST_COLUMNS):
            yield tuple(row)
            row = []
        if text:
            row.append(text)


def grid(table: Sequence[Cells]) -> list[list[tuple[int, int]]]:
    """For each row and column the (row, cell) whose text stands there: merged cells fill what they cover."""
    columns = max(map(len, table), default=0)
    profiles = _profiles([row for row in table if len(row) == columns], columns)
    placed: list[list[tuple[int, int]]] = []
    for number, row in enumerate(table):
        own = [(number, index) for index in range(len(row))]
        above = placed[-1] if placed else None
        placed.append(_place(table, row, own, above, columns, profiles))
    return placed


def without_repeats(table: Sequence[Cells]) -> list[Cells]:
    """Drop rows that a crawler's overlapping pieces repeat: numbered rows, or their ends, word for word as before."""
    seen: set[Cells] = set()
    kept: list[Cells] = []
    for row in table:
        if row in seen and sum(map(len, row)) > _WORTH_COMPARING:
            continue
        if _COUNTER.fullmatch(row[0]):
            seen.update(row[first:] for first in range(len(row) - 1))
        kept.append(row)
    return kept


def goes_on(table: Sequence[Cells], following: Sequence[Cells]) -> bool:
    """True when ``following`` is the same table after a page break: as many columns, and no other header."""
    columns = max(map(len, table), default=0)
    if columns < _FEWEST_JOINED or not following or max(map(len, following)) != columns:
        return False
    return following[0] == table[0] or not _HEADER_FIRST.fullmatch(following[0][0])


def _candidates(gaps: Sequence[str]) -> Iterator[int]:
    """Plausible numbers of columns: the header's cells, the distance of counted rows, the longest rows."""
    runs = Counter(length for length in _runs(gaps) if length <= _MOST_COLUMNS)
    found = [length for length, _ in runs.most_common(3)] + [max(runs, default=1)]
    counters = [
        place for place, text in enumerate(gaps) if _COUNTER.fullmatch(text) and (place == 0 or not gaps[place - 1])
    ]
    steps = Counter(
        b - a - 1 for a, b in pairwise(counters) if int(gaps[b].rstrip(".)")) == int(gaps[a].rstrip(".)")) + 1
    )
    found += [step for step, _ in steps.most_common(3) if 0 < step <= _MOST_COLUMNS]
    yield from dict.fromkeys(found or [1])


def _runs(gaps: Sequence[str]) -> Iterator[int]:
    """Lengths of the stretches of filled cells, and of empty ones with what stands before them."""
    length = 0
    for text in (*gaps, ""):
        if text:
            length += 1
        elif length:
            yield length
            length = 0


def _parse(gaps: Sequence[str], columns: int) -> tuple[float, list[Cells]]:
    """Cheapest division into rows of at most ``columns`` cells, by dynamic programming from the end."""
    total = len(gaps)
    cost = [0.0] * (total + 2)
    choice = [(0, 0)] * (total + 2)
    for start in range(total - 1, -1, -1):
        options = []
        for length in range(1, min(columns, total - start) + 1):
            end = start + length
            separated = end >= total or not gaps[end]
            after = min(end + 1, total) if separated else end
            price = _price(gaps[start:end], columns) + cost[after] + (0 if separated else _DROPPED_SEPARATOR)
            options.append((price, -length, after))
        cost[start], length, after = min(options)
        choice[start] = (-length, after)
    parsed, start = [], 0
    while start < total:
        length, after = choice[start]
        parsed.append(tuple(gaps[start : start + length]))
        start = after
    return cost[0] + 0.01 * columns, parsed


def _price(cells: Sequence[str], columns: int) -> float:
    """How unlikely these cells are a whole row."""
    filled = sum(1 for cell in cells if cell)
    price = 0.0
    if len(cells) < columns:
        price = 1.0 if len(cells) == 1 and filled else 1.2 + 0.05 * (columns - len(cells))
    if not filled:
        price += 0.4 if len(cells) == columns else 3.0
    elif not cells[0]:
        price += 0.4
    if len(cells) == 2 and filled == 2 and _NUMBERING.fullmatch(cells[0]):
        price = 0.8
    for before, cell in pairwise(cells):
        if not before and cell and _NUMBERING.fullmatch(cell):
            price += 0.3 if len(cells) == columns and cell[0].isdigit() else 2.0
    return price


@dataclass(frozen=True, slots=True)
class _Profile:
    """What the cells of a column look like."""

    length: float
    numbering: float
    body: float
    time: float


def _profile(text: str) -> _Profile:
    return _Profile(
        math.log1p(len(text)),
        float(bool(_NUMBERING.fullmatch(text))),
        float(bool(_BODY.match(text))),
        float(bool(_TIME.match(text)) and len(text) < 60),
    )


def _profiles(full: Sequence[Cells], columns: int) -> list[_Profile]:
    data = [row for row in full if not _HEADER_FIRST.fullmatch(row[0])] or list(full)
    found = []
    for column in range(columns):
        each = [_profile(row[column]) for row in data if row[column]] or [_profile("")]
        found.append(_Profile(*(sum(getattr(p, name) for p in each) / len(each) for name in _Profile.__slots__)))
    return found


def _place(
    table: Sequence[Cells],
    row: Cells,
    own: list[tuple[int, int]],
    above: list[tuple[int, int]] | None,
    columns: int,
    profiles: list[_Profile],
) -> list[tuple[int, int]]:
    """The grid row of one row of cells."""
    missing = columns - len(row)
    if not missing:
        return own
    if len(row) == 1:
        return own * columns
    if above is None:
        return _spread_header(table, row, own, columns)
    heads = [table[number][cell] for number, cell in above]
    if own[0][0] == 1 and len(set(above)) < columns:
        return _under_header(own, above)
    if len(row) == 2 and _NUMBERING.fullmatch(row[0]) and not _is_continuation(row, heads):
        return [own[0]] + [own[1]] * (columns - 1)
    return _fill_from_above(row, own, above, profiles)


def _is_continuation(row: Cells, heads: list[str]) -> bool:
    """Two cells that go on under a row whose other cells are merged downwards, not a numbered group heading."""
    return _COUNTER.fullmatch(row[0]) is not None and read_label(row[1]) is None and len(heads) <= 3


def _spread_header(
    table: Sequence[Cells], row: Cells, own: list[tuple[int, int]], columns: int
) -> list[tuple[int, int]]:
    """A header row with fewer cells than columns: one of its cells stands over several columns of the second row."""
    below = table[1] if len(table) > 1 else ()
    missing = columns - len(row)
    scores = [(_over(cell, " ".join(below)), index) for index, cell in enumerate(row)]
    widest = max(scores)[1]
    return [place for index, place in enumerate(own) for _ in range(1 + missing * (index == widest))]


def _over(cell: str, below: str) -> float:
    """How well a header cell stands over the words of the sub-headers."""
    own, words = set(cell.lower().split()), set(below.lower().split())
    shared = len(own & words) / (len(own) or 1)
    fits = any(low.search(below) and high.search(cell) for low, high in _OVER)
    note = "ghi chú" in cell.lower() or bool(_HEADER_FIRST.fullmatch(cell))
    return shared + fits - 2.0 * note


def _under_header(own: list[tuple[int, int]], above: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The second header row fills the columns under the wide cells; the others are merged downwards."""
    wide = {place for place, count in Counter(above).items() if count > 1}
    below = iter(own)
    return [next(below, place) if place in wide else place for place in above]


def _fill_from_above(
    row: Cells, own: list[tuple[int, int]], above: list[tuple[int, int]], profiles: list[_Profile]
) -> list[tuple[int, int]]:
    """Cells of a row whose other cells are merged with the row above, each put into the column it looks like."""
    columns, count = len(above), len(row)
    looks = [_profile(cell) for cell in row]
    cost = [[math.inf] * (count + 1) for _ in range(columns + 1)]
    cost[0][0] = 0.0
    taken = [[False] * (count + 1) for _ in range(columns + 1)]
    for column in range(columns):
        for used in range(count + 1):
            here = cost[column][used]
            if here < cost[column + 1][used]:
                cost[column + 1][used], taken[column + 1][used] = here, False
            if used < count and here + _distance(looks[used], profiles[column]) < cost[column + 1][used + 1]:
                cost[column + 1][used + 1] = here + _distance(looks[used], profiles[column])
                taken[column + 1][used + 1] = True
    placed, used = list(above), count
    for column in range(columns, 0, -1):
        if taken[column][used]:
            used -= 1
            placed[column - 1] = own[used]
    return placed


def _distance(cell: _Profile, column: _Profile) -> float:
    return (
        abs(cell.length - column.length) / 3
        + 2 * abs(cell.numbering - column.numbering)
        + abs(cell.body - column.body)
        + abs(cell.time - column.time)
    )

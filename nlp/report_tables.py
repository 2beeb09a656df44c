"""Rows of a report's tables: number, task, result and status in the unit's own columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Final

from corpus.model import Cell, Document, Row, Table
from corpus.text import canonical_tones, fold
from nlp.report_items import Claim
from nlp.status import claimed_status

_ROLES: Final = tuple(
    (role, re.compile(pattern))
    for role, pattern in (
        ("code", r"^mã (?:nhiệm vụ|nv|số nhiệm vụ|theo dõi)$"),
        ("number", r"^(?:tt|stt|số tt|số thứ tự|số|mục)\.?$"),
        (
            "beside",
            (
                r"^(?!.*(?:kết quả|tình hình|tiến độ|nhiệm vụ|nội dung)).*(?:lý do|nguyên nhân|khó khăn|vướng mắc|"
                r"chưa làm|(?:tuần|tháng|quý|kỳ) (?:tới|sau|tiếp)|kiến nghị|đề xuất|giải pháp|"
                r"hướng (?:xử lý|giải quyết)|việc tiếp|^dự kiến)"
            ),
        ),
        ("deadline", r"thời hạn|thời gian (?:hoàn thành|thực hiện)|^hạn"),
        (
            "status",
            (
                r"^tiến độ|tình trạng|trạng thái|^mức độ|đánh giá|^hoàn thành$|tiến độ thực hiện|"
                r"tiến độ hoàn thành"
            ),
        ),
        (
            "result",
            (
                r"kết quả|tình hình thực hiện|sản phẩm|làm được|đã làm|đã thực hiện|nội dung thực hiện|minh chứng|"
                r"số, ký hiệu|ghi chú|giải trình|^tình hình|^hiện trạng|^thực tế|^diễn giải|^nhận xét|^thực hiện|"
                r"^(?:đã|chưa|còn|đang) |(?:^| )đã [^\W\d_]+|^đến nay|^tồn tại|^có mặt|^đạt(?: |$)|đến đâu|số liệu$"
            ),
        ),
        (
            "target",
            (
                r"^(?:kế hoạch|mục tiêu|chỉ tiêu (?:giao|năm|kế hoạch)|số (?:phải|được|gọi|cần|tiền|giao)|tổng số|giao|"
                r"phải (?:làm|có)|tồn đầu)|(?:cần|phải) (?:có|làm|lắp|đạt)|(?:được|đã) giao$"
            ),
        ),
        ("task", r"nhiệm vụ|nội dung|công việc|chỉ tiêu|đầu việc|^việc|tên việc|hạng mục"),
    )
)
_MARKED: Final = (
    ("Hoàn thành", re.compile(r"^(?:đã )?(?:hoàn thành|xong|làm|thực hiện)(?: xong| đúng hạn| trong hạn)?$")),
    ("Hoàn thành quá hạn", re.compile(r"^(?:đã )?hoàn thành (?:quá|chậm|trễ)")),
    ("Đang thực hiện", re.compile(r"^đang(?: (?:thực hiện|triển khai|làm|xử lý))?")),
    ("Chưa thực hiện", re.compile(r"^chưa(?: (?:thực hiện|triển khai|hoàn thành|làm|xong))?$")),
)
"""Columns that are ticked rather than filled."""
_TICK: Final = re.compile(r"^[xX✓✔v+]$")
_REQUEST: Final = re.compile(r"đề nghị|kiến nghị|đề xuất|(?<![^\W\d_])xin(?![^\W\d_])")
_REQUESTS: Final = re.compile(rf"(?:{_REQUEST.pattern})(?!.*(?:khó khăn|vướng mắc|nguyên nhân|lý do|giải pháp))")
"""Heads of columns that hold requests and nothing else."""
_WHOSE: Final = re.compile(r"(?:đơn vị|cơ quan|đvt|người|hạn|thời|ngày|ký hiệu)")
"""Heads of columns that say whose a row is, by when, or how it is counted."""
_LETTERS: Final = re.compile(r"[^\W\d_]{2,}")
_FIGURE: Final = re.compile(r"\d[\d.]*(?:,\d+)?")
_LOOKED_AT: Final = 30
_HEAD_ROWS: Final = 4
_FEWEST: Final = 4
"""Words of a result that is told rather than counted."""
_SHARE: Final = 0.5
"""Of the rows that say anything in the status or result column, so many must claim a status for a report's table."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns hold what, and the first row below the heads."""

    task: int
    first: int
    number: int | None = None
    code: int | None = None
    """Column of the codes of the office's own form."""
    said: tuple[int, ...] = ()
    """Result and status columns, the status last."""
    beside: tuple[int, ...] = ()
    """Columns of what hinders, what comes next and what is asked for."""
    requests: tuple[int, ...] = ()
    """Those of them that hold requests alone."""
    status: int | None = None
    ticked: tuple[tuple[int, str], ...] = ()
    target: int | None = None
    """Column of the figure that those of the results are measured against."""


def _text(document: Document, cell: Cell) -> str:
    return fold(document.text[cell.start : cell.end])


def table_claims(document: Document, table: Table) -> Iterator[Claim]:
    """One claim a row that tells the state of a task; nothing for tables of figures or of assignments."""
    columns = _columns(document, table)
    if not columns:
        return
    found = [claim for row in table.rows[columns.first :] if (claim := _claim(document, row, columns))]
    if found and (columns.code is not None or _tells(found)):
        yield from found


def form_claims(document: Document, table: Table) -> list[Claim]:
    """The filled-in rows of the office's own form; of other tables nothing is read, so every document may be asked."""
    if "mã" not in document.text[table.start : table.end].lower():
        return []  # no column of codes: most tables of most documents
    columns = _columns(document, table)
    if not columns or columns.code is None:
        return []
    return [claim for claim in table_claims(document, table) if claim.code]


def _tells(found: Sequence[Claim]) -> bool:
    """Whether rows tell how work stands: half of them claim a status, or tell a result in words, not numbers alone."""
    told = [
        claim
        for claim in found
        if any(claimed_status(cell)[0] != "unknown" or _in_words(cell) for cell in (claim.status_text, *claim.cells))
        or any(claimed_status(cell, told=False)[0] != "unknown" for cell in claim.beside)
    ]
    return len(told) >= _SHARE * len(found)


def _in_words(text: str) -> bool:
    return len(re.findall(r"[^\W\d_]{2,}", text)) >= _FEWEST


def _columns(document: Document, table: Table) -> Columns | None:
    for index in range(min(len(table.rows), _HEAD_ROWS)):
        names, below = _heads(document, table, index)
        if columns := _columns_under(document, table, index, names, below):
            return columns
    return None


def _heads(document: Document, table: Table, index: int) -> tuple[list[str], int]:
    """The heads in a row, and the first row below them; a wide head gives way to those that stand under it."""
    names, *lower = [_names(document, row) for row in table.rows[index : index + 2]]
    task = _first([_role(name) for name in names], "task")
    if task is None or not lower or not _divides(names, lower[0], task):
        return names, index + 1
    return [low or name for name, low in zip_longest(names, lower[0], fillvalue="")], index + 2


def _divides(names: Sequence[str], lower: Sequence[str], task: int) -> bool:
    """Whether a row holds heads under those of the row before: each says what it is about, none tells a task."""
    own = [low for low in lower if low and low not in names]
    marked = [any(pattern.match(low) for _, pattern in _MARKED) or _role(low) not in (None, "task") for low in own]
    return task < len(lower) and lower[task] in ("", names[task]) and len(own) > 1 and all(marked)


def _names(document: Document, row: Row) -> list[str]:
    return [canonical_tones(_text(document, cell)).lower() for cell in row.cells]


def _columns_under(document: Document, table: Table, index: int, names: Sequence[str], below: int) -> Columns | None:
    roles = [_role(name) for name in names]
    task = _first(roles, "task")
    if task is None:
        task = _wordy(document, table, below - 1, roles, names)
    if task is None:
        return None
    ticks, first = _ticks(document, names, table.rows[index + 1 : index + 2], index)
    status = _first(roles, "status")
    results = [i for i, role in enumerate(roles) if role == "result" and i > task]
    if status is None and not results and not ticks:
        results = [i for i, role in enumerate(roles) if role == "result"]
    if status is None and not results and not ticks and "code" not in roles:
        return None
    beside = tuple(i for i, role in enumerate(roles) if role == "beside" and i > task)
    return Columns(
        task,
        max(first, below),
        number=_first(roles, "number"),
        code=_first(roles, "code"),
        said=tuple(dict.fromkeys([*results, *([status] if status is not None else [])])),
        beside=beside,
        requests=tuple(place for place in beside if _REQUESTS.match(names[place])),
        status=status,
        ticked=ticks,
        target=next((i for i, role in enumerate(roles) if role == "target" and i > task), None),
    )


def _first(roles: Sequence[str | None], role: str) -> int | None:
    return next((place for place, each in enumerate(roles) if each == role), None)


def _wordy(
    document: Document, table: Table, index: int, roles: Sequence[str | None], names: Sequence[str]
) -> int | None:
    """What the rows are about where no head says it: left of the results, the column of the most words."""
    results = [place for place, role in enumerate(roles) if role in ("result", "status")]
    if not results:
        return None
    rows = table.rows[index + 1 : index + 1 + _LOOKED_AT]
    words = {
        place: sum(len(_LETTERS.findall(_text(document, row.cells[place]))) for row in rows if place < len(row.cells))
        for place in range(results[0])
        if roles[place] in (None, "target") and not _WHOSE.match(names[place])
    }
    best = max(words, key=lambda place: words[place], default=None)
    return best if best is not None and words[best] >= len(rows) else None


def _role(name: str) -> str | None:
    if not name or len(name) > 80:
        return None
    return next((role for role, pattern in _ROLES if pattern.search(name)), None)


def _ticks(
    document: Document, names: Sequence[str], after: Sequence[Row], index: int
) -> tuple[tuple[tuple[int, str], ...], int]:
    """Columns headed by a status each, in the head row or in the one below it."""
    lower = [_names(document, row) for row in after]
    for offset, heads in enumerate([list(names), *lower]):
        found = [(i, word) for i, head in enumerate(heads) for word, pattern in _MARKED if pattern.match(head)]
        if len(found) > 1:
            return tuple(found), index + 1 + offset
    return (), index + 1


def _claim(document: Document, row: Row, columns: Columns) -> Claim | None:
    if columns.task >= len(row.cells):
        return None
    task = row.cells[columns.task]
    said, beside = (
        [row.cells[i] for i in places if i < len(row.cells) and _is_own(row.cells[i], task)]
        for places in (columns.said, columns.beside)
    )
    ticked = [
        (row.cells[i], word)
        for i, word in columns.ticked
        if i < len(row.cells) and _TICK.match(_text(document, row.cells[i]))
    ]
    spans = {(cell.start, cell.end) for cell in row.cells if cell.end > cell.start}
    code = _cell_text(document, row, columns.code)
    if task.start == task.end or len(spans) < 2 or not (said or ticked or beside):
        return None
    status = _status_text(document, row, columns, ticked)
    cells = [task, *said, *beside, *(cell for cell, _ in ticked)]
    number = _cell_text(document, row, columns.number).strip(" .()")
    start = min(cell.start for cell in cells)
    end = max(cell.end for cell in cells)
    texts = [text for cell in said if (text := _text(document, cell)) != status and not _TICK.match(text)]
    telling = (status, *texts)
    if reached := _against_target(document, row, columns, said):
        telling = (reached, *(text for text in telling if not _FIGURE.fullmatch(text)))
    asked = [row.cells[i] for i in columns.requests if i < len(row.cells)]
    hinders = tuple(_hinder(_text(document, cell), asks=cell in asked) for cell in beside)
    return Claim(start, end, status, telling, _text(document, task), hinders, number or None, code or None)


def _hinder(text: str, *, asks: bool) -> str:
    """What hinders, comes next or is asked for; in a column of requests it is read with its head's word."""
    if not asks or _REQUEST.search(text.lower()) or not _LETTERS.search(text):
        return text
    return f"Đề nghị {text[0].lower()}{text[1:]}"


def _against_target(document: Document, row: Row, columns: Columns, said: Sequence[Cell]) -> str:
    """What a row reaches of its whole ("207/320"), where bare figures stand for both."""
    goal = _cell_text(document, row, columns.target)
    reached = _text(document, said[0]) if said else ""
    return f"{reached}/{goal}" if _FIGURE.fullmatch(goal) and _FIGURE.fullmatch(reached) else ""


def _cell_text(document: Document, row: Row, column: int | None) -> str:
    return _text(document, row.cells[column]) if column is not None and column < len(row.cells) else ""


def _is_own(cell: Cell, task: Cell) -> bool:
    """Not empty, and not the task's own cell stretched over the row, as in a group heading."""
    return cell.end > cell.start and (cell.start, cell.end) != (task.start, task.end)


def _status_text(document: Document, row: Row, columns: Columns, ticked: Sequence[tuple[Cell, str]]) -> str:
    if ticked:
        return ticked[0][1]
    order = [columns.status, *columns.said] if columns.status is not None else [*columns.said]
    texts = [_text(document, row.cells[i]) for i in order if i is not None and i < len(row.cells)]
    return next(
        (text for text in texts if claimed_status(text)[0] != "unknown"), next((text for text in texts if text), "")
    )

"""Ruled lines of a PDF page: what the borders of a table are drawn with.

Word and LibreOffice draw a border as a thin filled rectangle, a stroked line, a stroked rectangle, or (old converters)
a one-pixel image; dashed and doubled borders come as many short pieces. All become horizontal and vertical rules in the
reading frame of the page, joined where they touch.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import pypdfium2 as pdfium
from pypdfium2 import raw

from corpus.pdf_words import Frame

_THIN = 3.0
"""Points: a filled box thinner than this is a rule, a wider one is a shade."""
_JOIN = 4.0
_SAME = 1.5
_SHORT = 4.0
_MAX_OBJECTS = 30_000
_MAX_SEGMENTS = 2_000
_MAX_DEPTH = 4

Point = tuple[float, float]
Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line: ``at`` is its y when horizontal, its x when vertical; ``low`` to ``high`` is its extent."""

    at: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Rules:
    """All rules of a page in its reading frame."""

    across: tuple[Rule, ...] = ()
    down: tuple[Rule, ...] = ()
    images: bool = False
    """True where an image covers a part of the page that may hold text."""


def read_rules(page: pdfium.PdfPage, frame: Frame, turn: int) -> Rules:
    """The page's rules, in the frame of ``turn``."""
    across: list[Rule] = []
    down: list[Rule] = []
    for start, end in _strokes(page.raw):
        (x0, y0), (x1, y1) = frame.point(turn, *start), frame.point(turn, *end)
        if abs(y1 - y0) <= _THIN and abs(x1 - x0) > abs(y1 - y0):
            across.append(Rule((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
        elif abs(x1 - x0) <= _THIN:
            down.append(Rule((x0 + x1) / 2, min(y0, y1), max(y0, y1)))
    return Rules(join(across), join(down), _has_picture(page.raw, frame))


def join(rules: list[Rule]) -> tuple[Rule, ...]:
    """Rules on one line that touch become one; what stays shorter than a letter goes."""
    joined: list[Rule] = []
    for row in _on_one_line(rules):
        row.sort(key=lambda rule: rule.low)
        at = sum(rule.at for rule in row) / len(row)
        low, high = row[0].low, row[0].high
        for rule in row[1:]:
            if rule.low <= high + _JOIN:
                high = max(high, rule.high)
                continue
            joined.append(Rule(at, low, high))
            low, high = rule.low, rule.high
        joined.append(Rule(at, low, high))
    return tuple(rule for rule in joined if rule.high - rule.low > _SHORT)


def _on_one_line(rules: list[Rule]) -> Iterator[list[Rule]]:
    row: list[Rule] = []
    for rule in sorted(rules, key=lambda rule: rule.at):
        if row and rule.at - row[0].at > _SAME:
            yield row
            row = []
        row.append(rule)
    if row:
        yield row


def _strokes(page: raw.FPDF_PAGE) -> Iterator[tuple[Point, Point]]:
    """Straight lines that the page draws, in page space."""
    count = min(raw.FPDFPage_CountObjects(page), _MAX_OBJECTS)
    for index in range(count):
        yield from _object_strokes(raw.FPDFPage_GetObject(page, index), _IDENTITY, 0)


def _object_strokes(item: raw.FPDF_PAGEOBJECT, outer: Matrix, depth: int) -> Iterator[tuple[Point, Point]]:
    kind = raw.FPDFPageObj_GetType(item)
    if kind == raw.FPDF_PAGEOBJ_PATH:
        yield from _path_strokes(item, outer)
    elif kind == raw.FPDF_PAGEOBJ_IMAGE:
        yield from _thin_box(item, outer)
    elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _MAX_DEPTH:
        inner = _times(_matrix_of(item), outer)
        for index in range(min(raw.FPDFFormObj_CountObjects(item), _MAX_OBJECTS)):
            yield from _object_strokes(raw.FPDFFormObj_GetObject(item, index), inner, depth + 1)


def _path_strokes(path: raw.FPDF_PAGEOBJECT, outer: Matrix) -> Iterator[tuple[Point, Point]]:
    """A stroked path gives its straight sides, a filled one only its long axis, when it is thin."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not raw.FPDFPath_GetDrawMode(path, fill, stroke) or not (fill.value or stroke.value):
        return
    if not stroke.value:
        # One fill may hold many thin boxes: each closed run of points is looked at by itself.
        yield from _thin_figures(path, outer)
        return
    for figure in _figures(path, outer):
        yield from pairwise(figure)


def _thin_figures(path: raw.FPDF_PAGEOBJECT, outer: Matrix) -> Iterator[tuple[Point, Point]]:
    for figure in _figures(path, outer):
        xs, ys = [x for x, _ in figure], [y for _, y in figure]
        axis = _axis(min(xs), min(ys), max(xs), max(ys))
        if axis:
            yield axis


def _axis(x0: float, y0: float, x1: float, y1: float) -> tuple[Point, Point] | None:
    if y1 - y0 <= _THIN:
        return (x0, (y0 + y1) / 2), (x1, (y0 + y1) / 2)
    if x1 - x0 <= _THIN:
        return ((x0 + x1) / 2, y0), ((x0 + x1) / 2, y1)
    return None


def _figures(path: raw.FPDF_PAGEOBJECT, outer: Matrix) -> Iterator[list[Point]]:
    """The closed or open runs of points of a path; curves break a run."""
    matrix = _times(_matrix_of(path), outer)
    x, y = ctypes.c_float(), ctypes.c_float()
    run: list[Point] = []
    for index in range(min(raw.FPDFPath_CountSegments(path), _MAX_SEGMENTS)):
        segment = raw.FPDFPath_GetPathSegment(path, index)
        kind = raw.FPDFPathSegment_GetType(segment)
        if not raw.FPDFPathSegment_GetPoint(segment, x, y):
            continue
        if kind != raw.FPDF_SEGMENT_LINETO:
            if len(run) > 1:
                yield run
            run = []
        run.append(_apply(matrix, x.value, y.value))
        if raw.FPDFPathSegment_GetClose(segment) and len(run) > 1:
            run.append(run[0])
    if len(run) > 1:
        yield run


def _thin_box(item: raw.FPDF_PAGEOBJECT, outer: Matrix) -> Iterator[tuple[Point, Point]]:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not raw.FPDFPageObj_GetBounds(item, left, bottom, right, top):
        return
    a, b = _apply(outer, left.value, bottom.value), _apply(outer, right.value, top.value)
    axis = _axis(min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1]))
    if axis:
        yield axis


def _has_picture(page: raw.FPDF_PAGE, frame: Frame) -> bool:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    for index in range(min(raw.FPDFPage_CountObjects(page), _MAX_OBJECTS)):
        item = raw.FPDFPage_GetObject(page, index)
        if raw.FPDFPageObj_GetType(item) not in {raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM}:
            continue
        if raw.FPDFPageObj_GetBounds(item, left, bottom, right, top):
            area = (right.value - left.value) * (top.value - bottom.value)
            if area > 0.08 * frame.width * frame.height:
                return True
    return False


def _matrix_of(item: raw.FPDF_PAGEOBJECT) -> Matrix:
    matrix = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(item, matrix):
        return _IDENTITY
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def _times(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    k, m, n, p, q, r = outer
    return a * k + b * n, a * m + b * p, c * k + d * n, c * m + d * p, e * k + f * n + q, e * m + f * p + r


def _apply(matrix: Matrix, x: float, y: float) -> Point:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f

"""Answers of ``dondoc ask`` and ``dondoc gaps --compare-to`` for people."""

from __future__ import annotations

from collections.abc import Iterable

from rich.table import Table

from service.asked_records import SavedSearch
from service.cli.demo import print_matrix
from service.cli.output import people
from service.gaps import Asked, Comparison, Summary, by_directive, by_unit, compare, count, describe, page
from service.gaps.asking import NOT_UNDERSTOOD
from service.store.ports import Store

_FIGURES = (
    ("total", "Tổng số"),
    ("done_on_time", "Hoàn thành đúng hạn"),
    ("done_late", "Hoàn thành quá hạn"),
    ("open_in_time", "Chưa hoàn thành, trong hạn"),
    ("open_overdue", "Chưa hoàn thành, quá hạn"),
    ("no_deadline", "Không quy định thời hạn"),
    ("missing", "Chưa báo cáo"),
    ("reported_late", "Báo cáo chậm"),
    ("pending", "Chờ rà soát"),
)


def print_not_understood(asked: Asked) -> None:
    """What is said to a question that was not understood."""
    people.print(NOT_UNDERSTOOD, markup=False)
    if asked.unknown:
        people.print(f"Từ chưa xác định được: {', '.join(f'“{word}”' for word in asked.unknown)}.", markup=False)
    people.print("Anh/Chị có thể chọn một trong các cách hiểu sau (--take SỐ):", markup=False)
    for number, one in enumerate(asked.suggestions, start=1):
        people.print(f"  {number}. {one.text}", markup=False)


def print_answer(store: Store, asked: Asked, limit: int) -> None:
    """The filter in words, then what it finds."""
    query, filter_ = asked.query, asked.filter
    if query is None or filter_ is None:
        return
    people.print(f"Đang lọc: {describe(filter_)}", markup=False)
    if asked.compare_to is not None:
        print_comparison(compare(store, query, asked.compare_to))
    elif asked.show == "units":
        _totals("Đơn vị", ((one.unit or "Chưa rõ đơn vị", one.figures) for one in by_unit(store, query)))
    elif asked.show == "directives":
        found = sorted(by_directive(store, query), key=lambda one: -one.figures.total)
        _totals("Văn bản giao", ((one.directive.header.symbol or one.directive.file, one.figures) for one in found))
    elif asked.show == "count":
        _totals("", [("Tổng số", count(store, query))])
    else:
        found_page = page(store, query, order="due", limit=limit)
        print_matrix(cell.to_json() for cell in found_page.cells)
        people.print(f"{found_page.total} đầu việc.")


def _totals(head: str, rows: Iterable[tuple[str, Summary]]) -> None:
    table = Table(head, *(label for _, label in _FIGURES))
    for name, figures in rows:
        table.add_row(name, *(str(getattr(figures, code)) for code, _ in _FIGURES))
    people.print(table)


def print_comparison(found: Comparison) -> None:
    """Both days side by side, and which units changed."""
    change = found.change()
    table = Table("", f"{found.before:%d/%m/%Y}", f"{found.day:%d/%m/%Y}", "Tăng, giảm")
    for code, label in _FIGURES:
        table.add_row(label, str(getattr(found.then, code)), str(getattr(found.now, code)), f"{change[code]:+d}")
    people.print(table)
    worse = [one for one in found.units if one.now.open_overdue != one.then.open_overdue]
    for one in worse[:20]:
        grown = one.now.open_overdue - one.then.open_overdue
        people.print(f"{one.unit or 'Chưa rõ đơn vị'}: quá hạn {one.now.open_overdue} ({grown:+d})", markup=False)


def print_searches(found: Iterable[SavedSearch]) -> None:
    """The saved questions."""
    table = Table("Tên", "Câu hỏi", "Người lưu", "Dùng chung", "Số lần dùng")
    for one in found:
        table.add_row(
            one.name, one.question or describe(one.query), one.owner, "có" if one.shared else "", str(one.used)
        )
    people.print(table)

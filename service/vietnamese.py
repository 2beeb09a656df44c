"""Numbers, days and moments as Vietnamese offices print them (Nghị định 30/2020/NĐ-CP, Phụ lục I)."""

from __future__ import annotations

import datetime as dt

Value = str | int | float | dt.date | None
"""What a cell of a table may hold."""


def number(value: float, decimals: int = 0) -> str:
    """Dots between thousands, a comma before decimals: ``1.234,5``."""
    return f"{value:,.{decimals}f}".translate(str.maketrans(",.", ".,"))


def percent(part: int, whole: int) -> str:
    """``84,46%``; a dash where there is nothing to divide by."""
    return f"{number(100 * part / whole, 2)}%" if whole else "–"


def day(value: dt.date | None) -> str:
    """``05/01/2026``; empty when unknown."""
    return f"{value:%d/%m/%Y}" if value else ""


def long_day(value: dt.date | None) -> str:
    """``ngày 05 tháng 01 năm 2026``: days below 10 and months 1 and 2 have a zero before them, no other month has."""
    if value is None:
        return "ngày    tháng    năm      "
    month = f"{value.month:02d}" if value.month <= 2 else str(value.month)
    return f"ngày {value.day:02d} tháng {month} năm {value.year}"


def moment(value: dt.datetime | None) -> str:
    """``08 giờ 15 ngày 23/11/2026``."""
    return f"{value:%H} giờ {value:%M} ngày {value:%d/%m/%Y}" if value else ""


def shown(value: Value) -> str:
    """A cell as it is read on screen and in CSV and DOCX."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return moment(value)
    if isinstance(value, dt.date):
        return day(value)
    if isinstance(value, bool | str):
        return str(value)
    return number(value, 0 if isinstance(value, int) or value.is_integer() else 2)

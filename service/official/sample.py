"""Invented figures to try a template on: an office that changed one learns at once whether it still works."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from service.errors import DondocError
from service.official.columns import FORM, LETTER, OVERDUE, SLIP, SUMMARY
from service.official.office import load_office
from service.official.state import base
from service.official.templates import NAMES, folder, render


def context(home: Path) -> dict[str, Any]:
    """Every field of every template."""
    row = {name: "…" for fields in (FORM, LETTER, OVERDUE, SLIP, SUMMARY) for name, _ in fields}
    result = {"noi_dung": "…", "nguon": "…"}
    task = {"tt": 1, "ten": "…", "don_vi": "…", "han": "…", "tinh_trang": "…", "ket_qua": [result], "khong_co": "…"}
    words = ("don_vi", "ve_viec", "tong_so", "so_qua_han", "so_chua_bao_cao", "han_bao_cao", "luu_y", "tinh_hinh")
    more = dict.fromkeys((*words, "ky", "can_cu", "huong_dan"), "…")
    document = {"ten": "…", "trich_yeu": "…", "co_quan_ban_hanh": "…"}
    return (
        base(load_office(folder(home)), dt.date(2026, 1, 5), ["…"])
        | more
        | {"lan": 2, "truoc": {"so": "…", "ngay": "…"}, "dong": [row], "tong": row, "van_ban": document}
        | {"nhiem_vu": [task], "nguon": ["…"]}
    )


def check_templates(home: Path) -> Iterator[tuple[str, str | None]]:
    """Each template's name with what is wrong with it; None where it works."""
    try:
        given = context(home)
    except DondocError as error:
        yield "co-quan.toml", error.message
        return
    for name in NAMES:
        try:
            render(home, name, given)
        except DondocError as error:
            yield name, error.message
        else:
            yield name, None

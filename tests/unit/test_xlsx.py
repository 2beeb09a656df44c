"""Workbooks: sheets as tables, values as Excel shows them, hostile files refused in words."""

from __future__ import annotations

import datetime as dt
import io

import openpyxl

from corpus.reader import read_bytes


def book(**sheets: list[list[object]]) -> bytes:
    made = openpyxl.Workbook()
    made.remove(made.active)
    for title, rows in sheets.items():
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def test_lines_and_grids_keep_their_order_and_values() -> None:
    document = read_bytes(
        book(
            Mau=[
                ["SỞ NỘI VỤ"],
                [],
                ["BÁO CÁO"],
                ["STT", "Nhiệm vụ", "Thời hạn", "Tỷ lệ"],
                [1, "Ban hành Kế hoạch", dt.date(2026, 11, 23), 0.5],
                [2.0, "Rà soát", dt.datetime(2026, 1, 2, 8, 30), None],  # noqa: DTZ001 - workbooks know no zones
                ["Trên đây là báo cáo."],
            ]
        ),
        "mau.xlsx",
    )
    assert document.status == "ok"
    assert document.text == (
        "SỞ NỘI VỤ\nBÁO CÁO\nSTT\tNhiệm vụ\tThời hạn\tTỷ lệ\n1\tBan hành Kế hoạch\t23/11/2026\t0,5\n"
        "2\tRà soát\t02/01/2026 08:30\t\nTrên đây là báo cáo."
    )
    assert [len(table.rows) for table in document.tables] == [3]


def test_merged_cells_repeat_and_hidden_sheets_stay_out() -> None:
    made = openpyxl.load_workbook(
        io.BytesIO(book(A=[["Đơn vị", "Việc"], ["Sở Y tế", "a"], [None, "b"]], B=[["ẩn", "x"]]))
    )
    made["A"].merge_cells("A2:A3")
    made["B"].sheet_state = "hidden"
    out = io.BytesIO()
    made.save(out)
    document = read_bytes(out.getvalue(), "a.xlsx")
    (table,) = document.tables
    last = table.rows[2].cells[0]
    assert last.merged
    assert document.text[last.start : last.end] == "Sở Y tế"
    assert "ẩn" not in document.text


def test_a_damaged_workbook_is_told() -> None:
    document = read_bytes(book(A=[["x", "y"]])[:-200] + b"junk", "a.xlsx")
    assert document.status == "failed"
    assert document.problems[0].message


def test_a_secret_workbook_is_refused() -> None:
    document = read_bytes(book(A=[["MẬT"], ["STT", "Việc"], [1, "x"]]), "a.xlsx")
    assert (document.status, document.text) == ("failed", "")
    assert document.problems[0].code == "secret"

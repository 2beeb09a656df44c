"""Deadlines that a later document moves: which document, which work, from when, to when."""

from __future__ import annotations

import datetime as dt

import pytest

from nlp.citations import find
from nlp.deadline_moves import find_moves
from nlp.model import Header, Move

LETTER = Header(symbol="12/UBND-TH", kind="Công văn", date=dt.date(2025, 6, 1))


def moves_of(text: str) -> tuple[Move, ...]:
    return find_moves(text, find(text).citations, LETTER)


MOVES = [
    (
        "Gia hạn thời gian hoàn thành nhiệm vụ xây dựng Đề án tại Kế hoạch số 12/KH-UBND từ tháng 6/2025 đến tháng 9/2025.",
        ("extended", "12/KH-UBND", "2025-06-30", "2025-09-30"),
    ),
    (
        "Điều chỉnh thời hạn theo Nghị quyết số 71/NQ-CP là tháng 9/2025.",
        ("moved", "71/NQ-CP", "None", "2025-09-30"),
    ),
    (
        "Cho phép Sở Tài chính lùi thời hạn trình Đề án sang quý I/2026.",
        ("moved", None, "None", "2026-03-31"),
    ),
    (
        "Thực hiện Quyết định số 468/QĐ-TTg, Bộ Tư pháp đề nghị điều chỉnh thời gian trình dự án Luật đến tháng 10/2025.",
        ("moved", "468/QĐ-TTg", "None", "2025-10-31"),
    ),
]


@pytest.mark.parametrize(("text", "wanted"), MOVES)
def test_a_move_names_its_document_and_both_dates(text: str, wanted: tuple[str, str | None, str, str]) -> None:
    (move,) = moves_of(text)
    assert move.new
    assert (move.kind, move.document, str(move.old and move.old.due), str(move.new.due)) == wanted
    assert text[move.start : move.end].endswith(("2025", "2026"))


def test_the_work_is_kept_in_its_words() -> None:
    (move,) = moves_of(MOVES[0][0])
    assert (move.task or "").startswith("nhiệm vụ xây dựng Đề án")


@pytest.mark.parametrize(
    "text",
    [
        "Điều chỉnh quy hoạch sử dụng đất đến năm 2030.",
        "Kéo dài thời gian giải quyết thủ tục hành chính gây phiền hà.",
        "Điều chỉnh tăng mức đóng bảo hiểm xã hội từ năm 2026.",
    ],
)
def test_what_moves_no_deadline(text: str) -> None:
    assert moves_of(text) == ()

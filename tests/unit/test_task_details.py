"""Further parts of a task: actions, figures, receivers, watchers, spans, and the second hop."""

from __future__ import annotations

import datetime as dt

import pytest

from corpus.reader import read_bytes
from corpus.tree import build_tree
from nlp.citations import find
from nlp.model import Header, Task
from nlp.task_details import find_span, number
from nlp.tasks import find_tasks

PLAN = Header(symbol="12/KH-UBND", kind="Kế hoạch", issuer="Ủy ban nhân dân tỉnh An Giang", date=dt.date(2025, 11, 1))


def tasks_of(text: str) -> tuple[str, list[Task]]:
    document = read_bytes(text.encode(), "a.txt")
    tree = build_tree(document)
    cited = find(document.text, tree).citations
    return document.text, list(find_tasks(document, tree, PLAN, cited))


def task_of(words: str) -> tuple[str, Task]:
    text, tasks = tasks_of(f"1. Sở Nội vụ\n- {words}\n- Thực hiện các nhiệm vụ khác theo quy định.\n")
    return text, tasks[0]


ACTIONS = [
    (
        "Tăng cường công tác rà soát văn bản quy phạm pháp luật; kiến nghị sửa đổi, bổ sung các văn bản.",
        ["Tăng cường công tác rà soát văn bản quy phạm pháp luật", "kiến nghị sửa đổi, bổ sung các văn bản"],
    ),
    (
        "Nâng cao nhận thức về ý nghĩa của cải cách hành chính; về trách nhiệm của các cấp, các ngành.",
        ["Nâng cao nhận thức về ý nghĩa của cải cách hành chính; về trách nhiệm của các cấp, các ngành"],
    ),
    (
        "Kiện toàn Tổ công tác về nâng cao chỉ số và thành lập Tổ thanh tra, kiểm tra đột xuất.",
        ["Kiện toàn Tổ công tác về nâng cao chỉ số", "thành lập Tổ thanh tra, kiểm tra đột xuất"],
    ),
]


@pytest.mark.parametrize(("words", "actions"), ACTIONS)
def test_actions_are_the_clauses_that_order(words: str, actions: list[str]) -> None:
    text, task = task_of(words)
    assert [text[action.start : action.end] for action in task.actions] == actions


FIGURES = [
    ("Phấn đấu tỷ lệ hồ sơ trực tuyến đạt tối thiểu 80% trong năm 2026.", (">=", 80.0, "%", None)),
    ("Bảo đảm tỷ lệ giải quyết đúng hạn trên 95,5%.", (">", 95.5, "%", None)),
    ("Giảm tối thiểu 30% thời gian giải quyết thủ tục hành chính.", ("decrease", 30.0, "%", None)),
    ("Bảo đảm tỷ lệ hài lòng của người dân đạt từ 90% trở lên.", (">=", 90.0, "%", None)),
    ("Phấn đấu tăng 3 bậc trên bảng xếp hạng cải cách hành chính.", ("increase", 3.0, "bậc", None)),
    ("Phấn đấu tỷ lệ giải ngân đạt từ 70% đến 80% kế hoạch vốn.", ("range", 70.0, "%", 80.0)),
]


@pytest.mark.parametrize(("words", "parts"), FIGURES)
def test_a_figure_to_reach_is_taken_apart(words: str, parts: tuple[str, float, str, float | None]) -> None:
    target = task_of(words)[1].targets[0]
    assert (target.comparator, target.value, target.unit, target.upper) == parts


def test_what_the_figure_measures_is_kept() -> None:
    target = task_of("Nâng cao chất lượng phục vụ; tỷ lệ hồ sơ trực tuyến đạt tối thiểu 80%.")[1].targets[0]
    assert target.indicator == "tỷ lệ hồ sơ trực tuyến"


@pytest.mark.parametrize(
    ("printed", "value"), [("7.349", 7349.0), ("84,46", 84.46), ("1.234,5", 1234.5), ("02", 2.0), ("2.5", 2.5)]
)
def test_vietnamese_figures(printed: str, value: float) -> None:
    assert number(printed) == value


def test_who_receives_the_product_and_by_which_document() -> None:
    task = task_of(
        "Xây dựng Kế hoạch theo Nghị định số 45/2020/NĐ-CP, gửi Sở Tài chính thẩm định, trình UBND tỉnh trong quý I/2026."
    )[1]
    assert task.receivers == ("Sở Tài chính", "UBND tỉnh")
    assert task.basis == ("45/2020/NĐ-CP",)


@pytest.mark.parametrize(
    ("words", "watch"),
    [
        ("Theo dõi, đôn đốc việc thực hiện Kế hoạch này.", True),
        ("Chủ trì, hướng dẫn việc thực hiện Kế hoạch này.", False),
        ("Kiểm tra chất lượng nước sinh hoạt trên địa bàn tỉnh.", False),
    ],
)
def test_who_only_follows_up_is_told(words: str, watch: bool) -> None:  # noqa: FBT001
    assert task_of(words)[1].watch is watch


def test_units_report_to_a_department_that_sums_up() -> None:
    tasks = tasks_of("""III. TỔ CHỨC THỰC HIỆN
1. Các sở, ban, ngành báo cáo kết quả về Sở Nội vụ trước ngày 01/11/2026.
2. Sở Nội vụ tổng hợp, báo cáo UBND tỉnh trước ngày 15/11/2026.
""")[1]
    assert tasks[0].feeds == tasks[1].id
    assert tasks[1].feeds is None


def test_the_span_of_work_is_not_that_of_a_name() -> None:
    span = find_span("Bố trí kinh phí thực hiện, giai đoạn 2026 - 2030, theo quy định.")
    assert span
    assert (str(span.from_), str(span.to)) == ("2026-01-01", "2030-12-31")
    assert find_span("Chương trình mục tiêu quốc gia giai đoạn 2021 - 2025 tiếp tục triển khai") is None

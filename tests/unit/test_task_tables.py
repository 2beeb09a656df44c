"""Task tables as annexes print them: group rows, merged cells, pages without a heading, aims, mere figures."""

from __future__ import annotations

import datetime as dt

import pytest

from corpus.assemble import CellText, Draft
from corpus.model import Document
from nlp.model import Header, Task
from nlp.task_columns import role
from nlp.task_units import bodies, bodies_only
from nlp.tasks import find_tasks

HEADING = ["TT", "Tên nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Kết quả", "Thời gian hoàn thành"]
LAW = "Xây dựng Luật Công nghiệp công nghệ số"
DATA = "Hoàn thiện cơ sở dữ liệu quốc gia về dân cư"


def document(*tables: list[list[str | CellText]]) -> Document:
    draft = Draft()
    for rows in tables:
        draft.table([[cell if isinstance(cell, CellText) else CellText(cell) for cell in row] for row in rows])
    return draft.finish("a.docx", "ab" * 32, "application/docx")


def tasks_of(*tables: list[list[str | CellText]]) -> list[Task]:
    doc = document(*tables)
    found = find_tasks(doc, (), Header(date=dt.date(2025, 1, 9)), ())
    assert all(doc.text[task.start : task.end].split() == task.text.split() for task in found)
    return list(found)


def test_a_row_is_a_task_with_everything_its_cells_say() -> None:
    row = ["1.", LAW, "Bộ Khoa học và Công nghệ", "Bộ Công an; các bộ, ngành", "Luật", "5/2025"]
    (task,) = tasks_of([HEADING, row])
    assert (task.text, task.row, task.in_table, task.lead_source) == (LAW, "1", True, "table")
    assert task.lead == ("Bộ Khoa học và Công nghệ",)
    assert task.coordinators == ("Bộ Công an", "các bộ, ngành")
    assert task.deadline
    assert (task.deadline.text, task.deadline.due) == ("5/2025", dt.date(2025, 5, 31))
    assert (task.product, task.class_) == ("Luật", "tracked")


def test_group_rows_give_the_section_not_a_task() -> None:
    rows = [
        HEADING,
        ["I", "HOÀN THIỆN THỂ CHẾ", "", "", "", ""],
        ["1", LAW, "Bộ Tư pháp", "", "Luật", "2025"],
        ["II", "HẠ TẦNG SỐ", "", "", "", "tiếp theo"],
        ["2", DATA, "Bộ Công an", "", "", "Thường xuyên"],
    ]
    one, two = tasks_of(rows)
    assert (one.section, two.section) == (("I. HOÀN THIỆN THỂ CHẾ",), ("II. HẠ TẦNG SỐ",))
    assert two.deadline
    assert two.deadline.recurrence == "continuous"


def test_a_group_row_over_all_columns() -> None:
    theme = CellText("I. Nâng cao nhận thức")
    one = tasks_of([HEADING, [theme] * 6, ["1", LAW, "Sở KH&CN", "", "", "2025"]])[0]
    assert one.section == ("I. Nâng cao nhận thức",)


def test_a_group_row_that_is_a_unit_leads_its_rows() -> None:
    heading = ["STT", "Nhiệm vụ", "Sản phẩm", "Thời hạn"]
    unit = CellText("I. Sở Nội vụ")
    one, two = tasks_of([heading, [unit] * 4, ["1", LAW, "Dự thảo", "Quý I/2025"], ["2", DATA, "", "Quý II/2025"]])
    assert one.lead == two.lead == ("Sở Nội vụ",)


def test_a_merged_lead_holds_for_all_its_rows() -> None:
    lead = CellText("Bộ Nội vụ")
    one, two = tasks_of([HEADING, ["1", LAW, lead, "", "", "2025"], ["2", DATA, lead, "", "", "2026"]])
    assert one.lead == two.lead == ("Bộ Nội vụ",)


def test_a_merged_task_cell_with_two_results_is_two_tasks() -> None:
    task = CellText(LAW)
    rows = [
        HEADING,
        ["1", task, "Bộ Tư pháp", "", "Dự thảo Luật", "2025"],
        ["1", task, "Bộ Tư pháp", "", "Tờ trình", "2026"],
    ]
    assert [one.product for one in tasks_of(rows)] == ["Dự thảo Luật", "Tờ trình"]


def test_a_table_without_heading_goes_on_with_the_one_before() -> None:
    first = [HEADING, ["1", LAW, "Bộ Tư pháp", "", "Luật", "2025"]]
    second = [["2", DATA, "Bộ Công an", "", "", "Quý II/2025"]]
    assert [task.row for task in tasks_of(first, second)] == ["1", "2"]


def test_columns_are_known_by_their_content() -> None:
    rows: list[list[str | CellText]] = [
        ["1", LAW, "Bộ Tư pháp", "2025"],
        ["2", DATA, "Bộ Công an", "6/2025"],
        ["3", "Xây dựng chương trình chuyên biệt về chuyển đổi số", "Bộ Khoa học và Công nghệ", "Thường xuyên"],
    ]
    assert [task.lead for task in tasks_of(rows)] == [("Bộ Tư pháp",), ("Bộ Công an",), ("Bộ Khoa học và Công nghệ",)]


def test_numbered_aims_have_targets() -> None:
    heading = ["TT", "CHỈ TIÊU", "MỤC TIÊU 2026 - 2030", "CƠ QUAN CHỦ TRÌ, THEO DÕI", "CƠ QUAN PHỐI HỢP"]
    rows = [
        heading,
        ["I", "VỀ KINH TẾ", "", "", ""],
        ["1", "Tỉ trọng kinh tế số trong GDP đến năm 2030 (%)", "30", "Bộ Khoa học và Công nghệ", "Các bộ"],
        ["2", "Khu vực công nghiệp", "12,3", "", ""],
        ["", "- Công nghiệp", "11,8", "Bộ Công Thương", ""],
        ["II", "THEO TỈNH, THÀNH PHỐ", "", "Các tỉnh, thành phố", ""],
        ["1", "Lai Châu", "10,0", "", ""],
    ]
    one, two, three = tasks_of(rows)
    assert (one.target, one.lead) == ("30", ("Bộ Khoa học và Công nghệ",))
    assert one.deadline
    assert one.deadline.due == dt.date(2030, 12, 31)
    assert (two.target, two.lead) == ("12,3", ("Bộ Công Thương",))
    assert (three.target, three.lead) == ("10,0", ("Các tỉnh, thành phố",))


def test_an_odd_deadline_is_kept_as_printed() -> None:
    (task,) = tasks_of([HEADING, ["1", LAW, "Bộ Tư pháp", "", "", "Theo tiến độ của Luật"]])
    assert task.deadline
    assert (task.deadline.text, task.deadline.due) == ("Theo tiến độ của Luật", None)


NO_TASKS = [
    [
        ["TT", "Nội dung chi", "Đơn vị tính", "Kinh phí (triệu đồng)"],
        ["1", "Hội nghị triển khai Kế hoạch", "cuộc", "50"],
    ],
    [
        ["STT", "Tên thủ tục hành chính", "Cơ quan thực hiện", "Thời hạn giải quyết"],
        ["1", "Cấp giấy phép xây dựng", "Sở Xây dựng", "20 ngày làm việc"],
    ],
    [
        ["TT", "Nhiệm vụ", "Cơ quan chủ trì", "Tình hình thực hiện"],
        ["1", LAW, "Bộ Tư pháp", "Đã hoàn thành"],
        ["2", DATA, "Bộ Công an", "Đang thực hiện, trong hạn"],
    ],
    [["Năm", "2023", "2024"], ["Thu ngân sách", "1.200", "1.350"], ["Chi ngân sách", "1.100", "1.240"]],
]


@pytest.mark.parametrize("table", NO_TASKS, ids=["budget", "procedures", "report", "figures"])
def test_other_tables_assign_nothing(table: list[list[str | CellText]]) -> None:
    assert tasks_of(table) == []


ROLES = [
    ("STT", "number"), ("TT", "number"), ("Nội dung nhiệm vụ", "task"), ("Nhiệm vụ, giải pháp", "task"),
    ("Tên nhiệm vụ", "task"), ("Đơn vị chủ trì", "lead"), ("Cơ quan, đơn vị thực hiện", "lead"),
    ("Đơn vị tham mưu", "lead"), ("Cơ quan phối hợp", "coordinators"), ("Thời hạn hoàn thành", "deadline"),
    ("Tiến độ", "deadline"), ("Thời gian thực hiện", "deadline"), ("Sản phẩm dự kiến", "product"),
    ("Kết quả/Sản phẩm", "product"), ("Kết quả yêu cầu", "product"), ("Kết quả hiện nay", "status"),
    ("Lãnh đạo phụ trách", "leader"), ("Cấp trình/Phê duyệt", "approver"), ("Ghi chú", "note"),
    ("MỤC TIÊU 2026 - 2030", "target"), ("Dự toán kinh phí", "budget"),
]  # fmt: skip


@pytest.mark.parametrize(("heading", "name"), ROLES)
def test_headings_of_columns(heading: str, name: str) -> None:
    assert role(heading) == name


BODIES = [
    ("Bộ Tư pháp chủ trì hướng dẫn, tổng hợp, báo cáo", ("Bộ Tư pháp",)),
    ("Bộ Nội vụ, Bộ Tài chính nghiên cứu, hoàn thiện", ("Bộ Nội vụ", "Bộ Tài chính")),
    ("1. Bộ Tài chính đầu mối\n2. Các bộ, cơ quan, địa phương", ("Bộ Tài chính", "Các bộ, cơ quan, địa phương")),
    ("1. Về công nghiệp: Bộ Công Thương chủ trì. 2. Về quy hoạch: Bộ Tài chính", ("Bộ Công Thương", "Bộ Tài chính")),
    ("1. Bộ Tư pháp tổng hợp; chủ trì, phối hợp với Bộ Nội vụ", ("Bộ Tư pháp",)),
    ("Bộ Công Thương (đối với năng lượng), Bộ Tài chính", ("Bộ Công Thương", "Bộ Tài chính")),
    ("các huyện, thành ủy, đảng ủy trực thuộc, ban cán sự đảng, đảng đoàn",
     ("các huyện, thành ủy", "đảng ủy trực thuộc", "ban cán sự đảng", "đảng đoàn")),
]  # fmt: skip


@pytest.mark.parametrize(("cell", "names"), BODIES)
def test_bodies_of_a_cell(cell: str, names: tuple[str, ...]) -> None:
    assert bodies(cell) == names


def test_a_heading_of_bodies_only() -> None:
    assert bodies_only("Sở Nội vụ") == ("Sở Nội vụ",)
    assert bodies_only("UBND các huyện, thị xã, thành phố:") == ("UBND các huyện, thị xã, thành phố",)
    assert bodies_only("Sở Nội vụ rà soát, tổng hợp") == ()
    assert bodies_only("Hoàn thiện thể chế") == ()


def test_as_above_means_the_row_above() -> None:
    first = ["1", LAW, "Bộ Xây dựng", "Bộ Công an", "Luật", "5/2025"]
    second = ["2", DATA, "nt", "Như trên", "", "-nt-"]
    one, two = tasks_of([HEADING, first, second])
    assert (two.lead, two.coordinators) == (one.lead, one.coordinators) == (("Bộ Xây dựng",), ("Bộ Công an",))
    assert two.deadline == one.deadline


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Bảo hiểm xã hội Việt Nam Cục Quản lý Khám, chữa bệnh",
         ("Bảo hiểm xã hội Việt Nam", "Cục Quản lý Khám, chữa bệnh")),
        ("Cục Quản lý Dược; bệnh viện Bạch Mai, bệnh viện Chợ Rẫy",
         ("Cục Quản lý Dược", "bệnh viện Bạch Mai", "bệnh viện Chợ Rẫy")),
        ("UBMTTQ xã, các thôn", ("UBMTTQ xã", "các thôn")),
        ("Ban Quản lý dự án đầu tư xây dựng các công trình giao thông",
         ("Ban Quản lý dự án đầu tư xây dựng các công trình giao thông",)),
    ],
)  # fmt: skip
def test_bodies_that_stand_close(cell: str, names: tuple[str, ...]) -> None:
    assert bodies(cell) == names

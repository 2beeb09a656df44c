"""Work that names nobody at its head: sections of tasks and solutions, and who does it in closing brackets."""

from __future__ import annotations

import datetime as dt

import pytest

from corpus.reader import read_bytes
from corpus.tree import build_tree
from nlp.model import Header, Task
from nlp.task_attributes import read_closing
from nlp.task_unled import orders
from nlp.tasks import find_tasks

PARTY_PLAN = Header(symbol="87-KH/TU", kind="Kế hoạch", issuer="Tỉnh ủy Yên Bái", date=dt.date(2023, 4, 10))
DECISION = Header(symbol="905/QĐ-UBND", kind="Quyết định", issuer="Ủy ban nhân dân tỉnh", date=dt.date(2025, 3, 3))


def tasks_of(text: str, header: Header = PARTY_PLAN) -> list[Task]:
    document = read_bytes(text.encode(), "a.txt")
    return list(find_tasks(document, build_tree(document), header, ()))


PROGRAMME = """II. NHIỆM VỤ, GIẢI PHÁP CHỦ YẾU
1. Nâng cao nhận thức
- Tổ chức quán triệt Nghị quyết đến toàn thể đảng viên trong quý II-2023.
- Hằng năm bồi dưỡng ít nhất 200 lượt cán bộ hợp tác xã.
- Ưu tiên quỹ đất công cho hợp tác xã thuê làm kho lạnh; tháo gỡ vướng mắc về thủ tục.
2. Hoàn thiện chính sách
- Trước ngày 31-12-2023, hoàn thành việc rà soát chính sách hỗ trợ hợp tác xã nông nghiệp.
- Số lượng hợp tác xã của tỉnh còn ít, quy mô nhỏ, vốn thiếu.
III. TỔ CHỨC THỰC HIỆN
1. Ban Tổ chức Tỉnh ủy ban hành hướng dẫn lập chi bộ trong hợp tác xã, xong trong quý III-2023.
"""


def test_items_of_a_dated_programme_are_tasks_without_a_lead() -> None:
    tasks = tasks_of(PROGRAMME)
    assert [task.text.split()[0] for task in tasks] == ["Tổ", "Hằng", "Ưu", "Trước", "Ban"]
    assert [task.lead for task in tasks] == [(), (), (), (), ("Ban Tổ chức Tỉnh ủy",)]
    assert {task.lead_source for task in tasks[:4]} == {None}
    due = [task.deadline and (task.deadline.due or task.deadline.recurrence) for task in tasks[:4]]
    assert due == [dt.date(2023, 6, 30), "yearly", None, dt.date(2023, 12, 31)]


DIRECTIONS = """III. NHIỆM VỤ, GIẢI PHÁP
- Nâng cao hiệu quả quản lý nhà nước về viễn thông trên địa bàn tỉnh.
- Rà soát, hoàn thiện các văn bản quy phạm pháp luật về hạ tầng số.
- Đẩy mạnh phát triển hạ tầng số; đến năm 2030 phủ sóng 5G toàn tỉnh.
- Hằng năm tổ chức Tuần lễ chuyển đổi số của tỉnh vào tháng 10.
- Phát triển nguồn nhân lực chất lượng cao về công nghệ số.
- Tăng cường hợp tác quốc tế trong lĩnh vực công nghệ số.
"""


def test_of_directions_those_count_that_say_when() -> None:
    """A later part assigns such work; a year in a direction is an aim."""
    assigned = DIRECTIONS + "IV. TỔ CHỨC THỰC HIỆN\n1. Sở Nội vụ theo dõi, đôn đốc việc thực hiện Kế hoạch này.\n"
    tasks = tasks_of(assigned)
    assert [task.text[:8] for task in tasks] == ["Hằng năm", "Sở Nội v"]


def test_directions_are_the_tasks_of_a_plan_that_names_nobody_at_all() -> None:
    assert len(tasks_of(DIRECTIONS)) == 6
    assert [task.text[:8] for task in tasks_of(DIRECTIONS, DECISION)] == ["Hằng năm"]


@pytest.mark.parametrize(
    "heading",
    [
        "II. MỤC TIÊU",
        "II. NHIỆM VỤ VÀ QUYỀN HẠN",
        "Điều 3. Nhiệm vụ của văn thư",
        "II. KẾT QUẢ THỰC HIỆN NHIỆM VỤ",
        "II. NGUỒN LỰC",
    ],
)
def test_other_sections_hold_no_work_without_a_body(heading: str) -> None:
    assert tasks_of(f"{heading}\n- Bồi dưỡng ít nhất 200 lượt cán bộ, xong trong quý II-2023.\n") == []


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Trước ngày 31-12-2023, hoàn thành việc rà soát chính sách.", True),
        ("Định kỳ 6 tháng báo cáo kết quả thực hiện.", True),
        ("Đến hết năm 2025 thành lập mới 60 hợp tác xã.", True),
        ("Giải thể dứt điểm các hợp tác xã ngừng hoạt động.", True),
        ("ký hợp đồng thu gom rác trong tháng 10-2025.", True),
        ("Trong những năm qua, thực hiện tốt công tác dân vận.", False),
        ("Hằng năm có trên 200 lượt cán bộ được bồi dưỡng.", False),
        ("Số lượng hợp tác xã còn ít.", False),
    ],
)
def test_what_an_item_without_a_body_begins_with(words: str, expected: bool) -> None:  # noqa: FBT001
    assert orders(words) is expected


BRACKETS = [
    # words, lead, coordinators, deadline
    (
        "Mở 04 lớp tập huấn kỹ năng số (Phòng Văn hóa - Xã hội chủ trì, phối hợp với Hội Nông dân xã; trong năm 2026).",
        ("Phòng Văn hóa - Xã hội",),
        ("Hội Nông dân xã",),
        "trong năm 2026",
    ),
    (
        "Hỗ trợ hộ kinh doanh (Phòng Kinh tế chủ trì, Thuế cơ sở, Đoàn Thanh niên xã phối hợp; trước ngày 25-12-2025).",
        ("Phòng Kinh tế",),
        ("Thuế cơ sở", "Đoàn Thanh niên xã"),
        "trước ngày 25-12-2025",
    ),
    (
        "Kết nạp đảng viên mới (Ban Xây dựng Đảng, các chi bộ; hằng năm).",
        ("Ban Xây dựng Đảng", "các chi bộ"),
        (),
        "hằng năm",
    ),
    (
        "Khảo sát nhu cầu học nghề (Phòng Văn hóa - Xã hội, tháng 3-2026).",
        ("Phòng Văn hóa - Xã hội",),
        (),
        "tháng 3-2026",
    ),
    ("Tổ chức 03 lớp tập huấn (Quý II/2024; Phòng Nội vụ).", ("Phòng Nội vụ",), (), "Quý II/2024"),
    (
        "Kiểm tra an toàn thông tin - Công an huyện chủ trì, hoàn thành quý III/2024.",
        ("Công an huyện",),
        (),
        "hoàn thành quý III/2024",
    ),
    ("Tuyên truyền trên truyền thanh (Trung tâm Văn hóa: 02 chuyên mục/tháng).", ("Trung tâm Văn hóa",), (), None),
    ("Lập dự toán mua thùng rác (Phòng Kinh tế chịu trách nhiệm).", ("Phòng Kinh tế",), (), None),
    ("Lập danh mục dự án (giao Sở Tài chính thực hiện; quý I/2026);", ("Sở Tài chính",), (), "quý I/2026"),
]


@pytest.mark.parametrize(("words", "lead", "coordinators", "deadline"), BRACKETS)
def test_who_and_when_in_closing_brackets(
    words: str, lead: tuple[str, ...], coordinators: tuple[str, ...], deadline: str | None
) -> None:
    said = read_closing(words)
    assert said is not None
    assert (said.lead, said.coordinators, said.deadline) == (lead, coordinators, deadline)


@pytest.mark.parametrize(
    "words",
    [
        "Gửi báo cáo về Đảng ủy (qua Văn phòng Đảng ủy).",
        "Xây dựng nông thôn mới (xã Tân Long, xã Hòa Bình).",
        "Rà soát các cơ quan chuyên môn (Sở Y tế, Sở Tài chính).",
        "Thực hiện chế độ với cán bộ hội (các hội được Đảng, Nhà nước giao nhiệm vụ cũng thực hiện tương tự).",
        "Sở Y tế mua sắm thiết bị (Sở Tài chính thẩm định, phối hợp thực hiện).",
        "Thực hiện Nghị quyết số 20-NQ/TW (ban hành năm 2022).",
        "Phối hợp với Phòng Văn hóa - Xã hội tổ chức hội thi.",
        "Hỗ trợ tuyến đường Tân An - Ủy ban nhân dân xã Long Hòa.",
    ],
)
def test_brackets_that_give_no_work(words: str) -> None:
    assert read_closing(words) is None


def test_brackets_give_an_item_its_lead_wherever_it_stands() -> None:
    tasks = tasks_of(
        "1. Công tác cán bộ\n- Lập hồ sơ mở rộng cụm công nghiệp (Phòng Kinh tế chủ trì, xong trong quý II-2026).\n"
    )
    assert [(task.lead, task.lead_source) for task in tasks] == [(("Phòng Kinh tế",), "explicit")]
    assert tasks[0].deadline
    assert tasks[0].deadline.due == dt.date(2026, 6, 30)


def test_a_line_that_tells_which_bodies_are_meant_heads_its_items() -> None:
    tasks = tasks_of("""V. TỔ CHỨC THỰC HIỆN
1. Các cơ quan, đơn vị được giao chủ trì tại Phụ lục:
- Xây dựng kế hoạch triển khai, gửi Sở Kế hoạch và Đầu tư trước ngày 31/01/2025.
- Hằng quý báo cáo tình hình thực hiện về Sở Kế hoạch và Đầu tư.
""")
    assert [task.lead for task in tasks] == [("Các cơ quan, đơn vị được giao chủ trì tại Phụ lục",)] * 2


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("UBND các xã phân công cán bộ phụ trách từng vùng trồng trước ngày 10/11/2025.", ("UBND các xã",)),
        (
            "1. Các phòng, ban, UBND các xã căn cứ Kế hoạch này xây dựng kế hoạch của đơn vị mình.",
            ("Các phòng, ban", "UBND các xã"),
        ),
        ("1. Các phòng, ban xây dựng kế hoạch của đơn vị mình.", ("Các phòng, ban",)),
        ("Yêu cầu Sở Xây dựng mỗi quý kiểm tra ít nhất 15 công trình.", ("Sở Xây dựng",)),
        (
            "Đề nghị Trung ương Hội Người cao tuổi Việt Nam vận động hội viên.",
            ("Trung ương Hội Người cao tuổi Việt Nam",),
        ),
    ],
)
def test_subjects_that_were_read_past_their_name(text: str, lead: tuple[str, ...]) -> None:
    assert [task.lead for task in tasks_of(text)] == [lead]


def test_an_inspectorate_below_a_heading_acts_itself() -> None:
    """ "Thanh tra" begins the name of a body and is a verb as well."""
    tasks = tasks_of("""4. Các phòng thuộc Sở
- Văn phòng Sở công bố số điện thoại đường dây nóng của Sở.
- Thanh tra Sở thanh tra đột xuất ít nhất 10 đơn vị.
""")
    assert [task.lead for task in tasks] == [("Văn phòng Sở",), ("Thanh tra Sở",)]


def test_what_a_body_stressed_is_no_task() -> None:
    assert tasks_of("Bộ Giáo dục và Đào tạo nhấn mạnh trách nhiệm của địa phương trong quản lý dạy thêm.") == []


ANNOUNCED = """Để khắc phục hạn chế, Ban Thường vụ Tỉnh ủy yêu cầu tập trung thực hiện tốt một số nhiệm vụ sau:
1- Trong quý II-2024, rà soát, cắm biển cảnh báo tại 100% khu vực nước sâu.
2- Đến hết năm 2024, phổ cập bơi cho ít nhất 60% học sinh; xây dựng 20 bể bơi lắp ghép.
3- Tăng cường kiểm tra, giám sát việc thực hiện Chỉ thị.
4- Tổ chức thực hiện
- Văn phòng Tỉnh ủy theo dõi, đôn đốc việc thực hiện Chỉ thị này.
"""


def test_items_that_a_sentence_without_a_body_announces() -> None:
    tasks = tasks_of(ANNOUNCED)
    assert [task.lead for task in tasks] == [(), (), (), ("Văn phòng Tỉnh ủy",)]
    assert [task.deadline.due for task in tasks if task.deadline] == [dt.date(2024, 6, 30), dt.date(2024, 12, 31)]


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        (
            "Bộ trưởng đề nghị Chủ tịch UBND các tỉnh, yêu cầu Thủ trưởng các đơn vị thuộc Bộ tập trung sơ tán dân.",
            ("Chủ tịch UBND các tỉnh", "Thủ trưởng các đơn vị thuộc Bộ"),
        ),
        (
            "Các Bộ: Xây dựng, Tài nguyên và Môi trường khẩn trương hoàn thiện nghị định hướng dẫn.",
            ("Xây dựng", "Tài nguyên và Môi trường"),
        ),
        ("Các Sở: Xây dựng kế hoạch thực hiện, gửi UBND tỉnh.", ("Các Sở",)),
        ("3- Các chi, đảng bộ trực thuộc Huyện ủy: Xây dựng kế hoạch.", ("Các chi, đảng bộ trực thuộc Huyện ủy",)),
    ],
)
def test_who_is_called(text: str, lead: tuple[str, ...]) -> None:
    assert [task.lead for task in tasks_of(text)] == [lead]


def test_partners_in_the_value_of_a_lead() -> None:
    tasks = tasks_of("""1.1- Tổ chức hội nghị quán triệt Chỉ thị đến cán bộ chủ chốt.
- Thời gian: Tháng 3/2024.
- Cơ quan thực hiện: Ban Tuyên giáo Huyện ủy phối hợp Trung tâm Chính trị huyện.
""")
    assert [(task.lead, task.coordinators) for task in tasks] == [
        (("Ban Tuyên giáo Huyện ủy",), ("Trung tâm Chính trị huyện",))
    ]

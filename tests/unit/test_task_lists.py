"""Tasks in lists: unit headings, frames that hand down, attribute lines, zones without tasks, duties in decrees."""

from __future__ import annotations

import datetime as dt
import time
from typing import get_args

import pytest

from corpus.reader import read_bytes
from corpus.tree import build_tree
from nlp.model import Deciding, Header, Task
from nlp.tasks import find_tasks

PLAN = Header(symbol="12/KH-UBND", kind="Kế hoạch", issuer="Ủy ban nhân dân tỉnh An Giang", date=dt.date(2025, 11, 1))
DECREE = Header(symbol="45/2025/NĐ-CP", kind="Nghị định", issuer="Chính phủ", date=dt.date(2025, 5, 1))


def tasks_of(text: str, header: Header = PLAN) -> list[Task]:
    document = read_bytes(text.encode(), "a.txt")
    found = find_tasks(document, build_tree(document), header, ())
    for task in found:
        assert " ".join(document.text[task.start : task.end].split()) == task.text
    assert len({task.id for task in found}) == len(found)
    return list(found)


def test_bullets_under_a_unit() -> None:
    tasks = tasks_of("""III. TỔ CHỨC THỰC HIỆN
1. Sở Nội vụ
- Chủ trì, phối hợp với Sở Tài chính tham mưu UBND tỉnh ban hành Kế hoạch đào tạo công chức trước ngày 15/12/2025.
- Theo dõi, đôn đốc việc thực hiện Kế hoạch này.
2. UBND các xã, phường
- Tổ chức tuyên truyền đến từng hộ dân trên địa bàn.
""")
    assert [task.lead for task in tasks] == [("Sở Nội vụ",), ("Sở Nội vụ",), ("UBND các xã, phường",)]
    assert {task.lead_source for task in tasks} == {"heading"}
    assert tasks[0].coordinators == ("Sở Tài chính",)
    assert tasks[0].deadline
    assert tasks[0].deadline.due == dt.date(2025, 12, 15)
    assert (tasks[0].class_, tasks[1].class_) == ("tracked", "general")
    assert tasks[0].section == ("III. TỔ CHỨC THỰC HIỆN", "1. Sở Nội vụ")


def test_giao_a_unit_with_bullets() -> None:
    tasks = tasks_of("""1. Giao Sở Tư pháp:
a) Rà soát các văn bản quy phạm pháp luật còn hiệu lực trên địa bàn tỉnh;
b) Tổng hợp, báo cáo kết quả trong quý I/2026.
""")
    assert [(task.lead, task.row) for task in tasks] == [(("Sở Tư pháp",), "1.a"), (("Sở Tư pháp",), "1.b")]


FRAME = """Để thực hiện tốt Kế hoạch số 41-KH/TU của Tỉnh ủy thì các huyện, thành ủy, đảng ủy trực thuộc lãnh đạo, \
chỉ đạo tổ chức quán triệt; triển khai thực hiện nghiêm túc các nhiệm vụ, giải pháp sau:
Thứ nhất, nâng cao vai trò của người đứng đầu
- Chú trọng đổi mới tư duy, tạo chuyển biến trong nhận thức của đội ngũ cán bộ.
- Các sở, ban, ngành khẩn trương xây dựng kế hoạch hành động cụ thể phù hợp với từng chỉ tiêu.
Thứ hai, tăng cường kỷ luật hành chính
Tăng cường kỷ luật, kỷ cương hành chính, nâng cao tinh thần trách nhiệm phục vụ nhân dân.
"""


def test_a_frame_hands_its_bodies_down_and_is_a_task_itself() -> None:
    tasks = tasks_of(FRAME, Header())
    lead = ("các huyện, thành ủy", "đảng ủy trực thuộc")
    assert [task.lead for task in tasks] == [lead, lead, ("Các sở, ban, ngành",), lead]
    assert [task.lead_source for task in tasks] == ["explicit", "inherited", "explicit", "inherited"]
    assert (tasks[2].outputs, tasks[2].product) == (("kế hoạch hành động cụ thể",), None)


def test_a_frame_that_only_announces_is_no_task() -> None:
    tasks = tasks_of("""UBND tỉnh yêu cầu các sở, ban, ngành thực hiện một số nhiệm vụ sau:
1. Rà soát thủ tục hành chính thuộc phạm vi quản lý.
2. Công khai kết quả trên Cổng thông tin điện tử.
""")
    assert [task.row for task in tasks] == ["1", "2"]
    assert {task.lead for task in tasks} == {("các sở, ban, ngành",)}


def test_attribute_lines_speak_for_the_item_above() -> None:
    (task,) = tasks_of("""II. NỘI DUNG
1. Tổ chức tập huấn chuyên sâu về bảo vệ dữ liệu cá nhân
- Cơ quan chủ trì: Công an tỉnh.
- Cơ quan phối hợp: Sở Tư pháp, Sở Nội vụ.
- Thời gian thực hiện: Quý II/2026.
- Sản phẩm: Lớp tập huấn.
""")
    assert task.text == "Tổ chức tập huấn chuyên sâu về bảo vệ dữ liệu cá nhân"
    assert (task.lead, task.coordinators) == (("Công an tỉnh",), ("Sở Tư pháp", "Sở Nội vụ"))
    assert task.deadline
    assert task.deadline.due == dt.date(2026, 6, 30)
    assert task.product == "Lớp tập huấn"


NOT_TASKS = [
    "I. MỤC ĐÍCH, YÊU CẦU\n1. Mục đích\n- Nâng cao nhận thức của các cấp, các ngành về cải cách hành chính.\n",
    "I. QUAN ĐIỂM\n1. Các cấp ủy xác định cải cách hành chính là nhiệm vụ trọng tâm.\n",
    "III. KINH PHÍ THỰC HIỆN\nKinh phí thực hiện từ nguồn ngân sách nhà nước hằng năm.\n",
    "Nơi nhận:\n- UBND tỉnh (để báo cáo);\n- Các sở, ban, ngành (để thực hiện);\n- Lưu: VT.\n",
    "Kính gửi:\n- Các sở, ban, ngành cấp tỉnh;\n- UBND các xã, phường.\n",
]


@pytest.mark.parametrize("text", NOT_TASKS)
def test_what_is_no_task(text: str) -> None:
    assert tasks_of(text) == []


def test_the_plan_that_the_issuer_makes_is_not_assigned_to_it() -> None:
    frame = "Thực hiện Chỉ thị số 32/CT-TTg, UBND tỉnh ban hành Kế hoạch thực hiện với các nội dung sau:"
    assert tasks_of(f"{frame}\n1. Rà soát danh mục bí mật nhà nước.\n") == []


def test_duties_in_a_decree_are_standing() -> None:
    tasks = tasks_of(
        """Điều 10. Trách nhiệm của Bộ Y tế
1. Hướng dẫn việc tổ chức thực hiện Nghị định này trên phạm vi cả nước.
2. Trong thời hạn 15 ngày kể từ ngày nhận được hồ sơ, tổ chức thẩm định.
Điều 11. Hồ sơ đề nghị
1. Đơn đề nghị theo mẫu.
Điều 12. Hiệu lực thi hành
1. Bộ Tài chính có trách nhiệm bố trí kinh phí thực hiện.
""",
        DECREE,
    )
    assert {(task.modality, task.class_) for task in tasks} == {("standing", "general")}
    assert {task.lead for task in tasks} >= {("Bộ Y tế",)}
    assert not any("Đơn đề nghị" in task.text for task in tasks)


def test_modality_and_reporting() -> None:
    tasks = tasks_of("""1. Sở Công Thương
- Nghiên cứu, đề xuất cơ chế hỗ trợ doanh nghiệp nhỏ và vừa trên địa bàn.
- Không để xảy ra tình trạng găm hàng, đẩy giá dịp Tết.
- Khuyến khích doanh nghiệp tham gia hội chợ trong tỉnh.
- Báo cáo UBND tỉnh (qua Sở Tài chính) kết quả thực hiện trước ngày 20/12/2025.
""")
    assert [task.modality for task in tasks] == ["study", "prohibition", "soft", "order"]
    assert (tasks[3].report_to, tasks[3].report_via, tasks[3].report_due) == ("UBND tỉnh", "Sở Tài chính", "2025-12-20")


def test_a_report_assigns_nothing() -> None:
    header = Header(symbol="12/BC-SNV", kind="Báo cáo", date=dt.date(2025, 11, 1))
    assert tasks_of("1. Sở Nội vụ\n- Tiếp tục rà soát các nhiệm vụ được giao trong năm.\n", header) == []


def test_an_encyclopaedia_page_assigns_nothing() -> None:
    text = "Ủy ban có các nhiệm vụ, quyền hạn sau đây:\n1. Thẩm tra dự án luật.\n2. Giám sát Chính phủ.\n"
    assert tasks_of(text + "Bộ Tư lệnh\n- Tổ chức huấn luyện hằng năm.\n", Header()) == []


def test_a_bullet_with_a_paragraph_behind_it_is_a_task() -> None:
    frame = "Yêu cầu các sở, ban, ngành thực hiện các nhiệm vụ sau:\n- Rà soát thủ tục hành chính.\n"
    assert [task.text for task in tasks_of(frame * 2)] == ["Rà soát thủ tục hành chính."] * 2


HOSTILE = [
    "- Cơ quan chủ trì: Sở A\n" * 6_000,
    "các sở; " * 20_000,
    "1. Sở Nội vụ:\n- Rà soát việc thực hiện.\n" * 1_500,
    "Giao" + " " * 100_000 + "Sở Nội vụ",
    "trước ngày 1/1/2025 và hằng năm " * 5_000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=["attributes", "bodies", "headings", "blanks", "dates"])
def test_hostile_texts_are_read_in_linear_time(text: str) -> None:
    started = time.process_time()
    tasks_of(text)
    assert time.process_time() - started < 15


def test_each_way_of_deciding_can_be_measured_alone() -> None:
    text = """1. Sở Nội vụ
- Chủ trì, phối hợp với Sở Tài chính tham mưu UBND tỉnh ban hành Kế hoạch đào tạo công chức.
- Công tác tuyên truyền trên các phương tiện thông tin đại chúng về cải cách hành chính.
"""
    document = read_bytes(text.encode(), "a.txt")
    ways = {way: find_tasks(document, build_tree(document), PLAN, (), deciding=way) for way in get_args(Deciding)}
    assert {task.confidence for task in ways["rules"]} == {0.5}
    assert all(task.confidence != 0.5 for way in ("classifier", "both") for task in ways[way])
    assert all(found[0].lead == ("Sở Nội vụ",) for found in ways.values())


def test_a_line_of_attributes_speaks_for_the_bullet_right_before_it() -> None:
    tasks = tasks_of("""1. Sở Tài chính
- Tham mưu triển khai thực hiện kế hoạch kiểm kê tài sản thuộc phạm vi quản lý của tỉnh.
Thời gian hoàn thành: Tháng 11 - 12/2025.
- Phối hợp với các cơ quan chuyên môn hướng dẫn biểu mẫu kiểm kê.
Thời gian hoàn thành: Tháng 12/2025.
""")
    assert [str(task.deadline.start if task.deadline else None) for task in tasks] == ["2025-11-01", "None"]
    assert [str(task.deadline.due) for task in tasks if task.deadline] == ["2025-12-31", "2025-12-31"]


def test_a_list_of_cases_or_of_bodies_is_no_list_of_tasks() -> None:
    tasks = tasks_of("""1. Sở Tài chính
- Phối hợp với Cảng vụ từ chối tiếp nhận tàu thuyền đối với các trường hợp sau đây:
+ Không thực hiện thủ tục theo quy định của pháp luật;
+ Có nguy cơ gây mất an toàn, an ninh, ô nhiễm môi trường.
""")
    assert [task.text[:20] for task in tasks] == ["Phối hợp với Cảng vụ"]


def test_the_mark_of_a_footnote_is_no_part_of_a_duty() -> None:
    tasks = tasks_of(
        """Điều 5. Trách nhiệm của Bộ Quốc phòng
1.[18] Chủ trì, phối hợp với các bộ tổ chức đón tiếp tàu quân sự nước ngoài.
2. Chỉ đạo Quân chủng Hải quân tổ chức triển lãm hàng hải.
Điều 6. Trách nhiệm của Bộ Tài chính
1. Bố trí kinh phí thực hiện theo quy định của pháp luật.
Điều 7. Hiệu lực thi hành
1. Nghị định này có hiệu lực từ ngày ký.
""",
        DECREE,
    )
    assert [task.text[:8] for task in tasks] == ["Chủ trì,", "Chỉ đạo ", "Bố trí k"]


def test_a_title_among_the_titles_of_bodies_is_a_body() -> None:
    heads = ["Sở Nội vụ", "Sở Y tế", "Công an tỉnh", "Hạt Kiểm lâm các khu vực"]
    plan = "".join(f"{n}. {head}\n- Tổ chức tuyên truyền đến người dân.\n" for n, head in enumerate(heads, 1))
    assert [task.lead[0] for task in tasks_of(f"III. TỔ CHỨC THỰC HIỆN\n{plan}")] == heads


def test_a_body_is_named_without_what_it_is_besides() -> None:
    tasks = tasks_of("""1. Sở Tài chính - Cơ quan thường trực Ban Chỉ đạo
- Tổng hợp kết quả kiểm kê tài sản, báo cáo UBND tỉnh.
2. Văn phòng UBND tỉnh (Trung tâm Phục vụ hành chính công)
- Công khai thủ tục hành chính theo quy định.
""")
    assert [task.lead for task in tasks] == [("Sở Tài chính",), ("Văn phòng UBND tỉnh",)]


def test_a_party_group_leads_the_body_that_it_directs() -> None:
    tasks = tasks_of("""III. TỔ CHỨC THỰC HIỆN
1. Ban cán sự đảng Ủy ban nhân dân tỉnh lãnh đạo Ủy ban nhân dân tỉnh:
a) Ban hành kế hoạch cụ thể hóa Chương trình hành động này trước ngày 31/3/2026.
b) Hằng năm bố trí tối thiểu 20% vốn đầu tư công cho hạ tầng nông thôn.
2. Các huyện ủy, thị ủy, thành ủy căn cứ Nghị quyết và Kế hoạch này:
- Đưa nội dung Nghị quyết vào sinh hoạt chi bộ.
""")
    assert [task.lead for task in tasks] == [
        ("Ban cán sự đảng Ủy ban nhân dân tỉnh",),
        ("Ban cán sự đảng Ủy ban nhân dân tỉnh",),
        ("Các huyện ủy, thị ủy, thành ủy",),
    ]
    assert (tasks[0].product, tasks[1].deadline and tasks[1].deadline.recurrence) == (
        "kế hoạch cụ thể hóa Chương trình hành động", "yearly",
    )  # fmt: skip


def test_bodies_that_issue_together_assign_to_themselves() -> None:
    joint = Header(
        symbol="14/KHLT", kind="Kế hoạch liên tịch", issuer="Sở Giáo dục và Đào tạo",
        issuers=("Sở Giáo dục và Đào tạo", "Công an tỉnh"), date=dt.date(2025, 10, 1),
    )  # fmt: skip
    tasks = tasks_of(
        """II. NHIỆM VỤ CHUNG CỦA HAI NGÀNH
1. Thành lập Tổ công tác liên ngành gồm đại diện hai bên, xong trước 31/10/2025.
III. PHÂN CÔNG TRÁCH NHIỆM
1. Công an tỉnh
- Chỉ đạo Công an cấp xã tuần tra khu vực cổng trường vào giờ tan học.
IV. CHẾ ĐỘ BÁO CÁO
1. Sở Giáo dục và Đào tạo là đầu mối tổng hợp, báo cáo Ủy ban nhân dân tỉnh trước 15/6/2026.
""",
        joint,
    )
    assert [task.lead for task in tasks] == [joint.issuers, ("Công an tỉnh",), ("Sở Giáo dục và Đào tạo",)]


def test_a_standing_duty_and_a_frequency_between_body_and_verb() -> None:
    tasks = tasks_of("""1. Công an phường thường xuyên kiểm tra, xử phạt hành vi lấn chiếm lòng, lề đường.
2. Ủy ban nhân dân các xã ven biển hằng tháng rà soát tàu cá, không để phát sinh mới.
3. Sở Tài chính bố trí kinh phí chi thường xuyên trong dự toán ngân sách.
""")
    assert [task.deadline and task.deadline.recurrence for task in tasks] == ["continuous", "monthly", None]


def test_parts_in_brackets_behind_the_work() -> None:
    (task,) = tasks_of("""I. NHIỆM VỤ TRỌNG TÂM
2. Giải ngân vốn Chương trình mục tiêu quốc gia (Đơn vị chủ trì: Sở Dân tộc và Tôn giáo; đơn vị phối hợp: Sở Tài chính; thời hạn: tháng 6/2026).
""")
    assert (task.lead, task.coordinators) == (("Sở Dân tộc và Tôn giáo",), ("Sở Tài chính",))
    assert task.deadline
    assert str(task.deadline.due) == "2026-06-30"

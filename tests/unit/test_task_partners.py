"""Who works with whom, and the term said once for many: in every usual wording."""

from __future__ import annotations

import pytest

from corpus.reader import read_bytes
from corpus.tree import build_tree
from nlp.header import read_header
from nlp.model import Task
from nlp.task_partners import coordinators
from nlp.task_units import bodies_only
from nlp.tasks import find_tasks

HEAD = """ỦY BAN NHÂN DÂN
TỈNH NINH BÌNH
Số: 21/CT-UBND
Ninh Bình, ngày 05 tháng 9 năm 2025

CHỈ THỊ
Về tăng cường quản lý đất đai

"""


def tasks_of(body: str) -> list[Task]:
    document = read_bytes((HEAD + body).encode(), "21-CT-UBND.txt")
    return list(find_tasks(document, build_tree(document), read_header(document), ()))


PARTNERS = [
    ("Chủ trì, phối hợp chặt chẽ với Sở Xây dựng, Công an tỉnh lập phương án.", ("Sở Xây dựng", "Công an tỉnh")),
    ("Cùng với Sở Tư pháp hoàn thiện dự thảo Quy định.", ("Sở Tư pháp",)),
    (
        "chủ trì, có sự tham gia của Sở Xây dựng và các đơn vị liên quan, tiến hành thanh tra 12 dự án.",
        ("Sở Xây dựng", "các đơn vị liên quan"),
    ),
    (
        "chủ trì thực hiện, Công an tỉnh và các đoàn thể phối hợp, hoàn thành trong tháng 5/2026.",
        ("Công an tỉnh", "các đoàn thể"),
    ),
    (
        "Phối hợp với Ủy ban Mặt trận Tổ quốc Việt Nam cùng cấp, các tổ chức chính trị - xã hội tuyên truyền.",
        ("Ủy ban Mặt trận Tổ quốc Việt Nam cùng cấp", "các tổ chức chính trị - xã hội"),
    ),
    ("Rà soát các dự án; Sở Tài chính, Thuế tỉnh phối hợp thực hiện.", ("Sở Tài chính", "Thuế tỉnh")),
    ("Tổ chức 03 phiên kết nối; phối hợp: Sở Công Thương, Hội Nông dân tỉnh.", ("Sở Công Thương", "Hội Nông dân tỉnh")),
    (
        "Giao Bộ Xây dựng đưa vào vận hành Hệ thống; Bộ Công an, Bộ Y tế phối hợp, chia sẻ dữ liệu.",
        ("Bộ Công an", "Bộ Y tế"),
    ),
    (
        "Nâng cấp nền tảng; VNPT Quảng Ngãi và các đơn vị liên quan có trách nhiệm phối hợp.",
        ("VNPT Quảng Ngãi", "các đơn vị liên quan"),
    ),
    ("Ban hành hướng dẫn, có sự tham gia của Bộ Công Thương, chậm nhất hết tháng 5.", ("Bộ Công Thương",)),
    (
        "Đối thoại với doanh nghiệp, có các hiệp hội bất động sản, các ngân hàng thương mại cùng tham gia.",
        ("các hiệp hội bất động sản", "các ngân hàng thương mại"),
    ),
    ("Chỉ đạo Sở Công Thương phối hợp các tổng công ty điện lực rà soát danh sách.", ("các tổng công ty điện lực",)),
    ("Phối hợp với Sở Nội vụ trong việc sắp xếp bộ máy.", ("Sở Nội vụ",)),
    ("Phối hợp với Viện kiểm sát, Tòa án cùng cấp giải quyết án tồn đọng.", ("Viện kiểm sát", "Tòa án cùng cấp")),
    ("Phối hợp với trường học trên địa bàn tuyên truyền an toàn giao thông.", ("trường học trên địa bàn",)),
    ("Thực hiện đề án, có Sở Tài chính phối hợp.", ("Sở Tài chính",)),
    ("Lấy ý kiến các sở, ngành về dự thảo bảng giá đất.", ()),
    ("Nâng cao hiệu quả phối hợp trong giải quyết thủ tục.", ()),
]


@pytest.mark.parametrize(("clause", "partners"), PARTNERS)
def test_partners(clause: str, partners: tuple[str, ...]) -> None:
    assert coordinators(clause, 0) == partners


def test_who_helps_stands_behind_a_semicolon_or_in_a_sentence_of_its_own() -> None:
    first, second = tasks_of(
        "Chủ tịch Ủy ban nhân dân tỉnh yêu cầu:\n"
        "1. Sở Xây dựng chủ trì; Sở Tài chính, Kho bạc Nhà nước khu vực V phối hợp xây dựng Đề án nhà ở xã hội.\n"
        "2. Xây dựng bộ tiêu chí vùng nguyên liệu, hoàn thành trong tháng 02/2026. Sở Khoa học và Công nghệ chủ trì; phối hợp: Sở Công Thương.\n"
    )
    assert (first.lead, first.coordinators) == (("Sở Xây dựng",), ("Sở Tài chính", "Kho bạc Nhà nước khu vực V"))
    assert (second.lead, second.coordinators) == (("Sở Khoa học và Công nghệ",), ("Sở Công Thương",))
    assert second.deadline
    assert str(second.deadline.due) == "2026-02-28"


def test_brackets_tell_who_leads_and_who_helps() -> None:
    first, second = tasks_of(
        "Chủ tịch Ủy ban nhân dân tỉnh yêu cầu:\n"
        "1. Giao Sở Y tế (chủ trì), Sở Tài chính, Bệnh viện Đa khoa tỉnh (phối hợp) đưa khu điều trị vào hoạt động.\n"
        "2. Sở Tài chính, Thuế tỉnh phối hợp với Sở Xây dựng (cơ quan chủ trì) xây dựng Bảng giá đất lần đầu.\n"
    )
    assert (first.lead, first.coordinators) == (("Sở Y tế",), ("Sở Tài chính", "Bệnh viện Đa khoa tỉnh"))
    assert (second.lead, second.coordinators) == (("Sở Xây dựng",), ("Sở Tài chính", "Thuế tỉnh"))


def test_whom_a_body_only_asks_to_help_helps_it() -> None:
    (task,) = tasks_of(
        "1. Sở Xây dựng\na) Đề nghị Hội Kiến trúc sư tỉnh, Hội Xây dựng tỉnh phối hợp biên soạn tài liệu.\n"
    )
    assert (task.lead, task.coordinators) == (("Sở Xây dựng",), ("Hội Kiến trúc sư tỉnh", "Hội Xây dựng tỉnh"))


@pytest.mark.parametrize(
    ("sentence", "recurrence", "due"),
    [
        ("Thường xuyên kiểm tra việc xét duyệt đối tượng mua nhà.", "continuous", None),
        ("Hoàn thiện phần mềm, đưa vào sử dụng trước khi kết thúc năm 2026.", None, "2026-12-31"),
        ("Thi hành xong 09 bản án đã có hiệu lực pháp luật trong năm 2026.", None, "2026-12-31"),
    ],
)
def test_deadlines_of_items(sentence: str, recurrence: str | None, due: str | None) -> None:
    (task,) = tasks_of(f"1. Sở Xây dựng\na) {sentence}\n")
    assert task.deadline
    assert (task.deadline.recurrence, task.deadline.due and str(task.deadline.due)) == (recurrence, due)


def test_bodies_with_help_beside_them_and_all_concerned() -> None:
    first, second, third = tasks_of(
        "Chủ tịch Ủy ban nhân dân tỉnh yêu cầu:\n"
        "1. Sở Y tế, có sự phối hợp của Sở Tài chính, định kỳ 6 tháng một lần ngoại kiểm chất lượng nước.\n"
        "2. Công an tỉnh và các đơn vị liên quan phối hợp đấu tranh, ngăn chặn hành vi xả thải gây ô nhiễm.\n"
        "3. Sở Y tế và Sở Công Thương đồng chủ trì lập Quy hoạch vùng trồng dược liệu trong quý I/2026.\n"
    )
    assert (first.lead, first.coordinators) == (("Sở Y tế",), ("Sở Tài chính",))
    assert first.deadline
    assert first.deadline.recurrence == "half-yearly"
    assert (second.lead, second.coordinators) == (("Công an tỉnh",), ("các đơn vị liên quan",))
    assert third.lead == ("Sở Y tế", "Sở Công Thương")


def test_a_heading_says_who_does_what_stands_below() -> None:
    tasks = tasks_of(
        "1. Sản phẩm và nhân lực (các việc dưới đây do Sở Văn hóa, Thể thao và Du lịch chủ trì)\n"
        "1.1. Hình thành 03 tuyến du lịch trải nghiệm.\n1.2. Mở lớp bồi dưỡng nghiệp vụ cho chủ hộ.\n"
        "2. Đảng ủy Ủy ban nhân dân tỉnh lãnh đạo, chỉ đạo:\na) Xây dựng Đề án bảo vệ rừng bền vững.\n"
    )
    assert [task.lead for task in tasks] == [
        ("Sở Văn hóa, Thể thao và Du lịch",),
        ("Sở Văn hóa, Thể thao và Du lịch",),
        ("Đảng ủy Ủy ban nhân dân tỉnh",),
    ]


def test_the_term_in_the_head_of_a_list_holds_for_every_item_without_one() -> None:
    tasks = tasks_of(
        "Ủy ban nhân dân tỉnh yêu cầu các sở, ngành thực hiện các nội dung sau, hoàn thành trước ngày 20/3/2026:\n"
        "1. Sở Tài chính\nBố trí kinh phí mua 15 bồn chứa nước.\n"
        "2. Sở Xây dựng\na) Rà soát các công trình cấp nước.\nb) Gửi danh sách hộ thiếu nước trước ngày 08/3/2026.\n"
    )
    assert [str(task.deadline.due) for task in tasks if task.deadline] == ["2026-03-20", "2026-03-20", "2026-03-08"]


def test_a_closing_sentence_gives_its_term_to_all() -> None:
    tasks = tasks_of(
        "Chủ tịch Ủy ban nhân dân tỉnh yêu cầu:\n"
        "1. Sở Tài chính bố trí kinh phí mua 15 bồn chứa nước.\n2. Sở Xây dựng rà soát các công trình cấp nước.\n"
        "II. THỜI HẠN\nCác nhiệm vụ trên hoàn thành trước ngày 30/11/2025.\n"
    )
    assert [task.deadline for task in tasks][:2] == [None, None]  # another part of the text speaks of itself


@pytest.mark.parametrize(
    ("heading", "named"),
    [
        ("Phòng Tài chính - Kế hoạch", ("Phòng Tài chính - Kế hoạch",)),
        (
            "Trung tâm Văn hóa, Thông tin và Truyền thanh huyện",
            ("Trung tâm Văn hóa, Thông tin và Truyền thanh huyện",),
        ),
        ("Đảng ủy Công an tỉnh, Đảng ủy Quân sự tỉnh", ("Đảng ủy Công an tỉnh", "Đảng ủy Quân sự tỉnh")),
        ("Phòng Tài chính - Kế hoạch hướng dẫn", ()),
    ],
)
def test_a_heading_of_one_body_with_several_fields(heading: str, named: tuple[str, ...]) -> None:
    assert bodies_only(heading) == named


def test_the_boards_of_the_party_are_named_by_their_work() -> None:
    (task,) = tasks_of("1. Các ban xây dựng đảng Tỉnh ủy, Văn phòng Tỉnh ủy rút ngắn thời gian giải quyết thủ tục.\n")
    assert task.lead == ("Các ban xây dựng đảng Tỉnh ủy", "Văn phòng Tỉnh ủy")

"""Sentences that assign, and sentences that only look so."""

from __future__ import annotations

import pytest

from nlp.task_partners import coordinators
from nlp.task_prose import at_end, find_assignments

ASSIGNS = [
    # text, lead, coordinators
    ("Giao Sở Nội vụ theo dõi, kiểm tra việc thực hiện; tổng hợp, báo cáo UBND tỉnh.", ("Sở Nội vụ",), ()),
    ("Giao cho Công an tỉnh rà soát các cơ sở karaoke.", ("Công an tỉnh",), ()),
    (
        "Bộ Tài chính chủ trì, phối hợp với các bộ, ngành, địa phương bảo đảm nguồn kinh phí thực hiện hằng năm.",
        ("Bộ Tài chính",),
        ("các bộ, ngành, địa phương",),
    ),
    ("Yêu cầu các sở, ban, ngành báo cáo kết quả trước ngày 15/12/2025.", ("các sở, ban, ngành",), ()),
    (
        "Đề nghị Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh vận động đoàn viên, hội viên tham gia.",
        ("Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh",),
        (),
    ),
    ("Thủ trưởng các đơn vị chịu trách nhiệm trước Chủ tịch UBND tỉnh về tiến độ.", ("Thủ trưởng các đơn vị",), ()),
    (
        "Về dự án nạo vét luồng tàu: Bộ Xây dựng khẩn trương rà soát, bàn giao dự án cho tỉnh.",
        ("Bộ Xây dựng",),
        (),
    ),
    (
        "Căn cứ nội dung Kế hoạch này và tình hình thực tiễn, các bộ, cơ quan ngang bộ xây dựng kế hoạch chi tiết.",
        ("các bộ, cơ quan ngang bộ",),
        (),
    ),
    ("Sở Nội vụ: Tham mưu UBND tỉnh theo dõi, đôn đốc, hướng dẫn các đơn vị.", ("Sở Nội vụ",), ()),
    (
        "Các Bộ: Quốc phòng, Công an chủ động chỉ đạo các đơn vị đóng trên địa bàn hỗ trợ địa phương.",
        ("Quốc phòng", "Công an"),
        (),
    ),
    (
        "Sở Giáo dục và Đào tạo theo chức năng, nhiệm vụ được giao tổ chức tuyên truyền.",
        ("Sở Giáo dục và Đào tạo",),
        (),
    ),
    (
        "Định kỳ hàng tháng đối với các đơn vị được giao nhiệm vụ chủ trì các chỉ số có báo cáo cụ thể kết quả.",
        ("các đơn vị được giao nhiệm vụ chủ trì các chỉ số",),
        (),
    ),
    (
        "Yêu cầu Giám đốc các sở; Chủ tịch UBND các xã, phường; Thủ trưởng các cơ quan triển khai thực hiện.",
        ("Giám đốc các sở", "Chủ tịch UBND các xã, phường", "Thủ trưởng các cơ quan"),
        (),
    ),
    (
        "Các cơ quan, tổ chức, đơn vị chủ trì quản lý tài sản có trách nhiệm thực hiện chế độ báo cáo.",
        ("Các cơ quan, tổ chức, đơn vị chủ trì quản lý tài sản",),
        (),
    ),
    (
        "Các đơn vị quản lý vận hành công trình điện lực tổ chức thực hiện đầy đủ trách nhiệm.",
        ("Các đơn vị quản lý vận hành công trình điện lực",),
        (),
    ),
    ("Các đơn vị quản lý chặt chẽ tài sản, thực hiện tiết kiệm, chống lãng phí.", ("Các đơn vị",), ()),
    (
        "Người đứng đầu đơn vị sự nghiệp công lập tổ chức rà soát vị trí việc làm.",
        ("Người đứng đầu đơn vị sự nghiệp công lập",),
        (),
    ),
    ("Quỹ hỗ trợ nông dân tỉnh xây dựng kế hoạch cho vay.", ("Quỹ hỗ trợ nông dân tỉnh",), ()),
    ("Các cơ quan, tổ chức có trách nhiệm trả lời bằng văn bản.", ("Các cơ quan, tổ chức",), ()),
    (
        "Ban Chỉ đạo quốc gia về tìm kiếm, quy tập và xác định danh tính hài cốt liệt sĩ ban hành quy trình.",
        ("Ban Chỉ đạo quốc gia về tìm kiếm, quy tập và xác định danh tính hài cốt liệt sĩ",),
        (),
    ),
    (
        "Sở Tài chính: Căn cứ khả năng cân đối ngân sách, trình cấp có thẩm quyền bố trí kinh phí.",
        ("Sở Tài chính",),
        (),
    ),
    (
        "Trung tâm chính trị xã, phường, đặc khu xây dựng quy chế bồi dưỡng.",
        ("Trung tâm chính trị xã, phường, đặc khu",),
        (),
    ),
    (
        "Ủy ban nhân dân các xã chủ trì, phối hợp với đơn vị điện lực và các đơn vị liên quan kiểm tra an toàn điện.",
        ("Ủy ban nhân dân các xã",),
        ("đơn vị điện lực", "các đơn vị liên quan"),
    ),
]

# A verb that is among no common ones ends the subject right behind a whole name.
SELDOM_VERBS = [
    ("Ủy ban nhân dân huyện Bắc Bình dứt điểm bàn giao mặt bằng 12 hộ.", ("Ủy ban nhân dân huyện Bắc Bình",), ()),
    ("Ủy ban nhân dân phường lắp 60 camera giám sát điểm xả rác.", ("Ủy ban nhân dân phường",), ()),
    ("Báo và Phát thanh, Truyền hình Nghệ An tăng thời lượng phát sóng tin bão.",
     ("Báo và Phát thanh, Truyền hình Nghệ An",), ()),
    ("Ngân hàng Nhà nước Việt Nam đáp ứng đủ nhu cầu tiền mặt; bảo đảm thanh toán.", ("Ngân hàng Nhà nước Việt Nam",), ()),
    ("Ban Quản lý dự án đầu tư xây dựng các công trình giao thông huy động đủ máy móc.",
     ("Ban Quản lý dự án đầu tư xây dựng các công trình giao thông",), ()),
    ("Ban Quản lý dự án đầu tư xây dựng huyện khởi công cầu Phú Văn.", ("Ban Quản lý dự án đầu tư xây dựng huyện",), ()),
    ("Đồn Biên phòng Cửa khẩu cảng Vũng Áng quản lý chặt người ra vào.", ("Đồn Biên phòng Cửa khẩu cảng Vũng Áng",), ()),
    ("Hạt Kiểm lâm liên huyện túc trực 24/24 giờ tại các chốt.", ("Hạt Kiểm lâm liên huyện",), ()),
    ("Ủy ban nhân dân các xã, phường có điểm du lịch giữ gìn cảnh quan, vận động người dân làm du lịch.",
     ("Ủy ban nhân dân các xã, phường có điểm du lịch",), ()),
    ("Các đơn vị được giao chủ trì gửi báo cáo tiến độ về Cục Quản lý Dược.", ("Các đơn vị được giao chủ trì",), ()),
    ("Văn phòng Tỉnh ủy theo dõi, đôn đốc việc thực hiện.", ("Văn phòng Tỉnh ủy",), ()),
    ("Ngay sau khi có quyết định của Thủ tướng Chính phủ, Bộ Tài chính xuất cấp gạo cho các địa phương.",
     ("Bộ Tài chính",), ()),
    ("Bộ Nội vụ, Bộ Giáo dục và Đào tạo (theo sự phân công của Chính phủ) chủ trì kiểm tra.",
     ("Bộ Nội vụ", "Bộ Giáo dục và Đào tạo (theo sự phân công của Chính phủ)"), ()),
]  # fmt: skip

PARTNERS = [
    ("Sở Kế hoạch và Đầu tư cùng Ban Quản lý các khu công nghiệp làm việc với nhà đầu tư.",
     ("Sở Kế hoạch và Đầu tư",), ("Ban Quản lý các khu công nghiệp",)),
    ("Giao Sở Nông nghiệp và Môi trường cùng các địa phương cấp giấy chứng nhận cho 8.500 hộ.",
     ("Sở Nông nghiệp và Môi trường",), ("các địa phương",)),
    ("Sở Nông nghiệp và Môi trường phối hợp với các chủ hồ vận hành hạ thấp mực nước.",
     ("Sở Nông nghiệp và Môi trường",), ("các chủ hồ",)),
    ("Bộ Y tế phối hợp với Tổng Liên đoàn Lao động Việt Nam nắm tình hình lao động.",
     ("Bộ Y tế",), ("Tổng Liên đoàn Lao động Việt Nam",)),
    ("Công an tỉnh phối hợp với lực lượng biên phòng, hải quan tuần tra biên giới.",
     ("Công an tỉnh",), ("lực lượng biên phòng, hải quan",)),
    ("Trung tâm Phát triển quỹ đất huyện phối hợp Phòng Tài nguyên và Môi trường kiểm đếm 118 thửa đất.",
     ("Trung tâm Phát triển quỹ đất huyện",), ("Phòng Tài nguyên và Môi trường",)),
    ("Đảng ủy các xã có dự án đi qua chủ trì, cùng Ủy ban Mặt trận Tổ quốc vận động các hộ chưa đồng thuận.",
     ("Đảng ủy các xã có dự án đi qua",), ("Ủy ban Mặt trận Tổ quốc",)),
]  # fmt: skip


@pytest.mark.parametrize(("text", "lead", "coordinators"), [*ASSIGNS, *SELDOM_VERBS, *PARTNERS])
def test_who_has_to_act(text: str, lead: tuple[str, ...], coordinators: tuple[str, ...]) -> None:
    (found, *_) = find_assignments(text, 0, len(text))
    assert (found.lead, found.coordinators) == (lead, coordinators)


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        ("Hoàn thành nâng cấp đường truyền trước ngày 31/3/2026, do Sở Khoa học và Công nghệ thực hiện.",
         ("Sở Khoa học và Công nghệ",)),
        ("Rà soát công trình sai phép; việc này do Phòng Kinh tế, Hạ tầng và Đô thị chịu trách nhiệm.",
         ("Phòng Kinh tế, Hạ tầng và Đô thị",)),
        ("Khắc phục thiệt hại do bão gây ra, bảo đảm giao thông thông suốt.", ()),
        ("Quản lý các dự án do Bộ Xây dựng phê duyệt.", ()),
    ],
)  # fmt: skip
def test_who_does_it_may_stand_at_the_end(text: str, bodies: tuple[str, ...]) -> None:
    assert at_end(text) == bodies


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        ("Phối hợp với các địa phương tổ chức các chương trình đưa hàng Việt về nông thôn.", ("các địa phương",)),
        (
            "Cùng với Bộ Công an, Bộ Tài chính thanh tra các doanh nghiệp kinh doanh vàng.",
            ("Bộ Công an", "Bộ Tài chính"),
        ),
        ("Phối hợp với Hội Người cao tuổi tỉnh lập danh sách.", ("Hội Người cao tuổi tỉnh",)),
    ],
)
def test_an_item_may_begin_with_its_partners(text: str, bodies: tuple[str, ...]) -> None:
    assert coordinators(text, 0) == bodies


TELLS = [
    "Ông Lâm Minh Thành, Phó Bí thư Tỉnh ủy, Chủ tịch UBND tỉnh (giữa) chủ trì Hội nghị",
    "Sở Nội vụ đã ban hành kế hoạch và tổ chức tập huấn cho cán bộ.",
    "Bộ Công an đang hoàn thiện hồ sơ trình Chính phủ.",
    "Văn phòng sẽ phối hợp với các cơ quan liên quan tham mưu.",
    "đáp ứng yêu cầu nhiệm vụ được giao cho các cơ quan, đơn vị",
    "Theo đề nghị của Giám đốc Sở Tư pháp tại Tờ trình số 12/TTr-STP.",
    "bảo đảm trật tự an toàn giao thông trên địa bàn tỉnh",
    "một tổ chức có thể đảm nhiệm nhiều việc, nhưng một việc chỉ do một tổ chức chủ trì, chịu trách nhiệm chính",
    "Tăng cường giám sát của Hội đồng nhân dân, Mặt trận Tổ quốc đối với công tác cải cách hành chính.",
    "Hội nghị toàn quốc công tác văn phòng năm 2025 tổ chức ngày 26/11/2025.",
    "Ban hành kèm theo Quyết định này Kế hoạch triển khai thi hành Luật.",
    "Giám đốc các sở, Thủ trưởng các ban, ngành chịu trách nhiệm thi hành Quyết định này./.",
    "Trong quá trình thực hiện, nếu có khó khăn, vướng mắc, đề nghị các đơn vị phản ánh về Sở Nội vụ.",
    "Văn phòng Chính phủ trân trọng thông báo.",
    "Thực hiện Kế hoạch số 515/KH-BCA ngày 31/8/2025 của Bộ Công an; UBND xã xây dựng kế hoạch triển khai như sau:",
    "Ban Thường vụ Tỉnh ủy ban hành kế hoạch như sau:",
    "Ngày 05-4-2024, Ban Thường vụ Huyện ủy họp nghe Ủy ban nhân dân huyện báo cáo tiến độ.",
    "Đến ngày 31/3/2024, toàn tỉnh mới giải ngân được 11,2% kế hoạch vốn.",
]


@pytest.mark.parametrize("text", TELLS)
def test_who_has_not(text: str) -> None:
    assert find_assignments(text, 0, len(text)) == []


def test_two_units_in_a_paragraph_are_two_assignments() -> None:
    text = (
        "Các sở, ngành gửi kết quả về Sở Kế hoạch và Đầu tư trước ngày 01/11/2021. "
        "Sở Kế hoạch và Đầu tư tổng hợp, báo cáo UBND tỉnh trước ngày 15/11/2021."
    )
    one, two = find_assignments(text, 0, len(text))
    assert (one.lead, two.lead) == (("Các sở, ngành",), ("Sở Kế hoạch và Đầu tư",))
    assert text[two.start :].startswith("Sở Kế hoạch và Đầu tư tổng hợp")


def test_a_very_long_sentence_is_read_in_linear_time() -> None:
    text = "Giao " + "các sở, ban, ngành, " * 20_000 + "thực hiện; " + "Sở Nội vụ, và " * 20_000
    assert isinstance(find_assignments(text, 0, len(text)), list)

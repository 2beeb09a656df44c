"""Deadline wording of real directives and annex tables, cells and sentences."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.deadlines import find_deadline, find_deadlines, read_cell

YEAR = 2026

DUE = [
    # text, due, inclusive, precision
    ("hoàn thành trước ngày 30/6/2018", "2018-06-30", False, "day"),
    ("trước ngày 30/6/2018", "2018-06-30", False, "day"),
    ("ban hành Thông tư quy định gói dịch vụ; thời hạn quý II/2026.", "2026-06-30", True, "quarter"),
    ("Báo cáo Thủ tướng Chính phủ trước ngày 15 tháng 11 năm 2026.", "2026-11-15", False, "day"),
    ("chậm nhất ngày 25/12/2026", "2026-12-25", True, "day"),
    ("chậm nhất là ngày 25/12/2026", "2026-12-25", True, "day"),
    ("hoàn thành đến hết ngày 31/12/2026", "2026-12-31", True, "day"),
    ("không quá ngày 05/8/2026", "2026-08-05", True, "day"),
    ("hạn chót 05/8/2026", "2026-08-05", True, "day"),
    ("chậm nhất trước ngày 21/8/2026", "2026-08-21", False, "day"),
    ("hoàn thành trong tháng 8/2026", "2026-08-31", True, "month"),
    ("trong tháng 8 năm 2026", "2026-08-31", True, "month"),
    ("trong tháng 5", "2026-05-31", True, "month"),
    ("trước ngày 28/5", "2026-05-28", False, "day"),
    ("tháng 5/2025", "2025-05-31", True, "month"),
    ("6/2025", "2025-06-30", True, "month"),
    ("03/2025", "2025-03-31", True, "month"),
    ("Tháng 10/2025", "2025-10-31", True, "month"),
    ("Thang 8/2026", "2026-08-31", True, "month"),
    ("Tháng 12//2026", "2026-12-31", True, "month"),
    ("Trước tháng 3/2027", "2027-02-28", True, "month"),
    ("trước tháng 01 năm 2027", "2026-12-31", True, "month"),
    ("trong quý II/2024", "2024-06-30", True, "quarter"),
    ("quý 2/2025", "2025-06-30", True, "quarter"),
    ("Quý I năm 2025", "2025-03-31", True, "quarter"),
    ("Quý IV/ 2026", "2026-12-31", True, "quarter"),
    ("Quý IV2026", "2026-12-31", True, "quarter"),
    ("Quý IV 2026", "2026-12-31", True, "quarter"),
    ("Quý II/năm 2026", "2026-06-30", True, "quarter"),
    ("xong trong quý III", "2026-09-30", True, "quarter"),
    ("trong năm 2026", "2026-12-31", True, "year"),
    ("năm 2025", "2025-12-31", True, "year"),
    ("2025", "2025-12-31", True, "year"),
    ("đến năm 2030", "2030-12-31", True, "year"),
    ("cuối năm", "2026-12-31", True, "year"),
    ("Cuối năm 2027", "2027-12-31", True, "year"),
    ("6 tháng đầu năm", "2026-06-30", True, "half-year"),
    ("6 tháng đầu năm 2025", "2025-06-30", True, "half-year"),
    ("6 tháng cuối năm", "2026-12-31", True, "half-year"),
    ("9 tháng năm 2025", "2025-09-30", True, "month"),
    ("Trước 30/6/2026", "2026-06-30", False, "day"),
    ("Trước ngày 01/6/2026", "2026-06-01", False, "day"),
    ("Trong năm 2026(Đề nghị Sở Tư pháp tổng hợp xây dựng văn bản bãi bỏ chung)", "2026-12-31", True, "year"),
    ("Thời hạn hoàn thành: trước ngày 15/12/2026.", "2026-12-15", False, "day"),
    ("Giao Sở Xây dựng rà soát, trình UBND tỉnh trong tháng 9/2026 và báo cáo kết quả", "2026-09-30", True, "month"),
    ("báo cáo kết quả về Bộ Nội vụ (hoàn thành trong quý III/2026)", "2026-09-30", True, "quarter"),
    ("phấn đấu đến năm 2030 đạt trên 80%", "2030-12-31", True, "year"),
    ("Phê duyệt Đề án giai đoạn 2026 - 2030 trong quý II năm 2026.", "2026-06-30", True, "quarter"),
    ("nộp sản phẩm kiểm kê, thời hạn cuối cùng ngày 20/9/2026", "2026-09-20", True, "day"),
    ("xử lý hành vi đầu cơ từ nay đến hết tháng 02 năm 2027", "2027-02-28", True, "month"),
    ("Từ nay đến cuối năm 2026, bố trí lực lượng chốt chặn", "2026-12-31", True, "year"),
    ("mở rộng diện tích lên 69.000 ha vào năm 2027; hình thành vùng rau", "2027-12-31", True, "year"),
    ("ban hành nghị quyết, chậm nhất tại kỳ họp tháng 7-2026", "2026-07-31", True, "month"),
    ("ký cam kết giữa nhà trường, học sinh và phụ huynh trước 15/11/2026", "2026-11-15", False, "day"),
    ("Trong 10 ngày đầu tháng 5-2026, đến từng hộ vận động", "2026-05-10", True, "day"),
    ("khởi công ngay trong quý II", "2026-06-30", True, "quarter"),
    ("gửi về Sở, hạn nộp 15/5/2026", "2026-05-15", True, "day"),
    ("Tổ chức hội nghị sơ kết vào tháng 7/2026", "2026-07-31", True, "month"),
    ("Tổ chức hội nghị tổng kết vào ngày 20/12/2026", "2026-12-20", True, "day"),
    ("Tổng hợp, báo cáo Ủy ban nhân dân tỉnh vào cuối năm", "2026-12-31", True, "year"),
    ("Hạn cuối nộp hồ sơ là 20/10/2026", "2026-10-20", True, "day"),
    ("Trong thời gian từ nay đến 30/4/2026, mở đợt tuyên truyền", "2026-04-30", True, "day"),
]


@pytest.mark.parametrize(("text", "due", "inclusive", "precision"), DUE)
def test_a_date(text: str, due: str, inclusive: bool, precision: str) -> None:  # noqa: FBT001
    deadline = find_deadline(text, year=YEAR)
    assert deadline
    assert (str(deadline.due), deadline.inclusive, deadline.precision) == (due, inclusive, precision)
    assert deadline.recurrence is None


RANGES = [
    ("2025 - 2026", "2025-01-01", "2026-12-31", "year"),
    ("2025-2026", "2025-01-01", "2026-12-31", "year"),
    ("giai đoạn 2021-2025", "2021-01-01", "2025-12-31", "year"),
    ("Quý III - IV/2026", "2026-07-01", "2026-12-31", "quarter"),
    ("Quý II, III/2026", "2026-04-01", "2026-09-30", "quarter"),
    ("Tháng 5-6/2026", "2026-05-01", "2026-06-30", "month"),
    ("Từ tháng 3 đến tháng 6/2026", "2026-03-01", "2026-06-30", "month"),
    ("đào tạo nghề cho 40.000 lao động trong giai đoạn 2026 - 2028", "2026-01-01", "2028-12-31", "year"),
    ("Từ ngày 01/6/2026 đến ngày 30/9/2026", "2026-06-01", "2026-09-30", "day"),
    ("triển khai thực hiện từ ngày 01/6/2026 đến hết ngày 30/9/2026", "2026-06-01", "2026-09-30", "day"),
    ("Tổ chức đợt cao điểm từ 15/5 đến 15/6/2026 trên địa bàn", "2026-05-15", "2026-06-15", "day"),
    ("Tổ chức Tháng hành động từ ngày 01 đến ngày 31 tháng 5 năm 2026", "2026-05-01", "2026-05-31", "day"),
    ("Lấy ý kiến Nhân dân từ tháng 3 đến tháng 5/2026", "2026-03-01", "2026-05-31", "month"),
    ("Hoàn thiện hạ tầng trong 2 năm 2026 - 2027", "2026-01-01", "2027-12-31", "year"),
]


@pytest.mark.parametrize(("text", "start", "due", "precision"), RANGES)
def test_a_range_ends_at_its_end(text: str, start: str, due: str, precision: str) -> None:
    deadline = find_deadline(text, year=YEAR)
    assert deadline
    assert (str(deadline.start), str(deadline.due), deadline.precision) == (start, due, precision)


RECURRING = [
    # text, recurrence, day, month, inclusive
    ("Thường xuyên", "continuous", None, None, True),
    ("Nhiệm vụ thường xuyên", "continuous", None, None, True),
    ("thường xuyên, liên tục", "continuous", None, None, True),
    ("hằng năm", "yearly", None, None, True),
    ("Hàng năm", "yearly", None, None, True),
    ("định kỳ hàng tháng", "monthly", None, None, True),
    ("hằng tháng", "monthly", None, None, True),
    ("định kỳ 6 tháng", "half-yearly", None, None, True),
    ("6 tháng, năm", "half-yearly", None, None, True),
    ("Hằng quý, 6 tháng, năm", "quarterly", None, None, True),
    ("hằng quý", "quarterly", None, None, True),
    ("hàng tuần", "weekly", None, None, True),
    ("định kỳ trước ngày 20 hằng tháng", "monthly", 20, None, False),
    ("gửi báo cáo trước ngày 20 hằng tháng về Sở Nội vụ", "monthly", 20, None, False),
    ("ngày 25 của tháng cuối quý", "quarterly", 25, None, True),
    ("Báo cáo chậm nhất ngày 25 của tháng cuối quý", "quarterly", 25, None, True),
    ("báo cáo Thủ tướng Chính phủ trước ngày 15 tháng 12 hằng năm", "yearly", 15, 12, False),
    ("Trước ngày 30/11 hằng năm", "yearly", 30, 11, False),
    ("đột xuất", "on-request", None, None, True),
    ("khi có yêu cầu", "on-request", None, None, True),
    ("Định kỳ hoặc đột xuất theo yêu cầu", "on-request", None, None, True),
    ("Định kỳ hàng tháng đối với các đơn vị được giao có báo cáo cụ thể", "monthly", None, None, True),
    ("Chiều thứ sáu hằng tuần báo cáo tiến độ", "weekly", None, None, True),
    ("gửi số liệu về Tổ công tác vào 16 giờ thứ năm hằng tuần", "weekly", None, None, True),
    ("Ngày 15 hằng tháng, gửi báo cáo về Sở", "monthly", 15, None, True),
    ("công khai tỷ lệ giải ngân vào ngày 05 hằng tháng", "monthly", 5, None, True),
    ("công khai kết quả giải quyết thủ tục hành chính hằng quý.", "quarterly", None, None, True),
    ("phát sóng ít nhất 02 kỳ mỗi tháng", "monthly", None, None, True),
    ("họp giao ban 06 tháng một lần, luân phiên", "half-yearly", None, None, True),
    ("Định kỳ 6 tháng, hằng năm tổng hợp, báo cáo UBND tỉnh", "half-yearly", None, None, True),
    ("gửi báo cáo về Sở trước ngày 05/7 và trước ngày 05/01 hằng năm.", "half-yearly", 5, 7, False),
]


@pytest.mark.parametrize(("text", "recurrence", "day", "month", "inclusive"), RECURRING)
def test_a_recurrence_has_no_due_day(
    text: str,
    recurrence: str,
    day: int | None,
    month: int | None,
    inclusive: bool,  # noqa: FBT001
) -> None:
    deadline = find_deadline(text, year=YEAR)
    assert deadline
    assert (deadline.recurrence, deadline.due, deadline.inclusive) == (recurrence, None, inclusive)
    every = (deadline.every.day, deadline.every.month) if deadline.every else (None, None)
    assert every == (day, month)


def test_a_start_with_an_open_end_is_continuous() -> None:
    for text in ("2025 và những năm tiếp theo", "2025 và các năm tiếp theo", "Từ năm 2025 trở đi"):
        deadline = find_deadline(text)
        assert deadline
        assert (str(deadline.start), deadline.due, deadline.recurrence) == ("2025-01-01", None, "continuous")


def test_a_date_that_goes_on_is_due_and_continuous() -> None:
    deadline = find_deadline("tháng 12/2026 và thực hiện thường xuyên")
    assert deadline
    assert (str(deadline.due), deadline.recurrence) == ("2026-12-31", "continuous")


CLOCK = [
    ("trước 20h00 ngày 25 tháng 5 năm 2025", "20:00"),
    ("trước 16 giờ 00 ngày 25/5/2025", "16:00"),
    ("Báo cáo trước 17 giờ 30 phút, ngày 25/5/2025 về Văn phòng", "17:30"),
]


@pytest.mark.parametrize(("text", "time"), CLOCK)
def test_the_hour_is_kept(text: str, time: str) -> None:
    deadline = find_deadline(text)
    assert deadline
    assert (str(deadline.due), deadline.time, deadline.inclusive) == ("2025-05-25", time, False)


ANCHORED = [
    (
        "trong thời hạn 15 ngày làm việc kể từ ngày nhận được hồ sơ hợp lệ",
        "15 ngày làm việc kể từ ngày nhận được hồ sơ",
    ),
    ("trong vòng 15 ngày kể từ ngày ký", "15 ngày kể từ ngày ký"),
    ("Gửi kết quả chậm nhất 05 ngày làm việc, kể từ ngày ban hành Quyết định", "05 ngày làm việc, kể từ ngày ban hành"),
    ("ngay sau khi Kế hoạch được ban hành", "sau khi Kế hoạch được ban hành"),
    ("sau khi Nghị định có hiệu lực", "Nghị định có hiệu lực"),
    ("Kỳ họp cuối năm 2026", "Kỳ họp cuối năm 2026"),
    ("Sau khi cơ quan Trung ương ban hành văn bản hướng dẫn", "cơ quan Trung ương ban hành văn bản hướng dẫn"),
]


@pytest.mark.parametrize(("text", "anchor"), ANCHORED)
def test_an_event_goes_to_the_anchor(text: str, anchor: str) -> None:
    deadline = find_deadline(text, year=YEAR) or read_cell(text, year=YEAR)
    assert deadline
    assert deadline.due is None
    assert anchor in (deadline.anchor or "")


def test_a_date_and_its_condition_are_both_kept() -> None:
    deadline = read_cell("Trước tháng 3/2027 (sau khi Chính phủ ban hành Nghị định thay thế Nghị định số 34/2014/NĐ-CP")
    assert deadline
    assert str(deadline.due) == "2027-02-28"
    assert (deadline.anchor or "").startswith("sau khi Chính phủ ban hành")


NO_DEADLINE = [
    "khẩn trương, kịp thời, sớm hoàn thành, đẩy nhanh tiến độ",
    "trong thời gian tới, từng bước",
    "Kế hoạch sử dụng đất năm 2026 của tỉnh",
    "Nghị quyết số 18-NQ/TW ngày 25/10/2017 của Ban Chấp hành Trung ương",
    "công trình đã được cấp phép trước ngày 01/7/2004",
    "người sinh trước ngày 01/01/1975",
    "tiêu chí đánh giá, bình xét thi đua hàng năm",
    "dịch vụ công trực tuyến mức độ 3, 4",
    "Thường xuyên kiểm tra, giám sát việc chấp hành kỷ luật",
    "chế độ trợ cấp hằng tháng đối với người có công",
    "tổng hợp số liệu từ ngày 01/01/2026 đến ngày 31/3/2026",
    "Chưa đề xuất",
    "Chưa xác định",
    "",
]


@pytest.mark.parametrize("text", NO_DEADLINE)
def test_no_deadline(text: str) -> None:
    assert find_deadline(text, year=YEAR) is None


def test_a_sentence_can_hold_two_dates() -> None:
    text = "Các sở gửi Sở Kế hoạch và Đầu tư trước ngày 01/11/2026, tổng hợp báo cáo UBND tỉnh trước ngày 15/11/2026."
    found = find_deadlines(text, year=YEAR)
    assert [str(one.deadline.due) for one in found] == ["2026-11-01", "2026-11-15"]
    assert [text[one.start : one.end] for one in found] == ["trước ngày 01/11/2026", "trước ngày 15/11/2026"]


def test_a_missing_year_without_a_document_year_stays_open() -> None:
    deadline = find_deadline("trong tháng 5")
    assert deadline is None or deadline.due is None


@given(st.dates(min_value=dt.date(1990, 1, 1), max_value=dt.date(2060, 12, 31)), st.sampled_from(["/", "-", "."]))
def test_every_date_comes_back(day: dt.date, sep: str) -> None:
    deadline = find_deadline(f"Hoàn thành trước ngày {day.day:02d}{sep}{day.month}{sep}{day.year}.")
    assert deadline
    assert deadline.due == day


@given(st.text(alphabet="trướcngày 0123456789/.-hằngtháquýIV6đến\n", max_size=300))
def test_hostile_text_does_not_raise(text: str) -> None:
    find_deadline(text, year=YEAR)
    read_cell(text, year=YEAR)

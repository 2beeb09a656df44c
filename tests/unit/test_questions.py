"""Everyday questions: understood whole, or not at all."""

import datetime as dt
import json
from pathlib import Path

import pytest

from corpus.text import no_marks
from nlp.evaluate_questions import score_questions
from nlp.matters import matters_of
from nlp.questions import Names, understand
from service.errors import InvalidInput
from service.gaps import ask, describe, query_of, rule_table
from service.gaps.charges import read_charges
from service.settings import Settings
from tests.office import Office, task

GOLD = Path(__file__).resolve().parents[1] / "gold" / "questions"
TODAY = dt.date(2026, 11, 23)
NAMES = Names(["Sở Nội vụ", "Sở Y tế"], ["Trần Thị Lan", "Lê Văn Lan"])


@pytest.mark.parametrize("side", ["everyday.json", "hands-2.json", "hand-3.json", "test/everyday.json"])
def test_gold_questions_become_the_right_filter_and_none_a_wrong_one(side: str) -> None:
    score = score_questions(json.loads((GOLD / side).read_text(encoding="utf-8")))
    assert score.wrong == []
    assert score.filtered / score.meant >= 0.98
    assert score.asked >= 60


_AS_STATUS: dict[str, dict[str, object]] = {
    "no_report": {"report_status": ["missing"]},
    "late_report": {"report_status": ["reported_late"]},
    "overdue": {"task_status": ["open_overdue"]},
    "needs_review": {"pending": True},
}


@pytest.mark.parametrize("rule", rule_table())
def test_every_rule_can_be_asked_by_its_title(rule: str) -> None:
    title, meant = rule_table()[rule]["title"].lower(), _AS_STATUS.get(rule, {"rules": [rule]})
    for question in (title, no_marks(title)):
        assert understand(question, NAMES, TODAY).filter == meant
    asked = understand(f"Sở Y tế quý III có bao nhiêu nhiệm vụ {title} không", NAMES, TODAY).filter
    assert asked == meant | {"unit": "Sở Y tế", "period": "quý III/2026", "show": "count"}


@pytest.mark.parametrize(
    ("question", "filter_"),
    [
        ("việc qua hna của SYT", {"task_status": ["open_overdue"], "unit": "Sở Y tế"}),
        ("từ nay đến hết tháng 12 việc nào đến hạn", {"rules": ["due_soon"], "due_soon_days": 38}),
        ("chưa báo cáo từ 1/7 đến 30/9", {"report_status": ["missing"], "period": "quý III/2026"}),
        ("việc nào tháng sau đến hạn", {"period": "tháng 12/2026"}),
        ("cho xem mấy việc quá hạn", {"task_status": ["open_overdue"]}),
        ("còn mấy việc quá hạn", {"show": "count", "task_status": ["open_overdue"]}),
        ("việc quá hạn theo văn bản 03/NQ-CP", {"task_status": ["open_overdue"], "directive": "03/NQ-CP"}),
        ("Sở Y tế còn việc gì", {"task_status": ["open_in_time", "open_overdue"], "unit": "Sở Y tế"}),
        ("chưa báo cáo hoặc quá hạn", {"rules": ["no_report", "overdue"]}),
        ("đơn vị nhiều việc quá hạn nhất", {"show": "units", "task_status": ["open_overdue"]}),
        ("bảng xếp hạng đơn vị theo số nhiệm vụ quá hạn", {"show": "units", "task_status": ["open_overdue"]}),
    ],
)
def test_what_officers_say(question: str, filter_: dict[str, object]) -> None:
    assert understand(question, NAMES, TODAY).filter == filter_


@pytest.mark.parametrize(
    "question",
    [
        "việc Sở Y tế giao",
        "nhiệm vụ giao trong tháng 10",
        "tong so nv qua han",
        "bên y tế trễ mấy việc",
        "đề nghị gia hạn nhiệm vụ của Sở Y tế",
        "đơn vị nào đã hoàn thành toàn bộ nhiệm vụ",
        "việc của tôi có gì trễ không",
        "chưa xong hoặc chưa báo cáo",
        "ai phụ trách Sở Y tế",
        "việc đến hạn mà chưa xong",
        "giao việc quá hạn cho Sở Y tế",
        "giao lại việc quá hạn",
        "cập nhật tiến độ việc quá hạn",
        "việc quá hạn của sở k",
        "bao nhiêu phần trăm việc đúng hạn",
        "đạt bao nhiêu % việc đúng hạn",
        "xóa việc quá hạn",
        "việc quá hạn tháng sau",
        "đơn vị đã xong một nửa số việc",
        "việc có nhiều hạn",
        "so với đầu năm",
        "gửi danh sách việc quá hạn cho các sở",
        "đơn vị nào có trên 3 việc chưa báo cáo",
        "loại Sở Y tế ra, ai trễ",
        "đơn vị nào khác Sở Y tế còn quá hạn",
        "đơn vị có ít việc quá hạn nhất",
    ],
)
def test_what_may_mean_two_things_or_asks_for_an_act_is_left_undecided(question: str) -> None:
    assert understand(question, Names(["Sở Nội vụ", "Sở Y tế"]), TODAY).filter is None


_OVERDUE = {"task_status": ["open_overdue"]}


@pytest.mark.parametrize(
    ("question", "filter_"),
    [
        ("Sáng mai giao ban rồi, cho em xin việc quá hạn của Sở Y tế", _OVERDUE | {"unit": "Sở Y tế"}),
        ("chieu nay hop roi cho anh viec qua han cua so y te", _OVERDUE | {"unit": "Sở Y tế"}),
        ("việc quá hạn của Sở Y tế để em đưa vào tài liệu họp", _OVERDUE | {"unit": "Sở Y tế"}),
        ("Mấy anh bên Sở Y tế hỏi, việc quá hạn của Sở Y tế có những gì", _OVERDUE | {"unit": "Sở Y tế"}),
        ("sếp giao em gọi điện nhắc từng nơi, nên cho em biết việc nào quá hạn", _OVERDUE),
        ("Chào em, anh cần danh sách đơn vị chưa báo cáo", {"report_status": ["missing"], "show": "units"}),
        ("mai họp các đơn vị chưa báo cáo", {"report_status": ["missing"], "show": "units"}),
        ("việc nào quá hạn, em cảm ơn", _OVERDUE),
        ("Sở Y tế chuẩn bị họp, việc nào quá hạn", None),
        ("sắp họp với Sở Y tế, việc nào quá hạn", None),
        ("mai họp sơ kết quý III, việc nào quá hạn", None),
        ("chủ tịch yêu cầu việc nào quá hạn", None),
        ("sáng mai trước giờ họp phải xong việc gì", None),
        ("việc quá hạn giao tại hội nghị", None),
        ("em cần gấp để báo cáo ông Trần Thị Lan: việc nào quá hạn", None),
        ("kết luận cuộc họp giao ban còn việc gì", None),
        ("trừ Sở Y tế, mai họp, việc nào quá hạn", None),
        ("việc quá hạn, trừ Sở Y tế để mai họp", None),
        ("soạn công văn đôn đốc, việc quá hạn của Sở Y tế", None),
        ("việc quá hạn của Sở Y tế để gửi Sở Nội vụ", None),
    ],
)
def test_why_a_question_is_asked_is_set_aside_and_nothing_else_is(
    question: str, filter_: dict[str, object] | None
) -> None:
    assert understand(question, NAMES, TODAY).filter == filter_


def test_the_whole_province_is_not_its_police() -> None:
    names = Names(["Công an tỉnh", "Sở Y tế"])
    overdue = {"task_status": ["open_overdue"]}
    assert understand("việc quá hạn cả tỉnh", names, TODAY).filter == overdue
    assert understand("viec qua han ca tinh", names, TODAY).filter == overdue
    assert understand("việc quá hạn CA tỉnh", names, TODAY).filter == overdue | {"unit": "Công an tỉnh"}
    assert understand("viec qua han CA tinh", names, TODAY).filter == overdue | {"unit": "Công an tỉnh"}


@pytest.mark.parametrize("side", ["hand-2.json", "hand-4.json"])
def test_sealed_questions_of_other_hands_stay_understood(side: str) -> None:
    score = score_questions(json.loads((GOLD / "test" / side).read_text(encoding="utf-8")))
    figures = (score.asked >= 120, score.filtered >= 0.9 * score.meant, len(score.wrong))  # figures alone: sealed
    assert figures == (True, True, 0)


@pytest.mark.parametrize(
    "question",
    [
        "trừ Sở Y tế",
        "việc quá hạn ngoài Sở Y tế",
        "việc không quá hạn",
        "việc quá hạn trên 30 ngày",
        "chị Lan phụ trách việc gì quá hạn",
    ],
)
def test_what_would_turn_the_meaning_round_is_not_understood(question: str) -> None:
    assert understand(question, NAMES, TODAY).filter is None  # two leaders are called Lan


@pytest.mark.parametrize(
    "question",
    [
        "anh Hùng ơi việc nào quá hạn",
        "thưa anh Hùng, việc nào quá hạn",
        "cho anh Hùng xem việc quá hạn",
        "anh Hùng hỏi việc quá hạn",
    ],
)
def test_a_leader_who_is_spoken_to_is_not_asked_about(question: str) -> None:
    names = Names(["Sở Y tế"], ["Nguyễn Văn Hùng"])
    assert understand(question, names, TODAY).filter is None
    assert understand("việc giao cho anh Hùng quá hạn", names, TODAY).filter == {
        "task_status": ["open_overdue"],
        "leader": "Nguyễn Văn Hùng",
    }


def test_units_are_asked_for_without_saying_which() -> None:
    assert understand("liệt kê sở ngành trễ hạn", NAMES, TODAY).filter == {
        "task_status": ["open_overdue"],
        "show": "units",
    }


def test_the_words_in_the_way_and_what_is_left_without_them_are_told() -> None:
    found = understand("việc quá hạn màu xanh của Sở Y tế", NAMES, TODAY)
    assert found.unknown == ("màu xanh",)
    assert [one.filter for one in found.nearest] == [{"task_status": ["open_overdue"], "unit": "Sở Y tế"}]


def test_a_department_that_the_office_does_not_know_is_no_field() -> None:
    found = understand("việc quá hạn của Sở Y tế và Sở Nội vụ", Names(["Sở Nội vụ"]), TODAY)
    assert (found.filter, found.unknown) == (None, ("Sở Y tế",))


def test_of_two_things_that_no_filter_joins_each_is_proposed() -> None:
    found = understand("việc quá hạn của Sở Nội vụ và Sở Y tế", NAMES, TODAY)
    assert found.filter is None
    assert [(one.filter["unit"], one.left) for one in found.nearest] == [
        ("Sở Nội vụ", ("Sở Y tế",)),
        ("Sở Y tế", ("Sở Nội vụ",)),
    ]


def test_a_word_with_marks_is_no_other_word() -> None:
    assert understand("việc trẻ của Sở Y tế", NAMES, TODAY).filter is None
    assert understand("viec tre cua So Y te", NAMES, TODAY).filter == {
        "task_status": ["open_overdue"],
        "unit": "Sở Y tế",
    }


def test_rules_that_questions_name_exist(office: Office) -> None:
    data = json.loads((GOLD / "everyday.json").read_text(encoding="utf-8"))
    named = {rule for row in data["questions"] if row["filter"] for rule in row["filter"].get("rules", ())}
    assert named <= rule_table().keys()
    settings = Settings()
    for row in data["questions"]:
        if row["filter"] and "directive" not in row["filter"]:
            assert describe(row["filter"]).startswith("Nhiệm vụ")
            query_of(office.store, row["filter"], settings)


def test_a_question_is_asked_of_the_store_and_its_filter_shown(office: Office) -> None:
    office.directive("88/KH-UBND", dt.date(2026, 1, 5), task("Việc A", "Sở Nội vụ", due=dt.date(2026, 6, 30)))
    asked = ask(office.store, "so noi vu con viec gi qua han", Settings(), today=TODAY)
    assert asked.query is not None
    assert (asked.query.unit, asked.query.task_status) == ("Sở Nội vụ", ("open_overdue",))
    lost = ask(office.store, "Sở Nội vu còn việc gì đẹp", Settings(), today=TODAY)
    assert lost.query is None
    assert lost.suggestions
    assert lost.to_json()["words"] == "Chưa xác định được nội dung cần tra cứu."


def test_a_wrong_filter_is_told_with_what_may_be_chosen(office: Office) -> None:
    with pytest.raises(InvalidInput, match="open_overdue"):
        query_of(office.store, {"task_status": ["late"]}, Settings())


def test_fields_are_read_from_words() -> None:
    assert matters_of("Rà soát thủ tục hành chính, cơ sở dữ liệu") == ("chuyển đổi số", "cải cách hành chính")
    assert matters_of("Ban hành quy chế") == ()


def test_leaders_in_charge_come_from_a_file_of_two_columns() -> None:
    charges = read_charges(
        "Lãnh đạo;Phụ trách\nTrần Thị Lan;Sở Y tế\nTrần Thị Lan;lĩnh vực giáo dục\n".encode(), "a.csv"
    )
    assert [(one.kind, one.name) for one in charges] == [("unit", "Sở Y tế"), ("matter", "giáo dục")]
    with pytest.raises(InvalidInput, match="dòng 1"):
        read_charges("chỉ một cột".encode(), "a.csv")

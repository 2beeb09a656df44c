"""The scorer: the right task first, "none" for what answers nothing, and reasons that add up to the score."""

from __future__ import annotations

import math
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from nlp.match import Candidate, Pool, Statement, none_probability, none_reasons, rank
from nlp.model import ReportItem, Task
from nlp.scorer import shipped

PLAN = "88/KH-UBND"
THRESHOLD = shipped().threshold
TEXTS = """
Ban hành Quy chế hoạt động của Bộ phận Một cửa các cấp trên địa bàn tỉnh | Sở Nội vụ | Quyết định của UBND tỉnh
Rà soát, công bố danh mục thủ tục hành chính thực hiện trên môi trường điện tử | Văn phòng UBND tỉnh | Quyết định
Tái cấu trúc quy trình giải quyết 60 thủ tục hành chính phát sinh nhiều hồ sơ | Văn phòng UBND tỉnh | 60 quy trình
Số hóa sổ hộ tịch và kết quả giải quyết thủ tục hành chính lĩnh vực tư pháp còn hiệu lực | Sở Tư pháp | Dữ liệu
Số hóa kết quả giải quyết thủ tục hành chính lĩnh vực đất đai | UBND các huyện, thành phố | Dữ liệu
Khảo sát mức độ hài lòng của người dân đối với việc giải quyết thủ tục hành chính | Sở Nội vụ | Báo cáo khảo sát
Khảo sát mức độ hài lòng của người dân đối với việc giải quyết thủ tục hành chính | Sở Y tế | Báo cáo khảo sát
"""
POOL = Pool.of(
    Candidate(Task(str(n), text, 0, 0, lead=(lead,), product=product, row=str(n)), PLAN)
    for n, (text, lead, product) in enumerate((line.split(" | ") for line in TEXTS.strip().splitlines()), 1)
)


def ranked(text: str, *, unit: str | None = None, answers: tuple[str, ...] = (PLAN,)) -> list[tuple[str, float]]:
    found = rank(Statement(ReportItem("i", text, 0, len(text)), unit=unit, answers=answers), POOL)
    return [(POOL.candidates[one.place].task.id, one.probability) for one in found]


def test_repeated_wording_and_result() -> None:
    best, second = ranked("Nhiệm vụ số hóa sổ hộ tịch: đã số hóa 42.318 trang sổ, cập nhật ngày 16/12/2022")[:2]
    assert best[0] == "4"
    assert best[1] > 0.7 > second[1]


def test_the_unit_decides_between_equal_wordings() -> None:
    text = "Đã khảo sát mức độ hài lòng của người dân, tỷ lệ 86,4%"
    assert ranked(text, unit="Sở Y tế")[0][0] == "7"
    assert ranked(text, unit="Sở Nội vụ")[0][0] == "6"


def test_a_member_of_a_collective() -> None:
    text = "Số hóa kết quả giải quyết thủ tục hành chính đất đai đạt 40%"
    assert ranked(text, unit="UBND huyện Hòn Đất")[0][0] == "5"


def test_the_number_of_the_task_is_decisive() -> None:
    best = ranked("Nhiệm vụ số 3: đã phê duyệt 38/60, còn lại hoàn thành trong quý sau")[0]
    assert best[0] == "3"
    assert best[1] > 0.8


def test_a_limit_answers_no_task_however_much_it_speaks_of_one() -> None:
    text = "Khảo sát mức độ hài lòng của người dân đối với việc giải quyết thủ tục hành chính gặp khó khăn về kinh phí"
    limit = ReportItem("i", text, 0, len(text), section="limits")
    for item, proposed in ((limit, False), (replace(limit, claimed_status="change_requested"), True)):
        found = rank(Statement(item, unit="Sở Y tế", answers=(PLAN,)), POOL)
        assert found[0].proposed is proposed


def test_nothing_fits() -> None:
    for text in (
        "Đã kiểm kê 412 xe ô tô phục vụ công tác chung của các cơ quan, đơn vị trong tỉnh",
        "Khó khăn: biên chế thiếu, kinh phí cấp chậm",
        "",
    ):
        assert ranked(text, unit="Sở Nội vụ")[0][1] < THRESHOLD


def test_the_same_topic_alone_is_not_linked() -> None:
    """domain: "same topic only: weak, never link alone"."""
    assert ranked("Tuyên truyền về thủ tục hành chính trên báo, đài", answers=())[0][1] < THRESHOLD


def test_citing_the_directive_raises_and_answering_another_lowers() -> None:
    text = "Đã công bố danh mục thủ tục hành chính"
    other = Pool.of([*POOL.candidates, Candidate(Task("x", "Việc khác", 0, 0), "52-KH/TU")])
    item = ReportItem("i", text, 0, len(text))
    statements = [Statement(item, answers=answers) for answers in ((PLAN,), (), ("52-KH/TU",))]
    scores = [next(one.probability for one in rank(each, other) if one.place == 1) for each in statements]
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == 3


def test_reasons_add_up_to_the_score_and_speak_vietnamese() -> None:
    text = "Đã công bố danh mục thủ tục hành chính tại Quyết định số 1322/QĐ-UBND"
    statement = Statement(ReportItem("i", text, 0, len(text)), unit="Văn phòng UBND tỉnh", answers=(PLAN,))
    best = rank(statement, POOL)[0]
    total = shipped().together.bias + sum(reason.weight for reason in best.reasons)
    assert math.isclose(shipped().probability(total), best.probability, abs_tol=0.01)
    assert {"answers_directive", "wording", "lead", "product"} <= {reason.code for reason in best.reasons}
    assert any("chủ trì" in reason.text for reason in best.reasons)
    assert [abs(r.weight) for r in best.reasons] == sorted((abs(r.weight) for r in best.reasons), reverse=True)


def test_it_says_what_it_is() -> None:
    assert shipped().version.startswith("linear-1-")
    assert shipped().calibrated


def test_an_empty_pool_leaves_none() -> None:
    found = rank(Statement(ReportItem("i", "Đã xong", 0, 7)), Pool.of([]))
    assert found == ()
    assert none_probability(found) > 0.99
    assert none_reasons(found)[0].code == "none"


@given(st.text(max_size=200), st.sampled_from(["Sở Y tế", "UBND huyện A", None]))
def test_any_text_gives_a_ranking_of_all_candidates_in_the_open_interval(text: str, unit: str | None) -> None:
    found = ranked(text, unit=unit)
    assert len(found) == len(POOL.candidates)
    assert all(0 < probability < 1 for _, probability in found)
    assert [p for _, p in found] == sorted((p for _, p in found), reverse=True)

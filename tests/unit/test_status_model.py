"""The trained second look at claimed statuses: what it adds to the rules, how it is kept, how it is fitted."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.evaluate_status import Said
from nlp.status import claimed_status
from nlp.status_features import findings, wording
from nlp.status_model import STATUSES, load, model, save, weighed
from nlp.status_reading import read_claim, read_row
from nlp.status_words import plain
from nlp.train_status import KeptOut, fit, kept_out, prepare, sample


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Tổ chức 3 lớp/142 học viên", "done"),
        ("Từ nay đến cuối năm, tổ chức Ngày hội Đại đoàn kết ở các khu dân cư, hoàn thành trước 18/11", "promise"),
        ("Tai nạn giao thông xảy ra 181 vụ, làm chết 71 người, bị thương 129 người", "unknown"),
        ("Cán bộ phụ trách mới nhận việc, chưa quen địa bàn", "unknown"),
        ("Mới xác minh, xử lý được 21 trong số 58 tàu mất kết nối", "partial"),
    ],
)
def test_what_the_rules_miss_is_known_by_its_wording(text: str, status: str) -> None:
    assert read_claim(text)[0] == status


@pytest.mark.parametrize(
    ("cells", "asked", "beside", "status"),
    [
        (["81 HTX"], "Thành lập mới ít nhất 80 HTX", (), "done"),
        (["Chưa tiến hành, các HTX không còn người đại diện"], "Giải thể HTX ngừng hoạt động", (), "not_started"),
        (["Đã có dự thảo lần 2"], "Nghị quyết", ["Đề nghị chuyển sang kỳ họp giữa năm 2026"], "change_requested"),
        (["Hoàn thành"], "Kiểm tra 04 cấp ủy", ["Đề nghị khen thưởng 06 tập thể"], "done"),
        (["Trong hạn", "Đã mở 05/12 lớp, 263 lượt học viên"], "Tổ chức 12 lớp bồi dưỡng", (), "partial"),
        ([""], "Rà soát danh mục", (), "unknown"),
    ],
)
def test_a_row_is_read_by_its_cells(cells: list[str], asked: str, beside: list[str], status: str) -> None:
    assert read_row(cells, asked, beside)[0] == status


def test_a_request_that_the_rules_hear_stands() -> None:
    assert weighed("Đã ban hành Quyết định số 12/QĐ-UBND", "change_requested") == "change_requested"


def test_among_limits_only_a_claim_beyond_doubt_is_one() -> None:
    assert read_claim("Dự án xây mới trạm kiểm dịch chưa khởi công", section="limits")[0] == "not_started"
    assert read_claim("Máy quét của Phòng đã cũ, hay kẹt giấy", section="limits")[0] == "unknown"
    assert read_claim("Tháng 8 phường sẽ tổ chức hội thao", section="limits")[0] == "promise"
    assert read_claim("Trình UBND tỉnh quy hoạch bến xe mới trong quý IV", section="plans")[0] == "promise"


@given(st.text(max_size=300), st.booleans())
def test_any_text_has_probabilities(text: str, told: bool) -> None:  # noqa: FBT001
    probabilities = model().probabilities(text, "unknown", told=told)
    assert probabilities.shape == (len(STATUSES),)
    assert float(probabilities.sum()) == pytest.approx(1, abs=1e-4)
    assert read_claim(text, told=told)[0] in STATUSES


def _said(hand: str, status: str, *texts: str) -> list[Said]:
    return [Said(hand, cell=False, statuses=(status,), text=text) for text in texts]


_PLACES = ("An", "Bình", "Cát", "Dừa", "Đông", "Giồng", "Hạ", "Kinh", "Lộc", "Mỹ", "Nhơn", "Phú", "Quới", "Sơn", "Tân")


def _hands() -> list[Said]:
    """Four hands who call a thing done by a word that the rules do not know ("rồi nhé"), beside plain descriptions."""
    return [
        one
        for hand in "abcd"
        for place in _PLACES
        for one in (
            *_said(hand, "done", f"Việc thôn {place} rồi nhé", f"Cầu ấp {place} rồi nhé"),
            *_said(hand, "unknown", f"Thôn {place} nằm bên sông", f"Dân ấp {place} trồng lúa"),
        )
    ]


def _ways(judged: list[KeptOut]) -> tuple[list[tuple[KeptOut, str]], list[tuple[KeptOut, str]]]:
    return [(one, one.rules) for one in judged], [(one, one.together) for one in judged]


def test_the_second_look_learns_where_the_rules_err() -> None:
    assert claimed_status("Đường làng rồi nhé")[0] == "unknown"
    samples = prepare([sample(said, unread=True) for said in _hands()])
    judged = list(kept_out(samples))
    by_rules, together = (sum(way in one.said.statuses for one, way in ways) for ways in _ways(judged))
    assert by_rules <= 0.5 * len(judged)
    assert together >= 0.95 * len(judged)
    low = "đường làng rồi nhé"
    assert STATUSES[int(fit(samples).probabilities(low, "unknown").argmax())] == "done"


def test_without_two_unread_hands_nothing_says_how_far_the_rules_can_be_believed() -> None:
    with pytest.raises(ValueError, match="unread"):
        fit(prepare([sample(said, unread=said.hand == "a") for said in _hands()]))


def test_a_kept_model_says_the_same(tmp_path: Path) -> None:
    fitted = fit(prepare([sample(said, unread=True) for said in _hands()]))
    save(fitted, tmp_path / "status.npz")
    kept = load(tmp_path / "status.npz")
    text = "Nhà văn hóa thôn 3 rồi nhé"
    assert np.allclose(kept.probabilities(text, "unknown"), fitted.probabilities(text, "unknown"), atol=0.01)
    assert kept.about == fitted.about


def test_a_model_of_other_features_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save(fit(prepare([sample(said, unread=True) for said in _hands()])), tmp_path / "status.npz")
    monkeypatch.setattr("nlp.status_features.VERSION", 999)
    with pytest.raises(ValueError, match="feature version"):
        load(tmp_path / "status.npz")


def test_the_shipped_model_is_of_the_gold_that_lies_here() -> None:
    """Whoever changes the gold, the rules' readings or the features trains anew (``dondoc train-statuses``)."""
    about = model().about
    assert about["unread"] > 2_000
    low = plain("Đã ban hành Kế hoạch")
    known = [key for key in wording(low, told=True) if key in model().wording.rows]
    found = [key for key in findings(low, "done", told=True) if key in model().verdict.rows]
    assert len(known) > 5
    assert len(found) > 3

"""Urging letters: what they list, what blocks them, what is shown first, their rounds and history."""

import datetime as dt
from pathlib import Path

import pytest

from corpus.model import Problem
from nlp.model import Header
from service import follow, letters, official, unread
from service.errors import Conflict, InvalidInput
from service.follow_records import Letter
from service.gaps import GapQuery
from tests.outputs import AS_OF, AT, LATE, OTHER, SNV, STC, Bench, bench, docx_table, paragraphs

QUERY = GapQuery(as_of=AS_OF)
LATER = AT + dt.timedelta(hours=2)


@pytest.fixture
def app(tmp_path: Path) -> Bench:
    return bench(tmp_path)


def draft(app: Bench, unit: str = SNV) -> Letter:
    return letters.draft(app, unit, QUERY, at=AT)


def failed(app: Bench, issuer: str | None = None) -> int:
    header = Header(symbol=None, kind=None, issuer=issuer, date=None)
    problem = (Problem("no_text_layer", "ảnh quét", None),)
    return app.office.take_in(header, status="failed", problems=problem, arrived=AS_OF, at=LATER).id


def check(app: Bench, letter: Letter) -> letters.Check:
    return letters.check(app, letter, QUERY)


def issue(app: Bench, letter: Letter, symbol: str = "15/VP-TH") -> Letter:
    return letters.issue(app, letter.id, QUERY, symbol=symbol, issued=AS_OF, at=LATER)


def test_units_are_named_with_what_they_owe_and_drafts_count_for_nothing(app: Bench) -> None:
    assert letters.units_to_urge(app.store, QUERY) == {SNV: 1, STC: 1}


def test_a_letter_lists_what_the_unit_owes(app: Bench) -> None:
    letter = draft(app)
    assert [(line.text, line.days_late, line.state) for line in letter.lines] == [(LATE, 31, "overdue,missing")]
    assert (letter.round, letter.answer_by) == (1, AS_OF + dt.timedelta(days=letters.ANSWER_DAYS))
    assert check(app, letter).ready
    with pytest.raises(InvalidInput, match="không có nhiệm vụ"):
        letters.draft(app, "Sở Ngoại vụ", QUERY, at=AT)
    with pytest.raises(InvalidInput, match="phải sau"):
        letters.draft(app, SNV, QUERY, at=AT, answer_by=AS_OF)


def test_a_hidden_unread_file_blocks_the_letter_until_a_person_sets_it_aside(app: Bench) -> None:
    letter = draft(app)
    hidden = failed(app)
    with pytest.raises(Conflict, match="Tệp chưa đọc được"):
        issue(app, letter)
    assert any("DỰ THẢO" in text for text in paragraphs(official.letter_paper(app, letter.id, QUERY, "docx").data))
    with pytest.raises(InvalidInput, match="lý do"):
        letters.set_aside(app, letter.id, hidden, "  ", at=LATER)
    letters.set_aside(app, letter.id, hidden, "Bản chụp giấy mời", at=LATER)
    assert "DỰ THẢO" not in paragraphs(official.letter_paper(app, letter.id, QUERY, "docx").data)
    assert issue(app, letter).state == "issued"
    assert [event.kind for event in app.store.letter_events(letter.id)] == ["made", "set_aside", "issued"]


def test_a_word_on_an_unread_file_holds_for_the_letters_to_come_and_can_be_taken_back(app: Bench) -> None:
    hidden = failed(app)
    letters.set_aside(app, draft(app).id, hidden, "Bản chụp giấy mời", at=LATER)
    assert check(app, draft(app)).ready, "the next letter to this unit does not wait for it"
    assert not check(app, draft(app, STC)).ready, "another unit's does"
    unread.recall(app, hidden, "SỞ NỘI VỤ", at=LATER)
    assert not check(app, draft(app)).ready
    unread.pass_over(app, hidden, None, "Thư chúc mừng", at=LATER)
    assert check(app, draft(app)).ready
    assert check(app, draft(app, STC)).ready
    assert [(line.unit, line.kind, line.reason, line.by) for line in app.store.file_passes(hidden)] == [
        (SNV, "passed", "Bản chụp giấy mời", "Nguyễn Văn Thử"),
        ("SỞ NỘI VỤ", "recalled", "", "Nguyễn Văn Thử"),
        (None, "passed", "Thư chúc mừng", "Nguyễn Văn Thử"),
    ]


def test_a_report_that_was_read_is_not_passed_over_for_the_letters_to_come(app: Bench) -> None:
    app.office.report(SNV, AS_OF, ("Công tác khác trong quý", "done"), symbol="9/BC", at=LATER)
    [report] = [one for one in app.store.documents(role="report") if one.header.symbol == "9/BC"]
    with pytest.raises(InvalidInput, match="đã đọc được"):
        unread.pass_over(app, report.id, SNV, "không liên quan", at=LATER)
    with pytest.raises(InvalidInput, match="lý do"):
        unread.pass_over(app, failed(app), SNV, " ", at=LATER)


def test_an_unread_file_of_another_unit_blocks_nothing(app: Bench) -> None:
    letter = draft(app)
    failed(app, STC)
    assert check(app, letter).ready


def test_a_report_that_came_since_is_shown_and_must_be_seen(app: Bench) -> None:
    letter = draft(app)
    [item] = app.office.report(SNV, AS_OF, ("Công tác khác trong quý", "done"), symbol="9/BC", at=LATER)
    found = check(app, letter)
    assert [report.header.symbol for report in found.arrived] == ["9/BC"]
    assert any("chưa gắn được với nhiệm vụ nào" in each.text for each in found.obstacles)
    link = app.office.link(item, OTHER)
    app.store.decide(link.id, "rejected", by="A", at=LATER)
    found = check(app, letter)
    assert found.obstacles == ()
    with pytest.raises(Conflict, match="1 báo cáo nhận sau"):
        issue(app, letter)
    letters.see(app, letter.id, found.arrived[0].id, at=LATER)
    assert issue(app, letter).state == "issued"


def test_a_proposal_for_a_listed_task_blocks_and_its_confirmation_settles_the_line(app: Bench) -> None:
    letter = draft(app)
    [item] = app.office.report(
        SNV, dt.date(2026, 3, 30), (f"{LATE}: Quyết định số 9/QĐ-SNV ngày 27/02/2026", "done"), symbol="9/BC", at=LATER
    )
    link = app.office.link(item, LATE)
    assert any("1 đề xuất chờ rà soát" in each.text for each in check(app, letter).obstacles)
    app.store.decide(link.id, "confirmed", by="A", at=LATER)
    found = check(app, letter)
    assert [line.text for line in found.settled] == [LATE]
    with pytest.raises(Conflict, match="lập lại danh sách"):
        issue(app, letter)


def test_files_still_being_taken_in_block(app: Bench) -> None:
    letter = draft(app)
    app.store.enqueue("ingest", {}, total=3, at=LATER)
    with pytest.raises(Conflict, match="Đang nhập văn bản"):
        issue(app, letter)


def test_rounds_follow_the_letters_that_went_out_for_the_same_tasks(app: Bench) -> None:
    first = draft(app)
    assert draft(app).round == 1
    issue(app, first, "15/VP-TH")
    second = draft(app)
    assert second.round == 2
    assert draft(app, STC).round == 1
    text = "\n".join(paragraphs(official.letter_paper(app, second.id, QUERY, "docx").data))
    assert "đã có Công văn số 15/VP-TH ngày 31/03/2026" in text
    assert "(lần 2)" in text
    annex = docx_table(official.make(app, "phu-luc-qua-han", QUERY, "docx", at=AT).data)
    assert annex[1][7] == "Lần 1: số 15/VP-TH ngày 31/03/2026"


def test_the_letter_has_the_form_of_the_decree(app: Bench) -> None:
    letter = draft(app)
    data = official.letter_paper(app, letter.id, QUERY, "docx").data
    said = paragraphs(data)
    assert "Kính gửi: Sở Nội vụ." in said
    assert "V/v đôn đốc thực hiện nhiệm vụ được giao (lần 1)" in said
    assert any(text.endswith("./.") for text in said)
    assert docx_table(data)[1][3:5] == ["28/02/2026", "31"]
    issued = issue(app, letter)
    said = paragraphs(official.letter_paper(app, issued.id, QUERY, "docx").data)
    assert "Số: 15/VP-TH" in said
    assert any("ngày 31 tháng 3 năm 2026" in text for text in said)


def test_a_moved_deadline_takes_the_task_out_of_the_letter(app: Bench) -> None:
    request = follow.Request("extended", due=dt.date(2026, 6, 30), basis="20/UBND-TH", effective=dt.date(2026, 3, 1))
    follow.act(app, app.task_id(LATE), request, at=AT)
    assert SNV not in letters.units_to_urge(app.store, QUERY)


def test_a_cancelled_draft_can_not_be_issued(app: Bench) -> None:
    letter = draft(app)
    letters.cancel(app, letter.id, at=LATER)
    with pytest.raises(Conflict, match="không còn là dự thảo"):
        issue(app, letter)

"""What every store must do with follow-up work; run on each adapter by a module that defines the fixture ``store``."""

import datetime as dt
from dataclasses import replace

import pytest

from service.errors import Conflict, NotFound
from service.follow_records import FilePass, LetterEvent, LetterLine, NewMove, NewPrintChange, NewReminder
from service.store.ports import Store
from tests.contract.store_suite import AT, MINUTE, directive

DAY = dt.date(2026, 11, 23)
LATER = AT + MINUTE
LINE = LetterLine(1, "Sở Nội vụ tham mưu", "Kế hoạch 12/KH-UBND", None, dt.date(2025, 12, 15), 343, "overdue", "DD-1-A")


@pytest.fixture
def tasks(store: Store) -> list[int]:
    store.add(directive(), at=AT)
    return [task.id for task in store.tasks()]


def extension(task_id: int, **given: object) -> NewMove:
    after = {"due": "2026-03-31"}
    return replace(NewMove(task_id, "extended", DAY, "Sở Nội vụ", after=after, basis="99/UBND-TH"), **given)  # type: ignore[arg-type]


def test_moves_come_back_as_they_were_written(store: Store, tasks: list[int]) -> None:
    [asked] = store.add_moves([extension(tasks[0], kind="extend_asked", note="vướng")], by="Nguyễn Văn A", at=AT)
    granted, other = store.add_moves(
        [extension(tasks[0], before={"due": "2025-12-15"}, answers=asked.id), extension(tasks[1])],
        by="Trần B", at=LATER, batch="lo-1",
    )  # fmt: skip
    assert (asked.by, asked.note, asked.known_at) == ("Nguyễn Văn A", "vướng", AT)
    assert (granted.before, granted.after, granted.answers) == ({"due": "2025-12-15"}, {"due": "2026-03-31"}, asked.id)
    assert store.moves(task_ids=[tasks[0]]) == [asked, granted]
    assert store.moves(batch="lo-1") == [granted, other]
    assert store.moves(known_at=AT) == [asked]
    assert store.moves(ids=[other.id]) == [other]
    assert store.moves(newest=2) == [granted, other]
    assert store.moves(task_ids=[]) == []
    assert store.moves_mark() == other.id


def test_moves_are_written_all_or_none_and_only_on_what_was_previewed(store: Store, tasks: list[int]) -> None:
    mark = store.moves_mark()
    with pytest.raises(Exception, match=r"(?i)foreign key"):
        store.add_moves([extension(tasks[0]), extension(999_999)], by="A", at=AT)
    assert store.moves() == []
    store.add_moves([extension(tasks[0])], by="A", at=AT, mark=mark)
    with pytest.raises(Conflict):
        store.add_moves([extension(tasks[1])], by="A", at=AT, mark=mark)
    assert len(store.moves()) == 1


def test_a_task_with_a_history_stays_when_a_new_reading_loses_it(store: Store, tasks: list[int]) -> None:
    store.add_moves([extension(tasks[0])], by="A", at=AT)
    [plan] = store.documents()
    found = store.replace(plan.id, replace(directive(), tasks=()), at=LATER)
    assert (found.vanished, found.removed) == (1, 1)
    [kept] = store.tasks()
    assert kept.id == tasks[0]
    assert kept.vanished_at is not None
    assert len(store.moves(task_ids=[kept.id])) == 1


def draft(store: Store, unit: str = "Sở Nội vụ") -> int:
    made = store.add_letter(unit, [LINE], round_=1, as_of=DAY, listed_at=AT, answer_by=dt.date(2026, 12, 1), by="A")
    return made.id


def test_a_letter_is_a_draft_until_it_is_issued_once(store: Store) -> None:
    number = draft(store)
    letter = store.letter(number)
    assert letter is not None
    assert (letter.state, letter.lines, letter.listed_at, letter.round) == ("draft", (LINE,), AT, 1)
    store.note_letter(LetterEvent(number, "set_aside", LATER, "B", {"file": "a.pdf"}))
    issued = store.set_letter(number, "issued", by="C", at=LATER, symbol="15/VP-TH", issued=DAY)
    assert (issued.state, issued.symbol, issued.issued) == ("issued", "15/VP-TH", DAY)
    with pytest.raises(Conflict):
        store.set_letter(number, "cancelled", by="C", at=LATER)
    with pytest.raises(NotFound):
        store.set_letter(999, "cancelled", by="C", at=LATER)
    assert [(event.kind, event.by) for event in store.letter_events(number)] == [
        ("made", "A"), ("set_aside", "B"), ("issued", "C"),
    ]  # fmt: skip


def test_what_people_said_of_unread_files_is_kept_in_order(store: Store) -> None:
    file = store.add(directive(), at=AT)
    said = [
        FilePass(file.id, "Sở Nội vụ", "passed", "giấy mời", "A", AT),
        FilePass(file.id, None, "passed", "thư chúc mừng", "B", LATER),
        FilePass(file.id, "Sở Nội vụ", "recalled", "", "A", LATER),
    ]
    for line in said:
        store.note_file(line)
    assert store.file_passes() == said
    assert store.file_passes(file.id + 1) == []


def test_letters_are_found_by_unit_and_state_newest_first(store: Store) -> None:
    first, second, other = draft(store), draft(store), draft(store, "Sở Tài chính")
    store.set_letter(first, "issued", by="A", at=LATER, symbol="1", issued=DAY)
    assert [letter.id for letter in store.letters()] == [other, second, first]
    assert [letter.id for letter in store.letters(unit="Sở Nội vụ", state="draft")] == [second]


def reminder(task_id: int, key: str = "k", **given: object) -> NewReminder:
    new = NewReminder(key, "before", DAY, "Sở Nội vụ", task_id, None, dt.date(2026, 11, 30), "Còn 7 ngày", "snv@vd.vn")
    return replace(new, **given)  # type: ignore[arg-type]


def test_a_reminder_fires_once_and_is_read_once(store: Store, tasks: list[int]) -> None:
    [kept] = store.add_reminders([reminder(tasks[0])], at=AT)
    assert store.add_reminders([reminder(tasks[0]), reminder(tasks[0], "k2", mail_to=None)], at=LATER) != []
    assert store.count_unread() == 2
    assert (kept.mail_state, kept.mail_to, kept.tries, kept.at) == ("waiting", "snv@vd.vn", 0, AT)
    assert store.read_reminders([kept.id], at=LATER) == 1
    assert [one.id for one in store.reminders(unread=True)] != [kept.id]
    assert store.read_reminders(None, at=LATER) == 1
    assert store.count_unread() == 0
    assert len(store.reminders(unit="Sở Nội vụ")) == 2
    assert store.reminders(unit="Sở Y tế") == []


def test_what_became_of_mail_is_kept(store: Store, tasks: list[int]) -> None:
    [kept] = store.add_reminders([reminder(tasks[0])], at=AT)
    store.mail_result([kept.id], at=LATER, error="550 không có hộp thư")
    [failed] = store.reminders(mail_state="failed")
    assert (failed.mail_error, failed.mail_at, failed.tries) == ("550 không có hộp thư", LATER, 1)
    store.mail_result([kept.id], at=LATER, error=None)
    [sent] = store.reminders(mail_state="sent")
    assert (sent.mail_error, sent.tries) == (None, 2)


def test_the_last_address_of_a_unit_counts(store: Store) -> None:
    store.put_contact("Sở Nội vụ", "cu@vd.vn", by="A", at=AT)
    store.put_contact("Sở Nội vụ", "moi@vd.vn", by="B", at=LATER)
    store.put_contact("Sở Y tế", "syt@vd.vn", by="B", at=LATER)
    store.put_contact("Sở Y tế", None, by="B", at=LATER)
    [kept] = store.contacts()
    assert (kept.unit, kept.email, kept.by, kept.at) == ("Sở Nội vụ", "moi@vd.vn", "B", LATER)


def test_what_is_printed_keeps_every_content_that_was_in_use(store: Store) -> None:
    store.note_print(NewPrintChange("co-quan", "changed", "co-quan.toml", b"\x00a", "A", AT))
    store.note_print(NewPrintChange("bang-tong-hop", "default", None, None, "B", AT))
    newest, oldest = store.print_changes()
    assert (newest.subject, newest.by, oldest.file, oldest.at) == ("bang-tong-hop", "B", "co-quan.toml", AT)
    assert store.print_changes("co-quan", limit=5) == [oldest]
    assert store.print_content(oldest.id) == (oldest, b"\x00a")
    for number in (newest.id, 999):
        with pytest.raises(NotFound):
            store.print_content(number)

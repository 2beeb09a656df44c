"""The gold of reports and tasks says what it means."""

from pathlib import Path

import pytest

from nlp.link_gold import WrongGold, read_set

GOLD = Path(__file__).resolve().parents[1] / "gold" / "links"


@pytest.mark.parametrize("path", sorted(GOLD.glob("*/*.txt")), ids=lambda path: path.stem)
def test_every_set_can_be_read(path: Path) -> None:
    files = read_set(path.read_text(encoding="utf-8"))
    assert {file.role for file in files} == {"directive", "report"}
    assert len({file.name for file in files}) == len(files)
    tasks = [mark.tasks[0] for file in files if file.role == "directive" for mark in file.marks if mark.tasks]
    assert len(set(tasks)) == len(tasks) >= 5, "each task has a number of its own"
    items = [mark for file in files if file.role == "report" for mark in file.marks]
    assert any(not mark.tasks for mark in items)
    assert all("{" not in file.text for file in files)


def test_marks_are_taken_out_of_the_text() -> None:
    first, second = read_set(
        "== văn bản a.txt\n{T1} a) Sở Y tế mở 02 lớp.\n== báo cáo b.txt\n{T1 done+late} - Mở xong 02 lớp.\n{- unknown} - Khó khăn.\n{?} - Khác.\nHết."
    )
    assert first.text == "a) Sở Y tế mở 02 lớp.\n"
    assert second.text == "- Mở xong 02 lớp.\n- Khó khăn.\n- Khác.\nHết.\n"
    done, none, left_open = second.marks
    assert (done.tasks, done.statuses, done.late) == (("T1",), ("done",), True)
    assert (none.tasks, none.statuses) == ((), ("unknown",))
    assert left_open.open


def test_a_task_may_carry_its_parts() -> None:
    (directive,) = read_set(
        "== văn bản a.txt\n{T1 | chủ trì: Sở Y tế; Công an tỉnh | phối hợp: - | hạn: 2024-03-31 quarter | sản phẩm: Kế hoạch} a) x\n"
        "{T2 | hạn: - none continuous} b) y\n{T3 | hạn: - | sản phẩm: -} c) z\n{?} d) t"
    )
    first, second, third, left_open = directive.marks
    assert first.parts == {
        "lead": ["Sở Y tế", "Công an tỉnh"],
        "coordinators": [],
        "deadline": {"due": "2024-03-31", "precision": "quarter", "recurrence": None},
        "product": "Kế hoạch",
    }
    assert second.parts == {"deadline": {"due": None, "precision": "none", "recurrence": "continuous"}}
    assert third.parts == {"deadline": None, "product": None}
    assert left_open.open
    assert directive.text == "a) x\nb) y\nc) z\nd) t\n"


def test_two_careful_readers_may_differ() -> None:
    *_, report = read_set("== văn bản a.txt\n{T1} a) x\n== báo cáo b.txt\n{T1 partial/in_progress+late} - x")
    assert report.marks[0].statuses == ("partial", "in_progress")
    assert report.marks[0].late


@pytest.mark.parametrize("mark", ["T1 | hạn: 31/3/2024", "T1 | hạn: 2024-03-31 week", "T1 | lead: Sở Y tế", "T1 | hạn"])
def test_a_wrong_part_is_told(mark: str) -> None:
    with pytest.raises(WrongGold):
        read_set(f"== văn bản a.txt\n{{{mark}}} a) x")


@pytest.mark.parametrize("line", ["{T9 done} - x", "{T1 finished} - x", "{done} - x", "{T1 done+early} - x"])
def test_a_wrong_mark_is_told(line: str) -> None:
    with pytest.raises(WrongGold):
        read_set(f"== văn bản a.txt\n{{T1}} a) x\n== báo cáo b.txt\n{line}")

"""The task list as files that offices edit and give back."""

import datetime as dt
import io
import json
import shutil
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from service import review, task_list
from service.bootstrap import App, open_app
from service.errors import Conflict, InvalidInput, NotFound
from service.exports import write
from service.ingest import ingest
from service.records import StoredDocument, StoredTask
from service.settings import Settings
from tests.integration import corpus

BY = "Lan"
Edit = Callable[[Any, dict[str, int], int], None]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("kho")
    with open_app(Settings(home=home, processes=0)) as app:
        ingest(app, [corpus.write(tmp_path_factory.mktemp("van-ban"), directives=1)])
    return home


@pytest.fixture
def app(filled: Path, tmp_path: Path) -> Iterator[App]:
    shutil.copytree(filled, tmp_path / "kho")
    with open_app(Settings(home=tmp_path / "kho", processes=0)) as opened:
        yield opened


def listed(app: App) -> list[tuple[StoredTask, StoredDocument]]:
    documents = {document.id: document for document in app.store.documents()}
    return [(stored, documents[stored.document_id]) for stored in review.in_order(app.store.tasks())]


def exported(app: App) -> bytes:
    return write(task_list.to_sheet(listed(app)), "xlsx")


def edited(data: bytes, edit: Edit) -> bytes:
    """What a person makes of the file in a spreadsheet: ``edit(sheet, columns, first row)``."""
    book = load_workbook(io.BytesIO(data))
    page = book.active
    head = next(n for n in range(1, 30) if page.cell(n, 1).value == "Mã")
    columns = {str(cell.value): cell.column for cell in page[head]}
    edit(page, columns, head + 1)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def plan(app: App, data: bytes) -> task_list.Plan:
    return task_list.plan(app, task_list.read_xlsx(data), file="danh-muc.xlsx")


def test_what_goes_out_and_comes_back_unchanged_changes_nothing(app: App) -> None:
    made = plan(app, exported(app))
    assert made.rows == len(app.store.tasks())
    assert (made.entries, made.problems) == ((), ())
    assert task_list.apply(app, made, by=BY) is None


def test_edits_in_the_spreadsheet_are_shown_then_applied_at_once_and_undone(app: App) -> None:
    one, two, *_ = [stored for stored, _ in listed(app)]

    def edit(page: Any, columns: dict[str, int], first: int) -> None:
        page.cell(first, columns["Đơn vị chủ trì"]).value = "Sở Tư pháp; Sở Y tế"
        page.cell(first, columns["Thời hạn hoàn thành"]).value = dt.datetime(2026, 12, 20)  # noqa: DTZ001 - as Excel has it
        page.cell(first, columns["Trạng thái"]).value = "Đang theo dõi"
        page.cell(first + 1, columns["Trạng thái"]).value = "đưa ra khỏi danh sách"
        page.cell(first + 1, columns["Lý do, ghi chú"]).value = "Trùng"
        last = page.max_row + 1
        page.cell(last, columns["Văn bản giao nhiệm vụ"]).value = page.cell(
            first, columns["Văn bản giao nhiệm vụ"]
        ).value
        page.cell(last, columns["Nội dung nhiệm vụ"]).value = "Tổ chức tập huấn"

    made = plan(app, edited(exported(app), edit))
    assert made.problems == ()
    assert [(entry.task_id, entry.action) for entry in made.entries] == [
        (one.id, "sửa nhiệm vụ"), (two.id, "sửa nhiệm vụ"), (None, "nhiệm vụ mới"),
    ]  # fmt: skip
    assert ("Thời hạn hoàn thành", review.shown(one.task, "deadline"), "20/12/2026") in made.entries[0].changes
    assert app.store.tasks(ids=[one.id])[0].task == one.task  # nothing yet
    done = task_list.apply(app, made, by=BY)
    assert done is not None
    found = app.store.tasks(ids=[one.id])[0]
    assert (found.task.lead, found.confirmed_by) == (("Sở Tư pháp", "Sở Y tế"), BY)
    assert found.task.deadline is not None
    assert found.task.deadline.due == dt.date(2026, 12, 20)
    removal = app.store.tasks(ids=[two.id], removed=True)[0].removal
    assert removal is not None
    assert any(stored.task.text == "Tổ chức tập huấn" for stored in app.store.tasks())
    with pytest.raises(Conflict):
        task_list.apply(app, made, by=BY)  # the same list again: its versions are old
    review.undo(app, done.id, by=BY)
    assert listed(app)[0][0].task == one.task
    assert not any(stored.task.text == "Tổ chức tập huấn" for stored in app.store.tasks())


def test_every_wrong_row_is_told_by_row_and_column_and_nothing_is_applied(app: App) -> None:
    one = listed(app)[0][0]

    def edit(page: Any, columns: dict[str, int], first: int) -> None:
        page.cell(first, columns["Thời hạn hoàn thành"]).value = "lúc nào rảnh"
        page.cell(first, columns["Sản phẩm, kết quả"]).value = "Đề án"
        page.cell(first + 1, columns["Mã"]).value = 99999
        page.cell(first + 2, columns["Mã"]).value = one.id
        page.cell(first, columns["Trạng thái"]).value = "Xong"
        page.cell(page.max_row + 1, columns["Nội dung nhiệm vụ"]).value = "Việc không có văn bản"

    made = plan(app, edited(exported(app), edit))
    told = [str(problem) for problem in made.problems]
    assert len(told) == 5
    assert "cột “Thời hạn hoàn thành”: chưa hiểu “lúc nào rảnh”" in told[0]
    assert "cột “Trạng thái”: “Xong” không hợp lệ" in told[1]
    assert told[2].endswith("cột “Mã”: không có nhiệm vụ “99999” trong kho.")
    assert "đã có ở dòng" in told[3]
    assert told[4].endswith("cột “Văn bản giao nhiệm vụ”: dòng mới cần ghi văn bản giao nhiệm vụ.")
    with pytest.raises(InvalidInput):
        task_list.apply(app, made, by=BY)
    assert app.store.tasks(ids=[one.id])[0].task == one.task


def test_a_task_changed_since_the_export_is_not_written_over(app: App) -> None:
    one = listed(app)[0][0]
    data = exported(app)
    review.correct(app, one.id, {"product": "Đề án"}, by="Minh")
    made = plan(app, edited(data, lambda page, columns, first: page.cell(first, columns["Chỉ tiêu"], "80%") and None))
    assert [problem.column for problem in made.problems] == ["Phiên bản"]


@pytest.mark.parametrize(
    ("data", "said"),
    [(b"", "không phải là tệp Excel"), (b"PK\x03\x04 hong", "không phải là tệp Excel"), (b"%PDF-1.7", "không phải")],
)
def test_a_file_that_is_no_workbook_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(InvalidInput, match=said):
        task_list.read_xlsx(data)


def test_a_zip_that_is_no_workbook_or_has_no_heading_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as pack:
        pack.writestr("a.txt", "x")
    with pytest.raises(InvalidInput, match="Không đọc được tệp Excel"):
        task_list.read_xlsx(out.getvalue())
    book, out = Workbook(), io.BytesIO()
    book.active.append(["Tên", "Tuổi"])
    book.save(out)
    with pytest.raises(InvalidInput, match="Nội dung nhiệm vụ"):
        task_list.read_xlsx(out.getvalue())


def test_phu_luc_vi_names_number_and_notation_apart_and_comes_back(app: App) -> None:
    review.correct(app, listed(app)[0][0].id, {"deadline": "trước ngày 30/6/2027"}, by=BY)
    records = json.loads(task_list.to_annex_json(listed(app)))
    assert tuple(records[0]) == task_list.ANNEX_FIELDS
    assert (records[0]["CodeNumber"], records[0]["CodeNotation"], records[0]["DueDate"]) == (
        "1",
        "KH-UBND",
        "2027-06-30",
    )
    for data in (task_list.to_annex_csv(listed(app)), task_list.to_annex_json(listed(app))):
        made = task_list.plan(app, task_list.read_annex(data))
        assert (made.rows, made.entries, made.problems) == (len(records), (), ())
    new = {**records[0], "TaskId": "", "TaskVersion": "", "Description": "Tổ chức tập huấn", "DueDate": "2027-01-31"}
    changed = {**records[1], "To": "Sở Tư pháp"}
    made = task_list.plan(app, task_list.read_annex(json.dumps([new, changed]).encode()))
    assert [entry.action for entry in made.entries] == ["nhiệm vụ mới", "sửa nhiệm vụ"]
    task_list.apply(app, made, by=BY)
    assert any(stored.task.text == "Tổ chức tập huấn" for stored in app.store.tasks())
    for bad in (b"\xff\xfe", b"{}", b"[1]", b"a,b\n1,2\n"):
        with pytest.raises(InvalidInput):
            task_list.read_annex(bad)


@pytest.mark.parametrize(
    ("symbol", "parts"),
    [("45/2020/NĐ-CP", ("45", "2020/NĐ-CP")), ("41-KH/TU", ("41", "KH/TU")), ("TB", ("", "TB")), ("", ("", ""))],
)
def test_symbols_are_taken_apart(symbol: str, parts: tuple[str, str]) -> None:
    from service.task_list.annex import split_symbol

    assert split_symbol(symbol) == parts


def test_corrections_go_out_in_the_form_of_the_gold(app: App) -> None:
    assert list(task_list.corrections(app)) == []
    one, two, three, *_ = [stored for stored, _ in listed(app)]
    review.correct(app, one.id, {"lead": "Sở Tư pháp"}, by=BY)
    review.remove(app, [two.id], reason="Mô tả", by=BY)
    review.confirm(app, [three.id], by=BY)
    [line] = task_list.corrections(app)
    assert line["file"] == app.store.document(one.document_id).file  # type: ignore[union-attr]
    assert not line["complete"]
    first, second = line["tasks"]
    assert (first["lead"], first["machine"], first["by"]) == (["Sở Tư pháp"], {"lead": list(one.task.lead)}, BY)
    assert (second["text"], second["machine"]) == (" ".join(three.task.text.split()), {})
    assert line["not_tasks"] == [{"text": " ".join(two.task.text.split()), "reason": "Mô tả"}]
    from nlp.evaluate import evaluate_file

    scores = evaluate_file(line, {"tasks": [{**first, "row": None}, {**second, "row": None}]})
    assert scores["tasks"].f1 == 1.0


def test_a_preview_is_kept_for_the_asking(app: App) -> None:
    name = task_list.keep(app, b"abc")
    assert task_list.kept(app, name) == b"abc"
    task_list.forget(app, name)
    for asked in (name, "../dondoc.sqlite3", ""):
        with pytest.raises(NotFound):
            task_list.kept(app, asked)

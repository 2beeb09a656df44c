"""What a person does to extracted tasks, on a real store with a document read from a file."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from service import linking, review
from service.bootstrap import App, open_app
from service.errors import Conflict, InvalidInput, NotFound
from service.gaps import gaps, parse_query
from service.indexing import apply_outbox
from service.ingest import ingest
from service.records import StoredTask
from service.settings import Settings
from tests.integration import corpus

BY = "Nguyễn Thị Lan"


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("kho")
    files = corpus.write(tmp_path_factory.mktemp("van-ban"), directives=1)
    with open_app(Settings(home=home, processes=0)) as app:
        ingest(app, [files])
        linking.link_all(app)
    return home


@pytest.fixture
def app(filled: Path, tmp_path: Path) -> Iterator[App]:
    import shutil

    shutil.copytree(filled, tmp_path / "kho")
    with open_app(Settings(home=tmp_path / "kho", processes=0)) as opened:
        yield opened


def tasks(app: App) -> list[StoredTask]:
    document = next(d for d in app.store.documents(role="directive") if app.store.tasks(document_id=d.id))
    return review.in_order(app.store.tasks(document_id=document.id))


def again(app: App, task_id: int) -> StoredTask:
    return app.store.tasks(ids=[task_id], removed=True)[0]


def test_fields_are_corrected_as_an_officer_writes_them(app: App) -> None:
    one = tasks(app)[0]
    written = {
        "lead": "Sở Nội vụ; Sở Y tế", "deadline": "quý II/2027", "class_": "Theo dõi riêng",
        "report_due": "15/12/2026", "text": one.task.text,
    }  # fmt: skip
    assert review.correct(app, one.id, written, by=BY)
    task = again(app, one.id).task
    assert task.lead == ("Sở Nội vụ", "Sở Y tế")
    assert task.deadline is not None
    assert (task.deadline.due, task.deadline.precision) == (dt.date(2027, 6, 30), "quarter")
    assert (task.report_due, task.class_, task.text) == ("2026-12-15", "tracked", one.task.text)
    assert review.correct(app, one.id, {name: review.shown(task, name) for name in review.FIELDS}, by=BY) is None


@pytest.mark.parametrize(
    ("name", "written", "said"),
    [
        ("text", "  ", "không được để trống"),
        ("deadline", "lúc nào rảnh", "chưa hiểu “lúc nào rảnh”"),
        ("class_", "quan trọng", "Chọn một trong"),
        ("owner", "Sở Nội vụ", "Không có trường"),
        ("text", "x" * 10_001, "dài quá"),
    ],
)
def test_what_cannot_be_understood_is_told_and_changes_nothing(app: App, name: str, written: str, said: str) -> None:
    one = tasks(app)[0]
    with pytest.raises(InvalidInput, match=said):
        review.correct(app, one.id, {"product": "Đề án", name: written}, by=BY)
    assert again(app, one.id).task == one.task


def test_every_reader_sees_the_corrected_task(app: App) -> None:
    one = next(t for t in tasks(app) if t.task.class_ == "tracked")
    review.correct(app, one.id, {"lead": "Sở Khoa học và Công nghệ", "text": "Lập kho dữ liệu địa chính"}, by=BY)
    document = app.store.document(one.document_id)
    assert document is not None
    query = parse_query(app.store, directive=document.key, settings=app.settings)
    cells = [cell.to_json() for cell in gaps(app.store, query)]
    assert ("Lập kho dữ liệu địa chính", "Sở Khoa học và Công nghệ") in {(c["task"]["text"], c["unit"]) for c in cells}
    apply_outbox(app)
    from service.index.analysis import fields
    from service.index.ports import Query

    words = fields("kho dữ liệu địa chính")
    [hit] = app.index.search(Query(kind="task", text=words.text, folded=words.folded, limit=1))
    assert hit.ref == one.id


def test_splitting_keeps_the_number_and_finds_the_places(app: App) -> None:
    one = next(t for t in tasks(app) if len(t.task.text.split()) > 6)
    words = one.task.text.split()
    head, tail = " ".join(words[:4]), " ".join(words[4:])
    before = len(tasks(app))
    done = review.split(app, one.id, [head, tail, ""], by=BY)
    after = tasks(app)
    assert len(after) == before + 1
    part = next(t for t in after if t.origin)
    assert (again(app, one.id).task.text, part.task.text) == (head, tail)
    text = app.store.text(one.document_id)
    assert " ".join(text[part.task.start : part.task.end].split()) == tail.rstrip(".")
    assert part.task.lead == one.task.lead
    review.undo(app, done.id, by=BY)
    assert [t.task for t in tasks(app)] == [t.task for t in tasks(app)][:before]
    assert again(app, one.id).task == one.task
    with pytest.raises(InvalidInput):
        review.split(app, one.id, ["một phần"], by=BY)


def test_merging_joins_words_and_units_and_can_be_undone(app: App) -> None:
    free = [t for t in tasks(app) if t.task.deadline is None][:2] or tasks(app)[:2]
    if len({t.task.deadline for t in free}) > 1:
        review.correct(app, free[0].id, {"deadline": ""}, by=BY)
        review.correct(app, free[1].id, {"deadline": ""}, by=BY)
    review.correct(app, free[1].id, {"lead": "Sở Y tế"}, by=BY)
    done = review.merge(app, [t.id for t in free], by=BY)
    whole = again(app, free[0].id)
    assert whole.task.text == f"{free[0].task.text}\n{free[1].task.text}"
    assert whole.task.lead[-1] == "Sở Y tế"
    gone = again(app, free[1].id)
    assert gone.removal is not None
    assert gone.removal.into == whole.id
    with pytest.raises(Conflict):
        review.correct(app, gone.id, {"product": "Đề án"}, by=BY)
    review.undo(app, done.id, by=BY)
    assert again(app, free[1].id).removal is None
    with pytest.raises(InvalidInput):
        review.merge(app, [free[0].id], by=BY)


def test_a_removal_needs_a_reason_and_can_be_taken_back(app: App) -> None:
    one = tasks(app)[0]
    with pytest.raises(InvalidInput):
        review.remove(app, [one.id], reason=" ", by=BY)
    review.remove(app, [one.id], reason="Không phải nhiệm vụ", by=BY)
    assert one.id not in {t.id for t in tasks(app)}
    review.restore(app, [one.id], by=BY)
    assert again(app, one.id).removal is None
    steps = review.history(app, one.id)
    assert [(step.words, step.by, step.reason) for step in steps] == [
        ("Máy bóc tách", "máy", None),
        ("Đưa ra khỏi danh sách", BY, "Không phải nhiệm vụ"),
        ("Khôi phục", BY, None),
    ]
    assert [(c.label, c.before, c.after) for c in steps[1].changes] == [("Danh sách", "trong danh sách", "đã đưa ra")]


def test_many_are_confirmed_or_classed_at_once_or_none(app: App) -> None:
    ids = [t.id for t in tasks(app)]
    with pytest.raises(NotFound):
        review.confirm(app, [*ids, 9_999], by=BY)
    assert not any(t.confirmed for t in tasks(app))
    review.confirm(app, ids, by=BY)
    review.set_class(app, ids, "general", by=BY)
    assert all(t.confirmed_by == BY and t.task.class_ == "general" for t in tasks(app))
    review.confirm(app, ids, by=BY, yes=False)
    assert not any(t.confirmed for t in tasks(app))


def test_a_task_by_hand_stands_in_a_document_or_alone(app: App) -> None:
    one = tasks(app)[0]
    written = {"text": one.task.text, "lead": "Sở Y tế", "deadline": "30/6"}
    review.add_task(app, one.document_id, written, by=BY, note="Bút phê của Chủ tịch")
    own = next(t for t in tasks(app) if t.origin)
    assert own.confirmed_by == BY
    assert own.task.class_ == "tracked"
    assert (own.task.start, own.task.end - own.task.start > 5) == (one.task.start, True)
    day = dt.date(2026, 11, 2)
    spoken = {"text": "Kiểm tra việc tiếp công dân", "lead": "Thanh tra tỉnh", "deadline": "20/11"}
    review.add_to_new_document(app, spoken, kind="Kết luận giao ban", issuer="Chủ tịch UBND tỉnh", date=day, by=BY)
    note = app.store.documents(role="directive")[-1]
    assert (note.header.kind, note.header.issuer, note.header.date) == ("Kết luận giao ban", "Chủ tịch UBND tỉnh", day)
    [alone] = app.store.tasks(document_id=note.id)
    assert alone.task.deadline is not None
    assert alone.task.deadline.due == dt.date(2026, 11, 20)
    text = app.store.text(note.id)
    assert text[alone.task.start : alone.task.end] == "Kiểm tra việc tiếp công dân"
    assert app.store.layout(note.id).blocks[0].kind == "heading"
    with pytest.raises(InvalidInput):
        review.add_to_new_document(app, spoken, kind="", issuer="Chủ tịch", date=day, by=BY)

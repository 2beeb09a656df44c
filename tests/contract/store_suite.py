"""What every store must do; run on each adapter by a module that defines the fixture ``store``."""

import datetime as dt
import threading
from dataclasses import replace

import pytest

from corpus.model import Block, Cell, Document, PageMark, Problem, Row, Table
from nlp.model import Citation, Deadline, Extraction, Header, Period, Report, ReportItem, Task
from nlp.symbols import symbol_key
from service.errors import NotFound
from service.jobs.reading import intake_of
from service.records import Intake, NewLink, OfficeRow, Reason
from service.store.ports import Store

AT = dt.datetime(2026, 11, 23, 8, 15, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)
LEASE = dt.timedelta(minutes=5)
TEXT = "KẾ HOẠCH\n1\tSở Nội vụ tham mưu\nCăn cứ Nghị định số 45/2020/NĐ-CP"


def document(sha: str, file: str = "ke-hoach.txt") -> Document:
    cells = (Cell(9, 10, 0), Cell(11, 28, 1, merged=True))
    return Document(
        file=file,
        sha256=sha * 64,
        media_type="text/plain",
        status="partial",
        text=TEXT,
        pages=2,
        problems=(Problem("no_text_layer", "Trang 2 là ảnh", 2),),
        blocks=(Block("heading", 0, 8, 1, bold=True), Block("table", 9, 28, 1, table=0)),
        tables=(Table(9, 28, 2, (Row(cells, 1),)),),
        page_marks=(PageMark(1, 0), PageMark(2, 29)),
    )


def directive(sha: str = "a", symbol: str = "12/KH-UBND", date: dt.date | None = dt.date(2025, 1, 9)) -> Intake:
    task = Task(
        id="12/KH-UBND#1",
        text="Sở Nội vụ tham mưu",
        start=11,
        end=28,
        lead=("Sở Nội vụ",),
        deadline=Deadline("trước ngày 15/12/2025", due=dt.date(2025, 12, 15), inclusive=False, precision="day"),
        class_="tracked",
    )
    general = Task(id="12/KH-UBND#2", text="Nâng cao trách nhiệm", start=0, end=8)
    cited = Citation("Nghị định số 45/2020/NĐ-CP", 37, 63, symbol="45/2020/NĐ-CP", locators=(("Điều 5", "khoản 2"),))
    header = Header(symbol=symbol, kind="Kế hoạch", issuer="UBND tỉnh", date=date, title="Về chuyển đổi số")
    return intake_of(document(sha), Extraction(header, (cited,), (), (task, general), None))


def report(sha: str = "b") -> Intake:
    items = (ReportItem("i1", "Đã xong", 0, 8, claimed_status="done"), ReportItem("i2", "Đang làm", 9, 10, late=True))
    facts = Report("Sở Nội vụ", Period(dt.date(2025, 1, 1), dt.date(2025, 3, 31), "quý I"), ("12/KH-UBND",), items)
    return intake_of(document(sha, "bao-cao.txt"), Extraction(Header(symbol="7/BC-SNV"), report=facts))


def link(task_id: int | None, rank: int = 1, probability: float = 0.5) -> NewLink:
    calibrated = False
    return NewLink(
        task_id, rank, probability, calibrated, "suggested", "linear-0", (Reason("unit", "Cùng đơn vị", 0.3),)
    )


@pytest.fixture
def linked(store: Store) -> tuple[Store, int, int, int]:
    """A store with one report item and two tasks."""
    store.add(directive(), at=AT)
    store.add(report(), at=AT)
    first, second = store.tasks()
    return store, store.items()[0].id, first.id, second.id


# documents


def test_what_was_added_comes_back_unchanged(store: Store) -> None:
    intake = replace(directive(), arrived=dt.date(2025, 1, 12))
    kept = store.add(intake, at=AT)
    assert (kept.sha256, kept.header, kept.role, kept.arrived) == ("a" * 64, intake.header, "directive", intake.arrived)
    assert kept.key == "12/KH-UBND@2025-01-09"
    assert kept.known_at == AT
    assert kept.problems == intake.problems
    assert kept == store.document(kept.id) == store.by_sha("a" * 64)
    assert store.text(kept.id) == TEXT
    assert store.layout(kept.id) == document("a")
    assert [stored.citation for stored in store.citations(kept.id)] == list(intake.citations)
    assert [stored.task for stored in store.tasks(document_id=kept.id)] == list(intake.tasks)
    assert store.report(kept.id) is None


def test_a_report_comes_back_with_its_items(store: Store) -> None:
    intake = report()
    kept = store.add(intake, at=AT)
    assert kept.role == "report"
    assert store.report(kept.id) == intake.report
    assert intake.report is not None
    assert [stored.item for stored in store.items(kept.id)] == list(intake.report.items)
    assert store.items(ids=[store.items()[1].id])[0].item.id == "i2"


def test_the_same_file_twice_is_one_document(store: Store) -> None:
    first = store.add(directive(), at=AT)
    again = store.add(replace(directive(), file="ban-sao.txt"), at=AT + MINUTE)
    assert again == first
    assert store.count_documents() == 1
    assert len(store.tasks()) == 2
    assert store.outbox() == [first.id]


def test_many_files_at_once_are_kept_as_one_by_one(store: Store) -> None:
    first = store.add(directive("a"), at=AT)
    assert store.add_all([directive("a"), directive("b", "13/KH-UBND"), report("c")], at=AT + MINUTE) == 2
    documents = store.documents()
    assert [document.sha256[0] for document in documents] == ["a", "b", "c"]
    assert documents[0] == first
    assert [task.document_id for task in store.tasks()] == [documents[0].id] * 2 + [documents[1].id] * 2
    assert [item.document_id for item in store.items()] == [documents[2].id] * 2
    assert store.outbox() == [document.id for document in documents]
    assert [change.document_id for change in store.task_changes(1)] == [documents[1].id] * 2
    assert store.add_all([], at=AT) == 0


def test_many_threads_adding_the_same_files_lose_and_double_nothing(store: Store) -> None:
    shas = "0123456789abcdef"
    errors: list[Exception] = []

    def add() -> None:
        try:
            for sha in shas:
                store.add(directive(sha), at=AT)
        except Exception as error:  # noqa: BLE001 - told below
            errors.append(error)

    threads = [threading.Thread(target=add) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors
    assert store.known_shas() == {sha * 64 for sha in shas}
    assert len(store.tasks()) == 2 * len(shas)


def test_documents_are_filtered_counted_and_paged(store: Store) -> None:
    first, second = store.add(directive(), at=AT), store.add(report(), at=AT)
    assert store.documents(role="report") == [second]
    assert store.documents(limit=1) == [first]
    assert store.documents(limit=1, offset=1) == [second]
    assert store.documents_by_id([second.id, first.id, second.id, 999_999]) == {first.id: first, second.id: second}
    assert store.documents_by_id(()) == {}
    assert store.count_documents(role="directive") == 1
    assert store.count_documents(status="failed") == 0


def test_a_symbol_finds_all_documents_that_bear_it_oldest_first(store: Store) -> None:
    newer = store.add(directive("a", "468/QĐ-TTg", dt.date(2022, 4, 12)), at=AT)
    older = store.add(directive("b", "468/QĐ-TTg", dt.date(2021, 3, 27)), at=AT)
    key = symbol_key("468/QĐ-TTg")
    assert [kept.id for kept in store.by_symbol(key)] == [older.id, newer.id]
    assert store.by_symbol(key, date=dt.date(2022, 4, 12)) == [newer]
    assert store.by_symbol(symbol_key("469/QĐ-TTg")) == []


def test_a_citation_resolves_once_its_document_has_arrived(store: Store) -> None:
    citing = store.add(directive(), at=AT)
    assert store.citations(citing.id)[0].flags == ("unresolved",)
    cited = store.add(directive("c", "45/2020/NĐ-CP", dt.date(2020, 4, 8)), at=AT)
    resolved = store.citations(citing.id)[0]
    assert (resolved.resolved, resolved.flags) == ((cited.id,), ())
    assert [stored.document_id for stored in store.cited_by(symbol_key("45/2020/NĐ-CP"))] == [citing.id]


def test_a_symbol_borne_twice_leaves_the_citation_ambiguous(store: Store) -> None:
    citing = store.add(directive(), at=AT)
    for sha, year in (("c", 2020), ("d", 2021)):
        store.add(directive(sha, "45/2020/NĐ-CP", dt.date(year, 4, 8)), at=AT)
    kept = store.citations(citing.id)[0]
    assert len(kept.resolved) == 2
    assert kept.flags == ("ambiguous",)


def test_tasks_are_found_by_class_and_confirmed_once(store: Store) -> None:
    store.add(directive(), at=AT)
    tracked = store.tasks(class_="tracked")
    assert [stored.task.id for stored in tracked] == ["12/KH-UBND#1"]
    assert not tracked[0].confirmed
    store.confirm_task(tracked[0].id, by="Lan", at=AT)
    store.confirm_task(tracked[0].id, by="Minh", at=AT + MINUTE)
    confirmed = store.tasks(ids=[tracked[0].id])[0]
    assert (confirmed.confirmed, confirmed.confirmed_by, confirmed.confirmed_at) == (True, "Lan", AT)


def test_what_is_not_there_is_told(store: Store) -> None:
    assert store.document(99) is None
    assert store.by_sha("f" * 64) is None
    for ask in (store.text, store.layout):
        with pytest.raises(NotFound):
            ask(99)
    with pytest.raises(NotFound):
        store.confirm_task(99, by="Lan", at=AT)
    with pytest.raises(NotFound):
        store.decide(99, "confirmed", by="Lan", at=AT)


# links


def test_new_proposals_replace_old_ones_and_keep_their_ids(linked: tuple[Store, int, int, int]) -> None:
    store, item, first, second = linked
    store.put_links(item, [link(first), link(second, 2)], at=AT)
    before = store.links(item_id=item)
    assert [(kept.task_id, kept.rank) for kept in before] == [(first, 1), (second, 2)]
    assert before[0].reasons == (Reason("unit", "Cùng đơn vị", 0.3),)
    store.put_links(item, [link(second, 1, 0.9)], at=AT + MINUTE)
    after = store.links(item_id=item)
    assert [(kept.id, kept.task_id, kept.probability) for kept in after] == [(before[1].id, second, 0.9)]


def test_what_a_person_decided_is_not_touched_by_the_machine(linked: tuple[Store, int, int, int]) -> None:
    store, item, first, second = linked
    store.put_links(item, [link(first), link(second, 2)], at=AT)
    rejected, confirmed = store.links()
    store.decide(rejected.id, "rejected", by="Lan", at=AT)
    store.decide(confirmed.id, "confirmed", by="Lan", at=AT)
    store.put_links(item, [link(first, 1, 0.99), link(None, 2)], at=AT + MINUTE)
    kept = {stored.task_id: stored for stored in store.links(item_id=item)}
    assert (kept[first].decision, kept[first].probability, kept[first].decided_by) == ("rejected", 0.5, "Lan")
    assert kept[second].decision == "confirmed"
    assert kept[None].decision == "suggested"


def test_known_at_shows_the_links_as_they_were(linked: tuple[Store, int, int, int]) -> None:
    store, item, first, second = linked
    store.put_links(item, [link(first)], at=AT)
    chosen = store.links()[0]
    store.decide(chosen.id, "confirmed", by="Lan", at=AT + MINUTE)
    store.put_links(item, [link(second, 2)], at=AT + 2 * MINUTE)
    store.put_links(item, [], at=AT + 3 * MINUTE)

    def then(minutes: int) -> list[tuple[int | None, str]]:
        return [(kept.task_id, kept.decision) for kept in store.links(known_at=AT + minutes * MINUTE)]

    assert then(-1) == []
    assert then(0) == [(first, "suggested")]
    assert then(1) == [(first, "confirmed")]
    assert then(2) == [(first, "confirmed"), (second, "suggested")]
    assert then(3) == [(first, "confirmed")]
    assert store.links(decision="suggested", known_at=AT)[0].id == chosen.id


def test_scoring_again_with_the_same_result_changes_nothing(linked: tuple[Store, int, int, int]) -> None:
    store, item, first, _ = linked
    store.put_links(item, [link(first)], at=AT)
    before = store.links()
    store.put_links(item, [link(first)], at=AT + MINUTE)
    assert store.links() == before
    # sums over sets differ in the last digit from process to process: each linking anew wrote history of nothing
    store.put_links(item, [link(first, 1, before[0].probability + 1e-15)], at=AT + 2 * MINUTE)
    assert store.links() == before
    store.put_links(item, [link(first, 1, before[0].probability + 1e-6)], at=AT + 3 * MINUTE)
    assert store.links() != before


def test_two_workers_that_score_the_same_report_add_each_pair_once(linked: tuple[Store, int, int, int]) -> None:
    store, item, first, second = linked
    report_id = store.items(ids=[item])[0].document_id
    new = {item: [link(first), link(second, 2), link(None, 3)]}

    def score() -> None:
        store.put_report_links(report_id, new, scorer="linear-0", revision=1, at=AT)
        store.put_links(item, new[item], at=AT)

    threads = [threading.Thread(target=score) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [kept.task_id for kept in store.links(item_id=item)] == [first, second, None]


def test_a_decision_can_be_taken_back(linked: tuple[Store, int, int, int]) -> None:
    store, item, first, _ = linked
    store.put_links(item, [link(first)], at=AT)
    chosen = store.links()[0].id
    store.decide(chosen, "rejected", by="Lan", at=AT)
    assert store.decide(chosen, "suggested", by="Lan", at=AT + MINUTE).decision == "suggested"
    assert [kept.decision for kept in store.links(known_at=AT)] == ["rejected"]


def test_links_are_found_by_task_and_by_report(linked: tuple[Store, int, int, int]) -> None:
    store, item, first, second = linked
    store.put_links(item, [link(first), link(second, 2)], at=AT)
    assert [kept.rank for kept in store.links(task_id=second)] == [2]
    assert len(store.links(document_id=store.items()[0].document_id)) == 2
    assert store.links(document_id=store.tasks()[0].document_id) == []
    found = store.links()[0]
    assert store.link(found.id) == found


def test_a_law_cited_by_name_meets_the_law(store: Store) -> None:
    header = Header(symbol="51/2024/QH15", kind="Luật", date=dt.date(2024, 11, 27), title="Bảo hiểm y tế")
    law = store.add(intake_of(document("c"), Extraction(header)), at=AT)
    cited = Citation("Luật Bảo hiểm y tế", 0, 18, name="Luật Bảo hiểm y tế", kind="Luật")
    citing = store.add(intake_of(document("d"), Extraction(Header(symbol="9/CV"), (cited,))), at=AT)
    assert store.citations(citing.id)[0].resolved == (law.id,)
    assert [found.document_id for found in store.citing(law.id)] == [citing.id]


def test_two_files_of_one_document_make_no_citation_ambiguous(store: Store) -> None:
    citing = store.add(directive(), at=AT)
    twins = [store.add(directive(sha, "45/2020/NĐ-CP", dt.date(2020, 4, 8)), at=AT).id for sha in "cd"]
    kept = store.citations(citing.id)[0]
    assert (list(kept.resolved), kept.flags) == (twins, ())
    assert [found.document_id for found in store.citing(twins[0])] == [citing.id]


def test_citations_of_a_text_that_is_not_kept_meet_the_documents(store: Store) -> None:
    decree = store.add(directive("a", "45/2020/NĐ-CP", dt.date(2020, 4, 8)), at=AT)
    cited = Citation("Nghị định số 45/2020/NĐ-CP", 0, 26, symbol="45/2020/NĐ-CP", date=dt.date(2020, 4, 9))
    [found] = store.resolve([cited], Header(symbol="1/KH-UBND"))
    assert (found.resolved, found.flags, found.document_id) == ((decree.id,), ("date_conflict",), 0)
    assert store.resolve([Citation("Luật Đất đai", 0, 12, name="Luật Đất đai")], Header())[0].flags == ("unresolved",)


def test_documents_by_kind_issuer_and_date(store: Store) -> None:
    first = store.add(directive("a", "1/KH-UBND", dt.date(2025, 1, 9)), at=AT).id
    second = store.add(directive("b", "2/KH-UBND", dt.date(2026, 1, 9)), at=AT).id
    store.add(directive("c", "3/KH-UBND", None), at=AT)
    assert store.issuers() == ["UBND tỉnh"]
    assert store.matching(since=dt.date(2025, 6, 1)) == [second]
    assert store.matching(kind="Kế hoạch", issuers=["UBND tỉnh"], until=dt.date(2025, 12, 31)) == [first]
    assert store.matching(issuers=[]) == []


def test_what_the_office_knows_is_kept_with_where_it_knows_it_from(store: Store) -> None:
    row = OfficeRow("45/2020/NĐ-CP", expired=dt.date(2026, 1, 1), source="Công báo", file="bang.csv", row=2)
    later = replace(row, checked_on=dt.date(2026, 2, 1), replaced_by="1/2026/NĐ-CP", row=3)
    assert store.put_office_rows([row, later, row], at=AT) == 2
    assert store.put_office_rows([replace(row, file="khac.csv", row=9)], at=AT) == 0
    found = store.office_rows("45/2020/nđ-cp")
    assert [(r.checked_on, r.file, r.row) for r in found] == [
        (dt.date(2026, 2, 1), "bang.csv", 3),
        (None, "bang.csv", 2),
    ]
    assert found[0].known_at == AT
    assert store.office_rows("1/nđ-cp") == []

"""Looking up references in a store that was filled from files."""

from collections.abc import Iterator

import pytest

from service.bootstrap import App, open_app
from service.errors import Ambiguous, InvalidInput, NotFound
from service.ingest import ingest
from service.references import SearchHit, cited_by, resolve_document, search
from service.settings import Settings
from tests.integration import corpus


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    folder = tmp_path_factory.mktemp("tra-cuu")
    files = corpus.write(folder / "van-ban", directives=2)
    later = corpus.DIRECTIVE.format(number=2).replace("15 tháng 01 năm 2025", "20 tháng 02 năm 2026")
    (files / "cung-so.txt").write_text(later, encoding="utf-8")
    with open_app(Settings(home=folder / "kho", processes=0)) as opened:
        ingest(opened, [files])
        yield opened


def first(app: App, query: str) -> SearchHit:
    return search(app, query)[0]


@pytest.mark.parametrize(
    "query",
    ["45/2020/NĐ-CP", "45/2020", "nd 45/2020", "nghi dinh 45 nam 2020", "Nghị định số 45/2020/NĐ-CP ngày 08/4/2020"],
)
def test_a_symbol_in_any_spelling_finds_the_document_first_and_then_who_cites_it(app: App, query: str) -> None:
    hits = search(app, query)
    assert [hit.why for hit in hits] == ["symbol", "cites", "cites", "cites"]
    assert hits[0].document.header.symbol == "45/2020/NĐ-CP"
    assert [hit.rank for hit in hits] == [1, 2, 3, 4]
    dates = [hit.document.header.date for hit in hits[1:]]
    assert dates == sorted(dates, reverse=True)  # type: ignore[type-var]
    for hit in hits[1:]:
        assert [hit.passage[start:end] for start, end in hit.marks] == ["45/2020/NĐ-CP"]


def test_a_document_that_is_not_in_the_store_is_found_by_those_that_cite_it(app: App) -> None:
    hits = search(app, "468/QĐ-TTg")
    assert {hit.why for hit in hits} == {"cites"}
    assert {hit.document.header.symbol for hit in hits} == {"1/KH-UBND", "2/KH-UBND"}
    assert search(app, "469/QĐ-TTg") == []


@pytest.mark.parametrize("query", ["điểm b khoản 2 Điều 5 Nghị định 45/2020", "diem b khoan 2 dieu 5 nd 45/2020"])
def test_a_place_in_a_document_is_shown(app: App, query: str) -> None:
    hit = first(app, query)
    assert hit.passage.startswith("b) Tái sử dụng kết quả")
    assert hit.locator[-3:] == ("Điều 5", "khoản 2", "điểm b")


@pytest.mark.parametrize("query", ["bí mật nhà nước", "bi mat nha nuoc"])
def test_free_words_with_and_without_marks_find_the_passage(app: App, query: str) -> None:
    hit = first(app, query)
    assert (hit.why, hit.document.header.symbol) == ("text", "45/2020/NĐ-CP")
    assert "Điều 5" in hit.locator
    assert "bí mật nhà nước" in [hit.passage[start:end] for start, end in hit.marks]


def test_a_title_is_found_before_passages(app: App) -> None:
    hit = first(app, "thủ tục hành chính trên môi trường điện tử")
    assert (hit.why, hit.document.header.symbol) == ("title", "45/2020/NĐ-CP")


def test_the_kind_narrows_and_may_be_typed_without_marks(app: App) -> None:
    assert {hit.document.header.kind for hit in search(app, "số hóa hồ sơ", kind="ke hoach")} == {"Kế hoạch"}
    assert {hit.document.header.kind for hit in search(app, "số hóa hồ sơ", kind="Nghị định")} == {"Nghị định"}


def test_the_limit_holds_and_no_document_fills_the_list(app: App) -> None:
    assert len(search(app, "hồ sơ", limit=2)) == 2


def test_the_json_line_has_the_keys_of_the_contract(app: App) -> None:
    line = first(app, "45/2020").to_json()
    assert {"rank", "document", "locator", "passage", "marks", "score", "why"} <= line.keys()
    assert {"sha256", "symbol", "kind", "issuer", "date", "title"} <= line["document"].keys()
    assert line["document"]["date"] == "2020-04-08"


@pytest.mark.parametrize("query", ["", "   ", "?!", '"', "*", "\x00"])
def test_an_empty_query_is_refused(app: App, query: str) -> None:
    with pytest.raises(InvalidInput):
        search(app, query)


@pytest.mark.parametrize(
    "query", ["số: (a", "AND OR NOT", '"a', "a*", "a" * 5000, "1/" * 500, "Điều " * 500, "a\x00b", "45/2020 " * 50]
)
def test_nothing_that_is_typed_breaks_the_search(app: App, query: str) -> None:
    for hit in search(app, query):
        assert all(0 <= start < end <= len(hit.passage) for start, end in hit.marks)


def test_who_cites_a_document_and_how(app: App) -> None:
    decree = resolve_document(app.store, "45/2020/NĐ-CP")[0]
    found = cited_by(app, decree.id)
    assert {entry.document.header.symbol for entry in found} == {"1/KH-UBND", "2/KH-UBND"}
    assert {entry.relation for entry in found} == {"basis"}
    line = found[0].to_json()
    text = app.store.text(found[0].document.id)
    assert text[line["start"] : line["end"]] == line["text"]
    with pytest.raises(NotFound):
        cited_by(app, 999)


def test_a_document_is_named_by_symbol_and_date(app: App) -> None:
    assert [d.header.symbol for d in resolve_document(app.store, "45/2020/NĐ-CP")] == ["45/2020/NĐ-CP"]
    with pytest.raises(Ambiguous) as told:
        resolve_document(app.store, "2/KH-UBND")
    assert told.value.candidates == ("2/KH-UBND@2025-01-15", "2/KH-UBND@2026-02-20")
    assert len(resolve_document(app.store, "2/KH-UBND@2026-02-20")) == 1
    with pytest.raises(NotFound):
        resolve_document(app.store, "3/KH-UBND")
    with pytest.raises(InvalidInput):
        resolve_document(app.store, "2/KH-UBND@hôm qua")

"""Real documents: each ends in a record, again reads nothing, search and citations work on what was found."""

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from service.bootstrap import App, open_app
from service.index.analysis import fields
from service.index.ports import Query
from service.ingest import IngestResult, ingest
from service.jobs.walk import walk
from service.references import search
from service.settings import Settings

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "data"
FOLDERS = [SHARED / name for name in ("crawl", "nq03")]
pytestmark = [pytest.mark.real, pytest.mark.slow]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[App, IngestResult]]:
    with open_app(Settings(home=tmp_path_factory.mktemp("that") / "kho")) as app:
        yield app, ingest(app, FOLDERS)


def test_each_file_ends_in_a_record(filled: tuple[App, IngestResult]) -> None:
    app, result = filled
    files = walk(FOLDERS, Path())
    assert {entry.file for entry in app.store.job_files(result.job_id)} == {source.file for source in files}
    assert result.read + result.unchanged + result.failed == len(files)
    print("\n".join(result.lines()))


def test_again_reads_nothing_and_ends_within_five_seconds(filled: tuple[App, IngestResult]) -> None:
    app, result = filled
    began = time.monotonic()
    again = ingest(app, FOLDERS)
    assert (again.read, again.unchanged) == (0, result.files)
    assert time.monotonic() - began < 5


def test_all_facts_point_into_the_stored_text(filled: tuple[App, IngestResult]) -> None:
    app, _ = filled
    for document in app.store.documents():
        text = app.store.text(document.id)
        facts = [c.citation for c in app.store.citations(document.id)]
        facts += [t.task for t in app.store.tasks(document_id=document.id)]  # type: ignore[misc]
        for fact in facts:
            assert " ".join(text[fact.start : fact.end].split()) == fact.text, document.file


def test_each_symbol_of_the_store_is_found_first(filled: tuple[App, IngestResult]) -> None:
    app, _ = filled
    symbols = [(d.id, d.header.symbol) for d in app.store.documents() if d.header.symbol]
    assert len(symbols) > 50
    missed = [
        symbol
        for document_id, symbol in symbols
        if document_id not in {hit.document.id for hit in search(app, symbol) if hit.why == "symbol"}
    ]
    assert missed == []


def test_the_right_article_is_among_the_first_ten(tmp_path: Path) -> None:
    """ALQAC 2023: questions with the article that answers them."""
    articles = json.loads((SHARED / "alqac" / "training-all_articles_2023.json").read_text(encoding="utf-8"))
    questions = json.loads((SHARED / "alqac" / "raw-train.json").read_text(encoding="utf-8"))
    laws: dict[str, list[str]] = {}
    for name, text in articles.items():
        law, article = name.split("@")
        laws.setdefault(law, []).append(f"Điều {article}. {text}")
    for law, texts in laws.items():
        (tmp_path / f"{law}.txt").write_text(f"LUẬT\n{law}\n\n" + "\n".join(texts), encoding="utf-8")
    with open_app(Settings(home=tmp_path / "kho", processes=0)) as app:
        ingest(app, [tmp_path / f"{law}.txt" for law in laws])
        names = {d.id: Path(d.file).stem for d in app.store.documents()}
        ranks = [_rank(app, names, question) for question in questions]
    found = [rank for rank in ranks if rank is not None]
    at_ten = sum(rank < 10 for rank in found) / len(ranks)
    reciprocal = sum(1 / (rank + 1) for rank in found) / len(ranks)
    print(f"recall@10 {at_ten:.2f}, MRR {reciprocal:.2f}")
    assert at_ten >= 0.95
    assert reciprocal >= 0.85


def _rank(app: App, names: dict[int, str], question: dict[str, object]) -> int | None:
    asked = fields(str(question["text"]))
    hits = app.index.search(Query(kind="passage", text=asked.text, folded=asked.folded, limit=60))
    seen = list(dict.fromkeys((names[hit.document_id], _article(hit.locator)) for hit in hits))
    wanted = {(a["law_id"], f"Điều {a['article_id']}") for a in question["relevant_articles"]}  # type: ignore[attr-defined]
    return next((rank for rank, place in enumerate(seen) if place in wanted), None)


def _article(locator: tuple[str, ...]) -> str:
    return next((level for level in locator if level.startswith("Điều ")), "")

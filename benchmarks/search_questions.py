"""ALQAC 2023: questions with gold articles, asked of the whole search and of plain BM25 over the same articles.

Each law is written as one text file and taken in as an office would; a hit counts for the article that it stands in.
Plain BM25 is tantivy as it comes: its default tokenizer and query parser, one entry an article with the law's name.
"""

from __future__ import annotations

import json
import re
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import tantivy

from corpus.text import no_marks
from service.bootstrap import App, open_app
from service.index.asking import query_fields
from service.index.ports import Query
from service.ingest import ingest
from service.references import search
from service.settings import Settings

Ask = Callable[[str], list[str]]
Question = tuple[str, frozenset[str]]
_TONES = ("òa oà", "óa oá", "ỏa oả", "õa oã", "ọa oạ", "òe oè", "óe oé", "ỏe oẻ", "õe oẽ", "ọe oẹ", "ùy uỳ", "úy uý",
          "ủy uỷ", "ũy uỹ", "ụy uỵ")  # fmt: skip
_NEW_TO_OLD = dict(pair.split() for pair in _TONES)
_MOVED = re.compile(f"({'|'.join(_NEW_TO_OLD)})(?!\\w)")


def load_questions(folder: Path) -> dict[str, list[Question]]:
    """Both sets with gold: the questions of 2023, and the statements of the second release."""
    asked = json.loads((folder / "raw-train.json").read_text("utf-8"))
    said = json.loads((folder / "new_data_102023-train.json").read_text("utf-8"))
    return {
        "questions": [(q["text"], _gold(q["relevant_articles"])) for q in asked],
        "statements": [(q["statement"], _gold(q["legal_passages"])) for q in said],
    }


def load_articles(folder: Path) -> dict[str, dict[str, str]]:
    """The articles of each set as ``law@article``."""
    second = json.loads((folder / "new_data_102023-legal_passages.json").read_text("utf-8"))
    return {
        "questions": json.loads((folder / "training-all_articles_2023.json").read_text("utf-8")),
        "statements": {f"{law['id']}@{a['id']}": a["text"] for law in second for a in law["articles"]},
    }


def _gold(rows: Sequence[dict[str, str]]) -> frozenset[str]:
    return frozenset(f"{row['law_id']}@{row['article_id']}" for row in rows)


def half(text: str) -> str:
    """Every other word without marks."""
    return " ".join(no_marks(word) if place % 2 else word for place, word in enumerate(text.split()))


def old_tones(text: str) -> str:
    """Tone marks on the other vowel of open syllables: ``hoà``, ``thuỷ``."""
    return _MOVED.sub(lambda match: _NEW_TO_OLD[match[0]], text)


WAYS: dict[str, Callable[[str], str]] = {
    "with marks": str,
    "without marks": no_marks,
    "half marks": half,
    "old tone placement": old_tones,
}


def plain(articles: dict[str, str]) -> Ask:
    """tantivy as it comes."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw")
    builder.add_text_field("text")
    index = tantivy.Index(builder.build())
    writer = index.writer(50_000_000, 1)
    for key, text in articles.items():
        law, number = key.split("@")
        writer.add_document(tantivy.Document(id=key, text=f"{law}\nĐiều {number}. {text}"))
    writer.commit()
    index.reload()

    def ask(query: str) -> list[str]:
        searcher = index.searcher()
        parsed = index.parse_query(" ".join(re.findall(r"\w+", query)), ["text"])
        return [searcher.doc(address)["id"][0] for _, address in searcher.search(parsed, 10).hits]

    return ask


def fill(app: App, articles: dict[str, str], folder: Path) -> dict[str, str]:
    """Take the laws in, a file each; the laws by file name."""
    laws: dict[str, list[str]] = {}
    for key, text in articles.items():
        law, number = key.split("@")
        laws.setdefault(law, []).append(f"Điều {number}. {re.sub(chr(10) + '+', chr(10), text.strip())}\n")
    names = {f"luat-{place:02}.txt": law for place, law in enumerate(laws)}
    for name, law in names.items():
        (folder / name).write_text(f"QUỐC HỘI\n\n{law.upper()}\n\n{''.join(laws[law])}", encoding="utf-8")
    ingest(app, [folder])
    return names


def ours(app: App, laws: dict[str, str]) -> Ask:
    """The whole search: each hit stands for the article in its locator."""

    def ask(query: str) -> list[str]:
        found = dict[str, None]()
        for hit in search(app, query, limit=10):
            article = next((level for level in hit.locator if level.startswith("Điều ")), None)
            if article:
                found[f"{laws[Path(hit.document.file).name]}@{article.removeprefix('Điều ')}"] = None
        return list(found)

    return ask


def bare(app: App, laws: dict[str, str]) -> Ask:
    """The index alone, with the same terms: no reading of the query, no texts, no excerpts."""
    files = {d.id: Path(d.file).name for i in app.store.matching() if (d := app.store.document(i))}

    def ask(query: str) -> list[str]:
        text, folded = query_fields(query)
        found = dict[str, None]()
        for hit in app.index.search(Query(kind="passage", text=text, folded=folded, limit=40)):
            article = next((level for level in hit.locator if level.startswith("Điều ")), "")
            found[f"{laws[files[hit.document_id]]}@{article.removeprefix('Điều ')}"] = None
        return list(found)[:10]

    return ask


def measure(ask: Ask, questions: Sequence[Question], way: Callable[[str], str]) -> tuple[dict[str, float], list[str]]:
    """recall@10, MRR@10, milliseconds on the clock and of the processor; and the questions without any right answer."""
    recall, reciprocal, times, cpu, missed = 0.0, 0.0, list[float](), list[float](), list[str]()
    for text, gold in questions:
        query = way(text)
        began, used = time.perf_counter(), time.process_time()
        found = ask(query)
        times.append((time.perf_counter() - began) * 1000)
        cpu.append((time.process_time() - used) * 1000)
        recall += len(gold & set(found)) / len(gold)
        rank = next((place for place, key in enumerate(found, 1) if key in gold), 0)
        reciprocal += 1 / rank if rank else 0
        if not rank:
            missed.append(f"{query} | {sorted(gold)} | {found[:3]}")
    times.sort()
    figures = {
        "recall@10": round(recall / len(questions), 4),
        "mrr": round(reciprocal / len(questions), 4),
        "p50_ms": round(statistics.median(times), 2),
        "p95_ms": round(times[int(0.95 * (len(times) - 1))], 2),
        "cpu_p50_ms": round(statistics.median(cpu), 2),
    }
    return figures, missed


def run(folder: Path, *, misses: int) -> dict[str, Any]:
    """Both sets, each way of typing, both engines."""
    result: dict[str, Any] = {}
    asked = load_questions(folder)
    for name, articles in load_articles(folder).items():
        with tempfile.TemporaryDirectory() as home:
            texts = Path(home) / "luat"
            texts.mkdir()
            with open_app(Settings(home=Path(home) / "kho", processes=0)) as app:
                laws = fill(app, articles, texts)
                engines = {"search": ours(app, laws), "index alone": bare(app, laws), "plain BM25": plain(articles)}
                result[name] = {"articles": len(articles), "asked": len(asked[name])}
                for engine, ask in engines.items():
                    for way, typed in WAYS.items():
                        figures, missed = measure(ask, asked[name], typed)
                        result[name][f"{engine}, {way}"] = figures
                        for line in missed[:misses]:
                            print(f"{engine}, {way}: {line}")
    return result

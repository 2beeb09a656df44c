"""Search measured: symbols in every spelling, questions against articles beside plain BM25.

    python benchmarks/search.py spellings --home HOME [--misses N]
    python benchmarks/search.py questions ../shared/data/alqac [--misses N]

``spellings`` asks a store that was filled before (`DONDOC_HOME=HOME dondoc ingest …`), ``questions`` fills its own.
Each writes one JSON line with the machine it ran on.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import search_questions
from search_spellings import Known, known, spellings

from nlp.symbols import symbol_key
from service.bootstrap import App, open_app
from service.index.ports import Query
from service.references import search
from service.settings import load


def machine() -> str:
    return f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which this share of the values lies."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))] if values else 0.0


def run_spellings(app: App, *, documents: int, misses: int) -> dict[str, Any]:
    """hit@1 for each spelling: the first hit bears the symbol asked for."""
    asked, right, total = 0, Counter[str](), Counter[str]()
    times, cpu, bare = list[float](), list[float](), list[float]()
    missed: list[tuple[str, str, str]] = []
    for place in _with_symbol(app, documents):
        asked += 1
        for name, query in spellings(place):
            began, used = time.perf_counter(), time.process_time()
            hits = search(app, query, limit=10)
            times.append((time.perf_counter() - began) * 1000)
            cpu.append((time.process_time() - used) * 1000)
            began = time.perf_counter()
            app.index.search(Query(kind="document", symbols=(symbol_key(place.printed),), limit=10))
            bare.append((time.perf_counter() - began) * 1000)
            top = hits[0].document.header.symbol if hits else None
            total[name] += 1
            if top and symbol_key(top) == symbol_key(place.printed) and hits[0].why == "symbol":
                right[name] += 1
            else:
                missed.append((name, query, f"{place.printed} | {top}"))
    for line in missed[:misses]:
        print(*line, sep=" | ")
    return {
        "documents": asked,
        "queries": total.total(),
        "hit@1": round(right.total() / max(1, total.total()), 4),
        "by_spelling": {name: round(right[name] / total[name], 4) for name in total},
        "p50_ms": round(statistics.median(times), 2),
        "p95_ms": round(percentile(times, 0.95), 2),
        "cpu_p50_ms": round(statistics.median(cpu), 2),
        "cpu_p95_ms": round(percentile(cpu, 0.95), 2),
        "index_alone_p50_ms": round(statistics.median(bare), 2),
        "index_alone_p95_ms": round(percentile(bare, 0.95), 2),
    }


def _with_symbol(app: App, limit: int) -> list[Known]:
    found = (known(d.header) for i in app.store.matching() if (d := app.store.document(i)))
    return [place for place in found if place][:limit]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    tasks = parser.add_subparsers(dest="task", required=True)
    symbols = tasks.add_parser("spellings")
    symbols.add_argument("--home", type=Path, required=True)
    symbols.add_argument("--documents", type=int, default=200)
    questions = tasks.add_parser("questions")
    questions.add_argument("folder", type=Path)
    for task in (symbols, questions):
        task.add_argument("--misses", type=int, default=0)
    given = parser.parse_args()
    if given.task == "spellings":
        with open_app(load(home=given.home)) as app:
            result = run_spellings(app, documents=given.documents, misses=given.misses)
    else:
        result = search_questions.run(given.folder, misses=given.misses)
    print(json.dumps({"machine": machine(), **result}, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()

"""Dashboard, matrix, filters and export over half a million cells: a country's year, on SQLite and on PostgreSQL.

    python benchmarks/gaps.py [--plan wide] [--share 1.0] [--database URL] [--rounds 3] [--plain]

The store is ``year.py``'s. Each question is asked for several units, directives, periods and days; the best of some rounds counts for each, and p50 and
p95 go over all of them. Times are of the processor (they hold on a busy machine), on PostgreSQL those of the server's
processes among them (``clocks.py``; give its address ``?options=-c%20max_parallel_workers_per_gather%3D0``). ``--plain`` weighs one directive's cells afresh, without kept cells, for comparison.
Writes one JSON line.
"""

import argparse
import datetime as dt
import json
import os
import platform
import random
import resource
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from clocks import of_processor
from generate import PLANS
from year import AS_OF, filled

from service import listings
from service.gaps import (
    GapQuery,
    by_directive,
    by_period,
    by_unit,
    count,
    crossings,
    gaps,
    json_lines,
    page,
    rule_counts,
)
from service.gaps.find import afresh
from service.settings import Settings
from service.store.ports import Store
from service.store.sql import SqlStore

Asking = Callable[[Store, GapQuery], object]
QUESTIONS: dict[str, tuple[Asking, str]] = {
    "dashboard: totals, official totals, units, rules": (
        lambda s, q: (count(s, q), count(s, replace(q, official=True)), by_unit(s, replace(q, official=True))),
        "day",
    ),
    "dashboard: directives": (by_directive, "day"),
    "rules": (rule_counts, "unit"),
    "rules of all": (rule_counts, "day"),
    "matrix of a directive": (crossings, "directive"),
    "matrix of a unit": (crossings, "unit"),
    "periods of a unit": (by_period, "unit"),
    "page of all, by deadline": (lambda s, q: page(s, q, order="due"), "day"),
    "page of a unit": (page, "unit"),
    "page of a directive": (page, "directive"),
    "page of what is overdue": (lambda s, q: page(s, replace(q, task_status=("open_overdue",)), order="due"), "day"),
    "page of what is not reported in a unit": (lambda s, q: page(s, replace(q, report_status=("missing",))), "unit"),
    "page of a rule": (lambda s, q: page(s, replace(q, rules=("due_soon",))), "day"),
    "count of a rule": (lambda s, q: count(s, replace(q, rules=("late_report",))), "day"),
    "units in a period": (by_unit, "period"),
    "count in a period": (lambda s, q: count(s, replace(q, official=True)), "period"),
    "count of what waits for review": (lambda s, q: count(s, replace(q, pending=True)), "day"),
}


def asked(kind: str, store: Store, chance: random.Random) -> list[GapQuery]:
    """The same question about different things and days."""
    days = [AS_OF - dt.timedelta(days=n) for n in (0, 7, 45, 120, 200)]
    base = [GapQuery(as_of=day) for day in days]
    match kind:
        case "unit":
            names = sorted(name for name, _ in store.gap_units().values() if name)
            return [replace(q, unit=chance.choice(names)) for q in base]
        case "directive":
            symbols = [d.header.symbol for d in store.documents(role="directive", limit=100)]
            return [replace(q, directive=chance.choice(symbols)) for q in base]
        case "period":
            labels = ["quý II/2026", "tháng 6/2026", "quý III/2026", "năm 2026", "6 tháng đầu năm 2026"]
            return [replace(q, period=label) for q, label in zip(base, labels, strict=True)]
        case _:
            return base


def best(ask: Callable[[], object], rounds: int, clock: Callable[[], float]) -> float:
    times = []
    for _ in range(rounds):
        began = clock()
        ask()
        times.append(clock() - began)
    return min(times) * 1000


def measure(store: Store, rounds: int, clock: Callable[[], float]) -> dict[str, object]:
    chance, shown, every = random.Random(5), {}, []  # noqa: S311
    for name, (ask, kind) in QUESTIONS.items():
        found = [best(partial(ask, store, query), rounds, clock) for query in asked(kind, store, chance)]
        shown[name] = {"p50": round(statistics.median(found)), "max": round(max(found))}
        every += found
        print(name, shown[name], file=sys.stderr, flush=True)
    every.sort()
    return {
        "questions_ms": shown,
        "p50_ms": round(statistics.median(every)),
        "p95_ms": round(every[int(len(every) * 0.95)]),
    }


def exports(store: Store, folder: Path, clock: Callable[[], float]) -> dict[str, object]:
    """Everything as files, as the page's buttons and the command line write them."""
    app: Any = SimpleNamespace(store=store, settings=Settings(home=folder, _env_file=None))  # type: ignore[call-arg]
    at = dt.datetime.combine(AS_OF, dt.time(12), dt.UTC)
    found: dict[str, object] = {}
    for form in ("csv", "xlsx"):
        began = clock()  # a workbook is made before its first piece is sent
        name, pieces = listings.stream(app, "dau-viec", {"as_of": AS_OF.isoformat()}, form, at=at)
        found[form] = _written(folder / name, pieces, clock, began)
    began = clock()
    lines = (f"{line}\n".encode() for line in json_lines(store, GapQuery(as_of=AS_OF)))
    found["jsonl"] = _written(folder / "gaps.jsonl", lines, clock, began)
    return found


def _written(path: Path, pieces: Iterable[bytes], clock: Callable[[], float], began: float) -> dict[str, object]:
    with path.open("wb") as file:
        size = sum(map(file.write, pieces))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    told = {"s": round(clock() - began, 1), "MB": round(size / 1e6), "process_MB": peak}
    print(path.suffix, told, file=sys.stderr, flush=True)
    return told


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--plan", choices=PLANS, default="wide")
    parser.add_argument("--share", type=float, default=1.0)
    parser.add_argument("--database")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--plain", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        address = given.database or f"sqlite:///{(Path(folder) / 'kho.sqlite3').as_posix()}"
        store = SqlStore(address)
        store.migrate()
        clock = of_processor(store._db.engine)  # noqa: SLF001 - a clock looks behind the port
        weighed = round(filled(store, PLANS[given.plan].share(given.share)), 1)
        result: dict[str, object] = {
            "machine": f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
            "load": round(os.getloadavg()[0], 1),
            "database": address.split(":")[0],
            "cells": count(store, GapQuery(as_of=AS_OF)).total,
            "weighed_s": weighed,
            **measure(store, given.rounds, clock),
        }
        result["export"] = exports(store, Path(folder), clock)
        if given.plain:
            query = GapQuery(directive="7/KH-UBND", as_of=AS_OF)
            plain = best(lambda: list(afresh(store, query)), given.rounds, clock)
            result["one_directive_ms"] = {
                "kept": round(best(lambda: gaps(store, query), given.rounds, clock)),
                "afresh": round(plain),
            }
        print(json.dumps(result, ensure_ascii=False))
        store.close()


if __name__ == "__main__":
    main()

"""How long the matrix takes on a large store: 5,000 tasks of 100 directives, 20 units, 40 reports a unit, their links.

    python benchmarks/gaps.py [--tasks 5000] [--units 20] [--rounds 3] [--profile]

The store is generated (same seed, same store): every unit reports on many of its tasks, each statement with one active
link and four candidates behind it, a tenth of the active ones confirmed. Times are of the processor, not of the clock:
they hold on a busy machine. Writes one JSON line with the machine it ran on.
"""

import argparse
import cProfile
import datetime as dt
import json
import os
import platform
import pstats
import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from nlp.model import Deadline, Header, Report, ReportItem, Task
from service.gaps import GapQuery, gaps
from service.records import Intake, NewLink, Reason
from service.store.ports import Store
from service.store.sql import SqlStore

AT = dt.datetime(2026, 1, 5, 8, tzinfo=dt.UTC)
AS_OF = dt.date(2026, 11, 23)
DIRECTIVES, REPORTS, ITEMS = 100, 40, 10
WORDS = ["rà soát", "ban hành", "triển khai", "số hóa", "hồ sơ", "thủ tục", "hạ tầng", "dữ liệu", "tập huấn", "cán bộ"]


def intake(number: int, header: Header, **facts: object) -> Intake:
    """A document that only has facts."""
    empty: dict[str, object] = {"blocks": [], "tables": [], "furniture": [], "page_marks": []}
    given: dict[str, object] = {"role": "other", **facts}
    return Intake(f"{number:064x}", f"{number}.docx", "text/plain", "ok", 1, (), "", empty, header, **given)  # type: ignore[arg-type]


def wording(chance: random.Random) -> str:
    return f"{' '.join(chance.choices(WORDS, k=12))}, đạt {chance.randrange(10, 100)}%"


def fill(store: Store, tasks: int, units: int) -> None:
    """Directives, then each unit's reports with their links."""
    chance = random.Random(23)  # noqa: S311 - a store, not a key
    names = [f"Sở số {n}" for n in range(units)]
    for number in range(DIRECTIVES):
        found = [
            task(f"{number}/{n}", wording(chance), chance.choice(names), chance) for n in range(tasks // DIRECTIVES)
        ]
        header = Header(symbol=f"{number + 1}/KH-UBND", kind="Kế hoạch", issuer="UBND tỉnh", date=dt.date(2025, 12, 1))
        store.add(intake(number, header, role="directive", tasks=tuple(found)), at=AT)
    known = store.tasks()
    for place, unit in enumerate(names):
        own = [stored.id for stored in known if stored.task.lead == (unit,)]
        for turn in range(REPORTS):
            report(store, DIRECTIVES + place * REPORTS + turn, unit, own, chance)


def task(name: str, text: str, unit: str, chance: random.Random) -> Task:
    due = dt.date(2026, 1, 1) + dt.timedelta(days=chance.randrange(360))
    deadline = Deadline(f"{due:%d/%m/%Y}", due=due, precision="day")
    return Task(name, text, 0, len(text), lead=(unit,), deadline=deadline, product="Báo cáo", class_="tracked")


def report(store: Store, number: int, unit: str, own: list[int], chance: random.Random) -> None:
    day = dt.date(2026, 1, 10) + dt.timedelta(days=chance.randrange(300))
    items = tuple(
        ReportItem(f"i{n}", f"Đã hoàn thành {wording(chance)} ngày {day:%d/%m/%Y}", 0, 9, claimed_status="done")
        for n in range(ITEMS)
    )
    header = Header(symbol=f"{number}/BC", kind="Báo cáo", issuer=unit, date=day)
    kept = store.add(intake(number, header, role="report", report=Report(unit, None, (), items), arrived=day), at=AT)
    links = {stored.id: candidates(own, chance) for stored in store.items(kept.id)}
    store.put_report_links(kept.id, links, scorer="linear-0", revision=store.revision(), at=AT)


def candidates(own: list[int], chance: random.Random) -> list[NewLink]:
    reasons = tuple(Reason(f"reason_{n}", "Cùng đơn vị, cùng văn bản giao, câu chữ giống nhau", 0.2) for n in range(5))
    chosen = chance.sample(own, min(5, len(own)))
    kinds = ["confirmed" if chance.random() < 0.1 else "suggested", "none", "none", "none", "none"]
    return [
        NewLink(task_id, rank, 0.9 / rank, False, kind, "linear-0", reasons)  # type: ignore[arg-type]  # noqa: FBT003
        for rank, (task_id, kind) in enumerate(zip(chosen, kinds, strict=False), 1)
    ]


def seconds(ask: Callable[[], list[object]], rounds: int) -> tuple[float, int]:
    """The best of some rounds, and how many cells came."""
    best, cells = float("inf"), 0
    for _ in range(rounds):
        began = time.process_time()
        cells = len(ask())
        best = min(best, time.process_time() - began)
    return round(best, 3), cells


def measure(store: Store, rounds: int) -> dict[str, object]:
    questions = {
        "all": GapQuery(as_of=AS_OF),
        "directive": GapQuery(directive="7/KH-UBND", as_of=AS_OF),
        "unit": GapQuery(unit="Sở số 3", as_of=AS_OF),
        "directive_known_at": GapQuery(directive="7/KH-UBND", as_of=AS_OF, known_at=AT + dt.timedelta(days=1)),
    }
    return {name: seconds(lambda query=query: gaps(store, query), rounds) for name, query in questions.items()}  # type: ignore[misc]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tasks", type=int, default=5000)
    parser.add_argument("--units", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--profile", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store = SqlStore(f"sqlite:///{(Path(folder) / 'kho.sqlite3').as_posix()}")
        store.migrate()
        began = time.process_time()
        fill(store, given.tasks, given.units)
        filled = round(time.process_time() - began, 1)
        if given.profile:
            with cProfile.Profile() as profile:
                gaps(store, GapQuery(as_of=AS_OF))
            pstats.Stats(profile).sort_stats("cumulative").print_stats(35)
        machine = (
            f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
        )
        links = len(store.links())
        print(
            json.dumps(
                {"machine": machine, "links": links, "fill_s": filled, "seconds_cells": measure(store, given.rounds)}
            )
        )
        store.close()


if __name__ == "__main__":
    main()

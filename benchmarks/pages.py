"""Every page of the web interface over a year of half a million cells, asked for as a browser does.

    python benchmarks/pages.py --database URL [--home FOLDER] [--rounds 5] [--plan wide] [--share 1.0]

The store is ``year.py``'s, its worker stands still. Pages are asked for through the application itself (ASGI, no network), each for several things
and days; the best of some rounds counts for each address. Times are of the processor (they hold on a busy machine), on
PostgreSQL those of the server's processes among them (``clocks.py``). Writes a table to standard error and one JSON line.
"""

import argparse
import datetime as dt
import json
import os
import platform
import random
import statistics
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

from clocks import of_processor
from fastapi.testclient import TestClient
from generate import PLANS
from year import AS_OF, filled

from service import worker
from service.asgi import create
from service.indexing import apply_outbox
from service.settings import Settings
from service.store.ports import Store
from service.store.sql import SqlStore


def addresses(store: Store) -> dict[str, list[str]]:
    """Pages by what they show, each with some addresses."""
    chance = random.Random(5)  # noqa: S311
    days = [(AS_OF - dt.timedelta(days=n)).isoformat() for n in (0, 45, 200)]
    units = chance.sample(sorted(name for name, _ in store.gap_units().values() if name), 3)
    directives = store.documents(role="directive", limit=1_000)
    some = chance.sample(directives, 3)
    reports = chance.sample(store.documents(role="report", limit=1_000), 3)
    tasks = [store.tasks(document_id=one.id)[0].id for one in some]
    symbols = [quote(one.key or one.header.symbol or "") for one in some]
    names = [quote(name) for name in units]
    whole = {f"{path}": [f"{path}?as_of={day}" for day in days] for path in ("/", "/theo-doi", "/cham", "/bieu-mau")}
    boards = {
        f"/theo-doi/don-vi, {words}": [f"/theo-doi/don-vi?by={by}&as_of={day}" for day in days]
        for by, words in (("directive", "văn bản"), ("period", "kỳ"))
    }
    filters = {
        f"/theo-doi, {words}": [f"/theo-doi?as_of={day}&{asked}" for day, asked in zip(days, given, strict=True)]
        for words, given in {
            "đơn vị": [f"unit={name}" for name in names],
            "văn bản": [f"directive={symbol}" for symbol in symbols],
            "kỳ": ["period=qu%C3%BD%20III/2026", "period=th%C3%A1ng%206/2026", "period=n%C4%83m%202026"],
            "quá hạn": ["task_status=open_overdue"] * 3,
            "chưa báo cáo": ["report_status=missing"] * 3,
            "sắp đến hạn": ["rule=due_soon"] * 3,
            "chưa cụ thể hóa": ["rule=not_cascaded"] * 3,
            "dự kiến": ["state=draft"] * 3,
            "đang theo dõi": ["state=followed"] * 3,
            "đơn vị và tình trạng": [f"unit={name}&task_status=open_in_time&state=open" for name in names],
        }.items()
    }
    asked = ["việc nào sắp trễ", "đơn vị nào nhiều việc quá hạn nhất", f"{units[0]} chưa báo cáo quý III"]
    return {
        **whole,
        **boards,
        **filters,
        "/theo-doi, chỗ còn thiếu": [f"/theo-doi?holes=1&as_of={day}" for day in days],
        "/theo-doi/don-vi, chỗ còn thiếu": [f"/theo-doi/don-vi?by={by}&holes=1" for by in ("directive", "period")],
        "/theo-doi/don-vi, một đơn vị": [f"/theo-doi/don-vi?unit={name}" for name in names],
        "/dau-viec": [f"/dau-viec/{number}" for number in tasks],
        "/chuoi": [f"/chuoi/{one.id}" for one in some],
        "/hang-loat, một văn bản": [f"/hang-loat?loc={quote(f'directive={one}')}&kind=note&note=x" for one in symbols],
        "/hang-loat, tất cả": ["/hang-loat?loc=&kind=note&note=x"],
        "/hoi": [f"/hoi?q={quote(text)}" for text in asked],
        "/nhac-viec": ["/nhac-viec", f"/nhac-viec?unit={names[0]}"],
        "/van-ban": ["/van-ban", "/van-ban?role=report"],
        "/van-ban, một văn bản": [f"/van-ban/{one.id}" for one in some],
        "/ra-soat": ["/ra-soat"],
        "/ra-soat, một văn bản": [f"/ra-soat/{one.id}" for one in some],
        "/ra-soat/giao-trung": ["/ra-soat/giao-trung"],
        "/nhiem-vu": [f"/nhiem-vu/{number}" for number in tasks],
        "/doi-chieu": ["/doi-chieu"],
        "/doi-chieu, một báo cáo": [f"/doi-chieu/{one.id}" for one in reports],
        "/don-vi": ["/don-vi"],
        "/tra-cuu": ["/tra-cuu?q=45/2020", f"/tra-cuu?q={quote('cơ sở dữ liệu')}"],
        "/nhap": ["/nhap"],
    }


def measure(
    client: TestClient, asked: dict[str, list[str]], rounds: int, clock: Callable[[], float]
) -> dict[str, object]:
    shown: dict[str, dict[str, float]] = {}
    every: list[float] = []
    for name, paths in asked.items():
        times, sizes, codes = [], [], set()
        for path in paths:
            best = float("inf")
            for _ in range(rounds):
                began = clock()
                answer = client.get(path)
                best = min(best, clock() - began)
            codes.add(answer.status_code)
            times.append(best * 1000)
            sizes.append(len(answer.content) / 1000)
        every += times
        shown[name] = {"p50": round(statistics.median(times)), "max": round(max(times)), "kB": round(max(sizes))}
        wrong = f" {codes}" if codes != {200} else ""
        row = " | ".join(str(value) for value in (name, *shown[name].values()))
        print(f"| {row} |{wrong}", file=sys.stderr, flush=True)
    every.sort()
    p95 = round(every[int(len(every) * 0.95)])
    return {"pages_ms": shown, "p50_ms": round(statistics.median(every)), "p95_ms": p95}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database")
    parser.add_argument("--home", type=Path, help="keeps the search index for the next run")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--plan", choices=PLANS, default="wide")
    parser.add_argument("--share", type=float, default=1.0)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as own:
        folder = given.home or Path(own)
        folder.mkdir(parents=True, exist_ok=True)
        address = given.database or f"sqlite:///{(folder / 'kho.sqlite3').as_posix()}"
        store = SqlStore(address)
        store.migrate()
        filled(store, PLANS[given.plan].share(given.share))
        asked = addresses(store)
        store.close()
        settings = Settings(home=folder, database_url=address, remind=False, _env_file=None)  # type: ignore[call-arg]
        worker.run = lambda *_: None  # links, learns, looks for duplicates: its time would count as the pages'
        with TestClient(create(settings), base_url="http://localhost") as client:
            app = client.app.state.dondoc  # type: ignore[attr-defined]
            apply_outbox(app)
            clock = of_processor(app.store._db.engine)  # noqa: SLF001 - a clock looks behind the port
            result = measure(client, asked, given.rounds, clock)
        about = {
            "machine": f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
            "load": round(os.getloadavg()[0], 1),
            "database": address.split(":")[0],
        }
        print(json.dumps(about | result, ensure_ascii=False))


if __name__ == "__main__":
    main()

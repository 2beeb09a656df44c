"""The sample corpus: own sentences, true to form, with a truth file written before any extractor read it.

One province, 2022: a Party plan and a State plan (task table in its annex) that carry out 45/2020/NĐ-CP and
468/QĐ-TTg, and six reports: in time, late, partial, a promise instead of a result, a wrong citation date, one that
answers nothing; one assigned unit is silent.
"""

from __future__ import annotations

import csv
import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from service.ingest import IngestResult, Ports, ingest
from service.linking import link_all

HERE = Path(__file__).parent
Progress = Callable[[int, int, str], None]


def truth() -> dict[str, Any]:
    """What a careful reader found in the sample corpus, and the cells it should give as of ``as_of``."""
    found: dict[str, Any] = json.loads((HERE / "truth.json").read_text(encoding="utf-8"))
    return found


def arrivals() -> list[tuple[Path, dt.date]]:
    """Each sample file with the day the office received it (sổ đăng ký văn bản đến)."""
    with (HERE / "arrivals.csv").open(encoding="utf-8", newline="") as lines:
        return [
            (HERE / row["file"], dt.datetime.strptime(row["ngày đến"], "%d/%m/%Y").replace(tzinfo=dt.UTC).date())
            for row in csv.DictReader(lines)
        ]


def fill(app: Ports, *, progress: Progress | None = None) -> list[IngestResult]:
    """Take the sample corpus in, each file under its day of arrival, and match the reports."""
    results = []
    files = arrivals()
    for number, (path, day) in enumerate(files):
        if progress is not None:
            progress(number, len(files), path.name)
        results.append(ingest(app, [path], arrived=day))
    link_all(app)
    return results

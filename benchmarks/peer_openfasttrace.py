"""OpenFastTrace's own trace of a matrix of the same size, beside the same question to our cells.

    mvn dependency:get -Dartifact=org.itsallcode.openfasttrace:openfasttrace:4.2.0 -Dmaven.repo.local=FOLDER
    python benchmarks/peer_openfasttrace.py --jars FOLDER --database URL [--cells 0] [--java java] [--memory 6g]

Every obligation of the store (``year.py``) becomes an item that needs a report, every statement linked to it an item
that covers it; OpenFastTrace (GPL-3, run beside us, nothing of it is used) reads them and tells which are uncovered. Ours
is the same question over the kept cells: the statuses and broken rules of every obligation, read out one by one, and the
totals alone. Times are of the processor, the start of Java included.
Writes one JSON line.
"""

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path

from year import AS_OF

from service.gaps import GapQuery, count, lines
from service.store.ports import Store
from service.store.sql import SqlStore

PER_FILE = 20_000
MAIN = "org.itsallcode.openfasttrace.core.cli.CliStarter"


def specify(store: Store, folder: Path, cells: int | None) -> tuple[int, int]:
    """The obligations and their statements as OpenFastTrace's Markdown; how many of both."""
    needed = covering = 0
    out = (folder / "0.md").open("w", encoding="utf-8")
    for number, line in enumerate(islice(lines(store, GapQuery(as_of=AS_OF)), cells)):
        if number % PER_FILE == 0:
            out.close()
            out = (folder / f"{number}.md").open("w", encoding="utf-8")
        text = line.task.task.text.replace("\n", " ")
        out.write(f"### {text}\n`req~nv-{number}~1`\n\n{line.unit} {line.seen.label or ''}\n\nNeeds: bc\n\n")
        for link in line.seen.links:
            out.write(f"### Báo cáo\n`bc~bc-{number}-{link}~1`\n\nCovers:\n\n* `req~nv-{number}~1`\n\n")
            covering += 1
        needed += 1
    out.close()
    return needed, covering


def trace(java: str, jars: Path, memory: str, folder: Path) -> dict[str, object]:
    """One run of OpenFastTrace over the folder."""
    path = os.pathsep.join(str(jar) for jar in sorted(jars.rglob("openfasttrace*.jar")))
    asked = [java, f"-Xmx{memory}", "-cp", path, MAIN, "trace", "-v", "summary", str(folder)]
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    said = (done.stdout.strip().splitlines() or done.stderr.strip().splitlines() or [""])[-1]
    return {
        "cpu_s": round(used.ru_utime + used.ru_stime - before.ru_utime - before.ru_stime, 2),
        "wall_s": round(time.perf_counter() - began, 2),
        "says": said[:120],
    }


def ours(store: Store, cells: int | None) -> dict[str, object]:
    """The same question to the kept cells."""
    query = GapQuery(as_of=AS_OF)
    began, wall = time.process_time(), time.perf_counter()
    open_ = sum(line.seen.report_status == "missing" for line in islice(lines(store, query), cells))
    every, every_wall = time.process_time() - began, time.perf_counter() - wall
    began = time.process_time()
    count(store, query)
    totals = time.process_time() - began
    return {
        "cpu_s": round(every, 2),
        "wall_s": round(every_wall, 2),
        "totals_cpu_s": round(totals, 4),
        "says": f"{open_} unreported",
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--jars", type=Path, required=True)
    parser.add_argument("--database", required=True)
    parser.add_argument("--cells", type=int, default=0, help="only so many; 0 for all")
    parser.add_argument("--java", default="java")
    parser.add_argument("--memory", default="6g")
    given = parser.parse_args()
    store, cells = SqlStore(given.database), given.cells or None
    with tempfile.TemporaryDirectory() as name:
        needed, covering = specify(store, Path(name), cells)
        print(f"{needed} obligations, {covering} statements", file=sys.stderr)
        peer = trace(given.java, given.jars, given.memory, Path(name))
    mine = ours(store, cells)
    result = {
        "machine": f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
        "load": round(os.getloadavg()[0], 1),
        "obligations": needed,
        "statements": covering,
        "openfasttrace": peer,
        "dondoc": mine,
        "ratio_cpu": round(float(str(peer["cpu_s"])) / float(str(mine["cpu_s"])), 1),
    }
    print(json.dumps(result, ensure_ascii=False))
    store.close()


if __name__ == "__main__":
    main()

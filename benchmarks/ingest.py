"""How fast files are taken in, and what that costs in memory: files/s, pages/s, peak, and the time of a second run.

    python benchmarks/ingest.py ../shared/data/congbao ../shared/data/crawl ../shared/data/nq03

Runs the command in a process of its own each time, as a user would. Writes one JSON line with the machine it ran on.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from pathlib import Path

RUN = """
import json, sys
from pathlib import Path
from service.bootstrap import open_app
from service.ingest import ingest
from service.settings import load

if __name__ == "__main__":
    with open_app(load(home=Path(sys.argv[1]), processes=int(sys.argv[2]))) as app:
        result = ingest(app, sys.argv[3:])
        print(json.dumps({
            "files": result.files, "read": result.read, "unchanged": result.unchanged, "failed": result.failed,
            "pages": result.pages, "seconds": round(result.seconds, 2), "peak_mb": round(result.peak_mb),
            "entries": app.index.count(),
        }))
"""


def run(home: Path, processes: int, paths: list[str]) -> dict[str, float]:
    script = home.parent / "run.py"
    script.write_text(RUN, encoding="utf-8")
    began = time.monotonic()
    told = subprocess.run(
        [sys.executable, str(script), str(home), str(processes), *paths], check=True, capture_output=True, text=True
    )
    result: dict[str, float] = json.loads(told.stdout.splitlines()[-1])
    return {**result, "wall": round(time.monotonic() - began, 2)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="+")
    parser.add_argument("--processes", type=int, default=2)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        first = run(home, given.processes, given.paths)
        again = run(home, given.processes, given.paths)
        size = sum(path.stat().st_size for path in home.rglob("*") if path.is_file())
    seconds = max(first["seconds"], 1e-9)
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    line = {
        "machine": machine,
        "processes": given.processes,
        "first": first,
        "files_per_s": round(first["read"] / seconds, 2),
        "pages_per_s": round(first["pages"] / seconds, 2),
        "again": {"read": again["read"], "wall": again["wall"]},
        "home_mb": round(size / 2**20),
    }
    print(json.dumps(line, ensure_ascii=False))


if __name__ == "__main__":
    main()

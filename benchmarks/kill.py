"""Killed at random moments and run again, an ingest of real folders ends as an undisturbed one.

    python benchmarks/kill.py ../shared/data/congbao ../shared/data/crawl ../shared/data/nq03 --kills 3

Runs ``dondoc ingest`` as a user would; SIGKILL goes to the command and to the processes that read for it. Prints one JSON
line: the seed, the moments, and whether database, originals and index entries are equal. Exit code 1 where they differ.
"""

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from service.bootstrap import open_app
from service.settings import Settings
from tests.integration import snapshot


def start(home: Path, paths: list[str]) -> subprocess.Popen[bytes]:
    command = [str(Path(sys.executable).with_name("dondoc")), "ingest", *paths]
    given = os.environ | {"DONDOC_HOME": str(home)}
    return subprocess.Popen(
        command, env=given, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )


def whole_run(home: Path, paths: list[str]) -> float:
    began = time.monotonic()
    if start(home, paths).wait() not in (0, 1):
        raise SystemExit("the ingest did not end by itself")
    return time.monotonic() - began


def killed_run(home: Path, paths: list[str], after: float) -> bool:
    """Whether the command was still running when the signal came."""
    process = start(home, paths)
    time.sleep(after)
    running = process.poll() is None
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    return running


def differences(calm: Settings, killed: Settings) -> list[str]:
    found = []
    one, other = snapshot.database(calm), snapshot.database(killed)
    found += [f"table {name}" for name in one if one[name] != other[name]]
    if snapshot.originals(calm) != snapshot.originals(killed):
        found.append("originals")
    with open_app(calm) as first, open_app(killed) as second:
        if snapshot.entries(first) != snapshot.entries(second):
            found.append("index entries")
        if first.store.outbox() or second.store.outbox():
            found.append("outbox not empty")
        if {job.state for job in second.store.jobs()} != {"done"}:
            found.append("jobs not done")
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="+")
    parser.add_argument("--kills", type=int, default=3)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    given = parser.parse_args()
    chance = random.Random(given.seed)  # noqa: S311 - moments, not keys
    with tempfile.TemporaryDirectory() as folder:
        calm, killed = Path(folder, "calm"), Path(folder, "killed")
        undisturbed = whole_run(calm, given.paths)
        # Three stretches of at most 0.3 of a whole run each: files are still unread at every kill.
        moments = [round(chance.uniform(0.05, 0.9 / given.kills) * undisturbed, 1) for _ in range(given.kills)]
        running = [killed_run(killed, given.paths, moment) for moment in moments]
        whole_run(killed, given.paths)
        found = differences(Settings(home=calm), Settings(home=killed))
    told = {
        "seed": given.seed,
        "undisturbed_s": round(undisturbed),
        "killed_after_s": moments,
        "still_running": running,
    }
    print(json.dumps({**told, "differences": found}))
    sys.exit(bool(found))


if __name__ == "__main__":
    main()

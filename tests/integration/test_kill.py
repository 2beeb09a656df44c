"""Killed with SIGKILL at any moment and run again, an ingest ends as if it had not been disturbed."""

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from service.bootstrap import open_app
from service.settings import Settings
from tests.integration import corpus, snapshot

SCRIPT = """
import sys
from pathlib import Path

import pytest
from service.bootstrap import open_app
from service.ingest import ingest
from service.settings import Settings

if __name__ == "__main__":
    with open_app(Settings(home=Path(sys.argv[1]), processes=2)) as app:
        ingest(app, [sys.argv[2]])
"""


def start(script: Path, home: Path, files: Path) -> subprocess.Popen[bytes]:
    root = Path(__file__).resolve().parents[2]
    return subprocess.Popen([sys.executable, str(script), str(home), str(files)], cwd=root)


@pytest.mark.slow
def test_killed_at_three_moments_and_run_again_equals_an_undisturbed_run(tmp_path: Path) -> None:
    files = corpus.write(tmp_path / "van-ban", directives=24)
    script = tmp_path / "nhap.py"
    script.write_text(SCRIPT, encoding="utf-8")
    began = time.monotonic()
    assert start(script, tmp_path / "yen", files).wait(120) == 0
    duration = time.monotonic() - began

    seed = time.time_ns() % 10**6
    chance = random.Random(seed)  # noqa: S311 - a moment, not a key
    home = tmp_path / "giet"
    for _ in range(3):
        process = start(script, home, files)
        time.sleep(chance.uniform(0.2, 0.9) * duration)
        process.kill()
        process.wait()
    assert start(script, home, files).wait(120) == 0

    calm, killed = Settings(home=tmp_path / "yen"), Settings(home=home)
    print("seed", seed, "duration", duration)
    assert snapshot.database(killed) == snapshot.database(calm), f"seed {seed}"
    assert snapshot.originals(killed) == snapshot.originals(calm), f"seed {seed}"
    with open_app(calm) as one, open_app(killed) as other:
        assert snapshot.entries(other) == snapshot.entries(one), f"seed {seed}"
        assert one.store.outbox() == other.store.outbox() == []
        assert {job.state for job in other.store.jobs()} == {"done"}, "a killed command's job was taken over"

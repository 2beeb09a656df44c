"""Speed of the full citation finding, beside the bare symbol pattern in the same run.

    python benchmarks/citations.py TEXTS [--limit-mb N] [--repeat N] [--growth] [--hostile]
        [--peer PYTHON --peer-text FILE]

The bare pattern says how fast the machine is at the moment: it finds symbols without kind, date, issuer, places,
relations. ``--peer`` runs ``peer_eyecite.py`` by the peer's interpreter in the same run; ``--growth`` and ``--hostile``
show how the time grows with the length of ordinary and of ill-meant texts.
"""

from __future__ import annotations

import argparse
import json
import platform
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from nlp import citations

BARE = re.compile(r"[0-9](?<!\w[0-9])\d{0,4}(?:/(?:19|20)\d\d)?/[A-ZĐ][A-Za-zĐ]*(?:-[A-ZĐ][A-Za-zĐ]*)*")


def texts(root: Path, limit: float) -> list[str]:
    found, size = [], 0
    for path in sorted([*root.rglob("*.md"), *root.rglob("*.txt")]) if root.is_dir() else [root]:
        text = path.read_text("utf-8")
        size += len(text.encode())
        if size > limit * 1e6 and found:
            break
        found.append(text)
    return found


def best(work: Callable[[], int], repeat: int) -> tuple[float, int]:
    """The shortest of several runs, and what the last one counted."""
    shortest, count = float("inf"), 0
    for _ in range(repeat):
        begun = time.perf_counter()
        count = work()
        shortest = min(shortest, time.perf_counter() - begun)
    return shortest, count


def seconds_for(corpus: list[str]) -> float:
    """Processor time of one full run; nothing found is kept."""
    begun = time.process_time()
    for text in corpus:
        citations.find(text)
    return time.process_time() - begun


def show(label: str, corpus: list[str]) -> None:
    size = sum(len(text.encode()) for text in corpus) / 1e6
    spent = seconds_for(corpus)
    print(f"{label:28} {size:7.1f} MB {spent:7.2f} s {spent / size * 1000:7.1f} ms/MB")


def growth(root: Path) -> None:
    """Time for more and more documents, and for one long text."""
    for size in (10, 20, 40, 60):
        show(f"documents, up to {size} MB", texts(root, size))
    whole = "\n".join(texts(root, 10))
    show("one text of 100 MB", [whole * round(100e6 / len(whole.encode()))])


HOSTILE = {
    "digits": "7",
    "digits and slashes": "12/",
    "Điều 1, ": "Điều 1, ",
    "khoản 1 Điều 1 ": "khoản 1 Điều 1 ",
    "unclosed (được sửa đổi": "Điều 5 (được sửa đổi ",
    "số 1/QĐ-UBND, ": "số 1/QĐ-UBND, ",
    "Luật A và ": "Luật A và ",
    "blank lines": "\n",
}


def hostile() -> None:
    """Repetitions of what could make a pattern slow, at half a megabyte and at one."""
    for label, piece in HOSTILE.items():
        for size in (500_000, 1_000_000):
            show(label, [piece * (size // len(piece.encode()))])


def peer(python: str, text: Path, megabytes_a_second: float) -> None:
    """The peer on its own text, and our speed beside it."""
    script = Path(__file__).with_name("peer_eyecite.py")
    done = subprocess.run([python, str(script), str(text)], capture_output=True, text=True, check=True)
    told = json.loads(done.stdout.splitlines()[-1])
    print(f"{told['peer']}  {told['mb_s']:.2f} MB/s  {told['citations_s']:.0f} citations/s")
    print(f"ours / peer   {megabytes_a_second / told['mb_s']:8.2f} in MB/s")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("path", type=Path)
    parser.add_argument("--limit-mb", type=float, default=1e9)
    parser.add_argument("--repeat", type=int, default=1)
    parser.add_argument("--growth", action="store_true")
    parser.add_argument("--hostile", action="store_true")
    parser.add_argument("--peer", help="the peer's Python interpreter")
    parser.add_argument("--peer-text", type=Path, help="the English text that the peer reads")
    options = parser.parse_args()
    if (options.peer is None) != (options.peer_text is None):
        sys.exit("--peer and --peer-text belong together")
    corpus = texts(options.path, options.limit_mb)
    megabytes = sum(len(text.encode()) for text in corpus) / 1e6
    bare, hits = best(lambda: sum(len(BARE.findall(text)) for text in corpus), options.repeat)
    references = 0

    def full() -> int:
        nonlocal references
        found = [citations.find(text) for text in corpus]
        references = sum(len(f.references) for f in found)
        return sum(len(f.citations) for f in found)

    seconds, count = best(full, options.repeat)
    print(f"{platform.machine()} {platform.python_implementation()} {platform.python_version()}, {megabytes:.1f} MB")
    print(f"bare pattern  {megabytes / bare:8.1f} MB/s  {hits / bare:10.0f} symbols/s")
    print(
        f"full find     {megabytes / seconds:8.1f} MB/s  {count / seconds:10.0f} citations/s, {count} citations, "
        f"{references} references"
    )
    print(f"ratio         {seconds / bare:8.1f}")
    if options.peer:
        peer(options.peer, options.peer_text, megabytes / seconds)
    if options.growth:
        growth(options.path)
    if options.hostile:
        hostile()


if __name__ == "__main__":
    main()

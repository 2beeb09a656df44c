"""Speed of the full citation finding, beside the bare symbol pattern in the same run.

    python benchmarks/citations.py ../shared/data/phapdien [--limit-mb N] [--repeat N] [--stages]

The bare pattern says how fast the machine is at the moment: it finds symbols without kind, date, issuer, places,
relations.
"""

from __future__ import annotations

import argparse
import platform
import re
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


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("path", type=Path)
    parser.add_argument("--limit-mb", type=float, default=1e9)
    parser.add_argument("--repeat", type=int, default=1)
    options = parser.parse_args()
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


if __name__ == "__main__":
    main()

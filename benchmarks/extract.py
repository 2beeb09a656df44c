"""Speed of extraction (nlp.pipeline.extract) and the share of each stage, for folders of documents.

    python benchmarks/extract.py ../shared/data/congbao ../shared/data/crawl [--processes 1 2] [--repeat 3] [--peak FILE]

Documents are read before (reading is another matter); text counts in UTF-8 bytes. Time is processor time of the working
processes, of several runs the least, so that other work on the machine disturbs little; "wall" is what the clock said. A
physical limit stands beside it in the same run: NFC plus one regular expression over the same text. ``--peak`` tells the
peak memory of extracting one file in a process of its own, without and with reading it.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import resource
import subprocess
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import wraps
from pathlib import Path
from typing import Any

from corpus.model import Document
from corpus.reader import read
from nlp import assign_model, citations, pipeline

STAGES = ("build_tree", "read_header", "read_reports", "find_tasks", "find_amendments", "find_effects")
SUFFIXES = {".md", ".pdf", ".docx", ".html"}
PEAK = """
import resource, sys
from corpus.reader import read
from nlp.pipeline import extract
document = read(__import__("pathlib").Path(sys.argv[1]))
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
extract(document)
print(before, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def documents(folder: Path) -> list[Document]:
    return [read(path) for path in sorted(folder.iterdir()) if path.suffix in SUFFIXES]


def timed(name: str, call: Callable[..., Any], spent: Counter[str]) -> Callable[..., Any]:
    @wraps(call)
    def measured(*args: Any, **kwargs: Any) -> Any:
        began = time.process_time()
        try:
            return call(*args, **kwargs)
        finally:
            spent[name] += int((time.process_time() - began) * 1e9)

    return measured


def stages(found: Sequence[Document]) -> tuple[dict[str, float], float]:
    """The share of each stage, and of the text that word segmentation sees."""
    spent: Counter[str] = Counter()
    segmented = 0
    real = {name: getattr(pipeline, name) for name in STAGES}
    find, words = citations.find, assign_model.assign_features.tokens

    def counted(candidate: Any) -> Any:
        nonlocal segmented
        segmented += len(candidate.text[: assign_model.assign_features.TAGGED_REACH])
        return words(candidate)

    for name, call in real.items():
        setattr(pipeline, name, timed(name, call, spent))
    citations.find = timed("citations.find", find, spent)
    assign_model.assign_features.tokens = timed("words (inside find_tasks)", counted, spent)
    try:
        began = time.process_time()
        for document in found:
            pipeline.extract(document)
        whole = time.process_time() - began
    finally:
        for name, call in real.items():
            setattr(pipeline, name, call)
        citations.find, assign_model.assign_features.tokens = find, words
    shares = {name: round(nanoseconds / 1e9 / whole, 3) for name, nanoseconds in spent.most_common()}
    return shares, segmented / max(sum(len(document.text) for document in found), 1)


def work(found: Sequence[Document]) -> float:
    """Processor seconds of extracting these documents, in the process that calls."""
    began = time.process_time()
    for document in found:
        pipeline.extract(document)
    return time.process_time() - began


def limit(found: Sequence[Document]) -> float:
    began = time.process_time()
    for document in found:
        re.findall(r"\w+", unicodedata.normalize("NFC", document.text))
    return time.process_time() - began


def measure(found: Sequence[Document], processes: int, repeat: int) -> Iterator[tuple[float, float]]:
    """(processor seconds, wall seconds) of each run."""
    parts = [found[number::processes] for number in range(processes)]
    with ProcessPoolExecutor(processes) as pool:
        list(pool.map(work, [part[:2] for part in parts]))
        for _ in range(repeat):
            began = time.monotonic()
            spent = sum(pool.map(work, parts))
            yield spent, time.monotonic() - began


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--processes", nargs="+", type=int, default=[1, 2])
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--peak", type=Path)
    given = parser.parse_args()
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    for folder in given.folders:
        found = documents(folder)
        size = sum(len(document.text.encode()) for document in found) / 1e6
        work(found[:3])
        floor = min(limit(found) for _ in range(given.repeat))
        for processes in given.processes:
            spent, wall = min(measure(found, processes, given.repeat))
            line = {
                "folder": folder.name,
                "documents": len(found),
                "mb": round(size, 2),
                "processes": processes,
                "documents_per_cpu_second": round(len(found) / spent, 1),
                "mb_per_cpu_second": round(size / spent, 3),
                "times_the_limit": round(spent / floor, 1),
                "wall": round(wall, 2),
            }
            print(json.dumps(line, ensure_ascii=False))
        shares, segmented = stages(found)
        print(json.dumps({"folder": folder.name, "segmented": round(segmented, 4), "stages": shares}))
    if given.peak:
        told = subprocess.run([sys.executable, "-c", PEAK, str(given.peak)], check=True, capture_output=True, text=True)
        reading, all_of_it = (int(part) / 1024 for part in told.stdout.split())
        print(json.dumps({"file": given.peak.name, "peak_mb_read": round(reading), "peak_mb": round(all_of_it)}))
    print(json.dumps({"machine": machine, "own_peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024}))


if __name__ == "__main__":
    main()

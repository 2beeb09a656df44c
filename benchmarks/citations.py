"""Speed of the full citation finding, beside the bare symbol pattern and the peer in the same run.

    python benchmarks/citations.py TEXTS [--limit-mb N] [--repeat N] [--growth] [--hostile]
        [--peer PYTHON --peer-text FILE]

Processor time, not the clock: other work on the machine is left out as far as it can be. The bare pattern (``re``, slash
first, dependencies of no kind) is run beside the full finding, text by text, so that both meet the same machine; it finds
symbols without kind, date, issuer, places, relations. ``--peer`` runs ``peer_eyecite.py`` by the peer's interpreter in
the same run, before and after ours, and the better figure counts; ``--growth`` and ``--hostile`` show how the time grows
with the length of ordinary and of ill-meant texts.
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
from dataclasses import dataclass
from pathlib import Path

from nlp import citations

NUMBER = re.compile(r"(?<!\w)\d{1,5}(?:/(?:19|20)\d\d)?\Z")
BARE = re.compile(r"/(?<=\d/)(?=[A-ZĐ])[A-ZĐ/][A-Za-zĐ]*(?:-[A-ZĐ][A-Za-zĐ]*)*")


def texts(root: Path, limit: float) -> list[str]:
    found, size = [], 0
    for path in sorted([*root.rglob("*.md"), *root.rglob("*.txt")]) if root.is_dir() else [root]:
        text = path.read_text("utf-8")
        size += len(text.encode())
        if size > limit * 1e6 and found:
            break
        found.append(text)
    return found


def bare(text: str) -> int:
    """Symbols by the bare pattern: from each slash that letters follow, back over the number."""
    return sum(1 for hit in BARE.finditer(text) if NUMBER.search(text, max(0, hit.start() - 10), hit.start()))


@dataclass(slots=True)
class Counted:
    """Processor time of one kind of work over all texts, and what it found."""

    seconds: float = 0.0
    citations: int = 0
    references: int = 0

    def best(self, work: Callable[[], tuple[int, int]], repeat: int) -> None:
        """Add the shortest of several runs of ``work`` over one text."""
        shortest, found = float("inf"), (0, 0)
        for _ in range(repeat):
            begun = time.process_time()
            found = work()
            shortest = min(shortest, time.process_time() - begun)
        self.seconds += shortest
        self.citations += found[0]
        self.references += found[1]


def full(text: str) -> tuple[int, int]:
    found = citations.find(text)
    return len(found.citations), len(found.references)


def show(label: str, corpus: list[str]) -> None:
    size = sum(len(text.encode()) for text in corpus) / 1e6
    begun = time.process_time()
    for text in corpus:
        citations.find(text)
    spent = time.process_time() - begun
    print(f"{label:28} {size:7.1f} MB {spent:7.2f} s {spent / size * 1000:7.1f} ms/MB", flush=True)


def growth(root: Path) -> None:
    """Time for more and more documents, and for one text that grows to 100 MB."""
    for size in (10, 20, 40, 60):
        show(f"documents, up to {size} MB", texts(root, size))
    whole = "\n".join(texts(root, 10))
    once = len(whole.encode())
    for size in (10, 30, 100):
        show(f"one text of {size} MB", [whole * round(size * 1e6 / once)])


HOSTILE = {
    "digits": "7", "digits and slashes": "12/", "hyphens": "1-", "Điều 1, ": "Điều 1, ", "điểm a, ": "điểm a, ",
    "khoản 1 Điều 1 ": "khoản 1 Điều 1 ", "Điều 1 đến ": "Điều 1 đến ", "unclosed (được sửa đổi": "Điều 5 (được sửa đổi ",
    "unclosed list of letters": "các điểm a, b, ", "số 1/QĐ-UBND, ": "số 1/QĐ-UBND, ", "1/QĐ-UBND; ": "1/QĐ-UBND; ",
    "Luật A và ": "Luật A và ", "LUẬT ĐẤT ĐAI ": "LUẬT ĐẤT ĐAI ", "Luật sửa đổi ": "Luật sửa đổi ", "khoản này ": "khoản này ",
    "Nghị quyết nêu trên ": "Nghị quyết nêu trên ", "aliases": "Nghị quyết 57 (gọi tắt là Nghị quyết {n}) ",
    "(": "(", "“": "“", "blank lines": "\n", "spaces": " ", "1.1.1.": "1.1.", "TW Đại hội ": "TW Đại hội ",
    "thay thế ": "thay thế ", "bãi bỏ A/B, ": "bãi bỏ 1/QĐ-A được ", "| cells ": "| 1/QĐ-UBND | 2 |\n", "Ủy ban ": "1/QĐ-A của Ủy ban ",
    "lists": "Bãi bỏ các văn bản sau:\n1. 1/QĐ-UBND ", "annexes": "DANH MỤC văn bản bãi bỏ\n1\t1/QĐ-UBND\n",
    "predicates": "1. 1/QĐ-UBND về việc hiệu lực bãi bỏ ",
}  # fmt: skip


def hostile(size: int = 1_000_000) -> None:
    """Repetitions of what could make a pattern slow, at half a megabyte and at one: linear is a ratio of two."""
    for label, piece in HOSTILE.items():
        spent = []
        for length in (size // 2, size):
            count = length // len(piece.encode())
            text = "".join(piece.replace("{n}", str(n)) for n in range(count))
            begun = time.process_time()
            citations.find(text)
            spent.append(time.process_time() - begun)
        print(
            f"{label:28} {spent[0]:7.2f} s {spent[1]:7.2f} s  ratio {spent[1] / max(spent[0], 1e-9):5.2f}", flush=True
        )


def peer(python: str, text: Path) -> dict[str, float]:
    """What the peer says of its own speed on its own text."""
    script = Path(__file__).with_name("peer_eyecite.py")
    done = subprocess.run([python, str(script), str(text)], capture_output=True, text=True, check=True)
    told: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return told


def compare(corpus: list[str], repeat: int) -> float:
    """The full finding beside the bare pattern; MB/s of the full one."""
    ours, pattern = Counted(), Counted()
    for text in corpus:
        pattern.best(lambda text=text: (bare(text), 0), repeat)  # type: ignore[misc]
        ours.best(lambda text=text: full(text), repeat)  # type: ignore[misc]
    size = sum(len(text.encode()) for text in corpus) / 1e6
    print(f"bare pattern  {size / pattern.seconds:8.1f} MB/s  {pattern.citations / pattern.seconds:10.0f} symbols/s")
    print(
        f"full find     {size / ours.seconds:8.1f} MB/s  {ours.citations / ours.seconds:10.0f} citations/s, "
        f"{ours.citations} citations, {ours.references} references"
    )
    print(f"full / bare   {ours.seconds / pattern.seconds:8.1f} in time")
    return size / ours.seconds


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("path", type=Path)
    parser.add_argument("--limit-mb", type=float, default=1e9)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--growth", action="store_true")
    parser.add_argument("--hostile", action="store_true")
    parser.add_argument("--peer", help="the peer's Python interpreter")
    parser.add_argument("--peer-text", type=Path, help="the English text that the peer reads")
    options = parser.parse_args()
    if (options.peer is None) != (options.peer_text is None):
        sys.exit("--peer and --peer-text belong together")
    corpus = texts(options.path, options.limit_mb)
    megabytes = sum(len(text.encode()) for text in corpus) / 1e6
    print(f"{platform.machine()} {platform.python_implementation()} {platform.python_version()}, {megabytes:.1f} MB")
    told = [peer(options.peer, options.peer_text)] if options.peer else []
    speed = compare(corpus, options.repeat)
    if told:
        best = max([*told, peer(options.peer, options.peer_text)], key=lambda one: one["mb_s"])
        print(f"{best['peer']}  {best['mb_s']:.2f} MB/s  {best['citations_s']:.0f} citations/s")
        print(f"ours / peer   {speed / best['mb_s']:8.1f} in MB/s")
    if options.growth:
        growth(options.path)
    if options.hostile:
        hostile()


if __name__ == "__main__":
    main()

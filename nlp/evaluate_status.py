"""How well single statements give the status that a reader takes from them (tests/gold/statuses)."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, get_args

from nlp.model import ClaimedStatus
from nlp.status_reading import read_claim

HEAD: Final = ("hand", "place", "status", "statement")
_KNOWN: Final = frozenset(get_args(ClaimedStatus))


@dataclass(frozen=True, slots=True)
class Said:
    """A statement with the statuses that careful readers give it, the better one first."""

    hand: str
    cell: bool
    """It fills a status or result column; otherwise it stands among results in prose."""
    statuses: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Judged:
    """A statement with what was read; ``meant`` is the reading that was found where that is one of those allowed."""

    said: Said
    meant: str
    found: str


def read_statements(path: Path) -> Iterator[Said]:
    """Lines of a gold file (tab-separated); raises ValueError naming the line of an unknown status or place."""
    with path.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE), start=2):
            statuses = tuple(row["status"].split("/"))
            if not _KNOWN.issuperset(statuses) or row["place"] not in ("cell", "prose"):
                raise ValueError(f"{path}:{number}: {row['status']} {row['place']}")
            yield Said(row["hand"], row["place"] == "cell", statuses, row["statement"])


def judge(statements: Sequence[Said]) -> list[Judged]:
    """Each statement read as a report's item would be."""
    found = [(said, read_claim(said.text, told=not said.cell)[0]) for said in statements]
    return [Judged(said, meant(said.statuses, status), status) for said, status in found]


def meant(statuses: Sequence[str], found: str) -> str:
    """Of the readings that the gold allows the one that was found, else the better one."""
    return found if found in statuses else statuses[0]


def f1_by_status(pairs: Sequence[tuple[str, str]]) -> dict[str, float]:
    """F1 of each status that is meant at least once, from (meant, found)."""
    right = Counter(want for want, got in pairs if want == got)
    wanted, found = Counter(want for want, _ in pairs), Counter(got for _, got in pairs)
    return {status: 2 * right[status] / (n + found[status]) for status, n in sorted(wanted.items())}


def macro_f1(by_status: dict[str, float]) -> float:
    """The plain mean over statuses (macro-F1)."""
    return sum(by_status.values()) / len(by_status) if by_status else 0.0

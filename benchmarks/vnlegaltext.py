"""Citation finding against VNLegalText: words joined back, gold spans mapped, overlap recall and precision.

    python benchmarks/vnlegaltext.py ../shared/data/vnlegaltext/val.conll [--misses N]

The gold marks a document's mention without date and issuer, also inside titles, so spans are compared by overlap and
law
names in titles are kept; the gold leaves out what stands in "(sau đây gọi là …)", so aliases are not counted.
"""

from __future__ import annotations

import argparse
import re
import time
from pathlib import Path

from nlp import citations

Span = tuple[int, int, str]
_STRAY = re.compile(r"</?[A-ZĐ]{1,4}>?$|rel=|href=|<[A-ZĐ]{1,4}$")
_TIGHT_BEFORE = set(",.;:)”%/")
_TIGHT_AFTER = set("(“/")


def sentences(path: Path) -> list[tuple[str, list[Span]]]:
    """Text with words joined back, and gold spans in it."""
    found = []
    for block in path.read_text("utf-8").split("\n\n"):
        rows = [line.rsplit(" ", 1) for line in block.split("\n") if " " in line.strip()]
        rows = [row for row in rows if not _STRAY.match(row[0])]
        if rows:
            found.append(_join(rows))
    return found


def _join(rows: list[list[str]]) -> tuple[str, list[Span]]:
    text, spans, open_span = "", [], None
    for word, label in rows:
        shown = word.replace("_", " ")
        glue = not text or shown[:1] in _TIGHT_BEFORE or text[-1:] in _TIGHT_AFTER
        start = len(text) + (0 if glue else 1)
        text += ("" if glue else " ") + shown
        if label.startswith("B-") or (label.startswith("I-") and open_span is None):
            open_span = [start, len(text), label[2:]]
            spans.append(open_span)
        elif label.startswith("I-") and open_span is not None:
            open_span[1] = len(text)
        else:
            open_span = None
    return text, [(a, b, c) for a, b, c in spans]


def measure(path: Path, *, titles: bool) -> tuple[float, float, list[str], list[str]]:
    """Overlap recall, overlap precision, the gold that was missed, and what the gold lacks."""
    gold_count = hit = found_count = right = 0
    missed, extra = [], []
    for text, gold in sentences(path):
        found = [c for c in citations.find(text, titles=titles).citations if "alias" not in c.flags]
        gold_count, found_count = gold_count + len(gold), found_count + len(found)
        for start, end, label in gold:
            if any(c.start < end and start < c.end for c in found):
                hit += 1
            else:
                missed.append(f"{label}: {text[max(0, start - 40) : start]}[{text[start:end]}]{text[end : end + 30]}")
        for c in found:
            if any(c.start < end and start < c.end for start, end, _ in gold):
                right += 1
            else:
                extra.append(f"{text[max(0, c.start - 40) : c.start]}[{c.text}]{text[c.end : c.end + 30]}")
    return hit / gold_count, right / max(found_count, 1), missed, extra


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("path", type=Path)
    parser.add_argument("--misses", type=int, default=0)
    parser.add_argument("--without-titles", action="store_true")
    options = parser.parse_args()
    begun = time.perf_counter()
    recall, precision, missed, extra = measure(options.path, titles=not options.without_titles)
    print(f"recall {recall:.4f} precision {precision:.4f} in {time.perf_counter() - begun:.1f} s")
    print(f"missed {len(missed)}, not in the gold {len(extra)}")
    for title, rows in (("missed", missed), ("not in the gold", extra)):
        for row in rows[: options.misses]:
            print(title + ": " + " ".join(row.split()))


if __name__ == "__main__":
    main()

"""How often each field of a found task is right, by where it was read: the figures of service/review/trust.toml.

    .venv/bin/python benchmarks/field_trust.py [--data ../shared/data]

Development side of the gold only; tasks are paired by word overlap as ``dondoc evaluate`` pairs them.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

from corpus.reader import read
from nlp.contract import to_json
from nlp.evaluate import TASK_OVERLAP, word_overlap
from nlp.evaluate_pairs import inside
from nlp.pipeline import extract
from service.cli.evaluate import load_gold
from service.review.trust import JUDGED, source

KEYS = {"class_": "class"}


def same(name: str, gold: dict, found: dict) -> bool | None:
    key = KEYS.get(name, name)
    if (
        key not in gold
        or gold.get(f"{key}_uncertain")
        or (name in ("lead", "coordinators") and gold.get("roles_uncertain"))
    ):
        return None
    if name == "deadline":
        wanted, got = gold[key] or {}, found[key] or {}
        return all(wanted.get(part) == got.get(part) for part in ("due", "recurrence"))
    accepted = [gold[key], *gold.get(f"{key}_also", [])]
    return any(_plain(one) == _plain(found[key]) for one in accepted)


def _plain(value):
    return sorted(map(str.lower, value)) if isinstance(value, list) else (value or "").lower().strip(" .;")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    data = parser.parse_args().data
    right, seen = Counter(), Counter()
    for gold in load_gold(Path("tests/gold/tasks"), "dev"):
        if "tasks" not in gold or not (path := data / gold["file"]).is_file():
            continue
        document = read(path)
        facts = extract(document)
        line = to_json(document, facts, with_text=True)
        found = inside(gold["span"], line["text"], line["tasks"]) if gold.get("span") else line["tasks"]
        by_id = {task.id: task for task in facts.tasks}
        for wanted in gold["tasks"]:
            best = max(found, key=lambda one: word_overlap(wanted["text"], one["text"]), default=None)
            if best is None or word_overlap(wanted["text"], best["text"]) < TASK_OVERLAP:
                continue
            for name in JUDGED[1:]:
                if (ok := same(name, wanted, best)) is not None:
                    row = name, source(by_id[best["id"]], name)
                    seen[row] += 1
                    right[row] += ok
    for name, where in sorted(seen):
        print(
            f"{name:13} {where:10} {right[name, where] / seen[name, where]:.2f}  ({right[name, where]}/{seen[name, where]})"
        )


if __name__ == "__main__":
    main()

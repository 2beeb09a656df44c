"""``dondoc evaluate`` on everyday questions."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rich.table import Table

from service.cli.output import people


def questions_in(place: Path, part: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Gold files of questions with their side; what is not under ``test`` is development."""
    paths = [place] if place.is_file() else sorted(place.rglob("*.json"))
    for path in paths:
        if path.suffix != ".json":
            continue
        side = "test" if path.parent.name == "test" else "dev"
        if part in ("all", side) and '"questions"' in (text := path.read_text(encoding="utf-8")):
            content = json.loads(text)
            if isinstance(content, dict) and "questions" in content:
                yield side, content


def evaluate_questions(place: Path, part: str, *, misses: bool) -> bool:
    """Print the figures by side; False where there are no questions."""
    from nlp.evaluate_questions import QuestionScore, score_questions

    scores: dict[str, QuestionScore] = {}
    for side, gold in questions_in(place, part):
        score_questions(gold, scores.setdefault(side, QuestionScore()))
    if not scores:
        return False
    table = Table(title="Câu hỏi hằng ngày", title_justify="left")
    for head in (
        "phần",
        "câu hỏi",
        "có điều kiện lọc",
        "đúng điều kiện",
        "chưa xác định",
        "sai điều kiện",
        "đúng (cả từ chối)",
    ):
        table.add_column(head, justify="left" if head == "phần" else "right")
    for side, score in scores.items():
        share = f"{score.filtered} ({score.filtered / max(1, score.meant):.3f})"
        table.add_row(
            side, str(score.asked), str(score.meant), share, str(score.silent), str(len(score.wrong)), str(score.right)
        )
    people.print(table)
    if misses:
        for side, score in scores.items():
            for question, expected, found in score.wrong:
                people.print(f"{side} sai: {question}: cần {expected}, được {found}", markup=False)
            for question in score.missed:
                people.print(f"{side} chưa xác định: {question}", markup=False)
    return True

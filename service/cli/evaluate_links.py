"""``dondoc evaluate`` on gold sets of reports: links measured beside plain TF-IDF and BM25 in the same run."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.table import Table

from service.cli.gold_links import lines_of, opened, plain, sets_in
from service.cli.output import people
from service.errors import InvalidInput

if TYPE_CHECKING:
    from nlp.evaluate_links import Figures, Line


def evaluate_links(gold: Path, part: str, *, misses: bool, save: Path | None) -> None:
    """Print the figures of ``docs/accuracy.md``; misses only where they are asked for (never for sealed sets)."""
    from nlp.evaluate_links import figures
    from nlp.scorer import shipped

    paths = sets_in(gold, part)
    if not paths:
        raise InvalidInput(f"Không có bộ đối chiếu nào trong {gold}.")
    with opened(paths) as (app, studied):
        lines = lines_of(studied, shipped())
        columns: dict[str, Figures] = {shipped().version: figures(lines)}
        for ranker in ("tfidf", "bm25"):
            for told in (False, True):
                name = {"tfidf": "TF-IDF", "bm25": "BM25"}[ranker] + (" + đúng đơn vị" if told else "")
                columns[name] = figures(plain(app, lines, ranker, told_unit=told))
    unread = sum(report_line.unread for report in studied for report_line in report.lines)
    _print(columns, f"{len(paths)} bộ, {len(lines)} nội dung; {unread} lượt nhiệm vụ không bóc tách được")
    if misses:
        _print_misses(lines)
    if save:
        save.write_text(json.dumps(_saved(columns), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _print(columns: dict[str, Figures], title: str) -> None:
    table = Table(title=title, title_justify="left")
    table.add_column("")
    for name in columns:
        table.add_column(name, justify="right")
    ours = next(iter(columns.values()))
    table.add_row("nội dung có nhiệm vụ / không", f"{ours.answering} / {ours.silent}")
    for place, (name, _) in enumerate(ours.rows()):
        told = [list(each.rows())[place][1] for each in columns.values()]
        ranking = name in ("hit@1", "hit@3", "MRR")
        table.add_row(name, *(f"{value:.3f}" if ranking or not n else "" for n, value in enumerate(told)))
    people.print(table)
    statuses = ", ".join(f"{status} {value:.2f}" for status, value in ours.by_status.items())
    people.print(f"F1 theo trạng thái đơn vị nêu: {statuses}", markup=False, soft_wrap=True)


def _print_misses(lines: list[Line]) -> None:
    for line in lines:
        if line.wanted and (not line.ranked or line.ranked[0][0] not in line.wanted):
            people.print(f"sai nhiệm vụ: {line.name}", markup=False, soft_wrap=True)
        elif line.accepted - line.wanted:
            people.print(f"gắn thừa: {line.name}", markup=False, soft_wrap=True)
        elif line.wanted - line.accepted:
            people.print(f"gắn sót: {line.name}", markup=False, soft_wrap=True)
        if line.claimed and line.claimed[0] != line.claimed[1]:
            people.print(
                f"trạng thái {line.claimed[0]}, đọc là {line.claimed[1]}: {line.name}", markup=False, soft_wrap=True
            )


def _saved(columns: dict[str, Figures]) -> dict[str, Any]:
    return {name: dict(each.rows()) for name, each in columns.items()}

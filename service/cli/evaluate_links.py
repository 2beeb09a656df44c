"""``dondoc evaluate`` on gold sets of reports: links measured beside plain TF-IDF and BM25 in the same run."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.table import Table

from service.cli.gold_links import lines_of, opened, plain, sets_in, unheard_lines
from service.cli.output import people
from service.errors import InvalidInput

if TYPE_CHECKING:
    from nlp.evaluate_links import Figures, Line, Ranker
    from service.cli.gold_links import Opened
    from service.linking.study import Studied


def evaluate_links(gold: Path, part: str, data: Path, *, misses: bool, save: Path | None) -> None:
    """Print the figures of ``docs/accuracy.md``, each in two ways; misses only where they are asked for (never sealed).

    *As extracted*: end to end, a task that was not read cannot be found. *As reviewed*: the task lists are put right
    first, as an office does before reports come in. Beside them the real pairs of the tracker, where it is at hand.
    """
    from nlp.scorer import shipped
    from service.cli.tracker_links import measure

    paths = sets_in(gold, part)
    if not paths:
        raise InvalidInput(f"Không có bộ đối chiếu nào trong {gold}.")
    with opened(paths) as sets:
        lines, read = _measured(sets, sets.study(), "như bóc tách")
        done = sets.review()
        work = f"nhập thêm {done.added}, sửa {done.corrected}, bỏ {done.removed}"
        _, reviewed = _measured(sets, sets.study(), f"danh mục nhiệm vụ đã rà soát ({work})")
    real, tasks, changes = measure(data, shipped())
    if real:
        _print_ranking(real, f"cặp thật: {tasks} nhiệm vụ của bảng theo dõi Đắk Lắk; {changes} lượt báo cáo lần sau")
    if misses:
        _print_misses(lines)
    if save:
        saved = {"extracted": _saved(read), "reviewed": _saved(reviewed), "tracker": _saved(real)}
        save.write_text(json.dumps(saved, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _measured(sets: Opened, studied: Sequence[Studied], how: str) -> tuple[list[Line], dict[str, Figures]]:
    """The figures of the sets as they are in the store now, printed; the lines that they come from."""
    from nlp.evaluate_links import figures
    from nlp.scorer import shipped

    lines = [*lines_of(studied, shipped()), *unheard_lines(sets)]
    columns: dict[str, Figures] = {shipped().version: figures(lines)}
    rankers: tuple[tuple[Ranker, str], ...] = (("tfidf", "TF-IDF"), ("bm25", "BM25"))
    for ranker, title in rankers:
        for told in (False, True):
            columns[title + " + đúng đơn vị" * told] = figures(plain(sets.app, lines, ranker, told_unit=told))
    unread = sum(line.unread for report in studied for line in report.lines)
    missing = f"; {unread} lượt nhiệm vụ không bóc tách được" if unread else ""
    engine = "Elasticsearch" if sets.app.settings.elasticsearch_url else "chỉ mục nhúng"
    _print(columns, f"{len(sets.paths)} bộ, {len(lines)} nội dung, {how}{missing}; {engine}")
    _print_statuses(columns)
    return lines, columns


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


def _print_ranking(columns: dict[str, Figures], title: str) -> None:
    """Only how well the right task is found: these pairs have no statements that answer nothing."""
    table = Table("", *columns, title=title, title_justify="left")
    for place, name in enumerate(("hit@1", "hit@3", "MRR")):
        table.add_row(name, *(f"{list(each.rows())[place][1]:.3f}" for each in columns.values()))
    people.print(table)


def _print_statuses(columns: dict[str, Figures]) -> None:
    ours = next(iter(columns.values()))
    statuses = ", ".join(f"{status} {value:.2f}" for status, value in ours.by_status.items())
    people.print(f"F1 theo trạng thái đơn vị nêu: {statuses}", markup=False, soft_wrap=True)
    taken = ", ".join(f"{meant} → {found} {count}" for (meant, found), count in ours.taken_for.items())
    people.print(f"Trạng thái đọc nhầm (số lượt): {taken or 'không'}", markup=False, soft_wrap=True)


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

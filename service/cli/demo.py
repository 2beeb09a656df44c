"""``dondoc demo``: the sample corpus taken in, its matrix, how right the facts are, and how to open the pages."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from rich.table import Table

from service.cli.output import people, progress
from service.settings import Settings, load

MARKS = {
    "done_on_time": "[green]đã hoàn thành đúng hạn[/]",
    "done_late": "[yellow]đã hoàn thành quá hạn[/]",
    "open_in_time": "[blue]chưa hoàn thành, trong hạn[/]",
    "open_overdue": "[red]chưa hoàn thành, quá hạn[/]",
    "no_deadline": "không quy định thời hạn",
}
REPORTS = {
    "not_due": "chưa đến kỳ",
    "reported": "đã báo cáo",
    "reported_late": "[yellow]báo cáo chậm[/]",
    "missing": "[red]chưa báo cáo[/]",
}


def demo_settings(home: Path | None = None) -> Settings:
    """The demo keeps its data apart from the office's own."""
    base = load()
    return base.model_copy(update={"home": home or base.home / "demo", "database_url": "", "processes": 0})


def show_demo(home: Path | None) -> None:
    """Fill, show, check, and say where to look next."""
    from service import demo, gaps
    from service.bootstrap import open_app
    from service.demo.check import check

    settings = demo_settings(home)
    with open_app(settings) as app:
        with progress("Nhập bộ văn bản mẫu") as update:
            demo.fill(app, progress=update)
        truth = demo.truth()
        query = gaps.parse_query(app.store, directive="88/KH-UBND", as_of=truth["as_of"], settings=settings)
        print_matrix(cell.to_json() for cell in gaps.gaps(app.store, query))
        people.print(
            f"Số liệu tính đến ngày 31/12/2022; liên kết do máy đề xuất, chờ rà soát. Dữ liệu: {settings.home}"
        )
        print_scores(check(app, truth))
    command = "dondoc serve --demo" if home is None else f"DONDOC_HOME={settings.home} dondoc serve"
    people.print(f"\nMở giao diện: [bold]{_prefix()}{command}[/] rồi vào http://{settings.host}:{settings.port}")


def _prefix() -> str:
    """The folder of our command when it is not on the PATH, so that the printed line works when pasted."""
    import sys

    if shutil.which("dondoc"):
        return ""
    here = Path(sys.argv[0])
    return f"{here.parent.as_posix()}/" if here.name.startswith("dondoc") and here.parent != Path() else ""


def print_matrix(cells: Iterable[Mapping[str, Any]]) -> None:
    """One line a cell: the task, its unit, and the two axes."""
    table = Table(title="Bảng theo dõi theo đơn vị và kỳ", show_lines=False, title_justify="left")
    for name in ("Nhiệm vụ", "Đơn vị", "Kỳ", "Hạn", "Tình trạng nhiệm vụ", "Báo cáo"):
        table.add_column(name, overflow="fold")
    for cell in cells:
        table.add_row(
            _short(cell["task"]["text"]),
            cell["unit"] or "–",
            cell["period"] or "",
            _day(cell["due"]),
            MARKS[cell["task_status"]],
            REPORTS[cell["report_status"]],
        )
    people.print(table)


def _short(text: str, limit: int = 70) -> str:
    return text if len(text) <= limit else text[: limit - 1].rsplit(" ", 1)[0] + "…"


def _day(value: str | None) -> str:
    return "/".join(reversed(value.split("-"))) if value else ""


def print_scores(scores: Iterable[Any]) -> None:
    """Precision and recall against the truth, and every miss."""
    table = Table(title="Độ chính xác so với đáp án", title_justify="left")
    for name in ("Nội dung", "Đúng", "Tìm thấy", "Đáp án", "Chuẩn xác (P)", "Đầy đủ (R)"):
        table.add_column(name, justify="left" if name == "Nội dung" else "right")
    misses = []
    for score in scores:
        table.add_row(
            score.name,
            str(score.right),
            str(score.found),
            str(score.expected),
            f"{score.precision:.3f}",
            f"{score.recall:.3f}",
        )
        misses += [f"{score.name}: {miss}" for miss in score.misses]
    people.print(table)
    people.print("Sai, sót: không có." if not misses else "Sai, sót:")
    for miss in misses:
        people.print(f"  {miss}", markup=False)

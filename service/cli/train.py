"""``dondoc train-tasks``: the classifier of assigned work, trained and measured anew."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from service.cli.evaluate import DATA, GOLD
from service.cli.output import guarded, people

MODEL = Path("nlp/data/model/assign.json")


@guarded
def train_tasks(
    gold: Annotated[Path, typer.Option(help="Thư mục chú giải.")] = GOLD,
    data: Annotated[Path, typer.Option(help="Thư mục chứa các văn bản được chú giải.")] = DATA,
    save: Annotated[Path | None, typer.Option(help="Ghi mô hình vào tệp này.")] = None,
) -> None:
    """Huấn luyện bộ phân loại câu giao việc; in kết quả đo trên văn bản không dùng để học."""
    from corpus.reader import read
    from nlp.train import fit, prepare
    from nlp.train_data import gather
    from nlp.train_report import measure

    prepared = prepare(list(gather(gold, data, read)))
    model = fit(prepared)
    for part in measure(prepared, model):
        table = Table(title=part.title, title_justify="left")
        for name in ("", "P", "R", "F1", "tìm thấy", "chú giải"):
            table.add_column(name, justify="right" if name else "left")
        for row in part.rows:
            table.add_row(*row)
        people.print(table)
    people.print(json.dumps(model.about, ensure_ascii=False, indent=1), markup=False)
    if save:
        save.write_text(json.dumps(model.to_json(), ensure_ascii=False) + "\n", encoding="utf-8")

"""Facts of files without a database: ``extract`` and ``evaluate``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from service.cli.output import guarded, line, people, progress


@guarded
def extract(
    files: Annotated[list[Path], typer.Argument(help="Tệp PDF, DOCX, HTML, Markdown hoặc văn bản thuần.")],
    with_text: Annotated[bool, typer.Option("--with-text", help="Ghi cả phần chữ đã đọc.")] = False,
) -> None:
    """Đọc tệp và ghi ra JSON Lines: thể thức, viện dẫn, nhiệm vụ, nội dung báo cáo; không cần cơ sở dữ liệu."""
    from corpus.reader import read
    from nlp.contract import to_json
    from nlp.pipeline import extract as find_facts

    failed = 0
    with progress("Bóc tách") as update:
        for number, path in enumerate(files):
            update(number, len(files), path.name)
            document = read(path)
            failed += document.status == "failed"
            line(to_json(document, find_facts(document), with_text=with_text))
    if failed:
        raise typer.Exit(1)


@guarded
def evaluate(
    gold: Annotated[Path, typer.Argument(help="Thư mục hoặc tệp chú giải (JSON).")] = Path("tests/gold"),
    data: Annotated[Path, typer.Option(help="Thư mục chứa các văn bản được chú giải.")] = Path("../shared/data"),
    misses: Annotated[bool, typer.Option("--misses", help="In từng chỗ sai, sót.")] = False,
    part: Annotated[str, typer.Option(help="dev, test hoặc all.")] = "all",
) -> None:
    """Đo độ chính xác so với chú giải: P, R, F1 theo từng loại, từng trường."""
    from nlp.evaluate import evaluate_folder

    from service.cli.reading import reader_of

    report = evaluate_folder(gold, read=reader_of(data), part=part)
    for row in report.lines(misses=misses):
        people.print(row, markup=False)

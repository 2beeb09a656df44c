"""Facts of files without a database: ``extract``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from service.cli.output import guarded, line, progress


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

"""The task list as files, and what people corrected as training data."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from service.cli.output import guarded, lines, people, progress
from service.errors import InvalidInput


@guarded
def export_tasks(
    output: Annotated[Path, typer.Option("--output", "-o", help="Tệp ghi ra.")],
    form: Annotated[str, typer.Option("--format", help="xlsx, docx, annex-csv hoặc annex-json (Phụ lục VI).")] = "xlsx",
    directive: Annotated[str | None, typer.Option(help="Chỉ nhiệm vụ của văn bản này (số, ký hiệu[@ngày]).")] = None,
    unit: Annotated[str | None, typer.Option(help="Chỉ nhiệm vụ của đơn vị này.")] = None,
) -> None:
    """Xuất danh mục nhiệm vụ: Excel để sửa rồi nhập lại, hoặc theo tên trường của Phụ lục VI Nghị định 30/2020."""
    from service import task_list
    from service.bootstrap import open_app
    from service.settings import load

    with open_app(load()) as app:
        chosen = list(task_list.choose(app, task_list.Choice(directive=directive, unit=unit)))
        data = task_list.outgoing(chosen, form)
    output.write_bytes(data)
    people.print(f"{output}: {len(chosen)} nhiệm vụ.", markup=False)


@guarded
def import_tasks(
    file: Annotated[Path, typer.Argument(help="Danh mục đã sửa (.xlsx, hoặc .csv, .json theo Phụ lục VI).")],
    apply: Annotated[bool, typer.Option("--apply", help="Ghi vào kho; không có thì chỉ liệt kê thay đổi.")] = False,
) -> None:
    """Nhập lại danh mục nhiệm vụ: liệt kê thay đổi, chỗ sai theo dòng và cột; --apply ghi tất cả hoặc không ghi gì."""
    from service import task_list
    from service.bootstrap import open_app
    from service.settings import load

    try:
        data = file.read_bytes()
    except OSError as error:
        raise InvalidInput(f"Không mở được tệp {file} ({error.strerror}).") from None
    settings = load()
    with open_app(settings) as app:
        made = task_list.plan(app, task_list.incoming(data), file=file.name)
        for line in made.lines():
            people.print(line, markup=False)
        if made.problems:
            raise typer.Exit(1)
        if apply and (done := task_list.apply(app, made, by=settings.person)):
            people.print(f"Đã ghi, thao tác số {done.id}.", markup=False)


@guarded
def export_corrections(
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Tệp ghi ra; không có thì in ra.")] = None,
) -> None:
    """Xuất những gì cán bộ đã sửa, duyệt, loại bỏ thành dữ liệu huấn luyện (JSONL, dạng của tests/gold)."""
    from service import task_list
    from service.bootstrap import open_app
    from service.settings import load

    with open_app(load()) as app:
        if output is None:
            lines(task_list.corrections(app))
            return
        rows = [json.dumps(line, ensure_ascii=False) + "\n" for line in task_list.corrections(app)]
    output.write_text("".join(rows), encoding="utf-8")
    sys.stderr.write(f"{output}: {len(rows)} văn bản.\n")


@guarded
def find_duplicates(
    directive: Annotated[str | None, typer.Option(help="Chỉ nhiệm vụ của văn bản này (số, ký hiệu[@ngày]).")] = None,
) -> None:
    """Nhiệm vụ giao trùng, trong một văn bản hoặc nhiều văn bản; khác nhau về thời hạn, đơn vị chủ trì (JSONL)."""
    from service import duplicates
    from service.bootstrap import open_app
    from service.references import resolve_document
    from service.settings import load

    with open_app(load()) as app:
        with progress("Tìm nhiệm vụ giao trùng") as update:
            duplicates.refresh(app, progress=update)
        numbers = [found.id for found in resolve_document(app.store, directive)] if directive else [None]
        lines(double.to_json() for number in numbers for double in duplicates.everything(app.store, number))

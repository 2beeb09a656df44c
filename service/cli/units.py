"""Commands about units: the office's list in and out, what a name stands for on a day, whose system this is."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from service.cli.asks import Format, FormatOption
from service.cli.intake import parse_day
from service.cli.output import guarded, line, lines, people
from service.errors import InvalidInput


@guarded
def import_units(
    files: Annotated[list[Path], typer.Argument(help="Tệp CSV: Tên đơn vị, Viết tắt, Loại, Từ ngày, Đến ngày, …")],
) -> None:
    """Nhập danh sách đơn vị của cơ quan (CSV); nhập lại không đổi gì, mọi thay đổi được ghi lại."""
    from service.bootstrap import open_app
    from service.settings import load
    from service.units.table import import_units as bring_in

    settings, problems = load(), 0
    with open_app(settings) as app:
        for path in files:
            try:
                data = path.read_bytes()
            except OSError as error:
                raise InvalidInput(f"Không đọc được {path.name}: {error.strerror}") from None
            result = bring_in(app.store, data, path.name, by=settings.person, at=dt.datetime.now(dt.UTC))
            problems += len(result.problems)
            line({"file": path.name, **result.to_json()})
            for problem in result.problems:
                people.print(f"{path.name}: {problem}", markup=False)
    if problems:
        raise typer.Exit(1)


@guarded
def units(
    name: Annotated[str | None, typer.Argument(help="Tên cần tra: đơn vị nào, hoặc nhóm nào, tại một ngày.")] = None,
    on: Annotated[str | None, typer.Option(help="Tại ngày (mặc định: hôm nay).")] = None,
    csv: Annotated[bool, typer.Option("--csv", help="Xuất danh sách đơn vị của cơ quan ra CSV.")] = False,
    listed: Annotated[bool, typer.Option("--all", help="Cả đơn vị có sẵn của tỉnh và Trung ương.")] = False,
    set_office: Annotated[str | None, typer.Option(help="Khai báo cơ quan dùng hệ thống.")] = None,
    form: FormatOption = Format.jsonl,
) -> None:
    """Đơn vị của cơ quan; hoặc tra một tên là đơn vị nào tại một ngày, nay là đơn vị nào."""
    from service.bootstrap import open_app
    from service.settings import load
    from service.units import directory
    from service.units.edit import set_office as declare
    from service.units.show import resolve_to_json, unit_to_json
    from service.units.table import export_units

    settings = load()
    day = parse_day(on, "--on") if on else dt.datetime.now(settings.zone).date()
    with open_app(settings) as app:
        if set_office is not None:
            unit = declare(app.store, set_office, by=settings.person, at=dt.datetime.now(dt.UTC))
            line({"office": unit.id, "name": unit.name(day), "province": unit.province})
            return
        if csv:
            sys.stdout.write(export_units(app.store))
            return
        found = directory(app.store)
        rows = (
            resolve_to_json(name, found, day)
            if name
            else [
                unit_to_json(unit, found, day)
                for unit in (found.registry.units(day, found.office.province) if listed else found.office.units)
            ]
        )
    if form is Format.jsonl:
        lines(_plain(row) for row in rows)
        return
    table = Table("Đơn vị", "Mã", "Ghi chú")
    for row in rows:
        note = ", ".join(row.get("members", [])[:8]) or str(row.get("valid_to") or row.get("ended") or "")
        table.add_row(row.get("label") or row["name"] or row["text"], row.get("id") or row.get("unit") or "–", note)
    people.print(table)


def _plain(value: object) -> dict[str, object]:
    """Days as ISO text."""
    import json

    made: dict[str, object] = json.loads(json.dumps(value, ensure_ascii=False, default=str))
    return made

"""Commands about legal references: force on a day, drafts, annotated texts, the citation graph."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from service.cli.asks import Format, FormatOption
from service.cli.intake import parse_day
from service.cli.output import guarded, line, lines, people
from service.errors import InvalidInput

OnOption = Annotated[str | None, typer.Option(help="Hiệu lực tại ngày (mặc định: hôm nay).")]
OutputOption = Annotated[Path | None, typer.Option("--output", "-o", help="Ghi vào tệp này thay vì đầu ra chuẩn.")]


class Markup(StrEnum):
    """Forms of an annotated document."""

    html = "html"
    akn = "akn"


class GraphFormat(StrEnum):
    """Forms of the citation graph."""

    csv = "csv"
    graphml = "graphml"


@guarded
def validity(
    symbol: Annotated[str, typer.Argument(help="Số, ký hiệu[@ngày], ví dụ 17/2023/NĐ-CP.")],
    on: OnOption = None,
    locator: Annotated[str, typer.Option(help="Điều, khoản, điểm, ví dụ “khoản 2 Điều 5”.")] = "",
    form: FormatOption = Format.jsonl,
) -> None:
    """Hiệu lực của một văn bản (hoặc điều, khoản) tại một ngày, kèm lý do và nguồn."""
    from service.bootstrap import open_app
    from service.settings import load
    from service.validity import parse_locator
    from service.validity import validity as judge

    settings = load()
    with open_app(settings) as app:
        found = judge(app.store, symbol, _day(on, settings.zone), parse_locator(locator))
    if form is Format.jsonl:
        line(found.to_json())
        return
    people.print(f"{found.symbol} – hiệu lực tại ngày {found.on:%d/%m/%Y}: {found.words}", markup=False)
    for reason in found.reasons:
        people.print(f"  - {reason.text}", markup=False)
    for words in (*(f"Thiếu: {m}" for m in found.missing), *found.conflicts):
        people.print(f"  ! {words}", markup=False)


@guarded
def import_validity(
    files: Annotated[list[Path], typer.Argument(help="Tệp CSV: symbol, issued, effective, expired, replaced_by, …")],
) -> None:
    """Nhập bảng hiệu lực của cơ quan (CSV), giữ nguồn của từng dòng; nhập lại không đổi gì."""
    from service.bootstrap import open_app
    from service.office_table import import_table
    from service.settings import load

    problems = 0
    with open_app(load()) as app:
        for path in files:
            try:
                data = path.read_bytes()
            except OSError as error:
                raise InvalidInput(f"Không đọc được {path.name}: {error.strerror}") from None
            result = import_table(app.store, data, path.name, at=dt.datetime.now(dt.UTC))
            problems += len(result.problems)
            people.print(f"{path.name}: {result.rows} dòng, {result.new} dòng mới.", markup=False)
            for problem in result.problems:
                people.print(f"  {problem}", markup=False)
    if problems:
        raise typer.Exit(1)


@guarded
def check_draft(
    file: Annotated[Path, typer.Argument(help="Dự thảo: DOCX, PDF, HTML hoặc văn bản thuần.")],
    on: OnOption = None,
    form: FormatOption = Format.jsonl,
) -> None:
    """Rà soát viện dẫn trong dự thảo: mỗi dòng một điểm cần xem lại."""
    from corpus.reader import read
    from service.bootstrap import open_app
    from service.draft_check import check_document
    from service.settings import load

    settings = load()
    with open_app(settings) as app:
        checked = check_document(app, read(file), _day(on, settings.zone))
    if form is Format.jsonl:
        lines(finding.to_json() for finding in checked.findings)
        return
    table = Table("Mức", "Viện dẫn", "Nhận xét")
    words = {"error": "cần sửa", "warning": "cần xem", "info": "lưu ý"}
    for finding in checked.findings:
        table.add_row(words[finding.severity], finding.citation.text[:60], finding.text)
    people.print(table)
    people.print(f"{len(checked.citations)} viện dẫn, {len(checked.findings)} nhận xét.", markup=False)


@guarded
def annotate(
    file: Annotated[Path, typer.Argument(help="Tệp cần đánh dấu viện dẫn.")],
    form: Annotated[
        Markup, typer.Option("--format", help="html (trang độc lập) hoặc akn (Akoma Ntoso).")
    ] = Markup.html,
    output: OutputOption = None,
) -> None:
    """Đánh dấu mọi viện dẫn trong một tệp; không cần cơ sở dữ liệu."""
    from corpus.reader import read
    from nlp.pipeline import extract
    from service.annotate import to_akn, to_html

    document = read(file)
    if document.status == "failed":
        raise InvalidInput(document.problems[0].message if document.problems else "Chưa đọc được tệp này")
    facts = extract(document)
    if form is Markup.html:
        _write([to_html(document, facts.header, facts.citations)], output)
    else:
        _write([to_akn(document, facts.header, facts.citations, on=dt.datetime.now(dt.UTC).date())], output)


@guarded
def export_graph(
    form: Annotated[GraphFormat, typer.Option("--format", help="csv hoặc graphml.")] = GraphFormat.csv,
    output: OutputOption = None,
) -> None:
    """Xuất mạng viện dẫn của cả kho."""
    from service.bootstrap import open_app
    from service.graph_export import edges, to_csv, to_graphml
    from service.settings import load

    with open_app(load()) as app:
        if form is GraphFormat.csv:
            _write(to_csv(edges(app.store)), output, encoding="utf-8-sig")
        else:
            _write(to_graphml(app.store), output)


def _write(pieces: Iterable[str], output: Path | None, encoding: str = "utf-8") -> None:
    """To a file (CSV with a mark, so that spreadsheets take it for UTF-8) or to standard output."""
    if output is None:
        for piece in pieces:
            sys.stdout.write(piece)
        sys.stdout.flush()
        return
    with output.open("w", encoding=encoding, newline="") as stream:
        stream.writelines(pieces)


def _day(value: str | None, zone: dt.tzinfo) -> dt.date:
    return parse_day(value, "--on") or dt.datetime.now(zone).date()

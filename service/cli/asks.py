"""Commands that ask: ``links``, ``gaps``, ``search``. JSON Lines for scripts, a table for people."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Annotated

import typer
from rich.table import Table

from service.cli.intake import parse_day
from service.cli.output import guarded, lines, people
from service.errors import InvalidInput


class Format(StrEnum):
    """Who reads the answer."""

    jsonl = "jsonl"
    table = "table"


FormatOption = Annotated[Format, typer.Option("--format", help="jsonl cho máy, table cho người.")]


@guarded
def links(
    candidates: Annotated[int, typer.Option(min=1, help="Số nhiệm vụ đề xuất cho mỗi nội dung báo cáo.")] = 1,
    report: Annotated[str | None, typer.Option(help="Số, ký hiệu của báo cáo.")] = None,
    form: FormatOption = Format.jsonl,
) -> None:
    """Đối chiếu báo cáo – nhiệm vụ: mỗi dòng một cặp, kèm căn cứ đề xuất."""
    from service import linking
    from service.bootstrap import open_app
    from service.settings import load

    with open_app(load()) as app:
        found = linking.links(app, candidates=candidates, report=report)
        if form is Format.jsonl:
            lines(found)
            return
        table = Table("Báo cáo", "Nội dung", "Nhiệm vụ", "Mức", "Trạng thái")
        for row in found:
            task = row["task"]
            table.add_row(
                row["report"]["symbol"] or "",
                row["item"]["text"][:80],
                task["text"][:80] if task else "–",
                f"{row['probability']:.2f}",
                row["decision"],
            )
        people.print(table)


@guarded
def gaps(
    directive: Annotated[str | None, typer.Option(help="Văn bản giao: số, ký hiệu[@ngày].")] = None,
    unit: Annotated[str | None, typer.Option(help="Đơn vị.")] = None,
    period: Annotated[str | None, typer.Option(help="Kỳ báo cáo.")] = None,
    as_of: Annotated[str | None, typer.Option(help="Số liệu tính đến ngày (theo ngày văn bản và ngày đến).")] = None,
    known_at: Annotated[str | None, typer.Option(help="Theo những gì kho đã biết vào thời điểm này.")] = None,
    form: FormatOption = Format.jsonl,
) -> None:
    """Việc nào xong, việc nào chậm, đơn vị nào chưa báo cáo: mỗi dòng một đầu việc theo dõi."""
    from service import gaps as asking
    from service.bootstrap import open_app
    from service.cli.demo import print_matrix
    from service.settings import load

    settings = load()
    with open_app(settings) as app:
        query = asking.parse_query(
            app.store,
            directive=directive,
            unit=unit,
            period=period,
            as_of=parse_day(as_of, "--as-of"),
            known_at=_moment(known_at),
            settings=settings,
        )
        cells = asking.gaps(app.store, query)
        if form is Format.jsonl:
            lines(cell.to_json() for cell in cells)
        else:
            print_matrix(cell.to_json() for cell in cells)


def _moment(value: str | None) -> dt.datetime | None:
    if value is None:
        return None
    try:
        moment = dt.datetime.fromisoformat(value)
    except ValueError:
        raise InvalidInput(f"--known-at: “{value}” không phải là thời điểm (ví dụ 2026-11-23T08:00).") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)


@guarded
def search(  # noqa: PLR0913, PLR0917 - each option is an argument
    query: Annotated[
        str, typer.Argument(help="Số, ký hiệu viết kiểu nào cũng được, hoặc từ ngữ có dấu, không dấu.")
    ] = "",
    limit: Annotated[int, typer.Option(min=1, max=1000, help="Số kết quả.")] = 20,
    kind: Annotated[str | None, typer.Option(help="Loại văn bản.")] = None,
    issuer: Annotated[str | None, typer.Option(help="Cơ quan ban hành, có dấu hoặc không dấu.")] = None,
    since: Annotated[str | None, typer.Option(help="Ban hành từ ngày.")] = None,
    until: Annotated[str | None, typer.Option(help="Ban hành đến ngày.")] = None,
    in_force_on: Annotated[str | None, typer.Option(help="Còn hiệu lực tại ngày.")] = None,
    cites: Annotated[str | None, typer.Option(help="Viện dẫn văn bản này: số, ký hiệu[@ngày].")] = None,
    cited_by: Annotated[str | None, typer.Option(help="Được văn bản này viện dẫn: số, ký hiệu[@ngày].")] = None,
    form: FormatOption = Format.jsonl,
) -> None:
    """Tra cứu văn bản, điều khoản; không có từ khóa thì liệt kê theo điều kiện lọc."""
    from service import references
    from service.bootstrap import open_app
    from service.filters import Filters
    from service.settings import load

    days = (parse_day(since, "--since"), parse_day(until, "--until"), parse_day(in_force_on, "--in-force-on"))
    filters = Filters(kind, issuer, *days, cites, cited_by)
    with open_app(load()) as app:
        hits = references.search(app, query, limit=limit, filters=filters)
        if form is Format.jsonl:
            lines(hit.to_json() for hit in hits)
            return
        table = Table("Văn bản", "Ngày", "Đoạn tìm thấy")
        for hit in hits:
            row = hit.to_json()
            document = row["document"]
            name = f"{document['kind'] or ''} {document['symbol'] or document['title'] or ''}".strip()
            table.add_row(name, document["date"] or "", row["passage"][:120])
        people.print(table)

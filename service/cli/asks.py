"""Commands that ask: ``links``, ``gaps``, ``search``. JSON Lines for scripts, a table for people."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from service.cli.intake import parse_day
from service.cli.output import guarded, lines, people, written
from service.cli.weighing import weigh
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
def gaps(  # noqa: PLR0913, PLR0917 - each option is an argument
    directive: Annotated[str | None, typer.Option(help="Văn bản giao: số, ký hiệu[@ngày].")] = None,
    unit: Annotated[str | None, typer.Option(help="Đơn vị.")] = None,
    period: Annotated[str | None, typer.Option(help="Kỳ báo cáo.")] = None,
    as_of: Annotated[str | None, typer.Option(help="Số liệu tính đến ngày (theo ngày văn bản và ngày đến).")] = None,
    known_at: Annotated[str | None, typer.Option(help="Theo những gì kho đã biết vào thời điểm này.")] = None,
    chain: Annotated[bool, typer.Option("--chain", help="Cả các văn bản triển khai văn bản giao.")] = False,
    tree: Annotated[bool, typer.Option("--tree", help="Cả các đơn vị trực thuộc.")] = False,
    leader: Annotated[str | None, typer.Option(help="Lãnh đạo phụ trách.")] = None,
    matter: Annotated[str | None, typer.Option(help="Lĩnh vực.")] = None,
    status: Annotated[list[str] | None, typer.Option(help="Trạng thái nhiệm vụ (nhiều lần được).")] = None,
    report_status: Annotated[list[str] | None, typer.Option(help="Trạng thái báo cáo (nhiều lần được).")] = None,
    rule: Annotated[list[str] | None, typer.Option(help="Vấn đề cần xử lý (nhiều lần được).")] = None,
    compare_to: Annotated[
        str | None, typer.Option(help="So với số liệu của ngày này; in tổng số, không in từng đầu việc.")
    ] = None,
    form: FormatOption = Format.jsonl,
) -> None:
    """Việc nào xong, việc nào chậm, đơn vị nào chưa báo cáo: mỗi dòng một đầu việc theo dõi."""
    from service import gaps as asking
    from service.bootstrap import open_app
    from service.cli.answers import print_comparison
    from service.cli.demo import print_matrix
    from service.settings import load

    settings = load()
    asked = {
        "directive": directive, "unit": unit, "period": period, "as_of": parse_day(as_of, "--as-of"),
        "known_at": _moment(known_at), "chain": chain, "tree": tree, "leader": leader, "matter": matter,
        "task_status": status, "report_status": report_status, "rules": rule,
    }  # fmt: skip
    before = parse_day(compare_to, "--compare-to")
    with open_app(settings) as app:
        query = asking.query_of(app.store, asked, settings)
        weigh(app, query)
        if before is not None:
            found = asking.compare(app.store, query, before)
            lines([found.to_json()]) if form is Format.jsonl else print_comparison(found)
        elif form is Format.jsonl:
            written(asking.json_lines(app.store, query))
        else:
            print_matrix(cell.to_json() for cell in asking.each_cell(app.store, query))


@guarded
def ask(
    question: Annotated[
        str, typer.Argument(help="Câu hỏi hằng ngày, có dấu hoặc không dấu; để trống nếu dùng --saved.")
    ] = "",
    limit: Annotated[int, typer.Option(min=1, help="Số đầu việc in ra.")] = 50,
    save: Annotated[str | None, typer.Option(help="Lưu câu hỏi dưới tên này.")] = None,
    shared: Annotated[bool, typer.Option("--shared", help="Cho mọi người cùng dùng câu hỏi lưu.")] = False,
    saved: Annotated[bool, typer.Option("--saved", help="Liệt kê các câu hỏi đã lưu.")] = False,
    chosen: Annotated[
        int | None, typer.Option("--take", min=1, help="Lấy cách hiểu có số này khi câu hỏi chưa xác định được.")
    ] = None,
    form: FormatOption = Format.table,
) -> None:
    """Hỏi bằng lời: “việc nào sắp trễ”, “Sở Nội vụ chưa báo cáo quý III”; in điều kiện lọc rồi in câu trả lời."""
    from service import gaps as asking
    from service.bootstrap import open_app
    from service.cli.answers import print_answer, print_not_understood, print_searches
    from service.jobs.lease import now
    from service.settings import load

    settings = load()
    with open_app(settings) as app:
        if saved:
            print_searches(app.store.searches(settings.person))
            return
        weigh(app, asking.parse_query(app.store, settings=settings))
        asked = asking.ask(app.store, question, settings)
        if chosen is not None and asked.query is None:
            asked = asking.take(app.store, asked, chosen, settings)
        if asked.query is None or asked.filter is None:
            lines([asked.to_json()]) if form is Format.jsonl else print_not_understood(asked)
            raise typer.Exit(2)
        if save:
            app.store.save_search(
                save, owner=settings.person, question=question, query=asked.filter, shared=shared, at=now()
            )
        if form is Format.jsonl:
            lines([asked.to_json() | {"answer": asking.answer(app.store, asked, limit=limit)}])
        else:
            print_answer(app.store, asked, limit)


@guarded
def charges(
    file: Annotated[
        Path | None, typer.Argument(help="Tệp CSV: lãnh đạo, đơn vị hoặc lĩnh vực; bỏ trống thì liệt kê.")
    ] = None,
) -> None:
    """Phân công lãnh đạo phụ trách đơn vị, lĩnh vực: nhập từ tệp CSV hai cột, hoặc liệt kê."""
    from service.bootstrap import open_app
    from service.gaps.charges import read_charges
    from service.settings import load

    with open_app(load()) as app:
        if file is not None:
            app.store.put_charges(read_charges(file.read_bytes(), file.name))
        table = Table("Lãnh đạo", "Phụ trách", "")
        for one in app.store.charges():
            table.add_row(one.leader, one.name, "đơn vị" if one.kind == "unit" else "lĩnh vực")
        people.print(table)


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

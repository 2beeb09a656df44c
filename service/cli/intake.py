"""Commands that fill the store: ``ingest``, ``reread``, ``reindex``, ``demo``."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from service.cli.output import guarded, people, progress
from service.errors import IndexUnavailable, InvalidInput
from service.ports import Ports


def parse_day(value: str | None, option: str) -> dt.date | None:
    """A date as ISO or dd/mm/yyyy."""
    if value is None:
        return None
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return dt.datetime.strptime(value, form).replace(tzinfo=dt.UTC).date()
        except ValueError:
            continue
    raise InvalidInput(f"{option}: “{value}” không phải là ngày (ví dụ 2026-11-23 hoặc 23/11/2026).")


@guarded
def ingest(
    paths: Annotated[list[Path], typer.Argument(help="Tệp hoặc thư mục.")],
    arrived: Annotated[str | None, typer.Option(help="Ngày đến của các tệp này.")] = None,
) -> None:
    """Nhập văn bản vào kho; chạy lại cùng lệnh thì chỉ làm phần còn thiếu."""
    from service import ingest as intake
    from service.bootstrap import open_app
    from service.settings import load

    day = parse_day(arrived, "--arrived")
    with open_app(load()) as app:
        with progress("Nhập văn bản") as update:
            result = intake.ingest(app, paths, arrived=day, progress=update)
        for row in result.lines():
            people.print(row, markup=False)
        _link(app)
    if result.failed:
        raise typer.Exit(1)


@guarded
def reread(
    symbol: Annotated[str | None, typer.Argument(help="Số, ký hiệu[@ngày] của một văn bản.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Tất cả văn bản trong kho.")] = False,
    outdated: Annotated[bool, typer.Option("--outdated", help="Những văn bản do bộ quy tắc cũ đọc.")] = False,
) -> None:
    """Đọc lại tệp gốc bằng bộ quy tắc mới; quyết định của cán bộ được giữ, việc không còn thấy vẫn được nêu."""
    from service import reread as again
    from service.bootstrap import open_app
    from service.settings import load

    asked = [*([symbol] if symbol else []), *(["all"] if everything else []), *(["outdated"] if outdated else [])]
    if len(asked) != 1:
        raise InvalidInput("Cần đúng một trong ba: số, ký hiệu của văn bản; --all; --outdated.")
    with open_app(load()) as app:
        with progress("Đọc lại văn bản") as update:
            result = again.reread(app, asked[0], progress=update)
        for row in result.lines():
            people.print(row, markup=False)
        _link(app)
    if result.failed:
        raise typer.Exit(1)


def _link(app: Ports) -> None:
    """Match what is behind; without the search server this is left to the worker or to the next command."""
    from service import duplicates, linking

    try:
        with progress("Đối chiếu báo cáo") as update:
            linked = linking.link_all(app, progress=update)
            duplicates.refresh(app, progress=update)
    except IndexUnavailable as error:
        people.print(
            f"{error.message}. Văn bản đã được lưu đầy đủ; việc lập chỉ mục và đối chiếu báo cáo sẽ làm tiếp khi "
            "máy chủ tìm kiếm hoạt động lại (dondoc worker, dondoc serve, hoặc chạy lại lệnh này).",
            markup=False,
        )
    else:
        people.print(f"Đã đối chiếu {linked} báo cáo.", markup=False)


@guarded
def reindex(
    check: Annotated[
        bool, typer.Option("--check", help="Chỉ so chỉ mục với cơ sở dữ liệu và sửa chỗ lệch, không dựng lại.")
    ] = False,
) -> None:
    """Dựng lại chỉ mục tìm kiếm từ cơ sở dữ liệu; trong lúc dựng vẫn tra cứu được."""
    if check:
        _check()
        return
    from service import ingest as intake
    from service.bootstrap import open_app
    from service.settings import load

    with open_app(load()) as app, progress("Dựng lại chỉ mục") as update:
        count = intake.reindex(app, progress=update)
    people.print(f"Đã đưa {count} văn bản vào chỉ mục.", markup=False)


def _check() -> None:
    from service.bootstrap import open_app
    from service.indexing import apply_outbox, sweep
    from service.settings import load

    with open_app(load()) as app:
        found = sweep(app)
        with progress("Cập nhật chỉ mục") as update:
            mended = apply_outbox(app, progress=update, patience=60.0)
    people.print(
        f"Đã so {found.documents} văn bản: thiếu hoặc cũ {found.behind}, không còn trong kho {found.unknown}; "
        f"đã cập nhật {mended} văn bản.",
        markup=False,
    )


@guarded
def demo(
    home: Annotated[Path | None, typer.Option(help="Thư mục dữ liệu của bản trình diễn.")] = None,
) -> None:
    """Nhập bộ văn bản mẫu, in bảng theo dõi và độ chính xác so với đáp án, chỉ cách mở giao diện."""
    from service.cli.demo import show_demo

    show_demo(home)

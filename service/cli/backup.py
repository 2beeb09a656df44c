"""``dondoc backup`` and ``dondoc restore``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from service.cli.output import guarded, people, progress


@guarded
def backup(
    folder: Annotated[Path, typer.Argument(help="Thư mục của bản sao lưu; lần sau chỉ chép tệp gốc mới.")],
) -> None:
    """Sao lưu toàn bộ kho (cơ sở dữ liệu và tệp gốc) trong khi hệ thống vẫn chạy."""
    from service import backup as copying
    from service.bootstrap import open_app
    from service.settings import load

    with open_app(load()) as app, progress("Sao lưu") as update:
        found = copying.backup(app, folder, progress=update)
    people.print(
        f"Đã sao lưu {found.documents} văn bản, {found.rows} dòng dữ liệu; chép thêm {found.originals} tệp gốc.",
        markup=False,
    )
    if found.missing:
        people.print(
            f"{len(found.missing)} văn bản không có tệp gốc trong kho (tệp bị từ chối không được lưu).", markup=False
        )


@guarded
def restore(folder: Annotated[Path, typer.Argument(help="Thư mục của bản sao lưu.")]) -> None:
    """Khôi phục bản sao lưu vào một kho trống (SQLite hoặc PostgreSQL), sau khi kiểm tra đủ mã SHA-256."""
    from service import backup as copying
    from service.bootstrap import open_app
    from service.settings import load

    with open_app(load()) as app, progress("Khôi phục") as update:
        found = copying.restore(app, folder, progress=update)
    people.print(
        f"Đã khôi phục {found.documents} văn bản, {found.rows} dòng dữ liệu, {found.originals} tệp gốc.", markup=False
    )

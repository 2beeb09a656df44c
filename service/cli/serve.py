"""Commands that stay: ``serve`` (web UI and API) and ``worker``."""

from __future__ import annotations

from typing import Annotated

import typer

from service.cli.output import guarded, people


@guarded
def serve(
    host: Annotated[str | None, typer.Option(help="Địa chỉ lắng nghe; ngoài máy này cần DONDOC_EXPOSE=true.")] = None,
    port: Annotated[int | None, typer.Option(help="Cổng.")] = None,
    demo: Annotated[bool, typer.Option("--demo", help="Mở bộ văn bản mẫu của lệnh demo.")] = False,
) -> None:
    """Mở giao diện web và API trên máy này."""
    import uvicorn

    from service.asgi import create
    from service.cli.demo import demo_settings
    from service.settings import load

    given = {name: value for name, value in (("host", host), ("port", port)) if value is not None}
    settings = load(**given)
    if demo:
        settings = settings.model_copy(update={"home": demo_settings().home, "database_url": ""})
    people.print(f"Đôn đốc đang mở tại http://{settings.host}:{settings.port} – bấm Ctrl+C để dừng.", markup=False)
    uvicorn.run(create(settings), host=settings.host, port=settings.port, log_level="warning", server_header=False)


@guarded
def worker(
    concurrency: Annotated[int, typer.Option(min=1, max=64, help="Số tiến trình làm việc cùng lúc.")] = 1,
) -> None:
    """Chạy các tiến trình xử lý đang chờ (khi không mở giao diện web); nhiều máy có thể cùng chạy lệnh này."""
    from service.cli.workers import work_alone, work_together

    people.print("Đang chờ tiến trình xử lý – bấm Ctrl+C để dừng.", markup=False)
    if concurrency == 1:
        work_alone()
    else:
        work_together(concurrency)

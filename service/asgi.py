"""The whole web service: API and pages under one guard, with a worker thread that reads uploads."""

from __future__ import annotations

import secrets
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI
from starlette.middleware import Middleware
from starlette.staticfiles import StaticFiles

from service import __version__, worker
from service.api.errors import install_errors
from service.api.routes import router as api
from service.bootstrap import App, open_app
from service.http.guard import CookieMiddleware, GuardMiddleware
from service.settings import Settings
from service.web.pages import error_page
from service.web.pages import router as pages

STATIC = Path(__file__).parent / "web" / "static"


def create(settings: Settings) -> FastAPI:
    """The application for ``dondoc serve`` and for tests; opens the store when it starts, closes it when it stops."""

    @asynccontextmanager
    async def lifespan(web: FastAPI) -> AsyncIterator[None]:
        with open_app(settings) as app:
            web.state.dondoc = app
            stop = threading.Event()
            thread = threading.Thread(target=_work, args=(app, stop), name="dondoc-worker", daemon=True)
            thread.start()
            yield
            stop.set()
            thread.join(timeout=30)

    web = FastAPI(
        title="Đôn đốc",
        version=__version__,
        description="Nhập văn bản, tra cứu viện dẫn, đối chiếu báo cáo với nhiệm vụ, hỏi việc chậm và chưa báo cáo.",
        lifespan=lifespan,
        openapi_url="/api/v1/openapi.json",
        docs_url=None,  # its page loads scripts from a CDN; the OpenAPI file is served, docs/api.md shows its use
        redoc_url=None,
        middleware=[Middleware(GuardMiddleware, hosts=settings.allowed_hosts), Middleware(CookieMiddleware)],
    )
    web.state.secret = secrets.token_bytes(32)
    web.state.error_page = error_page
    install_errors(web)
    web.include_router(api, prefix="/api/v1")
    web.include_router(pages)
    web.mount("/static", StaticFiles(directory=STATIC), name="static")
    return web


def _work(app: App, stop: threading.Event) -> None:
    worker.run(app, stop)

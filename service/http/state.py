"""The open App behind a request."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, cast

from fastapi import Depends, Request

from service.bootstrap import App


def current_app(request: Request) -> App:
    """The App that ``service.asgi`` opened at start."""
    return cast("App", request.app.state.dondoc)


CurrentApp = Annotated[App, Depends(current_app)]


def now() -> dt.datetime:
    """The moment of a write, in UTC."""
    return dt.datetime.now(dt.UTC)

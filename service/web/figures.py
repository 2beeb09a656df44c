"""Pages that show figures: all of one moment, at once, with a word on what is still being weighed."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from fastapi import Request
from fastapi.responses import Response

from service import gaps
from service.bootstrap import App
from service.web.render import page

P = ParamSpec("P")
Handler = Callable[Concatenate[Request, App, P], Response]


def of_one_moment(handler: Handler[P]) -> Handler[P]:
    """A page (its first parameters are ``request`` and ``app``) whose figures never wait and never mix two states.

    Little that has changed is weighed first; of more the page tells that figures are being made anew, and shows those
    there are. Where all are made anew there are none to show, and the page says so instead.
    """

    @wraps(handler)
    def show(request: Request, app: App, *args: P.args, **given: P.kwargs) -> Response:
        query = gaps.parse_query(app.store, settings=app.settings)
        gaps.settle(app.store, query)
        for _ in range(2):
            with app.store.one_moment():
                request.state.waiting = left = gaps.waiting(app.store, query)
                if left.whole:
                    return page(request, "waiting.html")
                try:
                    return handler(request, app, *args, **given)
                except gaps.BeyondHorizon as far:
                    day = far
            gaps.reach(app.store, day)
            gaps.settle(app.store, query)
        return page(request, "waiting.html")

    return cast("Handler[P]", show)

"""The guard at the door: Host and Origin checked, a CSRF token on every write, strict response headers.

The service has no accounts: whoever reaches the port may decide. So it binds to loopback, answers only to its own host
names (DNS rebinding), and takes writes only from its own pages or from a client that fetched a token first.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from fastapi import Request
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse

from service.errors import DondocError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

COOKIE = "dondoc_csrf"
FIELD = "csrf_token"
HEADER = "x-csrf-token"
LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
RESPONSE_HEADERS = {
    "content-security-policy": "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'",
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}


class CsrfError(DondocError):
    """A write without a valid token."""

    code = "csrf"
    status = HTTPStatus.FORBIDDEN


def _host_name(host: str) -> str:
    """The host without its port; IPv6 keeps its brackets."""
    if host.startswith("["):
        return host.partition("]")[0] + "]"
    return host.partition(":")[0].lower()


class GuardMiddleware:
    """Refuse foreign hosts and foreign origins before any route runs; add the response headers."""

    def __init__(self, app: ASGIApp, *, hosts: Iterable[str] = ()) -> None:
        self.app = app
        self.hosts = LOOPBACK | {host.lower() for host in hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        refusal = self._refusal(scope["method"], Headers(scope=scope))
        if refusal:
            body = {"error": {"code": refusal[0], "message": refusal[1], "details": {}}}
            await JSONResponse(body, status_code=refusal[2])(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in RESPONSE_HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, send_with_headers)

    def _refusal(self, method: str, headers: Headers) -> tuple[str, str, int] | None:
        host = headers.get("host", "")
        if _host_name(host) not in self.hosts:
            return "host", "Tên máy chủ không nằm trong danh sách cho phép (DONDOC_ALLOWED_HOSTS).", 421
        origin = headers.get("origin")
        if method not in SAFE_METHODS and origin is not None and urlsplit(origin).netloc != host:
            return "origin", "Yêu cầu ghi đến từ một trang khác nên không được nhận.", 403
        return None


def new_nonce() -> str:
    """A fresh cookie value; the token is its keyed hash, so a planted cookie is worth nothing."""
    return secrets.token_urlsafe(24)


def token_for(secret: bytes, nonce: str) -> str:
    """The token that belongs to a cookie."""
    return hmac.new(secret, nonce.encode(), hashlib.sha256).hexdigest()


def csrf_token(request: Request) -> str:
    """The token of this request's cookie, for a form or ``GET /api/v1/session``."""
    return token_for(request.app.state.secret, request.state.csrf_nonce)


async def require_csrf(request: Request) -> None:
    """Dependency of every route that writes: the token comes as a header or a form field."""
    nonce = request.cookies.get(COOKIE, "")
    sent = request.headers.get(HEADER)
    if sent is None and "form" in request.headers.get("content-type", ""):
        value = (await request.form()).get(FIELD)
        sent = value if isinstance(value, str) else None
    expected = token_for(request.app.state.secret, nonce)
    if not nonce or sent is None or not hmac.compare_digest(sent.encode(), expected.encode()):
        message = "Phiên làm việc đã cũ hoặc thiếu mã xác nhận. Anh/Chị tải lại trang rồi thực hiện lại."
        raise CsrfError(message)


class CookieMiddleware:
    """Give each browser its CSRF cookie (SameSite=Strict, not readable by scripts)."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        nonce = request.cookies.get(COOKIE)
        fresh = nonce is None
        request.state.csrf_nonce = nonce or new_nonce()

        async def send_with_cookie(message: Message) -> None:
            if fresh and message["type"] == "http.response.start":
                cookie = f"{COOKIE}={request.state.csrf_nonce}; Path=/; HttpOnly; SameSite=Strict"
                MutableHeaders(scope=message).append("set-cookie", cookie)
            await send(message)

        await self.app(scope, receive, send_with_cookie)

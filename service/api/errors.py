"""One JSON error shape for the API, a page for browsers: nothing leaks a trace."""

from __future__ import annotations

import logging
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from service.errors import Ambiguous, DondocError

log = logging.getLogger(__name__)
HEADINGS = {404: "Không tìm thấy", 409: "Cần chọn rõ hơn", 403: "Không được nhận", 413: "Tệp quá lớn"}
NOT_FOUND = "Không có trang hoặc nội dung này."
BROKEN = "Hệ thống gặp trục trặc khi xử lý yêu cầu này. Nội dung đã được ghi vào nhật ký; dữ liệu đã nhập không bị mất."


def install_errors(web: FastAPI) -> None:
    """Every error of ours, of the framework, and every defect ends in the same shape."""
    web.add_exception_handler(DondocError, _ours)
    web.add_exception_handler(RequestValidationError, _invalid)
    web.add_exception_handler(HTTPException, _framework)
    web.add_exception_handler(Exception, _defect)


def _ours(request: Request, error: Exception) -> Response:
    assert isinstance(error, DondocError)  # noqa: S101 - narrows the handler's type
    candidates = error.candidates if isinstance(error, Ambiguous) else ()
    return _answer(request, int(error.status), error.code, error.message, error.details, candidates)


def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - narrows the handler's type
    fields = [".".join(str(part) for part in e["loc"]) for e in error.errors()]
    message = f"Yêu cầu chưa đúng ở: {', '.join(fields)}."
    return _answer(request, HTTPStatus.BAD_REQUEST, "invalid_input", message, {"fields": fields})


def _framework(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - narrows the handler's type
    code = "not_found" if error.status_code == HTTPStatus.NOT_FOUND else "http"
    message = NOT_FOUND if code == "not_found" else str(error.detail)
    return _answer(request, error.status_code, code, message, {})


def _defect(request: Request, error: Exception) -> Response:
    log.error("defect at %s", request.url.path, exc_info=error)
    return _answer(request, HTTPStatus.INTERNAL_SERVER_ERROR, "defect", BROKEN, {})


def _answer(
    request: Request, status: int, code: str, message: str, details: dict[str, object], candidates: tuple[str, ...] = ()
) -> Response:
    as_page = getattr(request.app.state, "error_page", None)
    if (
        as_page is not None
        and not request.url.path.startswith("/api/")
        and "text/html" in request.headers.get("accept", "")
    ):
        answer: Response = as_page(request, status, HEADINGS.get(status, "Chưa thực hiện được"), message, candidates)
        return answer
    return JSONResponse({"error": {"code": code, "message": message, "details": details}}, status_code=status)

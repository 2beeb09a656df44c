"""Errors that a user can act on: one code, one HTTP status, one JSON shape, a message in the officers' words."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus
from typing import ClassVar


class DondocError(Exception):
    """Base of all errors that reach a user; anything else is a defect of ours."""

    code: ClassVar[str] = "error"
    status: ClassVar[HTTPStatus] = HTTPStatus.INTERNAL_SERVER_ERROR
    exit_code: ClassVar[int] = 1

    def __init__(self, message: str, **details: object) -> None:
        super().__init__(message)
        self.message = message
        self.details: dict[str, object] = details

    def to_json(self) -> dict[str, object]:
        """The one error shape of the API and of the command line."""
        return {"error": {"code": self.code, "message": self.message, "details": self.details}}


class InvalidInput(DondocError):
    """The request itself is wrong: an unknown option, an empty query, a date that is none."""

    code = "invalid_input"
    status = HTTPStatus.BAD_REQUEST
    exit_code = 2


class InvalidSettings(InvalidInput):
    """A setting is missing, unreadable or not supported; the message names it."""

    code = "invalid_settings"
    status = HTTPStatus.INTERNAL_SERVER_ERROR


class NotFound(DondocError):
    """What was asked for is not in the store."""

    code = "not_found"
    status = HTTPStatus.NOT_FOUND
    exit_code = 2


class Ambiguous(DondocError):
    """A symbol names several documents (numbers restart every year and in every office)."""

    code = "ambiguous"
    status = HTTPStatus.CONFLICT
    exit_code = 2

    def __init__(self, message: str, candidates: Sequence[str]) -> None:
        super().__init__(message, candidates=list(candidates))
        self.candidates = tuple(candidates)


class Conflict(DondocError):
    """The change does not fit the present state (a job already ended, a link already decided by someone else)."""

    code = "conflict"
    status = HTTPStatus.CONFLICT


class TooLarge(DondocError):
    """An upload over the limit."""

    code = "too_large"
    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE


class Refused(DondocError):
    """A document stamped MẬT, TỐI MẬT or TUYỆT MẬT: it is neither kept nor read."""

    code = "refused"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class StoreUnavailable(DondocError):
    """The database does not answer now (a restart, a fail-over, a full disk); nothing was half-written."""

    code = "store_unavailable"
    status = HTTPStatus.SERVICE_UNAVAILABLE


class StorageFull(DondocError):
    """There is no room for an original; nothing was half-written, and the work goes on when there is room."""

    code = "storage_full"
    status = HTTPStatus.INSUFFICIENT_STORAGE


class IndexUnavailable(DondocError):
    """The search server cannot be reached now; everything is kept, and the index catches up when it is back."""

    code = "index_unavailable"
    status = HTTPStatus.SERVICE_UNAVAILABLE


class IndexRefused(DondocError):
    """The search server is another product, of a version not supported, or does not take our key."""

    code = "index_refused"
    status = HTTPStatus.SERVICE_UNAVAILABLE


class IndexBusy(DondocError):
    """Another process holds the index's write lock; it will apply the outbox, nothing is lost."""

    code = "index_busy"
    status = HTTPStatus.SERVICE_UNAVAILABLE

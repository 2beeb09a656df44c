"""All pages, and the page that tells an error."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from service.web import (
    pages_ask,
    pages_board,
    pages_both,
    pages_documents,
    pages_follow,
    pages_home,
    pages_matrix,
    pages_original,
    pages_outputs,
    pages_print,
    pages_references,
    pages_reminders,
    pages_review,
    pages_task_lists,
    pages_tasks,
    pages_units,
)
from service.web.render import page

router = APIRouter(include_in_schema=False)
PARTS = (
    pages_home, pages_documents, pages_original, pages_references, pages_review, pages_both, pages_tasks,
    pages_task_lists, pages_board, pages_ask, pages_matrix, pages_outputs, pages_print, pages_follow, pages_reminders,
    pages_units,
)  # fmt: skip
for part in PARTS:
    router.include_router(part.router)


def error_page(request: Request, status: int, heading: str, message: str, candidates: tuple[str, ...]) -> Response:
    """An error as a page, with what to choose where a name was ambiguous."""
    return page(request, "error.html", code=status, heading=heading, message=message, candidates=candidates)

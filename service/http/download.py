"""A made file as a download."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote

from fastapi.responses import Response, StreamingResponse

from service.exports import MEDIA


def download(name: str, data: bytes) -> Response:
    """Always an attachment, never shown by the browser; the name may have marks (RFC 6266)."""
    return Response(data, media_type=_media(name), headers=_headers(name))


def streamed(name: str, pieces: Iterable[bytes]) -> Response:
    """The same of a file that is made while it is sent."""
    return StreamingResponse(pieces, media_type=_media(name), headers=_headers(name))


def _media(name: str) -> str:
    return MEDIA.get(name.rpartition(".")[2], "application/octet-stream")


def _headers(name: str) -> dict[str, str]:
    return {"content-disposition": f"attachment; filename*=UTF-8''{quote(name)}", "cache-control": "no-store"}

"""A made file as a download."""

from __future__ import annotations

from urllib.parse import quote

from fastapi.responses import Response

from service.exports import MEDIA


def download(name: str, data: bytes) -> Response:
    """Always an attachment, never shown by the browser; the name may have marks (RFC 6266)."""
    form = name.rpartition(".")[2]
    headers = {"content-disposition": f"attachment; filename*=UTF-8''{quote(name)}", "cache-control": "no-store"}
    return Response(data, media_type=MEDIA.get(form, "application/octet-stream"), headers=headers)

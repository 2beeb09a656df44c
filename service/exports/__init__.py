"""Tables as files: XLSX, DOCX and CSV of exactly what is filtered."""

from __future__ import annotations

from service.exports.write import FORMATS, MEDIA, file_name, pieces, write

__all__ = ["FORMATS", "MEDIA", "file_name", "pieces", "write"]

"""The one door: a file of any kind and any quality becomes one Document; what went wrong is said, never raised."""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Final

from corpus import secrecy, sniff
from corpus.assemble import Draft
from corpus.limits import Limits
from corpus.model import Document, Problem
from corpus.problems import MESSAGES

Reader = Callable[[bytes, str, Limits], Draft]

_READERS: Final = {
    sniff.PDF: ("corpus.pdf", "read_pdf"),
    sniff.DOCX: ("corpus.docx", "read_docx"),
    sniff.XLSX: ("corpus.xlsx", "read_xlsx"),
    sniff.HTML: ("corpus.html", "read_html"),
    sniff.MARKDOWN: ("corpus.markdown", "read_markdown"),
    sniff.PLAIN: ("corpus.plain", "read_plain"),
}
"""Imported when first needed, so that reading a text file does not load the PDF libraries."""

_ADVICE: Final = {
    "application/msword": "Tệp Word cũ (.doc) chưa đọc được. Hãy lưu lại thành .docx (Word, LibreOffice) rồi nạp.",
    "application/rtf": "Tệp RTF chưa đọc được. Hãy lưu lại thành .docx (Word, LibreOffice) rồi nạp.",
    "application/vnd.ms-excel": "Bảng tính Excel cũ (.xls) chưa đọc được. Hãy lưu lại thành .xlsx rồi nạp.",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": (
        "Tệp trình chiếu chưa đọc được. Hãy xuất thành PDF rồi nạp lại."
    ),
    "application/vnd.ms-powerpoint": "Tệp trình chiếu chưa đọc được. Hãy xuất thành PDF rồi nạp lại.",
    "application/vnd.oasis.opendocument.text": "Tệp OpenDocument chưa đọc được. Hãy lưu thành .docx hoặc PDF rồi nạp.",
    "application/zip": "Tệp nén ZIP không phải là văn bản. Hãy giải nén rồi nạp từng tệp bên trong.",
    "application/vnd.rar": "Tệp nén RAR không phải là văn bản. Hãy giải nén rồi nạp từng tệp bên trong.",
    "application/x-7z-compressed": "Tệp nén 7z không phải là văn bản. Hãy giải nén rồi nạp từng tệp bên trong.",
    "application/gzip": "Tệp nén GZIP không phải là văn bản. Hãy giải nén rồi nạp từng tệp bên trong.",
    "multipart/related": "Trang web lưu dạng MHT chưa đọc được. Hãy lưu thành .docx hoặc .html rồi nạp lại.",
    sniff.BINARY: "Không nhận ra định dạng tệp. Hệ thống đọc PDF, DOCX, XLSX, HTML, Markdown và văn bản thuần.",
}
_IMAGE_ADVICE: Final = "Tệp ảnh không có lớp chữ. Hãy nhận dạng chữ (OCR), lưu thành PDF có chữ hoặc .docx rồi nạp lại."
_CHUNK: Final = 1 << 20
_HASHED_AT_MOST: Final = 1 << 30
"""A file refused for its size is still hashed up to here, so that it can be recognised."""


def read(path: str | Path, *, limits: Limits | None = None) -> Document:
    """Read the file at ``path``. A missing, huge, damaged or secret file gives a failed Document that says why."""
    limits, path = limits or Limits(), Path(path)
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            return _failed(str(path), "", sniff.BINARY, "unsupported", _not_a_file(path))
        if status.st_size > limits.max_bytes:
            return _too_large(str(path), _hash_file(path, status.st_size), status.st_size, limits)
        data = path.read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        return _failed(str(path), "", sniff.BINARY, "damaged", f"Không mở được tệp: {reason}.")
    return read_bytes(data, str(path), limits=limits)


def read_bytes(data: bytes, name: str, *, limits: Limits | None = None) -> Document:
    """Read a file that is already in memory; ``name`` is how it is called in the Document."""
    limits = limits or Limits()
    sha256 = hashlib.sha256(data).hexdigest()
    if len(data) > limits.max_bytes:
        return _too_large(name, sha256, len(data), limits)
    media_type = sniff.sniff(data, name)
    refusal = _refusal(data, media_type)
    if refusal is not None:
        return _failed(name, sha256, media_type, *refusal)
    try:
        return _read_as(data, name, sha256, media_type, limits)
    except RecursionError:
        return _failed(name, sha256, media_type, "too_deep")
    except MemoryError:
        return _failed(name, sha256, media_type, "too_large", "Tệp cần quá nhiều bộ nhớ để đọc.")
    except Exception as error:  # noqa: BLE001 - the libraries raise anything on broken files; one bad file stops no other
        return _failed(name, sha256, media_type, "damaged", f"{MESSAGES['damaged']} ({type(error).__name__}: {error})")


def _read_as(data: bytes, name: str, sha256: str, media_type: str, limits: Limits) -> Document:
    module, function = _READERS[media_type]
    reader: Reader = getattr(import_module(module), function)
    draft = reader(data, name, limits)
    document = draft.finish(name, sha256, media_type, draft.pages)
    if document.status == "ok" and not document.text.strip():
        return _failed(name, sha256, media_type, "empty", "Tệp không có chữ nào để đọc.")
    if (which := secrecy.stamp(document)) is not None:
        return _failed(name, sha256, media_type, "secret", secrecy.message(which))
    return document


def _refusal(data: bytes, media_type: str) -> tuple[str, str] | None:
    """Code and message for what no reader takes."""
    if media_type in _READERS:
        return None
    if media_type == sniff.EMPTY:
        return "empty", MESSAGES["empty"] if not data else "Tệp chỉ có khoảng trắng, không có nội dung để đọc."
    if media_type == sniff.ENCRYPTED_OFFICE:
        return "encrypted", MESSAGES["encrypted"]
    if media_type == sniff.DAMAGED_ZIP:
        return "damaged", MESSAGES["damaged"]
    if media_type.startswith("image/"):
        return "unsupported", _IMAGE_ADVICE
    return "unsupported", _ADVICE.get(media_type, MESSAGES["unsupported"])


def _failed(name: str, sha256: str, media_type: str, code: str, message: str | None = None) -> Document:
    return Document(name, sha256, media_type, "failed", problems=(Problem(code, message or MESSAGES[code]),))


def _too_large(name: str, sha256: str, size: int, limits: Limits) -> Document:
    megabytes = f"{size / 2**20:.1f}".replace(".", ",")
    message = f"Tệp có {megabytes} MB, vượt quá giới hạn {limits.max_bytes // 2**20} MB. Hãy tách tệp rồi nạp lại."
    return _failed(name, sha256, sniff.BINARY, "too_large", message)


def _not_a_file(path: Path) -> str:
    return "Đây là thư mục, không phải tệp." if path.is_dir() else "Đây không phải là tệp thường."


def _hash_file(path: Path, size: int) -> str:
    if size > _HASHED_AT_MOST:
        return ""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()

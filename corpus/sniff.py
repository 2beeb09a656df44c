"""What a file is, by its content; the name only breaks the tie between plain text and Markdown."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import PurePath
from typing import Final

from corpus.encodings import looks_binary

PDF: Final = "application/pdf"
DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HTML: Final = "text/html"
MARKDOWN: Final = "text/markdown"
PLAIN: Final = "text/plain"
EMPTY: Final = "application/x-empty"
ENCRYPTED_OFFICE: Final = "application/x-ole-encrypted"
DAMAGED_ZIP: Final = "application/zip-damaged"
BINARY: Final = "application/octet-stream"

_MAGIC: Final = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
    (b"GIF8", "image/gif"),
    (b"BM", "image/bmp"),
    (b"{\\rtf", "application/rtf"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"\x1f\x8b", "application/gzip"),
    (b"%!PS", "application/postscript"),
)
_ZIP_PARTS: Final = (
    ("word/document.xml", DOCX),
    ("xl/workbook.xml", XLSX),
    ("ppt/presentation.xml", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    ("content.xml", "application/vnd.oasis.opendocument.text"),
)
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_STREAMS: Final = (
    ("EncryptedPackage", ENCRYPTED_OFFICE),
    ("WordDocument", "application/msword"),
    ("Workbook", "application/vnd.ms-excel"),
    ("PowerPoint Document", "application/vnd.ms-powerpoint"),
)
_HTML_HEAD: Final = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--(?:(?!-->).){0,4000}-->\s*)*"
    rb"<(?:!doctype\s+html|html|head|body|meta|title|div|p|table|h[1-6]|article|section|span|center|font|style|script|ul|ol|main)"
    rb"(?=[\s>/])",
    re.IGNORECASE | re.DOTALL,
)
_MIME_HTML: Final = re.compile(rb"\s*(?:MIME-Version:|From:|Content-Type:\s*multipart/related)", re.IGNORECASE)
_MARKDOWN_SIGN: Final = re.compile(rb"^(?:#{1,6} \S|\|\s*\r?$|\|.*\|\s*\r?$|\|?[ :]*-{3,}[ :]*\||\*\*\S)", re.MULTILINE)
_HEAD: Final = 65_536


def sniff(data: bytes, name: str) -> str:
    """The media type of ``data``."""
    if not data.strip():
        return EMPTY
    if _is_pdf(data):
        return PDF
    if data[:4] in {b"PK\x03\x04", b"PK\x05\x06"}:
        return _zip_type(data)
    if data.startswith(_OLE):
        return _ole_type(data)
    for magic, media_type in _MAGIC:
        if data.startswith(magic) and (len(magic) > 2 or looks_binary(data)):
            return media_type
    return _text_type(data, name)


def _is_pdf(data: bytes) -> bool:
    place = data[:1024].find(b"%PDF-")
    return place >= 0 and (not data[:place].strip(b"\xef\xbb\xbf\r\n\t \0") or b"endobj" in data)


def _zip_type(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, UnicodeError):
        return DOCX if b"word/document.xml" in data else DAMAGED_ZIP
    return next((media_type for part, media_type in _ZIP_PARTS if part in names), "application/zip")


def _ole_type(data: bytes) -> str:
    streams = ((stream.encode("utf-16-le"), media_type) for stream, media_type in _OLE_STREAMS)
    return next((media_type for stream, media_type in streams if stream in data), "application/x-ole-storage")


def _text_type(data: bytes, name: str) -> str:
    head = _as_utf8(data[:_HEAD])
    if _HTML_HEAD.match(head):
        return HTML
    if looks_binary(data):
        return BINARY
    if _MIME_HTML.match(head) and b"text/html" in head:
        return "multipart/related"
    suffix = PurePath(name).suffix.lower()
    if suffix in {".md", ".markdown"}:
        return MARKDOWN
    if suffix in {".txt", ".text"}:
        return PLAIN
    return MARKDOWN if len(_MARKDOWN_SIGN.findall(head)) >= 3 else PLAIN


def _as_utf8(head: bytes) -> bytes:
    """UTF-16 heads read so that their tags can be seen; other bytes as they are."""
    for mark, codec in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if head.startswith(mark):
            return head[2:].decode(codec, "ignore").encode("utf-8", "ignore")
    return head.removeprefix(b"\xef\xbb\xbf")

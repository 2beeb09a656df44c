"""The parts of a .docx file, opened with suspicion: sizes before unpacking, no DTD, no entities."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any, Final

from docx.oxml.parser import parse_xml

from corpus.limits import Limits

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
Element = Any
"""An XML element; the library publishes no types."""

_LARGEST_XML: Final = 80 * 1024 * 1024
_MOST_PARTS: Final = 20_000
_SUSPICIOUS_RATIO: Final = 150
_SUSPICIOUS_SIZE: Final = 20 * 1024 * 1024
_DTD: Final = re.compile(rb"<\0?!\0?(?:D\0?O\0?C\0?T\0?Y\0?P\0?E|E\0?N\0?T\0?I\0?T\0?Y)")
_TOO_DEEP: Final = "depth"


class DocxError(Exception):
    """Why a .docx file cannot be read: a problem code and words for the officer."""

    def __init__(self, code: str, message: str | None = None) -> None:
        super().__init__(code, message)
        self.code, self.message = code, message


class Package:
    """The XML parts of one file by name."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise DocxError("damaged") from error
        self._check(self._archive.infolist(), limits)

    def names(self, pattern: str) -> list[str]:
        """Part names that match ``pattern`` in their natural order (header2 before header10)."""
        found = [name for name in self._archive.namelist() if re.fullmatch(pattern, name)]
        return sorted(found, key=lambda name: (len(name), name))

    def part(self, name: str) -> Element | None:
        """The root element of a part, or None where the file has none."""
        try:
            info = self._archive.getinfo(name)
        except KeyError:
            return None
        if info.file_size > _LARGEST_XML:
            raise DocxError("too_large", f"Phần {name} của tệp DOCX quá lớn ({info.file_size // 2**20} MB).")
        return _parse(name, self._bytes(info))

    def _bytes(self, info: zipfile.ZipInfo) -> bytes:
        try:
            with self._archive.open(info) as stream:
                data = stream.read(_LARGEST_XML + 1)
        except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError, RuntimeError) as error:
            raise DocxError("damaged", f"Phần {info.filename} của tệp DOCX bị hỏng, không giải nén được.") from error
        except Exception as error:
            # zlib.error and the like; their classes depend on the compression used.
            raise DocxError("damaged", f"Phần {info.filename} của tệp DOCX bị hỏng, không giải nén được.") from error
        if len(data) > _LARGEST_XML:
            raise DocxError("zip_bomb")
        return data

    @staticmethod
    def _check(entries: list[zipfile.ZipInfo], limits: Limits) -> None:
        if any(entry.flag_bits & 1 for entry in entries):
            raise DocxError("encrypted")
        if len(entries) > _MOST_PARTS or sum(entry.file_size for entry in entries) > limits.max_unzipped:
            raise DocxError("zip_bomb")
        for entry in entries:
            if entry.file_size > _SUSPICIOUS_SIZE and entry.file_size > _SUSPICIOUS_RATIO * max(entry.compress_size, 1):
                raise DocxError("zip_bomb")


def _parse(name: str, data: bytes) -> Element:
    if _DTD.search(data):
        raise DocxError(
            "damaged", f"Phần {name} của tệp DOCX có khai báo DTD hoặc thực thể, bị từ chối vì lý do an toàn."
        )
    try:
        return parse_xml(data)
    except Exception as error:
        code = "too_deep" if _TOO_DEEP in str(error).lower() else "damaged"
        message = None if code == "too_deep" else f"Phần {name} của tệp DOCX bị hỏng, không phải XML hợp lệ."
        raise DocxError(code, message) from error

"""The kind of a file follows from its content; only plain text and Markdown are told apart by name."""

from __future__ import annotations

import io
import zipfile

import pytest

from corpus import sniff
from corpus.sniff import sniff as kind


def zipped(*names: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return target.getvalue()


CRAWLED = "|\n**UBND TỈNH A**\n|\n**CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM**\n|\n\n**KẾ HOẠCH**\n".encode()


@pytest.mark.parametrize(
    ("data", "name", "expected"),
    [
        (b"%PDF-1.7\n", "a.txt", sniff.PDF),
        (b"\xef\xbb\xbf%PDF-1.4\n", "a", sniff.PDF),
        (zipped("word/document.xml"), "a.zip", sniff.DOCX),
        (zipped("xl/workbook.xml"), "a.docx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (zipped("a.txt"), "a.docx", "application/zip"),
        (b"<!DOCTYPE html><html>", "a.doc", sniff.HTML),
        (b"<!-- a --><!-- b -->\n<html lang=vi>", "a", sniff.HTML),
        ("<html><body>".encode("utf-16"), "a", sniff.HTML),
        (b"<p>Ch\xc3\xado</p>", "a.html", sniff.HTML),
        ("Điều 1. Nội dung".encode(), "a", sniff.PLAIN),
        ("< 5% số xã".encode(), "a.html", sniff.PLAIN),
        (CRAWLED, "a", sniff.MARKDOWN),
        (CRAWLED, "a.txt", sniff.PLAIN),
        ("Điều 1. Nội dung".encode(), "a.md", sniff.MARKDOWN),
        ("Theo quy định, tệp %PDF-1.7 phải được ký số".encode(), "a.txt", sniff.PLAIN),
        (b"\xff\xd8\xff\xe0" + bytes(50), "a.pdf", "image/jpeg"),
        (b"BM la mot tu viet tat", "a.txt", sniff.PLAIN),
        (bytes(range(256)) * 4, "a.txt", sniff.BINARY),
        (b"  \n", "a.txt", sniff.EMPTY),
    ],
)
def test_kind_by_content(data: bytes, name: str, expected: str) -> None:
    assert kind(data, name) == expected

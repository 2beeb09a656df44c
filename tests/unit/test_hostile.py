"""Hostile and broken files: each gives one Document with a clear reason, within seconds and in bounded memory."""

from __future__ import annotations

import io
import os
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.limits import Limits
from corpus.model import Document
from corpus.reader import read, read_bytes

SECONDS = 60.0
"""Far above what each takes; the machine that runs the tests may be busy."""


@pytest.fixture(autouse=True)
def _in_time() -> Iterator[None]:
    begun = time.monotonic()
    yield
    assert time.monotonic() - begun < SECONDS


def codes(document: Document) -> list[str]:
    assert all(problem.message.strip() for problem in document.problems)
    return [problem.code for problem in document.problems]


def docx(body: str = "", **parts: bytes | str) -> bytes:
    """A minimal .docx with the given body XML and further parts by name."""
    root = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    files: dict[str, bytes | str] = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": f"<w:document {root}><w:body>{body}</w:body></w:document>",
    } | parts
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return target.getvalue()


PARAGRAPH = "<w:p><w:r><w:t>Nội dung</w:t></w:r></w:p>"


@pytest.mark.parametrize("data", [b"", b" \n\t ", b"\xef\xbb\xbf"])
def test_empty(data: bytes) -> None:
    document = read_bytes(data, "a.txt")
    assert (document.status, document.text, codes(document)) == ("failed", "", ["empty"])


def test_truncated_pdf() -> None:
    document = read_bytes(b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type", "a.pdf")
    assert document.status == "failed"
    assert codes(document) == ["damaged"]


def test_encrypted_pdf() -> None:
    from reportlab.lib import pdfencrypt
    from reportlab.pdfgen import canvas

    target = io.BytesIO()
    page = canvas.Canvas(target, encrypt=pdfencrypt.StandardEncryption("mat-khau", canPrint=0))
    page.drawString(100, 700, "Noi dung")
    page.save()
    document = read_bytes(target.getvalue(), "a.pdf")
    assert (document.status, codes(document)) == ("failed", ["encrypted"])


def test_encrypted_word_file() -> None:
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le")
    assert codes(read_bytes(data, "a.docx")) == ["encrypted"]


def test_zip_bomb() -> None:
    bomb = docx(PARAGRAPH, **{"word/media/bomb.bin": bytes(60 * 2**20)})
    assert len(bomb) < 2**20
    document = read_bytes(bomb, "a.docx")
    assert (document.status, codes(document)) == ("failed", ["zip_bomb"])


def test_bomb_of_xml() -> None:
    bomb = docx(PARAGRAPH * 700_000)
    document = read_bytes(bomb, "a.docx")
    assert document.status == "failed"
    assert codes(document)[0] in {"zip_bomb", "too_large"}


def test_external_entity_is_not_fetched(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("BÍ MẬT RIÊNG", encoding="utf-8")
    xml = (
        f'<!DOCTYPE d [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        "<w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body></w:document>"
    )
    document = read_bytes(docx(**{"word/document.xml": xml}), "a.docx")
    assert (document.status, codes(document)) == ("failed", ["damaged"])
    assert "RIÊNG" not in document.text


def test_billion_laughs() -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    xml = f'<!DOCTYPE d [<!ENTITY l0 "ha">{laughs}]><d>&l9;</d>'
    assert codes(read_bytes(docx(**{"word/document.xml": xml}), "a.docx")) == ["damaged"]


def test_word_file_with_broken_parts() -> None:
    assert codes(read_bytes(docx(**{"word/document.xml": "<w:document"}), "a.docx")) == ["damaged"]
    assert codes(read_bytes(docx()[:200], "a.docx")) == ["damaged"]
    assert codes(read_bytes(docx(**{"word/document.xml": "<x/>"}), "a.docx")) == ["damaged"]


def test_tables_nested_too_deep() -> None:
    cell = "<w:tbl><w:tr><w:tc>"
    body = cell * 120 + PARAGRAPH + "</w:tc></w:tr></w:tbl>" * 120
    document = read_bytes(docx(body), "a.docx", limits=Limits(max_depth=50))
    assert "too_deep" in codes(document)


def test_wrong_extension_is_read_by_content() -> None:
    assert read_bytes(docx(PARAGRAPH), "a.txt").text == "Nội dung"
    page = "<!DOCTYPE html><html><body><p>Nội dung</p></body></html>".encode()
    assert read_bytes(page, "a.doc").text == "Nội dung"
    assert read_bytes("Nội dung của văn bản".encode(), "a.pdf").text == "Nội dung của văn bản"


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "WordDocument".encode("utf-16-le"), ".docx"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "OCR"),
        (b"{\\rtf1\\ansi Noi dung}", "RTF"),
        (b"Rar!\x1a\x07\x00" + bytes(50), "RAR"),
    ],
)
def test_other_formats_say_what_to_do(data: bytes, word: str) -> None:
    document = read_bytes(data, "a.docx")
    assert codes(document) == ["unsupported"]
    assert word in document.problems[0].message


def test_plain_zip_is_no_document() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("a.txt", "x")
    document = read_bytes(target.getvalue(), "a.docx")
    assert codes(document) == ["unsupported"]
    assert "giải nén" in document.problems[0].message


def test_random_bytes() -> None:
    for name in ("a.bin", "a.txt", "a.md", "a.pdf"):
        document = read_bytes(os.urandom(200_000), name)
        assert document.status == "failed"
        assert codes(document)[0] in {"unsupported", "encoding", "damaged"}


def test_nul_bytes() -> None:
    document = read_bytes("Điều 1. Nội\0 dung của văn bản này".encode(), "a.txt")
    assert (document.status, codes(document)) == ("partial", ["encoding"])
    assert document.text == "Điều 1. Nội dung của văn bản này"


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "utf-32"])
def test_unicode_in_other_forms(codec: str) -> None:
    text = "Điều 1. Giao Sở Nội vụ chủ trì thực hiện Kế hoạch này.\n" * 3
    document = read_bytes(text.encode(codec), "a.txt")
    assert (document.status, document.text) == ("ok", text)


def test_invalid_utf8_keeps_the_rest() -> None:
    data = ("Điều 1. Giao Sở Nội vụ chủ trì thực hiện. " * 20).encode() + b"\xff\xed\xa0\x80" + " Hết.".encode()
    document = read_bytes(data, "a.txt")
    assert (document.status, codes(document)) == ("partial", ["encoding"])
    assert document.text.endswith("Hết.")
    document.text.encode("utf-8")


def test_lone_surrogates_do_not_leave() -> None:
    page = "<html><body><p>Nội dung &#xD800; và &#xDFFF; hết</p></body></html>".encode()
    document = read_bytes(page, "a.html")
    document.text.encode("utf-8")
    assert "Nội dung" in document.text


def test_huge_file_is_refused_by_its_size(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as stream:
        stream.truncate(200 * 2**20)
    document = read(path)
    assert (document.status, codes(document)) == ("failed", ["too_large"])
    assert "200,0 MB" in document.problems[0].message
    assert len(document.sha256) == 64


def test_one_line_of_twenty_megabytes() -> None:
    data = ("Giao Sở Nội vụ chủ trì, phối hợp 12.345 - " * 500_000).encode()[: 20 * 2**20]
    document = read_bytes(data, "a.txt")
    assert document.status in {"ok", "partial"}
    assert len(document.blocks) == 1


@pytest.mark.parametrize(
    "line", ["|", "||||||||||", "a |", "**", "*a ", "[", "- ", "#", "\\", "(", "1.", "a|b", "&amp", "<", " "]
)
def test_markdown_of_one_sign(line: str) -> None:
    for joint in ("\n", ""):
        document = read_bytes((line + joint).encode() * 50_000, "a.md", limits=Limits(max_seconds=10))
        assert document.status in {"ok", "partial", "failed"}


def test_deep_page() -> None:
    data = b"<html><body>" + b"<div>" * 100_000 + "Nội dung".encode() + b"</div>" * 100_000
    document = read_bytes(data, "a.html")
    assert "too_deep" in codes(document)


def test_page_nested_more_than_the_limit_keeps_the_rest() -> None:
    data = ("<html><body><p>Trước</p>" + "<div>" * 500 + "Sâu" + "</div>" * 500 + "<p>Sau</p></body></html>").encode()
    document = read_bytes(data, "a.html")
    assert (document.status, codes(document)) == ("partial", ["too_deep"])
    assert document.text == "Trước\nSau"


def test_table_of_ten_thousand_columns() -> None:
    row = "<tr>" + "<td>ô</td>" * 10_000 + "</tr>"
    document = read_bytes(f"<html><body><table>{row * 5}</table></body></html>".encode(), "a.html")
    assert document.status == "ok"
    assert document.tables[0].columns == 10_000


def test_spans_that_would_fill_the_memory() -> None:
    row = '<tr><td colspan="65534" rowspan="65534">ô</td><td>b</td></tr>'
    document = read_bytes(f"<html><body><table>{row * 500}</table></body></html>".encode(), "a.html")
    assert sum(len(row.cells) for table in document.tables for row in table.rows) < 4_000_000


def test_folder_and_missing_file(tmp_path: Path) -> None:
    assert codes(read(tmp_path)) == ["unsupported"]
    assert codes(read(tmp_path / "missing.txt")) == ["damaged"]
    assert "thư mục" in read(tmp_path).problems[0].message


def test_text_beyond_the_limit_is_left_out_and_said() -> None:
    document = read_bytes(("Một dòng văn bản.\n" * 100).encode(), "a.txt", limits=Limits(max_chars=200))
    assert (document.status, codes(document)) == ("partial", ["too_large"])
    assert len(document.text) == 200


SIGNS = [
    "|",
    "\n",
    "\n\n",
    "**",
    "*",
    "#",
    "- ",
    "1. ",
    "a) ",
    "---",
    "|---|",
    "I. ",
    "Điều 1. ",
    "TT",
    "chủ trì",
    "<br>",
    "\\",
    "[",
    "](",
    " ",
]
TAGS = [
    "<p>",
    "</p>",
    "<table>",
    "</table>",
    "<tr>",
    "<td>",
    "<td rowspan=2>",
    "<ol>",
    "<li>",
    "<br>",
    "<b>",
    "</div>",
    "<h1>",
    "chữ",
    "&nbsp;",
]


@given(st.lists(st.sampled_from(SIGNS), max_size=60))
def test_no_markdown_breaks_the_reader(signs: list[str]) -> None:
    document = read_bytes("".join(signs).encode(), "a.md")
    assert "damaged" not in codes(document)


@given(st.lists(st.sampled_from(TAGS), max_size=40))
def test_no_page_breaks_the_reader(tags: list[str]) -> None:
    document = read_bytes(("<html>" + "".join(tags)).encode(), "a.html")
    assert "damaged" not in codes(document)


@given(st.binary(max_size=300), st.sampled_from(["a.txt", "a.md", "a.html", "a.docx", "a"]))
def test_no_bytes_break_the_reader(data: bytes, name: str) -> None:
    document = read_bytes(data, name)
    assert document.status in {"ok", "partial", "failed"}
    document.text.encode("utf-8")


@pytest.mark.parametrize(
    "line",
    [
        "*" * 30_000 + "x",
        "|---" + " " * 30_000 + "x",
        "." * 30_000 + "(1)",
        "[" * 9000,
        "<" * 9000,
        "a |" + " " * 30_000 + "| b",
    ],
)
def test_long_lines_of_one_sign(line: str) -> None:
    document = read_bytes(f"a | b\n{line}\n\n{line}\n".encode(), "a.md", limits=Limits(max_seconds=10))
    assert document.status in {"ok", "partial"}

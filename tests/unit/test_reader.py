"""The one door: encodings, plain text kept as it is, a record for every file."""

from __future__ import annotations

import hashlib
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import legacy
from corpus.legacy import convert, detect
from corpus.reader import read, read_bytes

TEXT = (
    "Điều 1. Phạm vi điều chỉnh\n"
    "Quyết định này quy định về trách nhiệm của các cơ quan, đơn vị trong việc theo dõi, đôn đốc thực hiện nhiệm "
    "vụ.\n\n"
    "- Giao Sở Nội vụ chủ trì, phối hợp với các sở, ban, ngành; báo cáo Ủy ban nhân dân tỉnh trước ngày 15/12/2026.\n"
)


def test_plain_text_is_stored_as_it_is() -> None:
    document = read_bytes(TEXT.encode(), "a.txt")
    assert (document.status, document.text, document.problems) == ("ok", TEXT, ())
    assert document.sha256 == hashlib.sha256(TEXT.encode()).hexdigest()
    assert [TEXT[block.start : block.end] for block in document.blocks] == [line for line in TEXT.split("\n") if line]
    assert [block.label for block in document.blocks] == ["Điều 1.", None, "-"]


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\r\0\ufeff"), max_size=200))
def test_any_clean_text_is_stored_as_it_is(text: str) -> None:
    text = unicodedata.normalize("NFC", text)
    document = read_bytes(text.encode(), "a.txt")
    if document.status == "ok":
        assert document.text == text
    for block in document.blocks:
        assert text[block.start : block.end].strip()


def test_line_ends_marks_and_decomposed_letters_are_made_one() -> None:
    data = b"\xef\xbb\xbf" + unicodedata.normalize("NFD", TEXT).replace("\n", "\r\n").encode()
    assert read_bytes(data, "a.txt").text == TEXT


def test_wrapped_lines_are_one_paragraph() -> None:
    text = (
        "Điều 1. Giao Sở Nội vụ chủ trì, phối hợp với các cơ quan, đơn vị có liên quan xây dựng \n"
        "Kế hoạch thực hiện Nghị quyết số 57-NQ/TW ngày 22 tháng 12 năm 2024; trình trước ngày 30 tháng \n"
        "9. Thời hạn báo cáo là ngày 15 hằng tháng, hình thức báo cáo là văn bản điện tử được ký số \n"
        "theo quy định.\n"
        "Điều 2. Quyết định có hiệu lực từ ngày ký.\n"
    )
    document = read_bytes(text.encode(), "a.txt")
    assert [block.label for block in document.blocks] == ["Điều 1.", "Điều 2."]
    assert document.text == text


def test_windows_1258() -> None:
    marks = {"\u0300": "\u0300", "\u0301": "\u0301", "\u0303": "\u0303", "\u0309": "\u0309", "\u0323": "\u0323"}
    pieces = []
    for letter in TEXT:
        tone = next((mark for mark in unicodedata.normalize("NFD", letter) if mark in marks), "")
        base = unicodedata.normalize("NFC", unicodedata.normalize("NFD", letter).replace(tone, "")) if tone else letter
        pieces.append(base + tone)
    document = read_bytes("".join(pieces).encode("cp1258"), "a.txt")
    assert document.text == TEXT
    assert [problem.code for problem in document.problems] == ["legacy_encoding"]


@pytest.mark.parametrize("codec", ["latin-1", "utf-8"])
def test_tcvn3(codec: str) -> None:
    text = "các cơ quan đương chức, đảng ủy đề nghị thực hiện nhiệm vụ được giao, đưa báo cáo của ngành\n"
    signs = {target: source for source, target in legacy._TABLES["tcvn3"].items()}
    old = "".join(signs.get(letter, letter) for letter in text) * 3
    document = read_bytes(old.encode(codec), "a.txt")
    assert document.text == text * 3
    assert [problem.code for problem in document.problems] == ["legacy_encoding"]
    assert "TCVN3" in document.problems[0].message


def test_old_text_that_lost_its_soft_hyphens() -> None:
    old = "Ban ChÊp hµnh Trung ¬ng ®¶ng céng s¶n viÖt nam, Sè 11-HD/VPTW"
    assert detect(old) == "tcvn3"
    assert convert(old, "tcvn3") == "Ban Chấp hành Trung ương đảng cộng sản việt nam, Số 11-HD/VPTW"


def test_vni() -> None:
    old = "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam, Ñoäc laäp - Töï do - Haïnh phuùc, UÛY BAN NHAÂN DAÂN"
    assert detect(old) == "vni"
    assert convert(old, "vni") == "Cộng hòa xã hội chủ nghĩa Việt Nam, Độc lập - Tự do - Hạnh phúc, ỦY BAN NHÂN DÂN"


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        "van ban khong dau cua co quan hanh chinh nha nuoc tinh",
        "Größe, façade, naïveté, señor, Übermut, à la carte " * 3,
    ],
)
def test_other_text_is_not_converted(text: str) -> None:
    assert detect(text) is None


def test_file_on_disk(tmp_path: Path) -> None:
    path = tmp_path / "văn bản.txt"
    path.write_bytes(TEXT.encode())
    document = read(path)
    assert (document.text, document.file, document.media_type) == (TEXT, str(path), "text/plain")

"""Headers of real documents: the annotated ones field by field, the gazette's by the number in the file name."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from corpus.reader import read
from corpus.text import canonical_tones, fold, no_marks
from nlp.header import header_of, read_header
from nlp.model import Header

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared" / "data"
GOLD = ROOT / "tests" / "gold" / "headers.json"
FIELDS = ("symbol", "kind", "issuer", "date", "title")

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not DATA.is_dir(), reason="real documents (../shared/data) are not here"),
]


def _plain(value: object) -> str:
    return canonical_tones(fold(str(value or ""))).lower()


def _agrees(header: Header, gold: dict[str, object], field: str) -> bool:
    accepted = [gold[field], *(gold.get(f"{field}_also") or [])]  # type: ignore[misc]
    return _plain(getattr(header, field)) in {_plain(value) for value in accepted}


def test_annotated_headers_agree_in_every_field() -> None:
    golds = json.loads(GOLD.read_text("utf-8"))["headers"]
    read_ones = [(gold, read_header(read(DATA / gold["file"]))) for gold in golds if (DATA / gold["file"]).is_file()]
    assert read_ones
    for field in FIELDS:
        wrong = [
            (gold["file"], getattr(header, field), gold[field])
            for gold, header in read_ones
            if field in gold and not _agrees(header, gold, field)
        ]
        print(field, len(read_ones) - len(wrong), "of", len(read_ones))
        assert len(wrong) <= 0.05 * len(read_ones), wrong


def _expected(name: str) -> str:
    """Number, year and code letters of a gazette file name: nghi-dinh-so-45-2020-nd-cp-12345 → "45 2020 nd cp"."""
    match = re.search(r"-so-(.+)-\d+$", name)
    return match[1] if match else ""


def _letters(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", no_marks(text))


@pytest.mark.parametrize(
    "path", sorted((DATA / "congbao").glob("*.txt")) if DATA.is_dir() else [], ids=lambda p: p.stem[:40]
)
def test_gazette_texts_give_the_number_of_their_file_name(path: Path) -> None:
    text = path.read_text("utf-8", errors="replace")
    if len(text) < 2_000:
        pytest.skip("an image without text")
    header = header_of(text)
    assert header.symbol is not None
    assert _letters(header.symbol) == _letters(_expected(path.stem))
    assert header.kind
    assert header.issuer
    assert header.title


ENCYCLOPAEDIA = re.compile(r"^# |Bài viết này|thuviện|\[sửa \| sửa mã nguồn\]")


@pytest.mark.parametrize("path", sorted((DATA / "crawl").glob("*.md")) if DATA.is_dir() else [], ids=lambda p: p.stem)
def test_crawled_pages_have_a_header_if_and_only_if_they_are_documents(path: Path) -> None:
    text = path.read_text("utf-8")
    header = header_of(text)
    if ENCYCLOPAEDIA.search(text):
        assert header == Header()
    elif re.search(r"(?m)^[|\s]*(?:Luật )?[Ss]ố:?\s", text[:900]):
        assert header.symbol
        assert header.kind
        assert header.issuer

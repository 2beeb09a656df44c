"""Papers as a printer gets them: LibreOffice turns files into PDF, their pages are read back and kept as pictures."""

from __future__ import annotations

import shutil
import subprocess
import unicodedata
from collections.abc import Mapping
from pathlib import Path

import pytest

from corpus.model import Document
from corpus.pdf_boxes import render
from corpus.reader import read

SOFFICE = shutil.which("soffice")
needs_office = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")


def to_pdf(folder: Path, files: Mapping[str, bytes]) -> dict[str, Path]:
    """Every file converted in one run of LibreOffice, by its name."""
    source, out = folder / "files", folder / "pdf"
    source.mkdir()
    paths = []
    for name, data in files.items():  # a.docx and a.xlsx would become one a.pdf
        path = source / f"{name.replace('.', '-')}.{name.rpartition('.')[2]}"
        path.write_bytes(data)
        paths.append(path)
    command = [str(SOFFICE), f"-env:UserInstallation=file://{folder / 'profile'}", "--headless", "--convert-to", "pdf"]
    subprocess.run([*command, "--outdir", str(out), *map(str, paths)], check=True, capture_output=True, timeout=240)
    return {name: out / f"{path.stem}.pdf" for name, path in zip(files, paths, strict=True)}


def pages(path: Path) -> Document:
    """The PDF as our reader reads it."""
    return read(path)


def picture(path: Path, number: int = 1, scale: float = 1.5) -> bytes:
    """A page as PNG."""
    return render(path.read_bytes(), number, scale) or b""


def letters(text: str) -> str:
    """Letters and figures alone: a printed line breaks where the page ends, a fallback font sets letters apart."""
    return "".join(char for char in unicodedata.normalize("NFC", text).casefold() if char.isalnum())

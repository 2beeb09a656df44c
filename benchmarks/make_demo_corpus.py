"""Makes the files of the sample corpus in service/demo/files from benchmarks/demo_source.

The texts are our own and name no real act of the province; they follow NĐ 30/2020 and 36-HD/VPTW in form. HTML sources
are copied or printed to PDF by Chromium, text sources become DOCX with automatic numbering, as officers make them.

    python benchmarks/make_demo_corpus.py [--check]

``--check`` only compares service/demo/truth.json with the sources: every text of the truth must stand in its file.
"""

from __future__ import annotations

import argparse
import html
import json
import re
import shutil
import subprocess
import tempfile
import unicodedata
from pathlib import Path

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Cm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "benchmarks" / "demo_source"
DEMO = ROOT / "service" / "demo"
PDF = ("88-kh-ubnd", "530-bc-vp", "458-bc-stc")
HTML = ("412-bc-stttt", "903-bc-snv")
DOCX = ("52-kh-tu", "385-bc-stp", "671-bc-ubnd")
LEVELS = {"party": ("upperRoman", "%1-", "%2-"), "state": ("upperRoman", "%1.", "%2.")}
RUNS = re.compile(r"(\*\*.+?\*\*|//.+?//)")


def print_pdf(name: str) -> None:
    """One HTML source as a PDF, as a word processor would print it."""
    target = DEMO / "files" / f"{name}.pdf"
    with tempfile.TemporaryDirectory() as profile:
        command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={profile}"]
        command += ["--no-pdf-header-footer", f"--print-to-pdf={target}", (SOURCE / f"{name}.html").as_uri()]
        subprocess.run(command, check=True, capture_output=True, timeout=120)


def numbering(document: Document, style: str) -> int:
    """The multi-level list I- › 1- › - (or I. › 1. › -) as Word keeps it: labels are not in the paragraphs' text."""
    roman, first, second = LEVELS[style]
    formats = ((roman, first), ("decimal", second), ("bullet", "-"))
    levels = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:suff w:val="space"/>'
        f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/></w:lvl>'
        for i, (kind, text) in enumerate(formats)
    )
    root = document.part.numbering_part.element
    kind = f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90"><w:multiLevelType w:val="multilevel"/>'
    abstract = parse_xml(f"{kind}{levels}</w:abstractNum>")
    root.insert(0, abstract)
    root.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
    return 90


def number(paragraph: Paragraph, num: int, level: int) -> None:
    """Puts a paragraph into the automatic list."""
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()  # noqa: SLF001 - python-docx has no public way
    properties.get_or_add_ilvl().val = level
    properties.get_or_add_numId().val = num


def write(paragraph: Paragraph, text: str, *, bold: bool = False, centred: bool = False) -> None:
    """Text with ``**bold**`` and ``//italic//`` runs."""
    for part in filter(None, RUNS.split(text)):
        run = paragraph.add_run(part.strip("*") if part.startswith("**") else part.strip("/") if "//" in part else part)
        run.bold = bold or part.startswith("**")
        run.italic = part.startswith("//")
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if centred else WD_ALIGN_PARAGRAPH.JUSTIFY
    paragraph.paragraph_format.space_after = Pt(0 if centred else 6)


def fill(cell: _Cell, lines: list[str], *, bold: bool = False, centred: bool = True, size: int = 13) -> None:
    """A cell of the header or the signature block, one paragraph a line."""
    for i, line in enumerate(lines):
        paragraph = cell.paragraphs[0] if i == 0 else cell.add_paragraph()
        write(paragraph, line, bold=bold, centred=centred)
        paragraph.paragraph_format.space_after = Pt(0)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if centred else WD_ALIGN_PARAGRAPH.LEFT
        for run in paragraph.runs:
            run.font.size = Pt(size)


def two_columns(document: Document, left: int) -> tuple[_Cell, _Cell]:
    """A borderless table of two cells; ``left`` is the width of the first in millimetres."""
    table = document.add_table(rows=1, cols=2)
    table.autofit = False
    for cell, width in zip(table.rows[0].cells, (left, 165 - left), strict=True):
        cell.width = Cm(width / 10)
    return table.rows[0].cells[0], table.rows[0].cells[1]


def grid(document: Document, rows: list[str]) -> None:
    """A ruled table; the first row is its head."""
    cells = [[cell.strip() for cell in row.strip("| ").split("|")] for row in rows]
    table = document.add_table(rows=0, cols=len(cells[0]))
    table.style = "Table Grid"
    table.autofit = False
    for i, row in enumerate(cells):
        for cell, text, width in zip(table.add_row().cells, row, (1.2, 6, 6, 3.3), strict=True):
            cell.width = Cm(width)
            fill(cell, [text], bold=i == 0, centred=i == 0, size=12)


def page_setup(document: Document) -> None:
    """A4, margins and type of NĐ 30/2020 Phụ lục I."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin, section.top_margin, section.bottom_margin = Cm(3), Cm(1.5), Cm(2), Cm(2)
    document.styles["Normal"].font.name = "Times New Roman"
    document.styles["Normal"].font.size = Pt(14)


def body(document: Document, lines: list[str], num: int) -> None:
    """The paragraphs, lists and tables between header and signature."""
    rows: list[str] = []
    for line in [*lines, ""]:
        if line.startswith("|"):
            rows.append(line)
            continue
        if rows:
            grid(document, rows)
            rows = []
        mark, _, rest = line.partition(" ")
        if mark == "!":
            write(document.add_paragraph(), rest, bold=True, centred=True)
        elif mark in {"#", "##", "-"}:
            paragraph = document.add_paragraph()
            write(paragraph, rest, bold=mark == "#")
            number(paragraph, num, {"#": 0, "##": 1, "-": 2}[mark])
        elif line:
            paragraph = document.add_paragraph()
            write(paragraph, line, bold=line.startswith("Thứ "))
            paragraph.paragraph_format.first_line_indent = Cm(1)


def tagged(lines: list[str], tag: str) -> list[str]:
    """The values of the lines ``tag: value``; a ``|`` starts a new line in the block."""
    return [part.strip() for line in lines if line.startswith(f"{tag}: ") for part in line[len(tag) + 2 :].split("|")]


def make_docx(name: str) -> None:
    """One text source as a DOCX."""
    style, *lines = (SOURCE / f"{name}.txt").read_text("utf-8").splitlines()
    document = docx.Document()
    page_setup(document)
    left, right = two_columns(document, 62)
    fill(left, tagged(lines, "left"))
    fill(right, tagged(lines, "right"))
    document.add_paragraph()
    tags = ("left: ", "right: ", "foot: ", "sign: ")
    body(document, [line for line in lines if not line.startswith(tags)], numbering(document, style))
    left, right = two_columns(document, 85)
    fill(left, tagged(lines, "foot"), centred=False, size=11)
    fill(right, tagged(lines, "sign"), bold=True)
    document.core_properties.author = document.core_properties.comments = ""
    document.save(str(DEMO / "files" / f"{name}.docx"))


def fold(text: str) -> str:
    """White space to single spaces, composed letters."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def plain(name: str) -> str:
    """The words of a source without its markup."""
    path = next(SOURCE.glob(f"{Path(name).stem}.[ht]*"))
    text = path.read_text("utf-8").replace("//", "").replace("**", "")
    if path.suffix == ".html":
        text = html.unescape(re.sub(r"<[^>]+>", " ", re.sub(r"<style.*?</style>", " ", text, flags=re.DOTALL)))
    return fold(text.replace("| ", " ").replace("\n## ", "\n").replace("\n- ", "\n"))


def check() -> list[str]:
    """Texts of the truth that do not stand in their file."""
    missing = []
    for entry in json.loads((DEMO / "truth.json").read_text("utf-8"))["files"]:
        words = plain(entry["file"])
        facts = [*entry["citations"], *entry["tasks"], *(entry["report"] or {"items": []})["items"]]
        missing += [f"{entry['file']}: {fact['text']}" for fact in facts if fact["text"] not in words]
    return missing


def main() -> None:
    """Makes all files, or checks the truth."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    if not parser.parse_args().check:
        (DEMO / "files").mkdir(parents=True, exist_ok=True)
        for name in PDF:
            print_pdf(name)
        for name in DOCX:
            make_docx(name)
        for name in HTML:
            shutil.copyfile(SOURCE / f"{name}.html", DEMO / "files" / f"{name}.html")
    missing = check()
    print("\n".join(missing) or "truth.json agrees with the sources")
    raise SystemExit(bool(missing))


if __name__ == "__main__":
    main()

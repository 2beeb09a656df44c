"""Word files: automatic numbers are part of the text, tables keep their grid, deletions are out."""

from __future__ import annotations

import io
import zipfile

import pytest
from docx import Document as WordFile

from corpus.docx_numbering import _number
from corpus.model import Document
from corpus.reader import read_bytes

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def package(body: str, **parts: str) -> Document:
    """Read a .docx with the given body; ``numbering``, ``styles``, ``footnotes`` are the inner XML of those parts."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
        for name, inner in parts.items():
            archive.writestr(f"word/{name}.xml", f"<w:{name} {W}>{inner}</w:{name}>")
    return read_bytes(target.getvalue(), "a.docx")


def p(text: str, properties: str = "") -> str:
    return f'<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def item(text: str, level: int, number: int = 1) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def lvl(depth: int, kind: str, text: str, extra: str = "") -> str:
    start = f'<w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
    return f'<w:lvl w:ilvl="{depth}">{start}{extra}<w:lvlText w:val="{text}"/></w:lvl>'


def lines(document: Document) -> list[str]:
    return [document.text[block.start : block.end] for block in document.blocks]


def grid(document: Document, table: int = 0) -> list[list[str]]:
    return [[document.text[cell.start : cell.end] for cell in row.cells] for row in document.tables[table].rows]


LISTS = (
    '<w:abstractNum w:abstractNumId="0">'
    + lvl(0, "decimal", "Điều %1.")
    + lvl(1, "decimal", "%2.")
    + lvl(2, "lowerLetter", "%3)")
    + lvl(3, "bullet", "\uf02d")
    + "</w:abstractNum>"
    '<w:abstractNum w:abstractNumId="1">'
    + lvl(0, "upperRoman", "%1.")
    + lvl(1, "decimal", "%2.", '<w:pStyle w:val="Muc"/>')
    + lvl(2, "decimal", "%2.%3.")
    + lvl(3, "decimal", "%1.%2.", "<w:isLgl/>")
    + "</w:abstractNum>"
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="1"><w:startOverride w:val="5"/>'
    "</w:lvlOverride></w:num>"
)
STYLES = (
    '<w:style w:type="paragraph" w:styleId="Muc"><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="MucCon"><w:basedOn w:val="Muc"/><w:rPr><w:b/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Heading1"><w:pPr><w:jc w:val="center"/><w:outlineLvl w:val="0"/></w:pPr>'
    "</w:style>"
)


def test_automatic_numbers_are_written() -> None:
    body = (
        item("Phạm vi", 0) + item("Khoản một", 1) + item("Điểm a", 2) + item("Điểm b", 2) + item("Gạch", 3)
        + item("Khoản hai", 1) + item("Điểm a lại", 2) + item("Đối tượng", 0) + item("Khoản một lại", 1)
    )  # fmt: skip
    document = package(body, numbering=LISTS)
    assert lines(document) == [
        "Điều 1. Phạm vi", "1. Khoản một", "a) Điểm a", "b) Điểm b", "- Gạch", "2. Khoản hai", "a) Điểm a lại",
        "Điều 2. Đối tượng", "1. Khoản một lại",
    ]  # fmt: skip
    assert [block.label for block in document.blocks][:5] == ["Điều 1.", "1.", "a)", "b)", "-"]
    assert document.blocks[4].kind == "list_item"


def test_roman_and_compound_numbers() -> None:
    body = item("Một", 0, 2) + item("a", 1, 2) + item("b", 2, 2) + item("c", 2, 2) + item("Hai", 0, 2) + item("d", 3, 2)
    assert lines(package(body, numbering=LISTS)) == ["I. Một", "1. a", "1.1. b", "1.2. c", "II. Hai", "2.1. d"]


def test_numbers_by_style_and_restart() -> None:
    styled = '<w:pStyle w:val="{}"/>'
    body = p("Theo kiểu", styled.format("Muc")) + p("Theo kiểu con", styled.format("MucCon")) + item("Từ năm", 1, 3)
    off = p("Không số", '<w:pStyle w:val="Muc"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    document = package(body + off, numbering=LISTS, styles=STYLES)
    assert lines(document) == ["1. Theo kiểu", "2. Theo kiểu con", "5. Từ năm", "Không số"]
    assert [block.bold for block in document.blocks] == [False, True, False, False]


@pytest.mark.parametrize(
    ("value", "style", "printed"),
    [
        (4, "upperRoman", "IV"),
        (1994, "lowerRoman", "mcmxciv"),
        (27, "lowerLetter", "aa"),
        (5, "decimalZero", "05"),
        (3, "none", ""),
    ],
)
def test_number_formats(value: int, style: str, printed: str) -> None:
    assert _number(value, style) == printed


def test_insertions_in_deletions_out() -> None:
    body = (
        "<w:p><w:r><w:t>Giao </w:t></w:r><w:ins><w:r><w:t>Sở Nội vụ</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>Sở cũ</w:delText></w:r></w:del><w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r>"
        "<w:hyperlink><w:r><w:t> chủ trì</w:t></w:r></w:hyperlink><w:r><w:noBreakHyphen/></w:r>"
        "<w:r><w:instrText>PAGE</w:instrText></w:r><w:sdt><w:sdtContent><w:r><w:t>2026</w:t></w:r>"
        "</w:sdtContent></w:sdt></w:p>"
    )
    assert package(body).text == "Giao Sở Nội vụ chủ trì-2026"


def test_content_controls_text_boxes_and_soft_breaks() -> None:
    choice = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    box = "<w:txbxContent><w:p><w:r><w:t>Trong khung</w:t></w:r></w:p></w:txbxContent>"
    body = (
        f"<w:sdt><w:sdtContent>{p('Trong điều khiển')}</w:sdtContent></w:sdt>"
        f'<w:p><w:r><w:t>Ngoài khung</w:t></w:r><w:r><mc:AlternateContent xmlns:mc="{choice}"><mc:Choice>'
        f"{box}</mc:Choice>"
        f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
        "<w:p><w:r><w:t>Gồm:</w:t><w:br/><w:t>- Việc một,</w:t><w:br/><w:t>còn tiếp;</w:t><w:br/><w:t>"
        "- Việc hai.</w:t></w:r></w:p>"
    )
    assert lines(package(body)) == [
        "Trong điều khiển", "Ngoài khung", "Trong khung", "Gồm:", "- Việc một, còn tiếp;", "- Việc hai.",
    ]  # fmt: skip


def test_running_heads_and_notes_are_furniture() -> None:
    word = WordFile()
    word.add_paragraph("Nội dung")
    word.sections[0].header.paragraphs[0].text = "Tiêu đề trang"
    word.sections[0].footer.paragraphs[0].text = "- 1 -"
    target = io.BytesIO()
    word.save(target)
    document = read_bytes(target.getvalue(), "a.docx")
    assert document.text == "Nội dung"
    assert [(piece.kind, piece.text) for piece in document.furniture] == [("header", "Tiêu đề trang")]
    notes = '<w:footnote w:type="separator"><w:p/></w:footnote><w:footnote w:id="2">' + p("Chú thích") + "</w:footnote>"
    assert [(f.kind, f.text) for f in package(p("Nội dung"), footnotes=notes).furniture] == [("note", "Chú thích")]


def test_state_header_is_read_as_paragraphs_and_tasks_as_a_table() -> None:
    word = WordFile()
    header = word.add_table(2, 2)
    header.cell(0, 0).text = "UBND TỈNH A\nSỞ NỘI VỤ\n-------"
    header.cell(0, 1).text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
    header.cell(1, 0).text = "Số: 12/KH-SNV"
    header.cell(1, 1).text = "A, ngày 05 tháng 01 năm 2026"
    table = word.add_table(4, 4)
    rows = [
        ["TT", "Nhiệm vụ", "Chủ trì", "Hạn"],
        ["I", "NHÓM", "", ""],
        ["1", "Việc một", "Sở A", "2026"],
        ["2", "Việc hai", "", "2027"],
    ]
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            if text:
                table.cell(r, c).text = text
    table.cell(1, 1).merge(table.cell(1, 3))
    table.cell(2, 2).merge(table.cell(3, 2))
    target = io.BytesIO()
    word.save(target)
    document = read_bytes(target.getvalue(), "a.docx")
    assert lines(document)[:6] == [
        "UBND TỈNH A", "SỞ NỘI VỤ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc",
        "Số: 12/KH-SNV", "A, ngày 05 tháng 01 năm 2026",
    ]  # fmt: skip
    assert grid(document) == [
        ["TT", "Nhiệm vụ", "Chủ trì", "Hạn"],
        ["I", "NHÓM", "NHÓM", "NHÓM"],
        ["1", "Việc một", "Sở A", "2026"],
        ["2", "Việc hai", "Sở A", "2027"],
    ]
    assert [cell.merged for cell in document.tables[0].rows[3].cells] == [False, False, True, False]


def test_numbers_in_cells_and_tables_in_cells() -> None:
    def row(*cells: str) -> str:
        return "<w:tr>" + "".join(f"<w:tc>{cell}</w:tc>" for cell in cells) + "</w:tr>"

    inner = f"<w:tbl>{row(p('trái'), p('phải'))}</w:tbl>"
    head = row(p("TT"), p("Nhiệm vụ"), p("Ghi chú"))
    body = f"<w:tbl>{head}{row(item('', 1), p('Việc một'), p(''))}{row(item('', 1), p('Việc hai'), inner)}</w:tbl>"
    assert grid(package(body, numbering=LISTS)) == [
        ["TT", "Nhiệm vụ", "Ghi chú"],
        ["1.", "Việc một", ""],
        ["2.", "Việc hai", "trái\nphải"],
    ]


def test_old_fonts_are_converted_run_by_run() -> None:
    def run(font: str, text: str) -> str:
        fonts = f'<w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}"/></w:rPr>'
        return f'<w:r>{fonts}<w:t xml:space="preserve">{text}</w:t></w:r>'

    body = (
        "<w:p>"
        + run(".VnTimeH", "quyÕt ®Þnh ")
        + run(".VnTime", "cña Bé tr­ëng ")
        + run("Times New Roman", "năm 2003")
        + "</w:p>"
    )
    document = package(body + "<w:p>" + run(".VnTime", "Đã là Unicode") + "</w:p>")
    assert lines(document) == ["QUYẾT ĐỊNH của Bộ trưởng năm 2003", "Đã là Unicode"]
    assert [problem.code for problem in document.problems] == ["legacy_encoding"]


def test_secret_stamp_in_the_running_head_is_seen() -> None:
    word = WordFile()
    word.add_paragraph("Nội dung")
    word.sections[0].header.paragraphs[0].text = "TỐI MẬT"
    target = io.BytesIO()
    word.save(target)
    document = read_bytes(target.getvalue(), "a.docx")
    assert ([problem.code for problem in document.problems], document.text, document.furniture) == (["secret"], "", ())

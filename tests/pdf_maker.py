"""Writes small PDF files for tests: text at given places, ruled lines, sideways pages, no dependency.

Letters outside of ASCII get codes of their own in Helvetica and a ToUnicode map, so that Vietnamese text reads back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

WIDTH, HEIGHT = 595, 842
_SPARE = [*range(0xC0, 0x100), *range(0xA1, 0xC0)]
"""Codes for letters beyond ASCII, those first that have the shape of a letter."""


@dataclass
class PageMaker:
    """One page; y counts from the top."""

    width: float = WIDTH
    height: float = HEIGHT
    sideways: bool = False
    operations: list[str] = field(default_factory=list)
    texts: list[tuple[float, float, float, str, bool]] = field(default_factory=list)
    image: bool = False
    rotate: int = 0

    def text(self, x: float, y: float, text: str, *, size: float = 14, bold: bool = False) -> PageMaker:
        self.texts.append((x, y, size, text, bold))
        return self

    def lines(self, x: float, y: float, lines: Sequence[str], *, size: float = 12, leading: float = 15) -> PageMaker:
        for index, line in enumerate(lines):
            self.text(x, y + index * leading, line, size=size)
        return self

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> PageMaker:
        a, b = self._place(x0, y0), self._place(x1, y1)
        self.operations.append(f"{a[0]} {a[1]} m {b[0]} {b[1]} l S")
        return self

    def grid(self, xs: Sequence[float], ys: Sequence[float]) -> PageMaker:
        for y in ys:
            self.rule(xs[0], y, xs[-1], y)
        for x in xs:
            self.rule(x, ys[0], x, ys[-1])
        return self

    def _place(self, x: float, y: float) -> tuple[float, float]:
        return (y, x) if self.sideways else (x, self.height - y)

    def content(self, code: dict[str, int]) -> bytes:
        matrix = "0 1 -1 0" if self.sideways else "1 0 0 1"
        parts = list(self.operations)
        for x, y, size, text, bold in self.texts:
            a, b = self._place(x, y)
            encoded = "".join(f"{code[letter]:02x}" for letter in text)
            parts.append(f"BT /F{2 if bold else 1} {size} Tf {matrix} {a} {b} Tm <{encoded}> Tj ET")
        if self.image:
            parts.append(f"q {self.width} 0 0 {self.height * 0.8} 0 0 cm /I1 Do Q")
        return "\n".join(parts).encode("ascii")


def make_pdf(pages: Sequence[PageMaker], trailer: str = "") -> bytes:
    """The file's bytes."""
    letters = sorted({letter for page in pages for _, _, _, text, _ in page.texts for letter in text})
    code = {letter: ord(letter) for letter in letters if ord(letter) < 127}
    code.update(zip((letter for letter in letters if ord(letter) >= 127), _SPARE, strict=False))
    objects: list[bytes] = [b"", b"", _map(code)]
    for name in ("Helvetica", "Helvetica-Bold"):
        font = f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding /ToUnicode 3 0 R >>"
        objects.append(font.encode())
    objects.append(
        _stream(
            b"\x80", "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8"
        )
    )
    kids = []
    for page in pages:
        objects.append(_stream(page.content(code)))
        kids.append(f"{len(objects) + 1} 0 R")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {page.width} {page.height}] /Rotate {page.rotate} "
            f"/Contents {len(objects)} 0 R "
            "/Resources << /Font << /F1 4 0 R /F2 5 0 R >> /XObject << /I1 6 0 R >> >> >>".encode()
        )
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(pages)} >>".encode()
    return _file(objects, trailer)


def _stream(data: bytes, extra: str = "") -> bytes:
    return f"<< /Length {len(data)} {extra} >>\nstream\n".encode() + data + b"\nendstream"


def _map(code: dict[str, int]) -> bytes:
    lines = [f"<{number:02x}> <{letter.encode('utf-16-be').hex()}>" for letter, number in code.items()]
    blocks = [lines[start : start + 100] for start in range(0, len(lines), 100)]
    body = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
    head = "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def\n"
    space = "1 begincodespacerange <00> <ff> endcodespacerange\n"
    return _stream((head + space + body + "\nendcmap end end").encode())


def _file(objects: Sequence[bytes], trailer: str) -> bytes:
    data = b"%PDF-1.7\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    start = len(data)
    data += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}".encode()
    return data + f"trailer << /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n".encode()

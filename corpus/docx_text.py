"""Text of a Word paragraph as printed: insertions in, deletions out, soft breaks as lines, old fonts converted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from corpus.docx_numbering import Numbering
from corpus.docx_package import Element, Package, W
from corpus.legacy import convert, detect, font_encoding, has_vietnamese

_ALTERNATE: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_SKIPPED: Final = frozenset(
    W + name
    for name in (
        "del",
        "moveFrom",
        "instrText",
        "delText",
        "delInstrText",
        "rPr",
        "pPr",
        "rt",
        "fldData",
        "txbxContent",
    )
)
_SIGNS: Final = {
    W + "tab": "\t",
    W + "br": "\n",
    W + "cr": "\n",
    W + "noBreakHyphen": "-",
    W + "ptab": "\t",
}
_SYMBOLS: Final = {
    0xF0B7: "•",
    0xF02D: "-",
    0xF0A7: "•",
    0xF0D8: "•",
    0xF0FC: "✓",
    0xF0A8: "□",
    0xF06F: "□",
    0xF0FE: "☑",
}
_OFF: Final = frozenset({"0", "false", "off", "none"})


@dataclass(frozen=True, slots=True)
class Style:
    """What a paragraph style says, its ancestors taken in."""

    number: str | None = None
    numbered: str = ""
    """The style (this one or an ancestor) that names the list: levels are bound to it."""
    depth: int | None = None
    bold: bool = False
    centred: bool = False
    heading: bool = False
    font: str | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A Word paragraph: its printed lines and what they look like."""

    text: str
    label: str
    bold: bool
    centred: bool
    heading: bool
    boxes: tuple[Element, ...] = ()
    """Text boxes anchored in it."""


@dataclass(slots=True)
class Texts:
    """Reads paragraphs of one document."""

    styles: dict[str, Style] = field(default_factory=dict)
    numbering: Numbering = field(default_factory=Numbering)
    default_style: str = ""
    converted: set[str] = field(default_factory=set)
    """Old encodings that were met."""

    @classmethod
    def of(cls, package: Package) -> Texts:
        """With the styles and lists of a package."""
        root = package.part("word/styles.xml")
        items = {} if root is None else {item.get(f"{W}styleId") or "": item for item in root.findall(f"{W}style")}
        styles = {name: _style(name, items) for name in items}
        lists = {name: style.number for name, style in styles.items() if style.number}
        default = next(
            (n for n, i in items.items() if i.get(f"{W}type") == "paragraph" and _on(i.get(f"{W}default"))), ""
        )
        return cls(styles, Numbering.read(package.part("word/numbering.xml"), lists), default)

    def paragraph(self, element: Element) -> Paragraph:
        """The printed paragraph; asking for it counts its list on."""
        properties = element.find(f"{W}pPr")
        name = _attribute(properties, "pStyle") or self.default_style
        style = self.styles.get(name, Style())
        runs = [(self._run(run, style), run) for run in _runs(element)]
        printed = [(text, run) for text, run in runs if text.strip()]
        return Paragraph(
            text=self._whole("".join(text for text, _ in runs)),
            label=self._label(properties, style),
            bold=bool(printed) and all(_flag(run, "b", default=style.bold) for _, run in printed),
            centred=(_attribute(properties, "jc") or ("center" if style.centred else "")) == "center",
            heading=style.heading,
            boxes=tuple(_boxes(element)),
        )

    def _label(self, properties: Element | None, style: Style) -> str:
        own = None if properties is None else properties.find(f"{W}numPr")
        number = _attribute(own, "numId") or style.number or ""
        if not number or number == "0":
            return ""
        printed_depth = _attribute(own, "ilvl")
        if printed_depth and printed_depth.isdigit():
            depth = int(printed_depth)
        else:
            depth = style.depth if style.depth is not None else self.numbering.level_of_style(number, style.numbered)
        return self.numbering.label(number, depth)

    def _run(self, run: Element, style: Style) -> str:
        if _flag(run, "vanish", default=False):
            return ""
        text = "".join(_signs(run))
        fonts = run.find(f"{W}rPr/{W}rFonts")
        font = (fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi")) if fonts is not None else style.font
        encoding = font_encoding(font)
        if encoding is None or text.isascii() or has_vietnamese(text):
            return text.upper() if encoding == "tcvn3" and (font or "").lower().endswith("h") else text
        self.converted.add(encoding)
        return convert(text, encoding, capitals=(font or "").lower().endswith("h"))

    def _whole(self, text: str) -> str:
        """Text in an old encoding whose fonts do not tell."""
        encoding = detect(text)
        if encoding is None:
            return text
        self.converted.add(encoding)
        return convert(text, encoding)


def children(element: Element) -> Iterator[Element]:
    """Child elements, wrappers opened (content controls, insertions), of alternatives the first that is there."""
    for child in element:
        tag = child.tag
        if tag == _ALTERNATE:
            if len(child):
                yield from children(child[0])
        elif tag in {
            W + "sdt",
            W + "sdtContent",
            W + "ins",
            W + "moveTo",
            W + "smartTag",
            W + "customXml",
            W + "hyperlink",
        } or tag in {W + "fldSimple", W + "dir", W + "bdo"}:
            yield from children(child)
        elif isinstance(tag, str) and tag not in _SKIPPED:
            yield child


def _runs(paragraph: Element) -> Iterator[Element]:
    return (child for child in children(paragraph) if child.tag == W + "r")


def _signs(run: Element) -> Iterator[str]:
    for child in children(run):
        if child.tag == W + "t":
            yield child.text or ""
        elif child.tag == W + "sym":
            code = int(child.get(f"{W}char") or "0", 16)
            yield _SYMBOLS.get(code, chr(code) if 0x20 < code < 0xE000 else "")
        else:
            yield _SIGNS.get(child.tag, "")


def _boxes(element: Element) -> Iterator[Element]:
    """Text boxes below an element, of alternatives the first, not those inside another box."""
    for child in element:
        if child.tag == _ALTERNATE:
            if len(child):
                yield from _boxes(child[0])
        elif child.tag == W + "txbxContent":
            yield child
        elif child.tag not in {W + "del", W + "moveFrom"}:
            yield from _boxes(child)


def _style(name: str, items: dict[str, Element]) -> Style:
    """A style with what it inherits; a circle of ancestors ends where it closes."""
    chain: list[Element] = []
    seen: set[str] = set()
    while name in items and name not in seen:
        seen.add(name)
        chain.append(items[name])
        name = _attribute(items[name], "basedOn") or ""
    found = Style()
    for item in reversed(chain):
        found = _merged(found, item)
    return found


def _merged(base: Style, item: Element) -> Style:
    properties, runs = item.find(f"{W}pPr"), item.find(f"{W}rPr")
    number = None if properties is None else properties.find(f"{W}numPr")
    depth = _attribute(number, "ilvl")
    justified = _attribute(properties, "jc")
    outline = _attribute(properties, "outlineLvl")
    fonts = None if runs is None else runs.find(f"{W}rFonts")
    own = _attribute(number, "numId")
    return Style(
        number=own or base.number,
        numbered=(item.get(f"{W}styleId") or "") if own else base.numbered,
        depth=int(depth) if depth and depth.isdigit() else base.depth,
        bold=base.bold if runs is None else _flag(item, "b", default=base.bold),
        centred=base.centred if justified is None else justified == "center",
        heading=base.heading or (outline is not None and outline != "9"),
        font=(fonts.get(f"{W}ascii") if fonts is not None else None) or base.font,
    )


def _attribute(element: Element | None, name: str) -> str | None:
    """The w:val of a child element."""
    child = None if element is None else element.find(f"{W}{name}")
    return None if child is None else child.get(f"{W}val")


def _flag(element: Element, name: str, *, default: bool) -> bool:
    """A switch such as bold in the run properties of an element."""
    child = element.find(f"{W}rPr/{W}{name}")
    return default if child is None else _on(child.get(f"{W}val", "1"))


def _on(value: str | None) -> bool:
    return value is not None and value not in _OFF

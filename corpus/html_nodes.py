"""Elements of a web page: which are shown, which break lines, how deep they nest, how list items are marked."""

from __future__ import annotations

import re
from typing import Final

from selectolax.lexbor import LexborNode

DROPPED: Final = frozenset({
    "script", "style", "noscript", "template", "nav", "iframe", "svg", "button", "select", "textarea", "object", "head",
    "canvas", "audio", "video", "menu", "aside", "-comment", "!doctype", "link", "meta", "title", "map", "datalist",
})  # fmt: skip
INLINE: Final = frozenset({
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img", "input",
    "ins", "kbd", "label", "mark", "o:p", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong",
    "sub", "sup", "time", "tt", "u", "var", "wbr", "st1:place", "-text",
})  # fmt: skip
HEADINGS: Final = frozenset(f"h{level}" for level in range(1, 7))
_HIDDEN: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
SPACE: Final = re.compile(r"[ \t\r\n\f]+")
_TAG: Final = re.compile(rb"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_CLOSED_BY_ITSELF: Final = frozenset(
    b"br hr img input meta link area base col embed source track wbr".split()
    + b"p li td tr th dt dd option thead tbody tfoot".split()
)
DEEPEST_PARSED: Final = 10_000
"""The parser's time grows with the square of the depth."""


def depth(data: bytes) -> int:
    """Greatest nesting that the tags announce, those left out that end by themselves."""
    if data.count(b"<") < DEEPEST_PARSED:
        return 0
    level = deepest = 0
    for match in _TAG.finditer(data):
        if match[2].lower() not in _CLOSED_BY_ITSELF:
            level = max(level - 1, 0) if match[1] else level + 1
            deepest = max(deepest, level)
    return deepest


def main_part(body: LexborNode) -> LexborNode:
    """The part of the page that holds the document, when the page says so."""
    found = body.css("main") or body.css("article")
    if len(found) == 1 and len(found[0].text()) > 0.5 * len(body.text()):
        return found[0]
    return body


def hidden(node: LexborNode) -> bool:
    """True for an element that the page does not show."""
    if node.tag == "-text":
        return False
    attributes = node.attributes
    return (
        "hidden" in attributes
        or attributes.get("role") == "navigation"
        or bool(_HIDDEN.search(attributes.get("style") or ""))
    )


def marker(node: LexborNode, number: int) -> str:
    """The mark that a browser draws before a list item."""
    if node.tag == "ul":
        return "-"
    kind = node.attributes.get("type") or "1"
    if kind in {"a", "A"} and 0 < number <= 26:
        return chr(ord(kind) + number - 1) + ")"
    if kind in {"i", "I"}:
        roman = _roman(number)
        return f"{roman}." if kind == "I" else f"({roman.lower()})"
    return f"{number}."


def _roman(number: int) -> str:
    digits = ""
    for size, sign in ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        count, number = divmod(number, size)
        digits += sign * min(count, 10)
    return digits


def integer(text: str | None, default: int) -> int:
    """The number that an attribute gives."""
    stripped = (text or "").strip()
    return int(stripped) if stripped.isascii() and stripped.isdigit() and len(stripped) < 8 else default

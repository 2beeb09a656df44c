"""Markdown's inline marks taken out: what stays is what a reader of the printed page would see."""

from __future__ import annotations

import html
import re
from typing import Final

_LINK: Final = re.compile(r"!?\[([^\[\]\n]{0,500})\]\((?:[^()\s]|\([^()\s]*\)){0,1000}(?:\s+\"[^\"\n]{0,300}\")?\)")
_BREAK: Final = re.compile(r"<br\s*/?>", re.IGNORECASE)
_TAG: Final = re.compile(
    r"</?(?:p|b|i|u|em|strong|sup|sub|span|div|font|center|a|img|table|thead|tbody|tr|td|th|h[1-6]|ul|ol|li|blockquote|code|pre)"
    r"(?:\s[^<>\n]{0,500})?/?>|<!--.{0,2000}?-->",
    re.IGNORECASE,
)
_EDIT_LINK: Final = re.compile(r"\[sửa \| sửa mã nguồn\]\s*")
"""Chrome of wiki pages; its bar is no table."""
_STARS: Final = re.compile(r"\\[\\`*_{}\[\]()#+\-.!|<>~]|\(\*{1,3}\)|\*+")
_BULLET: Final = re.compile(r"\s*\*\s+(?=[^\s*])")
_BOLD: Final = re.compile(r"\*\*(?=\S)((?:[^*]|\*(?!\*))+)\*\*")
_HEADING: Final = re.compile(r" {0,3}(#{1,6})(?:\s+|$)(.*?)(?:\s+#+)?\s*$")


def plain(text: str) -> str:
    """``text`` without emphasis, links, tags, entities and backslash escapes; ``<br>`` becomes a line feed."""
    if "<" in text:
        text = _TAG.sub("", _BREAK.sub("\n", text))
    if "](" in text:
        text = _LINK.sub(r"\1", text)
    if "*" in text or "\\" in text:
        text = _without_stars(text)
    return html.unescape(text) if "&" in text else text


def without_chrome(text: str) -> str:
    """``text`` without the links that a site adds to its pages."""
    return _EDIT_LINK.sub("", text) if "[sửa" in text else text


def heading(line: str) -> str | None:
    """The text of an ATX heading (``## …``), or None."""
    match = _HEADING.match(line)
    return match[2] if match else None


def is_bold(text: str) -> bool:
    """True when nearly all of a paragraph is bold."""
    stripped = text.strip().strip("_")
    if not stripped.startswith("**"):
        return False
    inside = sum(len(match[1]) for match in _BOLD.finditer(stripped))
    return inside >= 0.8 * len(stripped.replace("*", "").strip())


def _without_stars(text: str) -> str:
    bullet = _BULLET.match(text)
    stars = text.count("*")
    if text.strip() == "*" or (stars == 1 and bullet is None and " * " in text):
        return text
    if bullet and stars % 2:
        return "* " + _STARS.sub(_kept, text[bullet.end() :])
    return _STARS.sub(_kept, text)


def _kept(match: re.Match[str]) -> str:
    """An escape keeps its sign, "(*)" is a note mark, other stars are emphasis."""
    mark = match[0]
    if mark.startswith("\\"):
        return mark[1]
    return mark if mark.startswith("(") else ""

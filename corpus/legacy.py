"""TCVN3 (ABC) and VNI, the eight-bit encodings of office files before Unicode became mandatory in 2002-2003.

Text in them looks like Latin-1 ("Céng hßa x· héi chñ nghÜa"). Detection counts signs that ordinary text has not;
text without marks ("van ban khong dau") scores nothing and stays as it is.
"""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files
from typing import Final, Literal

Legacy = Literal["tcvn3", "vni"]

_TABLES: Final[dict[str, dict[str, str]]] = tomllib.loads(
    (files("corpus") / "data" / "legacy.toml").read_text(encoding="utf-8")
)


def _with_capitals(pairs: dict[str, str]) -> dict[str, str]:
    """VNI's capitals: capital letter with capital mark, and with the small mark that some fonts use."""
    upper = {source.upper(): target.upper() for source, target in pairs.items()}
    mixed = {source[0].upper() + source[1:]: target.upper() for source, target in pairs.items()}
    return pairs | mixed | upper


_TCVN3: Final = {ord(source): target for source, target in _TABLES["tcvn3"].items()}
_VNI: Final = _with_capitals(_TABLES["vni"])
_VNI_PAIR: Final = re.compile("|".join(sorted(map(re.escape, _VNI), key=len, reverse=True)))

_REAL: Final = re.compile("[\u1ea0-\u1ef9ăđơưĩũĂĐƠƯĨŨ]")
_TCVN3_SIGN: Final = re.compile("[®¬\u00adµ¶·¸¹¨©ª«»¼½¾¦§¡¢£¤¥]")
_VNI_SIGN: Final = re.compile("[aeouyAEOUYôöÔÖ][øùûõïâáàåãäêéèúüëØÙÛÕÏÂÁÀÅÃÄÊÉÈÚÜË]|[ñÑ]")
_LETTER: Final = re.compile(r"[^\W\d_]")
_ENOUGH: Final = 40
_SHARE: Final = 0.08
_SAMPLE: Final = 20_000
_DROPPED_HORN: Final = {
    "trơng": "trương", "ơng": "ương", "phơng": "phương", "trờng": "trường", "ngời": "người", "đợc": "được",
    "hớng": "hướng", "nớc": "nước", "lợng": "lượng", "cờng": "cường", "tởng": "tưởng", "thờng": "thường",
    "dơng": "dương", "chơng": "chương", "xởng": "xưởng", "thởng": "thưởng", "đờng": "đường",
}  # fmt: skip
"""Words of TCVN3 text whose ư, the soft hyphen, was dropped on the way; none is a word by itself."""
_HORNLESS: Final = re.compile(r"\b(?:" + "|".join(_DROPPED_HORN) + r")\b", re.IGNORECASE)


def detect(text: str) -> Legacy | None:
    """Which eight-bit encoding ``text`` was written in, or None for Unicode text and for too little of it."""
    sample = text[:_SAMPLE]
    letters = len(_LETTER.findall(sample))
    if letters < _ENOUGH or len(_REAL.findall(sample)) > 0.02 * letters:
        return None
    tcvn3 = len(_TCVN3_SIGN.findall(sample)) / letters
    vni = len(_VNI_SIGN.findall(sample)) / letters
    if max(tcvn3, vni) < _SHARE:
        return None
    return "tcvn3" if tcvn3 > vni else "vni"


def has_vietnamese(text: str) -> bool:
    """True when a text has letters that only Unicode Vietnamese has."""
    return bool(_REAL.search(text))


def font_encoding(font: str | None) -> Legacy | None:
    """The encoding that a font's name gives away (.VnTime, VNI-Times)."""
    name = (font or "").lower()
    if name.startswith(".vn"):
        return "tcvn3"
    return "vni" if name.startswith("vni-") else None


def convert(text: str, encoding: Legacy, *, capitals: bool = False) -> str:
    """``text`` in Unicode. ``capitals``: the font shows capitals only (.VnTimeH)."""
    if encoding == "vni":
        return _VNI_PAIR.sub(lambda match: _VNI[match[0]], text)
    converted = text.translate(_TCVN3)
    if "\u00ad" not in text:
        converted = _HORNLESS.sub(_with_horn, converted)
    return converted.upper() if capitals else converted


def _with_horn(match: re.Match[str]) -> str:
    word = match[0]
    repaired = _DROPPED_HORN[word.lower()]
    if word.isupper():
        return repaired.upper()
    return repaired.capitalize() if word[0].isupper() else repaired

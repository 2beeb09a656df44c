"""Keys under which the spellings of one name are equal: abbreviations opened, tones, i/y, joints and case made one."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from corpus.text import fold, no_marks, one_to_one
from nlp import unit_names as names

_SIGNS: Final = re.compile(r"[^\w\s]|_")
_JOINTS: Final = frozenset({"và", "&"})
_Y: Final = re.compile(r"\b([hklmst]|th|nh)([yỳýỷỹỵ])\b")
_I_OF: Final = dict(zip("yỳýỷỹỵ", "iìíỉĩị", strict=True))
_GLUED: Final = re.compile(r"(?<![\w&])(UBND|HĐND|VPUB|VPUBND|MTTQ|UBMTTQ|MTTQVN|UBMTTQVN)(TP|tỉnh|VN)(?!\w)")
_PARTY_OFFICE: Final = re.compile(r"(?<!\w)VPTU(?!\w)")
"""Tỉnh ủy and Thành ủy share the code TU; which it is, the issuer tells."""
_TITLE_DOTS: Final = re.compile(r"\b(TP|Tp|TX|TT|TƯ|VP|T|P|Q|H|X)\.\s*(?=\w)")


@lru_cache(maxsize=65_536)
def name_key(name: str) -> str:
    """The comparison key of a name, marks kept.

    >>> name_key("Uỷ ban Dân tộc") == name_key("Ủy ban dân tộc"), name_key("Bộ TC") == name_key("Bộ Tài Chính")
    (True, True)
    """
    text = opened(_TITLE_DOTS.sub(r"\1 ", fold(one_to_one(name))))
    low = _SIGNS.sub(" ", names.plain(text.replace("&", " và ")))
    low = _Y.sub(lambda match: match[1] + _I_OF[match[2]], low)
    return " ".join(word for word in low.split() if word not in _JOINTS)


def opened(name: str) -> str:
    """A name with its abbreviations written out, those that hang together by "&" or without a space too."""
    apart = _GLUED.sub(r"\1 \2", _PARTY_OFFICE.sub("Văn phòng TU", name))
    once = names.opened(apart)
    return names.opened(once.replace("&", " và ")) if "&" in once else once


def loose_key(key: str) -> str:
    """A key without marks and spaces, for names with slips of marks ("Sờ Nội vụ", "Bô Tài chính")."""
    return no_marks(key).replace(" ", "")


def slug(name: str) -> str:
    """A readable part of a unit id: "Bà Rịa - Vũng Tàu" → "ba-ria-vung-tau"."""
    return "-".join(re.sub(r"[^a-z0-9]+", " ", no_marks(fold(name))).split())

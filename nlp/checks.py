"""What can be doubted about a citation from its own words: damage, a date or an issuer that contradicts the symbol."""

from __future__ import annotations

import re
from typing import Final

from corpus.text import canonical_tones
from nlp.mentions import Mention
from nlp.symbol_form import TERM
from nlp.vocabulary import UNNUMBERED_YEAR_KINDS

_ISSUERS: Final = {
    "CP": ("chính phủ", "hội đồng chính phủ", "hội đồng bộ trưởng"), "TTg": ("thủ tướng", "phó thủ tướng", "ttg"),
    "QH": ("quốc hội",), "CTN": ("chủ tịch nước",),
    "UBTVQH": ("ủy ban thường vụ quốc hội", "ubtvqh", "quốc hội"),
}  # fmt: skip
_ROMANS: Final = (
    "",
    "I",
    "II",
    "III",
    "IV",
    "V",
    "VI",
    "VII",
    "VIII",
    "IX",
    "X",
    "XI",
    "XII",
    "XIII",
    "XIV",
    "XV",
    "XVI",
    "XVII",
)


def checked(mention: Mention) -> tuple[str | None, tuple[str, ...]]:
    """Issuer (inferred only where the symbol itself names body and term) and flags."""
    flags = list(mention.flags)
    symbol = mention.symbol
    issuer = mention.issuer
    if symbol is None:
        return issuer, tuple(flags)
    lost_year = symbol.year is None and symbol.code in UNNUMBERED_YEAR_KINDS and symbol.system == "state"
    if lost_year and (mention.date is None or mention.date.year >= 1997) and "damaged" not in flags:
        flags.append("damaged")
    if symbol.year and mention.date and mention.date.year != symbol.year:
        flags.append("date_conflict")
    agency = re.sub(r"\d+$", "", symbol.agencies[0]) if symbol.agencies else ""
    if issuer and agency in _ISSUERS and not canonical_tones(issuer).lower().startswith(_ISSUERS[agency]):
        flags.append("issuer_conflict")
    if issuer is None and symbol.agencies and (term := TERM.fullmatch(symbol.agencies[0])) and term[1] == "ĐĐQH":
        number = int(term[2])
        issuer = f"Đảng đoàn Quốc hội khóa {_ROMANS[number] if number < len(_ROMANS) else number}"
        flags.append("issuer_inferred")
    return issuer, tuple(flags)

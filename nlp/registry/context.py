"""What a document tells about the names in it: its day, its issuer, the province whose bodies it means."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from corpus.text import fold, one_to_one
from nlp.model import Header
from nlp.registry.build import template_keys
from nlp.registry.keys import name_key
from nlp.registry.local import read_local
from nlp.registry.lookup import exact_or_local
from nlp.registry.model import Context, Resolved
from nlp.registry.places import split_place
from nlp.registry.provinces import by_key
from nlp.registry.registry import Registry

_DATE_LINE: Final = re.compile(
    r"(?:^|[\n\t|*])\s*\W{0,4}(?P<place>[^\W\d_][\w .\n-]{1,24}?)\s*,\s*ngày\s+(?:[\d….]{1,4}|\s)", re.IGNORECASE
)
_REACH: Final = 4_000
_PROVINCIAL: Final = re.compile(r"(?:UBND|HĐND|TU|SNV|S[A-ZĐ]{2,}|VPUBND|ĐĐBQH|TTr-S[A-ZĐ]+)\b")
"""Agencies in symbols of provincial bodies: a date line "Hà Nội" may then be the city's."""


def context_of(header: Header, text: str, registry: Registry) -> Context:
    """The context of a document's names. The issuer's own words first, then the place of the date line (NĐ 30/2020)."""
    bare = Context(date=header.date)
    issuer = _issuer(header, bare, registry)
    if issuer and issuer.unit and not issuer.province:
        return Context(header.date, None, issuer.unit, "central")
    province = next(_provinces(header, text), None)
    if province is None:
        return Context(header.date, None, None, "central" if issuer is None or issuer.how == "unknown" else None)
    level = "province" if not _is_local(header) else "commune"
    settled = Context(header.date, province, None, level)  # type: ignore[arg-type]
    placed = _issuer(header, settled, registry)
    return Context(header.date, province, placed.unit if placed else None, settled.level)


def _issuer(header: Header, context: Context, registry: Registry) -> Resolved | None:
    from nlp.registry.resolve import resolve  # noqa: PLC0415 - resolve has no need of this module

    if not header.issuer:
        return None
    exact = exact_or_local(header.issuer, context, registry)
    return exact or next(iter(resolve(header.issuer, context, registry)), None)


def _is_local(header: Header) -> bool:
    """Whether a district or a commune issued the text: its date line names the commune, not the province."""
    base, _ = split_place(name_key(header.issuer or ""), header.date)
    return bool(read_local(base) or re.search(r"\b(?:xã|phường|đặc khu|huyện|quận|thị trấn|thị xã)\b", base))


def _provinces(header: Header, text: str) -> Iterator[str]:
    """Provinces that the issuer, the date line, the title and the recipients name, the surest first."""
    for name in (header.issuer, *header.issuers):
        if name and (province := split_place(name_key(name), header.date)[1].province):
            yield province
    if not _is_local(header):
        yield from _of_date_line(header, text)
    for said in (header.title, *header.recipients):
        if said and (found := _named(said)):
            yield found


def _of_date_line(header: Header, text: str) -> Iterator[str]:
    for match in _DATE_LINE.finditer(one_to_one(text[:_REACH])):
        province = by_key().get(
            name_key(re.sub(r"^(?:TP\.?|Thành phố|Tỉnh)\s*", "", fold(match["place"]), flags=re.IGNORECASE))
        )
        if province and (province != "ha-noi" or _PROVINCIAL.search(header.symbol or "") or _city_body(header)):
            yield province


def _city_body(header: Header) -> bool:
    """Whether the issuer is a body that cities and provinces have: "Sở Nội vụ" dated at Hà Nội is the city's."""
    return name_key(header.issuer or "") in template_keys() or bool(re.match(r"sở\b", name_key(header.issuer or "")))


def _named(said: str) -> str | None:
    match = re.search(r"(?:tỉnh|thành phố|TP\.?)\s+([A-ZĐ][^\s,;.()]*(?:\s+[A-ZĐ-][^\s,;.()]*){0,4})", one_to_one(said))
    if not match:
        return None
    words = match[1].split()
    return next((p for n in range(len(words), 0, -1) if (p := by_key().get(name_key(" ".join(words[:n]))))), None)

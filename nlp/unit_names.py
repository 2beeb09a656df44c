"""The names of bodies as data, and the patterns built from them once.

Abbreviations follow TT 90/2018/TT-BTC and NĐ 30/2020. Who these bodies are, and when, is told by ``nlp.registry``.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Final

from corpus.text import canonical_tones, fold, one_to_one


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(files("nlp.data").joinpath(name).read_text(encoding="utf-8"))


_RAW: Final = _read("units.toml")


def words(key: str) -> tuple[str, ...]:
    """One list of the data file."""
    return tuple(_RAW[key])


def table(key: str) -> dict[str, str]:
    """One name-to-name table of the data file."""
    return dict(_RAW[key])


@dataclass(frozen=True, slots=True)
class Succession:
    """A central body that ended on the day before ``date``, and the bodies that took over its work."""

    old: str
    new: tuple[str, ...]
    date: dt.date


@cache
def successions() -> tuple[Succession, ...]:
    """Central bodies that ended, with their successors; ``nlp.registry.succession`` knows provinces and days too."""
    rows = {row["id"]: row for name in ("central", "party") for row in _read(f"registry/{name}.toml")["unit"]}
    return tuple(
        Succession(row["name"], tuple(rows[one["unit"]]["name"] for one in row["into"]), row["into"][0]["date"])
        for row in rows.values()
        if "into" in row
    )


@lru_cache(maxsize=8192)
def plain(s: str) -> str:
    """Lower case, look-alikes and tone places made one, same length: how names are compared inside a text."""
    return canonical_tones(one_to_one(s)).lower()


def alternatives(items: Iterable[str], *, lower: bool = False) -> str:
    """A pattern that matches any of the names, longest first, white space of any kind between their words."""
    made = {plain(item) if lower else item for item in items}
    return "|".join(r"\s+".join(map(re.escape, item.split())) for item in sorted(made, key=len, reverse=True))


@cache
def full_names() -> tuple[str, ...]:
    """Every whole name known: ministries, departments, and the other bodies."""
    fields = [("Bộ", words("ministries")), ("Sở", words("departments")), ("Cơ quan", words("departments"))]
    return tuple(f"{head} {field}" for head, of in fields for field in of) + words("names")


@cache
def known_name() -> re.Pattern[str]:
    """A whole known name, at the place where it is tried, in :func:`plain` text."""
    loose = [re.sub(r"\s*,\s+", "(?:,)? ", name) for name in full_names()]
    made = sorted({plain(name) for name in loose}, key=len, reverse=True)
    body = "|".join(_loosened(name) for name in made)
    return re.compile(rf"(?:{body})(?!\w)")


def _loosened(name: str) -> str:
    """The name as a pattern: any white space, comma or none, dash with or without spaces, & for và."""
    parts = []
    for word in name.replace("(?:,)?", ",").split():
        bare = word.rstrip(",")
        made = r"(?:và|&)" if bare == "và" else re.escape(bare)
        parts.append(made + (",?" if word.endswith(",") else ""))
    return r"\s+".join(parts).replace(r"\s+\-\s+", r"\s*[\-,]?\s*")


def _place_names() -> tuple[str, ...]:
    """Every name that a province had or has (nlp/data/registry/provinces.toml)."""
    rows = _read("registry/provinces.toml")["provinces"]
    return tuple(dict.fromkeys(name for row in rows for name in (row["name"], row.get("former")) if name))


@cache
def province_heirs() -> dict[str, str]:
    """The province that each ended one went into on 01/7/2025 (NQ 202/2025/QH15), plain words without dashes."""
    rows = _read("registry/provinces.toml")["provinces"]
    pairs = [(row["name"], row["into"]) for row in rows if "into" in row]
    pairs += [(row["former"], row["name"]) for row in rows if "former" in row]
    return {bare_place(old): bare_place(new) for old, new in pairs}


def bare_place(name: str) -> str:
    """A place's name as it stands in the key of a body: "Bà Rịa - Vũng Tàu" gives "bà rịa vũng tàu"."""
    return " ".join(re.sub(r"[^\w\s]", " ", plain(name)).split())


PLACE_NAMES: Final = _place_names()


@cache
def place() -> re.Pattern[str]:
    """The place or level that follows a body's name: "tỉnh Kiên Giang", "thành phố", in plain text."""
    names = alternatives(PLACE_NAMES, lower=True)
    kinds = r"tỉnh|thành\s+phố|tp\.?|huyện|quận|thị\s+xã|tx\.?|xã|phường|thị\s+trấn|đặc\s+khu|trung\s+ương|thủ\s+đô"
    alone = r"(?=\s*(?:[^\w\s]|$)|\s+(?:và|có|phải|trong|thuộc|ở|liên|của|tổ)\s)"
    level = rf"(?:cùng\s+cấp|cấp(?:\s+(?:tỉnh|huyện|xã|cơ\s+sở|trung\s+ương)|{alone}))"
    return re.compile(rf"\s+(?:(?:{kinds}|{level})(?!\w)(?:\s+(?:{names})(?!\w))?|(?:{names}))(?!\w)")


@cache
def board() -> re.Pattern[str]:
    """A management board of projects with its field written small, in plain text."""
    fields = alternatives(words("board_fields"), lower=True)
    return re.compile(rf"ban\s+quản\s+lý(?:\s+các)?\s+dự\s+án(?:,?\s+(?:{fields})(?!\w))*")


@cache
def abbreviation() -> re.Pattern[str]:
    """An abbreviation that a comparison key opens, as printed (case counts: TC and tc differ)."""
    return re.compile(rf"(?<![\w&])(?:{alternatives(table('abbreviations'))})(?![\w&])")


@cache
def _openings() -> dict[str, str]:
    return {" ".join(short.split()): full for short, full in table("abbreviations").items()}


def opened(name: str) -> str:
    """The name with its abbreviations written out."""
    tight = re.sub(r"(?<=\w)\s*&\s*(?=\w)", "&", one_to_one(name))
    tight = re.sub(r"\bTP\s*\.\s*", "TP ", tight)
    tight = re.sub(r"(?<=\bLĐ)\s*-\s*(?=TB)", "-", tight)
    return abbreviation().sub(lambda match: _openings()[fold(match[0])], tight)


EACH: Final = r"(?:các|những|từng|mọi|mỗi|một\s+số|toàn\s+thể)"
"""What makes a class noun a collective."""


@cache
def head() -> re.Pattern[str]:
    """A body's name begins here: capital head word, title, or body abbreviation (text with look-alikes made one)."""
    begins = alternatives([*words("heads"), *words("titles")])
    bodies = alternatives(words("bodies"))
    return re.compile(rf"(?:(?:{begins})(?!\w)|(?:{bodies})(?![\w&]))")


@cache
def collective() -> re.Pattern[str]:
    """A collective begins here, in plain text: "các sở", "những đơn vị", "người đứng đầu"."""
    nouns = alternatives(words("collective_nouns"), lower=True)
    return re.compile(rf"(?:{EACH}\s+(?:{nouns})(?!\w)|{EACH}\s*:|người\s+đứng\s+đầu|thủ\s+trưởng\s+{EACH})")


@cache
def bare_noun() -> re.Pattern[str]:
    """A class noun that only continues an enumeration: "ban", "thị xã", "thành ủy trực thuộc", in plain text."""
    nouns = alternatives(words("collective_nouns"), lower=True)
    tails = alternatives(words("collective_tails"), lower=True)
    return re.compile(rf"(?:{nouns})(?:\s+(?:{tails})(?!\w)|\s*(?:[,;.:()]|-\s|và\s|$))")


@cache
def noun() -> re.Pattern[str]:
    """A class noun, in plain text."""
    return re.compile(rf"(?:{alternatives(words('collective_nouns'), lower=True)})(?!\w)")


TOP: Final = re.compile(
    r"(?:Bộ|Sở|UBND|HĐND|Ủy ban nhân dân|Các|Văn phòng UBND|Văn phòng Ủy ban|Công an (?:tỉnh|thành phố|TP)|"
    r"Ban Quản lý)(?!\w)"
)
"""Bodies of the first rank: their name never goes on the name before."""

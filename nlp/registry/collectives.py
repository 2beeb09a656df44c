"""Collectives as classes of bodies: "các sở, ban, ngành", "UBND các huyện, thành phố"; members tell who they are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from corpus.text import fold
from nlp import unit_names as names
from nlp.registry.build import alive_template
from nlp.registry.keys import name_key, opened
from nlp.registry.model import Context
from nlp.registry.provinces import MERGER
from nlp.vocabulary import load

_JOINT: Final = re.compile(r"\s*[,;]\s*(?:(?:và|cùng|hoặc)\s+)?|\s+(?:và|cùng|hoặc)\s+|\s+-\s+|\s*/\s*")
_STRAY: Final = re.compile(r"[.:…*_“”\"()]+")
_COMPOUND: Final = re.compile(r"(chính trị|xã hội)\s*-\s*(xã hội|nghề nghiệp)")
"""Nouns that hold a dash: tổ chức chính trị - xã hội."""
_INSIDE: Final = re.compile(
    r"\s(?:trực\s+)?(?:thuộc|của)\s+(?!tỉnh|thành phố|ủy ban|hội đồng|đảng|trung ương|chính phủ|nhà nước)\w"
)
"""Boards inside one body: "các Ban thuộc Cục Thuế"."""
_LEVELS: Final = ("province", "district", "commune")


@dataclass(frozen=True, slots=True)
class Collective:
    """The classes behind a collective; ``concerned`` where only those are meant whom the matter concerns."""

    classes: tuple[str, ...]
    concerned: bool = False


@cache
def _data() -> dict[str, Any]:
    return load("registry/collectives.toml")


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    data = _data()
    each = names.alternatives(data["each"], lower=True)
    organs = names.alternatives(data["organs"], lower=True)
    concerned = names.alternatives(data["tails"]["concerned"], lower=True)
    whose = names.alternatives(data["tails"]["whose"], lower=True)
    return {
        "leader": re.compile(rf"(?:{names.alternatives(data['leaders'], lower=True)})\s+(?=\S)"),
        "each": re.compile(rf"(?:{each})\s*:?\s+"),
        "organ": re.compile(rf"(?P<organs>(?:{organs})(?:(?:\s*,\s*|\s+và\s+)(?:{organs}))*)\s+(?=\S)"),
        "concerned": re.compile(rf"\s+(?:{concerned})(?!\w).*$"),
        "whose": re.compile(rf"\s+(?:{whose})(?!\w).*$"),
        "role": re.compile("|".join(data["roles"]["patterns"])),
    }


def flat(text: str) -> str:
    """The text as nouns are compared: abbreviations opened, lower case, canonical tones, single spaces."""
    return _COMPOUND.sub(r"\1 \2", fold(_STRAY.sub(" ", names.plain(opened(fold(text)))))).strip(" ,;-")


def is_role(text: str) -> bool:
    """Whether the words name a role that an assignment table of another text fills ("đơn vị chủ trì chỉ số …")."""
    return bool(_patterns()["role"].search(flat(text)))


def read_collective(text: str, context: Context) -> Collective | None:
    """The classes that a printed collective stands for, None where the words are (or hold) a body's own name."""
    said, patterns = flat(text), _patterns()
    plural = False
    while leader := patterns["leader"].match(said):
        rest = said[leader.end() :]
        if not _opens_class(rest):
            break
        plural |= leader[0].strip() in _data()["many"]
        said = rest
    organs: tuple[str, ...] = ()
    if organ := patterns["organ"].match(said):
        rest = said[organ.end() :]
        if patterns["each"].match(rest) or _place_atom(rest):
            organs, said = _organs(organ["organs"]), rest
    elif of := _of_templates(said, context):
        organs, said = of
    if each := patterns["each"].match(said):
        plural, said = True, said[each.end() :]
    return _organ_classes(organs, said, context) if organs else _noun_classes(said, context, plural=plural)


_OVER_PLACES: Final = re.compile(r"\s+(?:các\s+)?(?=(?:tỉnh|thành phố|huyện|xã|phường|đặc khu|cấp)(?!\w))")
_OVER_PARTY: Final = re.compile(r"^(?P<body>.+?)\s+(?:các\s+)?tỉnh ủy\s*(?:,|và)\s*thành ủy(?!\w)")


def _of_templates(said: str, context: Context) -> tuple[tuple[str, ...], str] | None:
    """Any provincial body over its places: "Sở Tư pháp các tỉnh, thành phố", "Ban Tổ chức các tỉnh ủy, thành ủy"."""
    if party := _OVER_PARTY.match(said):
        body = _patterns()["each"].sub("", party["body"], count=1)
        template = alive_template(name_key(f"{body} tỉnh ủy"), context.date)
        return ((template,), "tỉnh") if template else None
    for cut in _OVER_PLACES.finditer(said):
        rest = said[cut.end() :]
        body = said[: cut.start()]
        bodies = [body] if alive_template(name_key(body), context.date) else _JOINT.split(body)
        parts = [alive_template(name_key(part), context.date) for part in bodies]
        if all(parts) and ("các" in cut[0] or _place_atom(rest)):
            return tuple(part for part in parts if part), rest
    return None


def _opens_class(rest: str) -> bool:
    patterns = _patterns()
    return bool(
        patterns["each"].match(rest) or patterns["organ"].match(rest) or _noun(rest.split(",", maxsplit=1)[0].strip())
    )


def _organs(said: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_data()["organs"][part] for part in _JOINT.split(said)))


def _place_atom(said: str) -> bool:
    """Whether the rest is only places: "cấp xã", "tỉnh, thành phố"; a lone "tỉnh" is the issuer's own."""
    atoms = [_without_tail(atom)[0] for atom in _JOINT.split(said)]
    known = _data()["places"]
    if not all(atom.removeprefix("các ") in known for atom in atoms):
        return False
    return len(atoms) > 1 or atoms[0].startswith("cấp ") or atoms[0] == "địa phương"


def _without_tail(atom: str) -> tuple[str, bool]:
    """An atom without what follows its noun, and whether that leaves the set open."""
    known = _data()["places"] | _data()["nouns"]
    if atom in known:
        return atom, False
    cut = _patterns()["concerned"].sub("", atom)
    concerned = cut != atom
    if cut in known:
        return cut, concerned
    bare = _patterns()["whose"].sub("", cut)
    return (bare if bare in known else cut), concerned


def _organ_classes(organs: tuple[str, ...], said: str, context: Context) -> Collective | None:
    levels: list[str] = []
    concerned = False
    for atom in (part for one in _JOINT.split(said) for part in _parted(one)):
        bare, open_end = _without_tail(_patterns()["each"].sub("", atom, count=1))
        concerned |= open_end
        level = _data()["places"].get(bare) or (_named_place(bare) if levels else None)
        if level is None:
            return None
        levels.append(level)
    found = _levels(levels, context)
    return Collective(tuple(f"{organ}/{level}" for organ in organs for level in found), concerned)


def _named_place(atom: str) -> str | None:
    """One place told by name at the end of a list: "các xã, phường, đặc khu Cồn Cỏ"."""
    kinds = (kind for kind in ("xã", "phường", "đặc khu", "thị trấn", "huyện", "quận") if atom.startswith(f"{kind} "))
    kind = next(kinds, None)
    return _data()["places"][kind] if kind else None


def _levels(said: list[str], context: Context) -> tuple[str, ...]:
    """Levels of the administration; "thành phố" goes with its neighbours, "địa phương" with the issuer."""
    if "all" in said:
        return tuple(level for level in _LEVELS if level != "district" or not _two_levels(context))
    found = []
    for level in said:
        if level == "city":
            beside = "district" in said or "commune" in said
            found.append(
                "province" if "province" in said or (context.level == "central" and not beside) else "district"
            )
        elif level == "locality":
            found.append(_local_level(context))
        else:
            found.append(level)
    return tuple(dict.fromkeys(found))


def _two_levels(context: Context) -> bool:
    return context.date is not None and context.date >= MERGER


def _local_level(context: Context) -> str:
    """The localities of a central text are provinces; those of a province are districts, since 1/7/2025 communes."""
    if context.province is None or context.level == "central":
        return "province"
    return "commune" if _two_levels(context) else "district"


def _noun(atom: str) -> str | None:
    bare, _ = _without_tail(_patterns()["each"].sub("", atom, count=1))
    found: str | None = _data()["nouns"].get(bare) or (_data()["places"].get(bare) and "place")
    return found


def _noun_classes(said: str, context: Context, *, plural: bool) -> Collective | None:
    atoms = _JOINT.split(said)
    concerned, places, found = False, [], []
    for place, atom in enumerate(part for one in atoms for part in _parted(one)):
        bare, open_end = _without_tail(_patterns()["each"].sub("", atom, count=1))
        concerned |= open_end
        several = plural if place == 0 else bool(_patterns()["each"].match(atom))
        if bare in _data()["places"] and bare != "địa phương":
            places.append(_data()["places"][bare])
            found.append("place")
        elif bare in _data()["nouns"] and (several or bare == atom or _data()["nouns"][bare] != "subordinate"):
            found.append(
                "subordinate" if _INSIDE.search(atom) and bare in ("ban", "phòng ban") else _data()["nouns"][bare]
            )
        else:
            return None
    if not plural and not concerned and len(atoms) == 1 and not _plural_by_itself(said):
        return None
    return Collective(_settled(found, places, context), concerned)


def _parted(atom: str) -> list[str]:
    """Class nouns with nothing between them: "bộ ngành", "cơ quan đơn vị"."""
    bare = _patterns()["each"].sub("", atom, count=1)
    if _noun(bare):
        return [atom]
    words = bare.split()
    for cut in range(len(words) - 1, 0, -1):
        first, rest = " ".join(words[:cut]), " ".join(words[cut:])
        if (first in _data()["nouns"] or first in _data()["places"]) and _noun(rest):
            return [first, rest]
    return [atom]


def _plural_by_itself(said: str) -> bool:
    """Class nouns that stand for many without "các": "địa phương", "cơ quan có liên quan"."""
    bare, _ = _without_tail(said)
    return bare in _data()["plural"]


def _settled(found: list[str], places: list[str], context: Context) -> tuple[str, ...]:
    """Classes in order, places by their level, branches and boards of central texts as central bodies."""
    out: list[str] = []
    for name in found:
        if name == "place":
            out += [f"place/{level}" for level in _levels(places, context)]
        elif name == "locality":
            out.append(f"place/{_local_level(context)}")
        elif name == "party/city":
            beside = "tinh-uy/province" in found or context.level == "central"
            out.append("tinh-uy/province" if beside else "party/district")
        else:
            out.append(name)
    return tuple(dict.fromkeys(out))

"""What a sentence shows about whether it assigns work: first words, cues, place, headings; words and parts of speech.

Two sets: the plain one costs microseconds; the other asks underthesea (through a spaCy Doc) and is for doubtful ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from typing import Final
from zlib import crc32

from nlp.patterns import compiled, rules
from nlp.signs import Gated, gated
from nlp.task_subjects import begins_body, starts_with_verb
from nlp.tokens import make_doc

__all__ = ["BUCKETS", "VERSION", "Candidate", "Features", "plain", "tokens"]

VERSION: Final = 1
"""Changes with every change of what is computed here; a model of another version is refused."""
BUCKETS: Final = 1 << 13
REACH: Final = 400
"""Characters of a sentence that are looked at."""
TAGGED_REACH: Final = 100
"""Characters handed to the word model: the beginning decides."""

Features = dict[int, float]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence or item that may assign work, with what stands around it."""

    text: str
    level: str = ""
    zone: str = ""
    source: str = ""
    """Where its body would come from: the source of the frame that reaches it, "" for none."""
    headings: tuple[str, ...] = ()
    """The nearest heading last."""
    normative: bool = False
    place: float = 0.0
    """0 at the beginning of the document, 1 at its end."""
    evidence: str = "none"
    """The rule that speaks for it (see :mod:`nlp.assign`)."""


_SYLLABLE: Final = re.compile(r"[^\W_]+(?:[./&-][^\W_]+)*|[^\w\s]")
_DIGITS: Final = re.compile(r"\d")


def plain(candidate: Candidate) -> Features:
    """Features without word segmentation."""
    syllables = _syllables(candidate.text[:REACH])
    return _features(_grams(syllables) | {_bucket(name) for name in _plain(candidate, syllables)})


def tokens(candidate: Candidate) -> Features:
    """Features of underthesea's words and tags, to be added to the plain ones."""
    return _features({_bucket(f"T:{name}") for name in _tagged(candidate.text[:TAGGED_REACH])})


def _features(buckets: set[int]) -> Features:
    return dict.fromkeys(sorted(buckets), 1.0)


@lru_cache(maxsize=1 << 15)
def _bucket(name: str) -> int:
    return crc32(name.encode()) % BUCKETS


def _syllables(text: str) -> list[str]:
    return [word.casefold() for word in _SYLLABLE.findall(text)]


def _grams(syllables: list[str]) -> set[int]:
    """The buckets of "g=sở" and "g=sở nội"; the hash of a pair goes on from that of its first syllable."""
    said = [_gram(word) for word in syllables[:41]]
    pairs = {crc32(following, hashed) % BUCKETS for (hashed, _), (_, following) in pairwise(said)}
    return pairs | {hashed % BUCKETS for hashed, _ in said[:40]}


@lru_cache(maxsize=1 << 14)
def _gram(word: str) -> tuple[int, bytes]:
    """The hash of a syllable, and the syllable as the second one of a pair."""
    return crc32(f"g={word}".encode()), f" {word}".encode()


def _plain(candidate: Candidate, syllables: list[str]) -> Iterator[str]:
    text = candidate.text[:REACH]
    yield "bias"
    yield from _beginning(syllables)
    yield from _form(text, len(candidate.text))
    yield from _around(candidate)
    verb, body = starts_with_verb(text), begins_body(text)
    yield f"starts={verb:d}{body:d}"
    yield f"starts={verb:d}{body:d}{candidate.source}"
    low = text.lower()
    for name, rule in _cues().items():
        if match := rule.search(text, low=low):
            yield f"cue={name}"
            yield f"cue={name}@{min(match.start() // 40, 4)}"
            yield f"cue={name}{verb:d}{body:d}"


def _beginning(syllables: list[str]) -> Iterator[str]:
    for place, word in enumerate(syllables[:4]):
        yield f"w{place}={word}"
    for length in (2, 3):
        yield f"b{length}={' '.join(syllables[:length])}"


def _form(text: str, length: int) -> Iterator[str]:
    yield f"end={text.rstrip()[-1:] if text.rstrip()[-1:] in '.;:,/' else ''}"
    yield f"length={min(length // 50, 8)}"
    digits = len(_DIGITS.findall(text)) / max(len(text), 1)
    yield f"digits={min(int(digits * 20), 5)}"
    letters = list(filter(str.isalpha, text))
    yield f"capitals={int(4 * sum(map(str.isupper, letters)) / max(len(letters), 1))}"
    yield f"capital={text[:1].isupper():d}"
    colon = text.find(":")
    yield f"colon={'none' if colon < 0 else min(colon // 30, 4)}"


def _around(candidate: Candidate) -> Iterator[str]:
    kind = "bullet" if candidate.level == "bullet" else "item" if candidate.level else "paragraph"
    yield f"level={kind}"
    yield f"zone={candidate.zone}"
    yield f"source={candidate.source}"
    yield f"source={candidate.source}{kind}"
    yield f"normative={candidate.normative:d}{candidate.source}{candidate.zone}"
    yield f"place={int(candidate.place * 5)}"
    for depth, heading in enumerate(reversed(candidate.headings[-3:])):
        yield from _over(heading, min(depth, 1))


@lru_cache(maxsize=4096)
def _over(heading: str, depth: int) -> tuple[str, ...]:
    """What a heading tells of what stands below it: many candidates have the same."""
    words = _syllables(heading[:120])
    return (*(f"h{depth}={word}" for word in words[:14]), f"hb{depth}={begins_body(heading)}")


@cache
def _cues() -> dict[str, Gated]:
    return {name: gated(compiled(pattern)) for name, pattern in rules("tasks")["evidence"].items()}


def _tagged(text: str) -> Iterator[str]:
    found = _doc(text)
    tags = [tag for _, tag, _ in found]
    for place, (word, tag, coarse) in enumerate(found[:6]):
        yield f"tag{place}={tag}"
        yield f"pos{place}={coarse}"
        yield f"word{place}={word}"
    for length in (2, 3, 4):
        yield f"begins={'-'.join(tags[:length])}"
    yield from (f"tags={one}-{other}" for one, other in pairwise(tags[:13]))
    verb = next((place for place, (_, _, coarse) in enumerate(found) if coarse == "VERB"), 9)
    yield f"verb at={min(verb, 9)}"
    yield f"verb={found[verb][0] if verb < len(found) else ''}"
    yield f"verbs={min(tags.count('V'), 5)}"


@lru_cache(maxsize=2048)
def _doc(text: str) -> list[tuple[str, str, str]]:
    return [(token.text.casefold(), token.tag_, token.pos_) for token in make_doc(text) if not token.is_space]

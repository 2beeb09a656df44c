"""Slips of the fingers in a question: a word that is no Vietnamese syllable becomes the one known word it is next to.

"qua hna" is *quá hạn* because *hna* cannot be a word and only *han* is one slip away. A right syllable is never
changed: what it means may be the opposite.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice, product
from typing import Final

from nlp.question_words import Word

_ONSET: Final = r"(?!co[ae]|k[aou]|n?gh[aou])(?:ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|[bcdghklmnprstvx])?"
_RIME: Final = (
    r"(?:uye|uya|oai|oay|uay|uoi|uou|ieu|yeu|uyu|oeo|oao|uy|ua|ue|uo|uu|ui|oa|oe|oi|oo|ie|ia|iu|ye|ai|ao|au|ay|eo|eu|[aeiouy])"
    r"(?:ch|ng|nh|[cmnpt])?"
)
_SYLLABLE: Final = re.compile(_ONSET + _RIME)
_VOWEL: Final = re.compile("[aeiouy]")
_MOST: Final = 12
"""Ways to read one question that are tried."""
_LETTERS: Final = re.compile("[a-z]{3,}")


def mended(words: Iterable[Word], known: frozenset[str]) -> Iterator[list[Word]]:
    """The words with slips made good and two known words typed as one taken apart; each way where there are several."""
    ways = [_ways(word, known) for word in words]
    for choice in islice(product(*ways), _MOST):
        yield [word for part in choice for word in part]


def _ways(word: Word, known: frozenset[str]) -> list[list[Word]]:
    read = _readings(word.bare, known)
    return [[Word(word.text, word.start, word.end, key, key) for key in keys] for keys in read] or [[word]]


def _readings(bare: str, known: frozenset[str]) -> list[list[str]]:
    if bare in known or not _LETTERS.fullmatch(bare) or not _VOWEL.search(bare) or _SYLLABLE.fullmatch(bare):
        return []
    cuts = ((bare[:cut], bare[cut:]) for cut in range(2, len(bare) - 1))
    parted = [list(two) for two in cuts if known.issuperset(two) and all(map(_SYLLABLE.fullmatch, two))]
    return parted or [[one] for one in _slips(bare, known)]


def _slips(bare: str, known: frozenset[str]) -> list[str]:
    """Known words with two neighbours swapped; where there are none, those one letter away."""
    swapped = {bare[:i] + bare[i + 1] + bare[i] + bare[i + 2 :] for i in range(len(bare) - 1)} & known
    return sorted(swapped) or [one for one in sorted(known) if len(one) > 2 and _one_letter(bare, one)]


@lru_cache(maxsize=65_536)
def _one_letter(one: str, other: str) -> bool:
    """Whether one letter more, less or other makes the two equal."""
    if abs(len(one) - len(other)) > 1 or one == other:
        return False
    same = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    if len(one) == len(other):
        return one[same + 1 :] == other[same + 1 :]
    longer, shorter = (one, other) if len(one) > len(other) else (other, one)
    return longer[same + 1 :] == shorter[same:]

"""The unit of the text that holds a place: what `Điều này` and `khoản này` stand for."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import Final

from corpus.model import Node
from nlp.locators import Heading
from nlp.model import Locator

_LEVELS: Final = ("Phần", "Chương", "Mục", "Tiểu mục", "Điều", "khoản", "điểm")
_ITEM: Final = re.compile(r"\d+[a-zđ]?|[IVXLC]+(?!\w)|[a-zđ](?!\w)")
_CLAUSE: Final = re.compile(r"\n[ \t>*_“\"]{0,6}(\d{1,3}[a-zđ]?)\.\s")
_POINT: Final = re.compile(r"\n[ \t>*_“\"]{0,6}([a-zđ]\d?)\)\s")
_REACH: Final = 20_000


class Enclosing:
    """Paths by place, from the text's tree where there is one, else from its heading lines."""

    def __init__(self, folded: str, headings: Sequence[Heading], tree: Sequence[Node]) -> None:
        self._folded = folded
        self._articles = [h for h in headings if h.level == "Điều"]
        self._larger = [h for h in headings if h.level != "Điều"]
        self._larger_starts = [h.start for h in self._larger]
        self._starts = [h.start for h in self._articles]
        self._tree = [n for n in tree if n.level in _LEVELS]
        self._tree_starts = [n.start for n in self._tree]

    def path(self, place: int, *, deep: bool) -> Locator:
        """The enclosing path, down to the article or (``deep``) to the point; empty where none is told."""
        return self._from_tree(place) or self._from_headings(place, deep=deep)

    def _from_tree(self, place: int) -> Locator:
        steps: dict[str, str] = {}
        i = bisect_right(self._tree_starts, place) - 1
        seen = 0
        while i >= 0 and seen < 400:
            node = self._tree[i]
            if node.start <= place < max(node.body_end, node.end) and node.level not in steps:
                item = _ITEM.search(node.label.removeprefix(node.level))
                if item and not any(_LEVELS.index(level) < _LEVELS.index(node.level) for level in steps):
                    steps[node.level] = f"{node.level} {item[0]}"
            if node.level == "Điều":
                break
            i, seen = i - 1, seen + 1
        return tuple(steps[level] for level in _LEVELS if level in steps) if "Điều" in steps else ()

    def _from_headings(self, place: int, *, deep: bool) -> Locator:
        above = bisect_right(self._larger_starts, place) - 1
        top = (f"{self._larger[above].level} {self._larger[above].item}",) if above >= 0 else ()
        i = bisect_right(self._starts, place) - 1
        if i < 0:
            return top
        article = self._articles[i]
        steps = [*top, f"Điều {article.item}"]
        if not deep:
            return tuple(steps)
        body = self._folded[max(article.start, place - _REACH) : place]
        clauses = list(_CLAUSE.finditer(body))
        if clauses:
            steps.append(f"khoản {clauses[-1][1]}")
            body = body[clauses[-1].end() :]
        points = list(_POINT.finditer(body))
        if points:
            steps.append(f"điểm {points[-1][1]}")
        return tuple(steps)

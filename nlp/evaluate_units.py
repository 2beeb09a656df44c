"""How well printed names are resolved: gold names of one document against the registry, in that document's context.

Gold: ``{"file", "date", "names": [{"text", "expect": [...]}]}``; an expectation is a unit's id, a list of classes, or
null where no listed body is meant. ``province`` stands for the context where the text itself is not a document.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, Final

from corpus.model import Document
from nlp.evaluate import Scores, Tally
from nlp.header import read_header
from nlp.registry import BUILT_IN, Context, Resolved, resolve
from nlp.registry.context import context_of

SURE: Final = 0.9
"""Over this confidence nothing may be wrong."""
Expected = str | tuple[str, ...] | None


def evaluate_units(gold: dict[str, Any], document: Document | None) -> Scores:
    """``units``: names resolved right, of all; ``units.sure``: right ones of the resolutions trusted over 0.9."""
    context = _context(gold, document)
    scores = {"units": Tally(), "units.sure": Tally()}
    for name in gold["names"]:
        found = resolve(name["text"], context)
        wanted = [_expected(value) for value in name["expect"]]
        right = _said(found) == list(dict.fromkeys(wanted))
        where = f"{gold['file']}: {name['text']}: {name['expect']} ≠ {[_plain(one) for one in found]}"
        scores["units"].add(_one(right, where))
        for one in found:
            if one.confidence > SURE:
                scores["units.sure"].add(_one(_answer(one) in wanted, where))
    return scores


def _context(gold: dict[str, Any], document: Document | None) -> Context:
    if document is None:
        return Context(dt.date.fromisoformat(gold["date"]), gold.get("province"), None, "province")
    return context_of(read_header(document), document.text, BUILT_IN)


def _expected(value: str | Sequence[str] | None) -> Expected:
    return tuple(value) if isinstance(value, list) else value  # type: ignore[return-value]  # JSON


def _answer(one: Resolved) -> Expected:
    return one.unit or one.classes or None


def _said(found: Sequence[Resolved]) -> list[Expected]:
    return list(dict.fromkeys(_answer(one) for one in found))


def _plain(one: Resolved) -> object:
    return one.unit or list(one.classes) or None


def _one(right: bool, where: str) -> Tally:  # noqa: FBT001 - a count of one
    return Tally(int(right), 1, 1, [] if right else [where])

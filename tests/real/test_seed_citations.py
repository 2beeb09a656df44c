"""The seed article against its gold annotations: every citation with span, date, kind and relation, and nothing else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from nlp import citations

SEED = Path(__file__).resolve().parents[2].parent / "shared" / "seed"
pytestmark = [pytest.mark.real, pytest.mark.skipif(not SEED.exists(), reason="../shared/seed is absent")]


def test_seed() -> None:
    text = (SEED / "article.txt").read_text("utf-8")
    gold = json.loads((SEED / "seed-gold.json").read_text("utf-8"))
    found = citations.find(text).citations
    assert [(c.start, c.end, c.text, c.kind, str(c.date) if c.date else None, c.relation) for c in found] == [
        (g["start"], g["end"], g["text"], g["kind"], g["date_iso"], g["relation"]) for g in gold["citations"]
    ]
    for citation, g in zip(found, gold["citations"], strict=True):
        issuer = g["parts"].get("issuer") if g.get("parts") and citation.symbol else None
        assert citation.issuer == (issuer["text"] if issuer else None)
        assert citation.symbol == g.get("symbol_norm")
    negatives = [(n["start"], n["end"]) for n in gold["negatives"] if n["type"] in ("citation", "number")]
    assert not [n for n in negatives if any(c.start < n[1] and n[0] < c.end for c in found)]

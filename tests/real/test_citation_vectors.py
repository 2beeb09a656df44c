"""The citation vectors of the project's reference: contract form, a null or absent key is not checked."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from corpus.text import fold
from nlp import citations

PATH = Path(__file__).resolve().parents[2].parent / "shared" / "seed" / "citation-vectors.json"
pytestmark = [pytest.mark.real, pytest.mark.skipif(not PATH.exists(), reason="../shared/seed is absent")]
VECTORS: list[dict[str, Any]] = json.loads(PATH.read_text("utf-8"))["vectors"] if PATH.exists() else []


def shown(value: Any) -> Any:
    return (
        [list(path) for path in value]
        if isinstance(value, tuple)
        else str(value)
        if hasattr(value, "isoformat")
        else value
    )


@pytest.mark.parametrize("vector", VECTORS, ids=[v["text"][:40] for v in VECTORS])
def test_vector(vector: dict[str, Any]) -> None:
    found = citations.find(vector["text"])
    assert [c.text for c in found.citations] == [fold(c["text"]) for c in vector["citations"]]
    for citation, expected in zip(found.citations, vector["citations"], strict=True):
        for key, value in expected.items():
            if value is None or key in ("text", "resolved_symbol"):
                continue
            if key == "flags":
                assert set(value) <= set(citation.flags)
            else:
                assert shown(getattr(citation, key)) == value, key
    assert [(r.text, r.target, shown(r.locators)) for r in found.references] == [
        (r["text"], r["target"], r["locators"]) for r in vector["references"]
    ]

"""The scorer's weights and word lists (``data/match.toml``), read once."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def match_data() -> dict[str, Any]:
    """The content of ``match.toml``."""
    return tomllib.loads((files("nlp.data") / "match.toml").read_text(encoding="utf-8"))

"""Who a printed name stands for, as of a day: the registry of bodies as data, and the resolution of names.

Public: ``resolve(text, Context(date, province, issuer, level), registry) -> tuple[Resolved, ...]``.
"""

from __future__ import annotations

from nlp.registry.model import Context, Resolved, Successor, Term, Transfer, Unit, UnitCode, UnitName
from nlp.registry.registry import Membership, Office, Registry
from nlp.registry.resolve import BUILT_IN, resolve

__all__ = [
    "BUILT_IN", "Context", "Membership", "Office", "Registry", "Resolved", "Successor", "Term", "Transfer", "Unit",
    "UnitCode", "UnitName", "resolve",
]  # fmt: skip

"""The code by which a returned report form names its tasks; forms are made elsewhere, linking reads them back."""

from __future__ import annotations

from nlp.task_codes import code_of as _code
from nlp.task_codes import find_codes, number_of

HEADING = "Mã nhiệm vụ"
"""Head of the column that holds the codes; the reader knows it by this name."""

__all__ = ["HEADING", "code_of", "find_codes", "parse"]


def code_of(task_id: int) -> str:
    """The code of a task by its number in the store, for the form: ``DD-000123-P``."""
    return _code(task_id)


def parse(code: str) -> int | None:
    """The task's number in the store; None for what is no code or was mistyped."""
    return number_of(code)

"""A task as people see it: what the last reading found, with their corrections laid over it field by field.

Pure functions on JSON, so that a correction survives any new reading: the reading changes what lies below, never what
a person put on top. The stored outcome (``facts``) is made here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

Json = dict[str, Any]
FIELDS: Final = (
    "text", "lead", "coordinators", "deadline", "product", "target", "modality", "class_",
    "report_due", "report_to", "report_via", "citations", "section",
)  # fmt: skip
"""Fields of ``nlp.model.Task`` that a person may correct; where the task stands in the text is the reading's."""


def apply(extracted: Json, correction: Mapping[str, Json] | None) -> Json:
    """The facts that everybody reads. A corrected lead has no source in the text any more."""
    if not correction:
        return extracted
    facts = {**extracted, **{name: entry["value"] for name, entry in correction.items()}}
    if "lead" in correction:
        facts["lead_source"] = None
    return facts


def correct(
    extracted: Json, correction: Mapping[str, Json] | None, fields: Mapping[str, Any], *, by: str, at: str
) -> Json | None:
    """The corrections with ``fields`` (JSON values) put on top; one that says what the reading says is dropped.

    ``was`` keeps what the machine had read when the person first corrected the field.
    """
    found = dict(correction or {})
    for name, value in fields.items():
        if name not in FIELDS:
            raise KeyError(name)
        if extracted.get(name) == value:
            found.pop(name, None)
        elif name not in found or found[name]["value"] != value:
            was = found[name]["was"] if name in found else extracted.get(name)
            found[name] = {"value": value, "was": was, "by": by, "at": at}
    return found or None


def revert(correction: Mapping[str, Json] | None, fields: Iterable[str]) -> Json | None:
    """The corrections without these fields: the reading's word holds again."""
    gone = set(fields)
    return {name: entry for name, entry in (correction or {}).items() if name not in gone} or None


def by_hand(facts: Json, *, by: str, at: str) -> Json:
    """A task that no reading found, as corrections of nothing: a later reading that finds it changes none of them."""
    return {name: {"value": facts.get(name), "was": None, "by": by, "at": at} for name in FIELDS}

"""One file's facts as rows, ready before the write lock is taken."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Table

from nlp.model import Citation, Header
from nlp.symbols import symbol_key
from service.records import Intake
from service.store.sql import codec, keys, tables

Rows = list[dict[str, Any]]


def document_row(intake: Intake, at: dt.datetime) -> dict[str, Any]:
    """The document's own row."""
    header = intake.header
    return {
        "sha256": intake.sha256,
        "key": document_key(header),
        "symbol_key": symbol_key(header.symbol) if header.symbol else None,
        **keys.of_header(header),
        "date": header.date,
        "file": intake.file,
        "media_type": intake.media_type,
        "status": intake.status,
        "pages": intake.pages,
        "text_chars": len(intake.text),
        "header": codec.dump(header),
        "role": intake.role,
        "arrived": intake.arrived,
        "known_at": at,
        "problems": codec.dump(intake.problems),
        "rules": intake.rules,
        "read_at": at,
    }


def document_key(header: Header) -> str | None:
    """``symbol@date``: numbers restart every year, so a symbol alone names several documents."""
    if not header.symbol:
        return None
    return f"{header.symbol}@{header.date.isoformat()}" if header.date else header.symbol


def child_rows(intake: Intake, at: dt.datetime) -> list[tuple[Table, Rows]]:
    """The rows of all other tables, without the document's id; the last is the outbox entry for the index."""
    tasks = ({"task_class": task.class_, "facts": codec.dump(task), "known_at": at} for task in intake.tasks)
    children: list[tuple[Table, Rows]] = [
        (tables.texts, [{"body": intake.text, "layout": codec.pack(intake.layout)}]),
        (tables.citations, _numbered(citation_row(citation) for citation in intake.citations)),
        (tables.doc_references, _numbered({"facts": facts} for facts in intake.references)),
        (tables.tasks, _numbered(tasks)),
    ]
    if intake.report is not None:
        facts = codec.dump(intake.report)
        items = _numbered({"facts": item} for item in facts.pop("items"))
        children += [(tables.reports, [{"facts": facts}]), (tables.items, items)]
    return [*children, (tables.outbox, [{}])]


def _numbered(rows: Iterable[dict[str, Any]]) -> Rows:
    return [{**row, "ordinal": ordinal} for ordinal, row in enumerate(rows)]


def citation_row(citation: Citation) -> dict[str, Any]:
    """A citation with the keys by which it meets documents."""
    key = symbol_key(citation.symbol) if citation.symbol else None
    return {"symbol_key": key, **keys.of_citation(citation), "facts": codec.dump(citation)}

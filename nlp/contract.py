"""The one JSON object that ``dondoc extract`` writes for a file: every key always present, fields may only be added.

``null`` and ``[]`` say "unknown", also for a file that could not be read.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from corpus.model import Document, Problem
from nlp.model import (
    Amendment,
    Citation,
    Deadline,
    Effect,
    Extraction,
    Header,
    Move,
    Period,
    Reference,
    Report,
    ReportItem,
    ReportPart,
    Target,
    Task,
    Term,
    UnitRef,
)
from nlp.report_findings import Finding, contradictions_of

Json = dict[str, Any]


def to_json(document: Document, extraction: Extraction, *, with_text: bool = False) -> Json:
    """The facts of one document in the shape that scripts rely on; ``with_text`` adds the stored text."""
    result: Json = {
        "file": document.file,
        "sha256": document.sha256,
        "media_type": document.media_type,
        "pages": document.pages,
        "status": document.status,
        "problems": [problem_json(problem) for problem in document.problems],
        "text_chars": len(document.text),
    }
    if with_text:
        result["text"] = document.text
    result |= {
        "header": header_json(extraction.header, extraction.issuer_unit),
        "citations": [citation_json(citation) for citation in extraction.citations],
        "references": [reference_json(reference) for reference in extraction.references],
        "tasks": [task_json(task, units) for task, units in _with_units(extraction)],
        "report": _report(document, extraction.report) if extraction.report else None,
        "amendments": [amendment_json(amendment) for amendment in extraction.amendments],
        "effects": [effect_json(effect) for effect in extraction.effects],
        "deadline_moves": [move_json(move) for move in extraction.moves],
    }
    return result


def _with_units(extraction: Extraction) -> Iterator[tuple[Task, tuple[UnitRef, ...]]]:
    """Tasks with the units of their leads, none where nobody resolved them."""
    units = extraction.lead_units or ((),) * len(extraction.tasks)
    return zip(extraction.tasks, units, strict=True)


def problem_json(problem: Problem) -> Json:
    """What kept a file from being read whole."""
    return {"code": problem.code, "message": problem.message, "page": problem.page}


def header_json(header: Header, issuer_unit: UnitRef | None = None) -> Json:
    """Who issued the text, under which number, when, about what."""
    return {
        "symbol": header.symbol,
        "kind": header.kind,
        "issuer": header.issuer,
        "issuers": list(header.issuers),
        "issuer_unit": unit_json(issuer_unit) if issuer_unit else None,
        "date": _iso(header.date),
        "title": header.title,
        "signers": list(header.signers),
        "recipients": list(header.recipients),
        "system": header.system,
        "urgency": header.urgency,
        "secrecy": header.secrecy,
    }


def citation_json(citation: Citation) -> Json:
    """One citation; ``resolved`` is the store's business and stays null here."""
    return {
        "text": citation.text,
        "start": citation.start,
        "end": citation.end,
        "page": citation.page,
        "symbol": citation.symbol,
        "symbol_printed": citation.symbol_printed,
        "name": citation.name,
        "kind": citation.kind,
        "date": _iso(citation.date),
        "issuer": citation.issuer,
        "locators": [list(locator) for locator in citation.locators],
        "relation": citation.relation,
        "agent": citation.agent,
        "flags": list(citation.flags),
        "resolved": None,
    }


def reference_json(reference: Reference) -> Json:
    """A reference inside the text (Điều này, Nghị định này)."""
    return {
        "text": reference.text,
        "start": reference.start,
        "end": reference.end,
        "target": reference.target,
        "locators": [list(locator) for locator in reference.locators],
    }


def unit_json(unit: UnitRef) -> Json:
    """A printed name and the unit that it stands for."""
    return {
        "text": unit.text,
        "unit": unit.unit,
        "name": unit.name,
        "how": unit.how,
        "confidence": round(unit.confidence, 3),
        "candidates": list(unit.candidates),
        "classes": list(unit.classes),
        "ended": _iso(unit.ended),
        "successors": list(unit.successors),
    }


def task_json(task: Task, units: Sequence[UnitRef] = ()) -> Json:
    """One task; ``lead_units`` are the registry's units behind ``lead``, as of the document's date."""
    return {
        "id": task.id,
        "text": task.text,
        "start": task.start,
        "end": task.end,
        "page": task.page,
        "section": list(task.section),
        "in_table": task.in_table,
        "row": task.row,
        "lead": list(task.lead),
        "lead_source": task.lead_source,
        "coordinators": list(task.coordinators),
        "lead_units": [unit_json(unit) for unit in units],
        "deadline": deadline_json(task.deadline) if task.deadline else None,
        "product": task.product,
        "outputs": list(task.outputs),
        "target": task.target,
        "modality": task.modality,
        "class": task.class_,
        "report_due": task.report_due,
        "report_to": task.report_to,
        "report_via": task.report_via,
        "citations": list(task.citations),
        "confidence": round(task.confidence, 3),
        "actions": [{"start": action.start, "end": action.end} for action in task.actions],
        "targets": [target_json(target) for target in task.targets],
        "receivers": list(task.receivers),
        "basis": list(task.basis),
        "period": period_json(task.period) if task.period else None,
        "watch": task.watch,
        "feeds": task.feeds,
    }


def term_json(term: Term) -> Json:
    """A term counted from an event ("issued", "received", "effective", null for another)."""
    return {"amount": term.amount, "unit": term.unit, "working": term.working, "event": term.event}


def move_json(move: Move) -> Json:
    """A deadline that this text moves: of which document and work, from when, to when."""
    return {
        "start": move.start,
        "end": move.end,
        "page": move.page,
        "kind": move.kind,
        "document": move.document,
        "task": move.task,
        "old": deadline_json(move.old) if move.old else None,
        "new": deadline_json(move.new) if move.new else None,
    }


def target_json(target: Target) -> Json:
    """A figure to reach, in its parts."""
    return {
        "indicator": target.indicator,
        "comparator": target.comparator,
        "value": target.value,
        "upper": target.upper,
        "unit": target.unit,
    }


def period_json(period: Period) -> Json:
    """A span with its printed name."""
    return {"from": _iso(period.from_), "to": _iso(period.to), "label": period.label}


def deadline_json(deadline: Deadline) -> Json:
    """A deadline as printed and as a date."""
    every = deadline.every
    return {
        "text": deadline.text,
        "start": _iso(deadline.start),
        "due": _iso(deadline.due),
        "inclusive": deadline.inclusive,
        "time": deadline.time,
        "precision": deadline.precision,
        "recurrence": deadline.recurrence,
        "every": {"day": every.day, "month": every.month} if every else None,
        "anchor": deadline.anchor,
        "term": term_json(deadline.term) if deadline.term else None,
    }


def _report(document: Document, report: Report) -> Json:
    """A report with what its figures contradict, which only the whole text tells."""
    findings = contradictions_of(document.text, report, report.items)
    return report_json(report) | {"findings": [finding_json(found) for found in findings]}


def finding_json(found: Finding) -> Json:
    """Two places of a text that cannot both be right."""
    return {
        "code": found.code,
        "text": found.text,
        "start": found.start,
        "end": found.end,
        "other": {"start": found.other[0], "end": found.other[1]},
    }


def report_json(report: Report) -> Json:
    """What a unit says it did."""
    period = report.period
    return {
        "unit": report.unit,
        "period": period_json(period) if period else None,
        "answers": list(report.answers),
        "items": [item_json(item) for item in report.items],
        "parts": [part_json(part) for part in report.parts],
    }


def part_json(part: ReportPart) -> Json:
    """A report inside the file: where it stands, its own header, who speaks in it."""
    return {
        "start": part.start,
        "end": part.end,
        "symbol": part.symbol,
        "kind": part.kind,
        "issuer": part.issuer,
        "date": part.date.isoformat() if part.date else None,
        "unit": part.unit,
        "period": period_json(part.period) if part.period else None,
        "answers": list(part.answers),
    }


def item_json(item: ReportItem) -> Json:
    """One statement of a report."""
    return {
        "id": item.id,
        "text": item.text,
        "start": item.start,
        "end": item.end,
        "page": item.page,
        "row": item.row,
        "code": item.code,
        "section": item.section,
        "claimed_status": item.claimed_status,
        "late": item.late,
        "figures": list(item.figures),
        "citations": list(item.citations),
    }


def amendment_json(amendment: Amendment) -> Json:
    """Which place of which document is changed, by which text; ``text`` is the new wording, else the instruction."""
    words = {"old": amendment.old, "new": amendment.new} if amendment.old or amendment.new else None
    return {
        "locator": list(amendment.locator),
        "action": amendment.action,
        "target": amendment.target,
        "by": amendment.by,
        "text": [amendment.start, amendment.end],
        "clause": list(amendment.clause),
        "words": words,
    }


def effect_json(effect: Effect) -> Json:
    """When the text (``target`` null) or another document begins or ends to be in force, as the text says."""
    return {
        "kind": effect.kind,
        "target": effect.target,
        "locators": [list(locator) for locator in effect.locators],
        "date": _iso(effect.date),
        "anchor": effect.anchor,
        "days": effect.days,
        "last": _iso(effect.last),
        "text": [effect.start, effect.end],
    }


def _iso(date: dt.date | None) -> str | None:
    return date.isoformat() if date else None

"""One document in, all its facts out: tree, header, citations, tasks, report, each with its page.

Pure: no file, no database, no network. A failed document gives an empty extraction.
"""

from __future__ import annotations

from dataclasses import replace

from corpus.model import Document
from corpus.tree import build_tree
from nlp import citations
from nlp.amendments import find_amendments
from nlp.deadline_moves import find_moves
from nlp.effect import find_effects
from nlp.header import read_header
from nlp.model import Citation, Deciding, Extraction, Move, Report, Task
from nlp.registry.facts import name_units
from nlp.report_parts import read_reports
from nlp.tasks import find_tasks


def extract(document: Document, *, deciding: Deciding = "both") -> Extraction:
    """Find every fact of ``document``. A report answers tasks and assigns none."""
    if not document.text.strip():
        return Extraction()
    tree = build_tree(document)
    header = read_header(document)
    found = citations.find(document.text, tree)
    cited = _paged_citations(document, found.citations)
    report = read_reports(document, tree, header, cited)
    tasks = () if report and not _sends_on(report) else find_tasks(document, tree, header, cited, deciding=deciding)
    if report and any(task.start < report.parts[0].start for task in tasks):
        report = None  # it assigns work and encloses a report to read
    elif report:
        tasks = ()
    issuer_unit, lead_units = name_units(header, document.text, tasks)
    return Extraction(
        header=header,
        citations=cited,
        references=tuple(found.references),
        tasks=_paged_tasks(document, tasks),
        report=_paged_report(document, report),
        amendments=find_amendments(document.text, cited, header),
        effects=find_effects(document.text, cited, header),
        moves=_paged_moves(document, find_moves(document.text, cited, header)),
        issuer_unit=issuer_unit,
        lead_units=lead_units,
    )


def _sends_on(report: Report) -> bool:
    """A letter around the reports of others, without a statement of its own."""
    return bool(report.parts) and not any(report.part_at(item.start) is None for item in report.items)


def _paged_citations(document: Document, found: tuple[Citation, ...] | list[Citation]) -> tuple[Citation, ...]:
    if not document.page_marks:
        return tuple(found)
    return tuple(replace(citation, page=document.page_at(citation.start)) for citation in found)


def _paged_tasks(document: Document, tasks: tuple[Task, ...]) -> tuple[Task, ...]:
    if not document.page_marks:
        return tasks
    return tuple(replace(task, page=document.page_at(task.start)) for task in tasks)


def _paged_moves(document: Document, moves: tuple[Move, ...]) -> tuple[Move, ...]:
    if not document.page_marks:
        return moves
    return tuple(replace(move, page=document.page_at(move.start)) for move in moves)


def _paged_report(document: Document, report: Report | None) -> Report | None:
    if report is None or not document.page_marks:
        return report
    items = tuple(replace(item, page=document.page_at(item.start)) for item in report.items)
    return replace(report, items=items)

"""Compliance gaps: who has not reported, what is overdue, what was claimed without evidence, as of a date.

An obligation is a task × an assignee × a period; a gap is a hole in that matrix. The task and its report are two axes
that are never mixed; claimed, derived and confirmed status are kept apart. See docs/gap-rules.md.
"""

from __future__ import annotations

from service.gaps.asking import Asked, Suggestion, answer, ask, describe, query_of, take
from service.gaps.board import (
    Columns,
    Crossed,
    DirectiveTotal,
    Page,
    PeriodTotal,
    UnitTotal,
    by_directive,
    by_period,
    by_unit,
    count,
    crossings,
    directive_totals,
    hole,
    holes,
    in_time,
    page,
    rule_counts,
    total,
    unit_totals,
)
from service.gaps.compare import Comparison, UnitChange, compare
from service.gaps.figures import Column, Matrix, Summary, matrix, summarise
from service.gaps.find import each_cell, gaps, parse_query
from service.gaps.json_lines import json_lines
from service.gaps.judge import standing
from service.gaps.keep import BeyondHorizon, refresh
from service.gaps.lines import Line, lines
from service.gaps.meanwhile import Waiting, exact, reach, settle, waiting, work_on
from service.gaps.model import Answer, Duty, GapCell, GapQuery, Rule, Verdict
from service.gaps.rules import rule_table

__all__ = [
    "Answer", "Asked", "BeyondHorizon", "Column", "Columns", "Comparison", "Crossed", "DirectiveTotal", "Duty",
    "GapCell", "GapQuery", "Line", "Matrix", "Page", "PeriodTotal", "Rule", "Suggestion", "Summary", "UnitChange",
    "UnitTotal", "Verdict", "Waiting", "answer", "ask", "by_directive", "by_period", "by_unit", "compare", "count",
    "crossings", "describe", "directive_totals", "each_cell", "exact", "gaps", "hole", "holes", "in_time", "json_lines",
    "lines", "matrix", "page", "parse_query", "query_of", "reach", "refresh", "rule_counts", "rule_table", "settle",
    "standing", "summarise", "take", "total", "unit_totals", "waiting", "work_on",
]  # fmt: skip

"""What is wrong with statements and links themselves: figures, products, moved deadlines, links to look at again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import Any

from corpus.text import fold
from nlp.report_findings import find_contradictions
from nlp.symbols import parse_symbol, symbol_key
from nlp.vocabulary import kind_of_code
from service.gaps.evidence import gap_data
from service.gaps.model import Answer, Duty

Broken = Iterator[tuple[str, dict[str, Any]]]
_QUOTED = 160


def of_statements(duty: Duty, answers: Sequence[Answer]) -> Broken:
    """Defects of what the unit says about a duty."""
    if found := product_conflict(duty, answers):
        wanted, told = found
        yield "product_differs", {"wanted": wanted, "found": told}
    texts = [fold(answer.stored.item.text) for answer in answers]
    if what := next((problem for text in texts if (problem := figure_problem(text))), None) or _falling(texts):
        yield "figures_conflict", {"what": what}
    if duty.course.due is None:
        said = next((match[0] for text in texts if (match := _pattern("deadline").search(text))), None)
        if said is not None:
            yield "deadline_by_assignee", {"said": said.strip()[:_QUOTED]}


def of_links(duty: Duty, answers: Sequence[Answer], rivals: dict[int, int]) -> Broken:
    """Defects of the links to a duty (OpenFastTrace's orphaned, outdated, ambiguous, duplicate).

    ``rivals``: for an item, how many tasks it may answer about equally well.
    """
    data = gap_data()["defects"]
    if duty.task.vanished_at is not None and answers:
        yield "orphaned", {}
    if any(answer.link.suspect for answer in answers):
        yield "outdated_link", {}
    count = max((rivals.get(answer.link.id, 0) for answer in answers if not answer.confirmed), default=0)
    if count > 1:
        yield "ambiguous_link", {"count": count}
    weak = [answer.link.probability for answer in answers if answer.confirmed and answer.link.probability < data["low"]]
    if weak:
        yield "link_below_threshold", {"percent": round(min(weak) * 100)}
    files = {answer.report.id: answer.report.header for answer in answers}
    names = Counter((h.symbol, h.issuer, h.date) for h in files.values() if h.symbol)
    twice = [(name[0], number) for name, number in names.items() if number > 1]
    if twice:
        yield "duplicate_report", {"symbol": twice[0][0], "count": twice[0][1]}


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(gap_data()["defects"][name])


@lru_cache(maxsize=4096)
def _wanted(product: str) -> tuple[str, ...]:
    low = product.casefold()
    return tuple(kind for kind in gap_data()["products"] if re.search(rf"\b{kind.casefold()}\b", low))


def product_conflict(duty: Duty, answers: Sequence[Answer]) -> tuple[str, str] | None:
    """The kind of product asked for and the kind told instead, when no statement tells a fitting one."""
    wanted = _wanted(duty.task.task.product or "")
    if not wanted:
        return None
    given = {symbol_key(symbol) for symbol in (*duty.task.task.citations, duty.directive.header.symbol or "") if symbol}
    told: dict[str, str] = {}
    for answer in answers:
        if answer.claimed == "done":
            for symbol in answer.stored.item.citations:
                kind = None if symbol_key(symbol) in given else _kind(symbol)
                if kind:
                    told.setdefault(kind, symbol)
    fitting = {kind for name in wanted for kind in gap_data()["products"][name]}
    if not told or fitting & told.keys():
        return None
    return ", ".join(wanted), ", ".join(f"{kind} {symbol}" for kind, symbol in told.items())


@lru_cache(maxsize=4096)
def _kind(symbol: str) -> str | None:
    parsed = parse_symbol(symbol)
    if parsed is None:
        return None
    return kind_of_code(parsed.code, parsed.system) if parsed.code else "Công văn"


@lru_cache(maxsize=4096)
def figure_problem(text: str) -> str | None:
    """Figures of one statement that cannot all be right: a part above its whole, parts that do not add up."""
    return next((found.text for found in find_contradictions(text)), None)


def _falling(texts: Sequence[str]) -> str | None:
    """A share that an earlier report told higher."""
    before: float | None = None
    for text in texts:
        found = [_number(match[1]) for match in _pattern("percent").finditer(text)]
        if len(found) == 1:
            if before is not None and found[0] < before:
                return f"báo cáo trước nêu {before:g}%, báo cáo sau nêu {found[0]:g}%"
            before = found[0]
    return None


def _number(printed: str) -> float:
    """A number in Vietnamese form: dots between thousands, a comma before decimals."""
    text = printed.strip(".,")
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+", text):
        text = text.replace(".", "")
    return float(text.replace(",", ".") if text.count(",") + text.count(".") <= 1 else re.sub(r"[.,]", "", text))

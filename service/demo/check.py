"""The sample corpus against its truth: header fields, citations, tasks, report items, links, matrix cells."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from corpus.text import fold
from nlp.units import unit_key
from service import gaps
from service.ingest import Ports
from service.records import StoredDocument

Facts = dict[str, Any]


@dataclass(slots=True)
class Score:
    """Counts of one kind of fact, with what was missed or invented in words."""

    name: str
    right: int = 0
    found: int = 0
    expected: int = 0
    misses: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """Right of found; 1 when nothing was found and nothing expected."""
        return self.right / self.found if self.found else float(not self.expected)

    @property
    def recall(self) -> float:
        """Right of expected."""
        return self.right / self.expected if self.expected else 1.0


def check(app: Ports, truth: Facts) -> list[Score]:
    """All scores, in the order in which facts are found."""
    names = (
        "thể thức",
        "viện dẫn",
        "quan hệ viện dẫn",
        "nhiệm vụ",
        "đơn vị chủ trì",
        "thời hạn",
        "nội dung báo cáo",
        "trạng thái nêu",
        "đối chiếu",
    )
    scores = {name: Score(name) for name in names}
    documents = {PurePosixPath(d.file).name: d for d in app.store.documents()}
    for facts in truth["files"]:
        document = documents[PurePosixPath(facts["file"]).name]
        _header(scores["thể thức"], document, facts)
        _citations(scores, app, document, facts)
        _tasks(scores, app, document, facts)
        _items(scores, app, document, facts)
    return [*scores.values(), _cells(app, truth)]


def _header(score: Score, document: StoredDocument, facts: Facts) -> None:
    header = document.header
    found = {
        "symbol": header.symbol,
        "kind": header.kind,
        "issuer": header.issuer,
        "date": header.date.isoformat() if header.date else None,
        "title": header.title,
    }
    for name, value in found.items():
        score.expected += 1
        score.found += value is not None
        if _same(value, facts["header"][name]):
            score.right += 1
        else:
            score.misses.append(f"{_name(document)}: {name} đọc được “{value}”, đáp án “{facts['header'][name]}”")


def _name(document: StoredDocument) -> str:
    return PurePosixPath(document.file).name


def _same(a: str | None, b: str | None) -> bool:
    return fold(a or "").casefold() == fold(b or "").casefold()


def _citations(scores: dict[str, Score], app: Ports, document: StoredDocument, facts: Facts) -> None:
    found = [c.citation for c in app.store.citations(document.id)]
    name = _name(document)
    score = scores["viện dẫn"]
    score.right += _count(
        score,
        name,
        [(c.symbol, fold(c.text)) for c in found],
        [(c["symbol"], fold(c["text"])) for c in facts["citations"]],
    )
    relations = {fold(c.text): c.relation for c in found}
    for fact in facts["citations"]:
        if fold(fact["text"]) in relations:
            got = relations[fold(fact["text"])]
            _field(scores["quan hệ viện dẫn"], name, fact["text"], got, fact["relation"])


def _count(score: Score, file: str, found: list[Any], expected: list[Any]) -> int:
    """How many are equal, each used once; the others go to the misses."""
    score.found += len(found)
    score.expected += len(expected)
    left, right = list(expected), 0
    for fact in found:
        if fact in left:
            left.remove(fact)
            right += 1
        else:
            score.misses.append(f"{file}: thừa {fact}")
    score.misses += [f"{file}: sót {fact}" for fact in left]
    return right


def _overlap(a: str, b: str) -> float:
    """Shared words over all words."""
    one, two = set(fold(a).casefold().split()), set(fold(b).casefold().split())
    return len(one & two) / len(one | two) if one | two else 1.0


def _pair(found: list[Any], expected: list[Facts], text: Callable[[Any], str]) -> list[tuple[Any, Facts]]:
    """One-to-one pairs of word overlap at least 0.8, best first."""
    scored = sorted(
        ((_overlap(text(f), e["text"]), i, j) for i, f in enumerate(found) for j, e in enumerate(expected)),
        reverse=True,
    )
    used_found: set[int] = set()
    used_expected: set[int] = set()
    pairs = []
    for overlap, i, j in scored:
        if overlap >= 0.8 and i not in used_found and j not in used_expected:
            used_found.add(i)
            used_expected.add(j)
            pairs.append((found[i], expected[j]))
    return pairs


def _tally(
    score: Score, file: str, found: list[Any], expected: list[Facts], pairs: Iterable[tuple[Any, Facts]]
) -> None:
    pairs = list(pairs)
    score.right += len(pairs)
    score.found += len(found)
    score.expected += len(expected)
    paired = {id(f) for f, _ in pairs}, {id(e) for _, e in pairs}
    score.misses += [f"{file}: thừa “{f.text}”" for f in found if id(f) not in paired[0]]
    score.misses += [f"{file}: sót “{e['text']}”" for e in expected if id(e) not in paired[1]]


def _tasks(scores: dict[str, Score], app: Ports, document: StoredDocument, facts: Facts) -> None:
    found = [t.task for t in app.store.tasks(document_id=document.id)]
    pairs = _pair(found, facts["tasks"], lambda task: task.text)
    _tally(scores["nhiệm vụ"], _name(document), found, facts["tasks"], pairs)
    for task, expected in pairs:
        lead = sorted(unit_key(unit) for unit in task.lead), sorted(unit_key(unit) for unit in expected["lead"])
        _field(scores["đơn vị chủ trì"], _name(document), task.text, *lead)
        due = task.deadline.due.isoformat() if task.deadline and task.deadline.due else None
        _field(scores["thời hạn"], _name(document), task.text, due, (expected["deadline"] or {}).get("due"))


def _field(score: Score, file: str, text: str, found: object, expected: object) -> None:
    score.found += bool(found)
    score.expected += bool(expected)
    if found == expected:
        score.right += bool(found)
    else:
        score.misses.append(f"{file}: “{text[:60]}”: đọc được {found}, đáp án {expected}")


def _items(scores: dict[str, Score], app: Ports, document: StoredDocument, facts: Facts) -> None:
    expected = (facts["report"] or {"items": []})["items"]
    stored = {item.item.id: item.id for item in app.store.items(document.id)}
    found = [item.item for item in app.store.items(document.id)]
    pairs = _pair(found, expected, lambda item: item.text)
    _tally(scores["nội dung báo cáo"], _name(document), found, expected, pairs)
    for item, fact in pairs:
        _field(scores["trạng thái nêu"], _name(document), item.text, item.claimed_status, fact["claimed_status"])
        _field(scores["đối chiếu"], _name(document), item.text, _linked(app, stored[item.id]), _target(fact["link"]))


def _linked(app: Ports, item_id: int) -> str | None:
    """The wording of the task that the item is proposed or confirmed to answer."""
    for link in app.store.links(item_id=item_id):
        if link.task_id is not None and link.decision in ("suggested", "confirmed"):
            return _wording(app.store.tasks(ids=[link.task_id])[0].task.text)
    return None


def _target(link: Facts | None) -> str | None:
    return _wording(link["text"]) if link else None


def _wording(text: str) -> str:
    """A task's words without the stop at their end."""
    return fold(text).casefold().rstrip(".;,")


def _cells(app: Ports, truth: Facts) -> Score:
    """Cells of the matrix whose two axes are as the truth has them."""
    score = Score("ô bảng theo dõi")
    query = gaps.parse_query(app.store, as_of=truth["as_of"], settings=app.settings)
    found = [cell.to_json() for cell in gaps.gaps(app.store, query)]
    by_key = {(_wording(c["task"]["text"]), unit_key(c["unit"] or ""), c["period"]): c for c in found}
    for fact in truth["gaps"]:
        key = (_wording(fact["task"]["text"]), unit_key(fact["unit"]), fact["period"])
        cell = by_key.get(key)
        score.expected += 1
        score.found += cell is not None
        axes = (fact["task_status"], fact["report_status"])
        got = (cell["task_status"], cell["report_status"]) if cell else None
        if got == axes:
            score.right += 1
        else:
            score.misses.append(
                f"{fact['unit']}: “{fact['task']['text'][:60]}” {fact['period'] or ''}: có {got}, đáp án {axes}"
            )
    return score

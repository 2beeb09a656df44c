"""Reports to train the scorer on: those of gold sets as they are, and made from them what real offices also send.

Variants keep the answers and change what a unit may leave out: statements of its own work between the others, no
document named, no unit named, a single statement. Tasks of long real annexes, told in other words by chance, teach what
a crowd of similar tasks does. Every draw is seeded: the same sets give the same samples.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from nlp.assignees import is_collective
from nlp.match import looks
from nlp.match_memory import Remembered
from nlp.model import Report, ReportItem, Task
from nlp.train_links import Sample
from service.linking.candidates import gather
from service.linking.facts import ReportFacts
from service.linking.study import Studied
from service.ports import Ports
from service.records import StoredDocument, StoredItem, StoredTask

_CROWD: Final = 35
"""Tasks from which a document counts as a long one."""
_UNITS, _OWN, _SHARED, _STRANGE = 10, 5, 2, 8
"""Of a long document: units that report, tasks of their own and of collectives that each reports, strangers."""
_REPEATED: Final = 0.7
"""Share of a unit's statements that stood in its report before."""
_OPENINGS: Final = (
    "Đã hoàn thành", "Đang triển khai", "Ban hành Quyết định về", "Đã tổ chức", "Đã trình cấp có thẩm quyền",
    "Tham mưu", "Thực hiện", "Hoàn thành việc", "Tiến hành", "Về", "Công tác", "Kết quả", "Đã có văn bản", "Phối hợp",
)  # fmt: skip

Answers = dict[int, set[int]]
"""Tasks by the item's store id."""


def samples(app: Ports, studied: Sequence[Studied], *, seed: int = 1) -> Iterator[Sample]:
    """The reports as they are."""
    del seed
    for report in studied:
        yield sample_of(app, report.set, report.scene.facts, report.scene.items, answers_of(report))


def variants(app: Ports, studied: Sequence[Studied], *, seed: int = 1) -> Iterator[Sample]:
    """Each report with strangers among its statements, without its directive or unit, after an earlier one, cut up."""
    draw = random.Random(seed)  # noqa: S311 - reproducible samples, nothing secret
    everything = [(report.set, item) for report in studied for item in report.scene.items]
    for report in (report for report in studied if report.scene.items):
        others = [item for name, item in everything if name != report.set]
        made = list(_variants(app, draw, report, others))
        yield from (replace(one, weight=1 / len(made)) for one in made)
        again = list(_again(app, draw, report, others))
        yield from (replace(one, weight=1 / len(again)) for one in again)


def _variants(app: Ports, draw: random.Random, report: Studied, others: Sequence[StoredItem]) -> Iterator[Sample]:
    facts, real, answers = report.scene.facts, list(report.scene.items), answers_of(report)
    strange = _strangers(draw.sample(others, min(len(others), max(4, len(real)))))
    place = draw.randrange(len(real) + 1)
    silent = replace(facts, report=replace(facts.report, answers=()), answered=())
    half = strange[: len(strange) // 2]
    yield sample_of(app, report.set, facts, [*real[:place], *strange, *real[place:]], answers)
    yield sample_of(app, report.set, silent, [*real, *half], answers)
    yield sample_of(app, report.set, replace(facts, unit=None), [*real, *half], answers)
    for item in (*draw.sample(real, min(2, len(real))), *strange[:2]):
        yield sample_of(app, report.set, facts, [item], answers)


def _again(app: Ports, draw: random.Random, report: Studied, others: Sequence[StoredItem]) -> Iterator[Sample]:
    """The report after an earlier one of the unit, on which people decided; it may name no directive this time."""
    facts, real, answers = report.scene.facts, list(report.scene.items), answers_of(report)
    items = [*real, *_strangers(draw.sample(others, min(len(others), 2 + len(real) // 2)))]
    silent = replace(facts, report=replace(facts.report, answers=()), answered=())
    for one in (facts, silent):
        yield sample_of(app, report.set, one, items, answers, list(_last_time(draw, items, answers)))


def crowds(app: Ports, studied: Sequence[Studied], *, seed: int = 2) -> Iterator[Sample]:
    """Made-up reports about the tasks of the store's long documents."""
    draw = random.Random(seed)  # noqa: S311 - reproducible samples, nothing secret
    said = [item for report in studied for item in report.scene.items]
    for document in app.store.documents():
        tasks = [task for task in app.store.tasks(document_id=document.id) if task.vanished_at is None]
        if len(tasks) < _CROWD or not document.header.symbol or not studied:
            continue
        units = sorted({unit for task in tasks for unit in task.task.lead if not is_collective(unit)})
        draw.shuffle(units)
        for unit in units[:_UNITS]:
            yield _made_up(app, draw, document, _Duties.of(unit, tasks), (said, studied[0].scene.facts))


@dataclass(frozen=True, slots=True)
class _Duties:
    unit: str
    own: list[StoredTask]
    shared: list[StoredTask]

    @classmethod
    def of(cls, unit: str, tasks: Sequence[StoredTask]) -> _Duties:
        own = [task for task in tasks if unit in task.task.lead]
        return cls(unit, own, [task for task in tasks if any(map(is_collective, task.task.lead))])


def _made_up(
    app: Ports,
    draw: random.Random,
    document: StoredDocument,
    duties: _Duties,
    model: tuple[Sequence[StoredItem], ReportFacts],
) -> Sample:
    said, facts = model
    chosen = draw.sample(duties.own, min(len(duties.own), _OWN))
    chosen += draw.sample(duties.shared, min(len(duties.shared), _SHARED))
    items: list[StoredItem] = []
    answers: Answers = {}
    for number, task in enumerate(sorted(chosen, key=lambda one: one.id), 1):
        tail = draw.choice(said).item.text.split()[-draw.randint(3, 10) :]
        text = _told(draw, task.task, " ".join(tail))
        items.append(StoredItem(-number, facts.document.id, ReportItem(f"s{number}", text, 0, len(text))))
        answers[-number] = {task.id}
    for stranger in _strangers(draw.sample(list(said), min(len(said), _STRANGE)), first=100):
        items.insert(draw.randrange(len(items) + 1), stranger)
    symbol = document.header.symbol or ""
    undated = replace(facts.document, header=replace(facts.document.header, date=None), arrived=None)
    made = replace(
        facts, document=undated, report=Report(duties.unit, None, (symbol,)), unit=duties.unit, answered=(document,),
        dates=(), nodes=(),
    )  # fmt: skip
    return sample_of(app, f"~{symbol}", made, items, answers)


def _told(draw: random.Random, task: Task, tail: str) -> str:
    """A task as somebody might tell it: a piece of its wording, its product, or half of its words."""
    said, opening = task.text.split(), draw.choice(_OPENINGS)
    length = draw.randint(3, 8)
    start = draw.randrange(max(1, len(said) - length))
    piece = " ".join(said[start : start + length])
    match draw.randrange(4):
        case 0:
            return f"Về {' '.join(said[1 : 1 + draw.randint(4, 9)])}: {tail}"
        case 1:
            return f"{opening} {piece}; {tail}"
        case 2 if task.product:
            return f"{opening} {' '.join(task.product.split()[:8])} {piece}, {tail}"
        case _:
            return f"{opening} {' '.join(word for word in said[:30] if draw.random() < 0.5)}, {tail}"


def _last_time(draw: random.Random, items: Sequence[StoredItem], answers: Answers) -> Iterator[Remembered]:
    """What the unit told in its report before, as a person decided on it: most of it, in other words and figures."""
    for item in items:
        if draw.random() < _REPEATED:
            text = _retold(draw, item.item.text, draw.choice(items).item.text)
            yield Remembered(text, frozenset(answers.get(item.id, ())))


def _retold(draw: random.Random, text: str, other: str) -> str:
    """A statement as it might stand in the period before: words left out, others put in."""
    lost = draw.uniform(0.1, 0.6)
    kept = [word for word in text.split() if draw.random() > lost]
    tail = other.split()[-draw.randint(2, 8) :]
    return " ".join([draw.choice(_OPENINGS), *kept, *tail])


def _strangers(items: Sequence[StoredItem], *, first: int = 1) -> list[StoredItem]:
    """Statements of other reports, under numbers that no real item has."""
    return [StoredItem(-first - number, item.document_id, item.item) for number, item in enumerate(items)]


def answers_of(report: Studied) -> Answers:
    """The tasks that each item of a gold report answers."""
    found: Answers = {}
    for line in report.lines:
        for item in line.items:
            found.setdefault(item, set()).update(line.tasks)
    return found


def sample_of(
    app: Ports,
    name: str,
    facts: ReportFacts,
    items: Sequence[StoredItem],
    answers: Answers,
    remembered: Sequence[Remembered] = (),
) -> Sample:
    """A report with these items, looked up and compared as the product does it; ``remembered`` instead of decisions."""
    found, tasks = gather(app, facts, items)
    pool = tasks.pool.recalling(remembered)
    seen = looks([facts.statement(item) for item in items], pool, [tasks.places(found[item.id]) for item in items])
    wanted = [frozenset(tasks.places(answers.get(item.id, ()))) for item in items]
    return Sample(name, pool, seen, wanted)

"""The same duty issued twice, in one directive or several, and where the two differ: nhiệm vụ giao trùng.

Tasks that read alike are sought through the index (never every task against every task) and kept as pairs; what a
pair means is judged from the tasks as they are now, so that a correction changes the judgement at once. A person may
say that two are different work, or the same after all.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Literal

from corpus.text import fold
from nlp.assignees import fit, is_collective
from nlp.deadlines import find_deadlines
from nlp.model import Deadline, Task
from service.index.analysis import fields
from service.index.ports import Query
from service.ports import Ports, Progress, silent
from service.records import StoredDocument, StoredTask, TaskPair
from service.store import carry
from service.store.ports import Store

Conflict = Literal["deadline", "lead"]
ALIKE: Final = 0.75
"""Share of words in common from which two tasks are kept as a pair (Dice)."""
SAME: Final = 0.85
"""From which they are taken for the same duty; between the two, only a person's word makes them one."""
IDENTICAL: Final = 0.95
"""The same where the two differ in the unit, or stand in one table: there one other word means other work."""
_NEIGHBOURS: Final = 12
"""What the index is asked for; more than that many copies of one task are no longer told one by one."""
_FEWEST: Final = 6
"""Words of the shorter task: "Triển khai thực hiện Kế hoạch này" stands in every plan and says nothing."""
_BATCH: Final = 200
_YEARLY: Final = dt.timedelta(days=300)
_SLACK: Final = dt.timedelta(days=60)
_NUMBER: Final = re.compile(r"\d[\d.,/]*")
_KINDS: Final = (
    r"kế hoạch|nghị quyết|chỉ thị|quyết định|chương trình|đề án|công văn|quy chế|thông báo|kết luận|nghị định|thông tư"
)
_OWN: Final = re.compile(
    rf"(?i)(?:{_KINDS}|quy định|điều|khoản|phụ lục)\s+này\b"
    rf"|(?:thực hiện|triển khai|thi hành|nội dung|theo|tại)\s+(?:{_KINDS})\s*(?=[.;,)]|$|để\b)"
)
"""Work about the document itself ("tổ chức thực hiện Kế hoạch này") is another in every document."""
WORDS: Final[dict[str, str]] = {
    "duplicate": "Nhiệm vụ giao trùng",
    "deadline": "Khác nhau về thời hạn",
    "lead": "Khác nhau về đơn vị chủ trì",
}


@dataclass(frozen=True, slots=True)
class Double:
    """Another task that is the same duty as one, and in what the two differ."""

    pair: TaskPair
    task: StoredTask
    other: StoredTask
    document: StoredDocument
    """The other task's."""
    conflicts: tuple[Conflict, ...]

    @property
    def words(self) -> str:
        """Nhiệm vụ giao trùng, or in what it differs."""
        return "; ".join(WORDS[one] for one in self.conflicts) or WORDS["duplicate"]

    @property
    def where(self) -> str:
        """The other document, and the row in it."""
        header, row = self.document.header, self.other.task.row
        name = f"{header.kind or 'Văn bản'} {header.symbol or self.document.file}"
        return f"{name}, số {row}" if row else name

    def sides(self, conflict: Conflict) -> tuple[str, str]:
        """What each of the two says where they differ."""
        if conflict == "deadline":
            return _term(self.task), _term(self.other)
        return "; ".join(self.task.task.lead), "; ".join(self.other.task.lead)

    @property
    def detail(self) -> str:
        """The two sides of each difference."""
        labels: dict[Conflict, str] = {"deadline": "thời hạn", "lead": "chủ trì"}
        return " · ".join(f"{labels[one]}: {' – '.join(self.sides(one))}" for one in self.conflicts)

    def to_json(self) -> dict[str, Any]:
        """As the API and the command line give it."""
        return {
            "pair": self.pair.id,
            "task": {"id": self.task.id, "text": fold(self.task.task.text)},
            "other": {
                "id": self.other.id,
                "text": fold(self.other.task.text),
                "directive": {"symbol": self.document.header.symbol, "document": self.document.sha256},
            },
            "likeness": round(self.pair.likeness, 3),
            "conflicts": list(self.conflicts),
            "words": self.words,
            "detail": self.detail,
            "decision": self.pair.decision,
        }


def refresh(app: Ports, *, progress: Progress = silent) -> int:
    """Look for tasks like those that changed since; returns how many were looked at. An index that lags waits."""
    done = 0
    while not app.store.outbox(1):
        revision = app.store.revision()
        ids = app.store.unpaired(_BATCH)
        if not ids:
            break
        app.store.put_pairs(_alike(app, ids), revision=revision)
        done += len(ids)
        progress(done, 0, "tìm nhiệm vụ giao trùng")
    return done


def _alike(app: Ports, ids: Sequence[int]) -> dict[int, dict[int, float]]:
    tasks = {stored.id: stored for stored in app.store.tasks(ids=ids)}
    near = {number: _near(app, stored) for number, stored in tasks.items() if _speaks(stored.task)}
    wanted = sorted({other for others in near.values() for other in others} - tasks.keys())
    for start in range(0, len(wanted), _BATCH):
        tasks |= {stored.id: stored for stored in app.store.tasks(ids=wanted[start : start + _BATCH])}
    facts = {number: _timeless(stored.task) for number, stored in tasks.items() if _speaks(stored.task)}
    return {number: dict(_close(number, near.get(number, ()), facts)) for number in ids}


def _close(number: int, near: Iterable[int], facts: Mapping[int, carry.Fact]) -> Iterator[tuple[int, float]]:
    for other in near:
        if other in facts and (value := _likeness(facts[number], facts[other])) >= ALIKE:
            yield other, value


def _timeless(task: Task) -> carry.Fact:
    """The words of a task without its terms: another day is no other work."""
    text = task.text
    for found in reversed(find_deadlines(text)):
        text = f"{text[: found.start]} {text[found.end :]}"
    return carry.fact_of(replace(task, text=text))


def _speaks(task: Task) -> bool:
    """Whether equal words mean equal work: not for standing duties of rules, nor for work about the document itself."""
    enough = len(carry.fact_of(task).bag) >= _FEWEST
    return enough and task.modality != "standing" and not _OWN.search(task.text)


def _near(app: Ports, stored: StoredTask) -> list[int]:
    words = fields(stored.task.text)
    hits = app.index.search(Query(kind="task", text=words.text, folded=words.folded, limit=_NEIGHBOURS))
    return [hit.ref for hit in hits if hit.ref != stored.id]


def _likeness(one: carry.Fact, other: carry.Fact) -> float:
    """Words in common; none at all where the two name different numbers (another year, another decree)."""
    if set(_NUMBER.findall(one.text)) != set(_NUMBER.findall(other.text)):
        return 0.0
    return carry.similarity(one, other)


def doubles(store: Store, tasks: Iterable[StoredTask]) -> dict[int, tuple[Double, ...]]:
    """For each of these tasks the others that are the same duty."""
    known = {stored.id: stored for stored in tasks}
    pairs = [pair for pair in store.pairs(list(known)) if _counts(pair)]
    missing = sorted({n for pair in pairs for n in (pair.one, pair.other)} - known.keys())
    around = dict(known)
    for start in range(0, len(missing), _BATCH):
        around |= {stored.id: stored for stored in store.tasks(ids=missing[start : start + _BATCH])}
    documents = _documents(store, around.values())
    found: dict[int, list[Double]] = {}
    for pair in pairs:
        one, other = around.get(pair.one), around.get(pair.other)
        if one is None or other is None or not _same_duty(pair, one, other, documents):
            continue
        differ = conflicts(one, other)
        for mine, its in ((one, other), (other, one)):
            if mine.id in known:
                double = Double(pair, mine, its, documents[its.document_id], differ)
                found.setdefault(mine.id, []).append(double)
    return {number: tuple(group) for number, group in found.items()}


def everything(store: Store, document_id: int | None = None) -> Iterator[Double]:
    """Every pair once (of a document, or of all), the likest first."""
    if document_id is None:  # few of a year's tasks have one like them
        paired = sorted({number for pair in store.pairs() for number in (pair.one, pair.other)})
        parts = (paired[start : start + _BATCH] for start in range(0, len(paired), _BATCH))
        tasks = [stored for part in parts for stored in store.tasks(ids=part)]
    else:
        tasks = store.tasks(document_id=document_id)
    seen: set[int] = set()
    found = [double for group in doubles(store, tasks).values() for double in group]
    for double in sorted(found, key=lambda one: (-one.pair.likeness, one.pair.id)):
        if double.pair.id not in seen:
            seen.add(double.pair.id)
            yield double


def _counts(pair: TaskPair) -> bool:
    return pair.decision == "same" or (pair.decision is None and pair.likeness >= SAME)


def _documents(store: Store, tasks: Iterable[StoredTask]) -> dict[int, StoredDocument]:
    numbers = {stored.document_id for stored in tasks}
    return {number: document for number in numbers if (document := store.document(number)) is not None}


def _same_duty(pair: TaskPair, one: StoredTask, other: StoredTask, documents: Mapping[int, StoredDocument]) -> bool:
    """Alike words are the same duty in one document; between two, where some unit owes both, or the issuer is one.

    What an office orders anew every year, with a day that moves along, is not issued twice.
    """
    if pair.decision == "same":
        return True
    if not (_speaks(one.task) and _speaks(other.task)):  # they were corrected since
        return False
    if pair.likeness < IDENTICAL and (_in_one_table(one, other) or "lead" in conflicts(one, other)):
        return False
    if one.document_id == other.document_id:
        return not _side_by_side(one.task, other.task)
    here, there = documents[one.document_id], documents[other.document_id]
    if here.sha256 == there.sha256 or (here.key and here.key == there.key):
        return False  # two files of one document
    if _every_year(one, other, here, there):
        return False
    issuer = bool(here.header.issuer and here.header.issuer == there.header.issuer)
    return issuer or _share_unit(one, other)


def _in_one_table(one: StoredTask, other: StoredTask) -> bool:
    return one.document_id == other.document_id and one.task.in_table and other.task.in_table


def _side_by_side(one: Task, other: Task) -> bool:
    """The same words under the headings of two units: each of them has to do it."""
    headed = one.lead_source == "heading" and other.lead_source == "heading"
    return headed and not any(fit(a, b) or fit(b, a) for a in one.lead for b in other.lead)


def _every_year(one: StoredTask, other: StoredTask, here: StoredDocument, there: StoredDocument) -> bool:
    issued = (here.header.date, there.header.date)
    if issued[0] is None or issued[1] is None or abs(issued[0] - issued[1]) < _YEARLY:
        return False
    due = [stored.task.deadline.due if stored.task.deadline else None for stored in (one, other)]
    if due[0] is None or due[1] is None:
        return due == [None, None]
    return abs((due[0] - issued[0]) - (due[1] - issued[1])) <= _SLACK


def _share_unit(one: StoredTask, other: StoredTask) -> bool:
    return any(fit(a, b) or fit(b, a) for a in one.task.lead for b in other.task.lead)


def conflicts(one: StoredTask, other: StoredTask) -> tuple[Conflict, ...]:
    """In what two tasks of the same duty differ; a side that says nothing contradicts nothing."""
    found: list[Conflict] = []
    if _days_differ(one.task.deadline, other.task.deadline):
        found.append("deadline")
    if one.task.lead and other.task.lead and _leads_differ(one.task.lead, other.task.lead):
        found.append("lead")
    return tuple(found)


def _days_differ(one: Deadline | None, other: Deadline | None) -> bool:
    if one is None or other is None:
        return False
    if one.due and other.due:
        return one.due != other.due
    return bool(one.recurrence and other.recurrence and one.recurrence != other.recurrence)


def _leads_differ(one: Sequence[str], other: Sequence[str]) -> bool:
    """Each side has a unit that the other does not name, nor mean by a collective; two collectives are not compared."""
    if all(map(is_collective, (*one, *other))):
        return False
    return _alone(one, other) and _alone(other, one)


def _alone(names: Sequence[str], others: Sequence[str]) -> bool:
    own = [name for name in names if not is_collective(name)]
    return not own or any(not any(fit(name, o) for o in others) for name in own)


def _term(stored: StoredTask) -> str:
    return stored.task.deadline.text if stored.task.deadline else "không quy định"


def decide(app: Ports, pair_id: int, decision: Literal["same", "different"] | None, *, by: str) -> TaskPair:
    """A person says that two tasks are the same work, or other work; None takes that back."""
    return app.store.decide_pair(pair_id, decision, by=by, at=dt.datetime.now(dt.UTC))

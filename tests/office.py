"""A small office for tests: directives, reports and links put straight into a real store."""

from __future__ import annotations

import atexit
import datetime as dt
import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from nlp.model import Citation, Deadline, Header, Period, Report, ReportItem, Task
from service.cells import REPORT_STATUS, TASK_STATUS
from service.gaps import (
    GapCell,
    GapQuery,
    by_directive,
    by_period,
    by_unit,
    count,
    gaps,
    json_lines,
    lines,
    rule_counts,
    rule_table,
    summarise,
    total,
    unit_totals,
)
from service.gaps.find import afresh, weighed_afresh
from service.records import Intake, Link, NewLink, Reason, StoredDocument
from service.store.ports import Store
from service.store.sql import SqlStore

NAME = "office.sqlite3"
NOON = dt.time(12, tzinfo=dt.UTC)


@cache
def _empty() -> Path:
    """A store with its tables made, once a run: migrations take longer than the tests."""
    path = Path(mkdtemp(prefix="dondoc-office-")) / NAME
    atexit.register(shutil.rmtree, path.parent, ignore_errors=True)
    store = SqlStore(f"sqlite:///{path.as_posix()}")
    store.migrate()
    store.close()
    return path


def task(text: str, *lead: str, due: dt.date | None = None, **given: Any) -> Task:
    """A tracked task; ``due`` is a deadline that includes its day."""
    if due is not None:
        given["deadline"] = Deadline(f"{due:%d/%m/%Y}", due=due, precision="day")
    given.setdefault("class_", "tracked")
    given.setdefault("product", "Báo cáo")
    return Task(text, text, 0, len(text), lead=lead, **given)


@dataclass
class Office:
    """Documents come in by day; what is linked is told by hand, so that a test sees one thing at a time."""

    store: SqlStore
    taken: int = 0
    tasks: dict[str, int] = field(default_factory=dict)
    """Store id of each task by its text."""

    @classmethod
    def open(cls, folder: Path) -> Office:
        """An empty office."""
        shutil.copyfile(_empty(), folder / NAME)
        return cls(SqlStore(f"sqlite:///{(folder / NAME).as_posix()}"))

    def take_in(self, header: Header, *, at: dt.datetime | None = None, **given: Any) -> StoredDocument:
        """Any document; it becomes known at ``at``, else at noon of the day it arrived."""
        self.taken += 1
        day = given.get("arrived") or header.date or dt.date(2026, 1, 1)
        values: dict[str, Any] = {
            "sha256": f"{self.taken:064x}",
            "file": f"{self.taken}.docx",
            "media_type": "text/plain",
            "status": "ok",
            "pages": 1,
            "problems": (),
            "text": "",
            "layout": {"blocks": [], "tables": [], "furniture": [], "page_marks": []},
            "role": "other",
        }
        return self.store.add(Intake(header=header, **{**values, **given}), at=at or dt.datetime.combine(day, NOON))

    def directive(self, symbol: str, date: dt.date, *tasks: Task, **given: Any) -> StoredDocument:
        """An assigning document with its tasks."""
        header = Header(symbol=symbol, kind="Kế hoạch", issuer="UBND tỉnh", date=date)
        kept = self.take_in(header, role="directive", tasks=tasks, **given)
        self.tasks |= {stored.task.text: stored.id for stored in self.store.tasks(document_id=kept.id)}
        return kept

    def report(
        self,
        unit: str | None,
        arrived: dt.date,
        *items: tuple[str, str],
        symbol: str = "1/BC",
        period: Period | None = None,
        answers: Sequence[str] = (),
        citations: Sequence[Citation] = (),
        at: dt.datetime | None = None,
        issuer: str | None = None,
    ) -> list[int]:
        """A report with (text, claimed status) items; the store ids of the items."""
        found = tuple(
            ReportItem(f"i{n}", text, 0, len(text), claimed_status=claimed)  # type: ignore[arg-type]
            for n, (text, claimed) in enumerate(items)
        )
        kept = self.take_in(
            Header(symbol=symbol, kind="Báo cáo", issuer=issuer or unit, date=arrived),
            role="report",
            report=Report(unit, period, tuple(answers), found),
            citations=tuple(citations),
            arrived=arrived,
            at=at,
        )
        return [stored.id for stored in self.store.items(kept.id)]

    def link(
        self,
        item_id: int,
        text: str,
        *,
        probability: float = 0.95,
        confirmed: bool = False,
        reason: Reason | None = None,
        at: dt.datetime | None = None,
    ) -> Link:
        """Propose that an item answers the task of this text; a person may confirm it."""
        at = at or dt.datetime(2022, 1, 1, tzinfo=dt.UTC)
        new = NewLink(self.tasks[text], 1, probability, False, "suggested", "test", (reason,) if reason else ())  # noqa: FBT003
        others = [link for link in self.store.links(item_id=item_id) if link.task_id is not None]
        kept = [
            NewLink(o.task_id, o.rank, o.probability, o.calibrated, o.decision, o.scorer, o.reasons) for o in others
        ]
        self.store.put_links(item_id, [*kept, replace(new, rank=len(kept) + 1)], at=at)
        link = next(link for link in self.store.links(item_id=item_id) if link.task_id == self.tasks[text])
        return self.store.decide(link.id, "confirmed", by="Nguyễn Văn A", at=at) if confirmed else link


YEAR_END = dt.date(2026, 12, 31)


def ask(office: Office, as_of: dt.date = YEAR_END, **query: object) -> list[GapCell]:
    """The cells as of a day: the kept ones, which must equal those weighed afresh, and so must every count."""
    asked = GapQuery(as_of=as_of, **query)  # type: ignore[arg-type]
    cells = gaps(office.store, asked)
    if not weighed_afresh(asked):
        told = [cell.to_json() for cell in cells]
        assert told == [cell.to_json() for cell in afresh(office.store, asked)]
        assert [json.dumps(cell, ensure_ascii=False) for cell in told] == list(json_lines(office.store, asked))
        check_counts(office.store, asked, cells)
    return cells


def check_counts(store: Store, asked: GapQuery, cells: Sequence[GapCell]) -> None:
    """What the store counts, by daily sums and by looking at the cells, is what the cells add up to."""
    for official in (False, True):
        query = replace(asked, official=official)
        whole = summarise(cells, official=official)
        assert count(store, query) == whole
        assert count(store, replace(query, task_status=TASK_STATUS)) == whole
        for groups in (by_unit(store, query), by_directive(store, query), by_period(store, query)):
            assert sum(one.figures.total for one in groups) == whole.total
            assert sum(one.figures.open_overdue for one in groups) == whole.open_overdue
    listed = [rule.id for cell in cells for rule in cell.rules]
    assert rule_counts(store, asked) == {name: listed.count(name) for name in rule_table() if name in listed}
    assert total(store, asked) == len(cells)
    for line, cell in zip(lines(store, asked), cells, strict=True):
        seen, duty, verdict = line.seen, cell.duty, cell.verdict
        assert (line.unit, line.via, line.course, line.rules) == (duty.unit, duty.via, duty.course, cell.rules)
        assert (seen.task_status, seen.report_status, seen.claimed, seen.basis) == (
            verdict.task_status, verdict.report_status, verdict.claimed, verdict.basis,
        )  # fmt: skip
        assert seen.done_on == (verdict.done_date.toordinal() if verdict.done_date else None)


def check_totals(store: Store, asked: GapQuery, cells: Sequence[GapCell]) -> None:
    """What pages count (by daily sums where they tell) adds up to the cells: crossed statuses, rules, units, documents."""
    late, others = TASK_STATUS[3:4], (*TASK_STATUS[:3], *TASK_STATUS[4:])
    crossed = [(mine, told) for mine in (late, others) for told in (REPORT_STATUS[3:], REPORT_STATUS[:3])]
    wishes: list[dict[str, Any]] = [{"task_status": mine, "report_status": told} for mine, told in crossed]
    for official in (False, True):
        for wish in (*wishes, {"task_status": TASK_STATUS[:2]}, {"pending": True}, {"pending": False}):
            query = replace(asked, official=official, **wish)
            assert total(store, query) == sum(_meets(cell, query) for cell in cells)
            assert sum(unit_totals(store, query).values()) == total(store, query)
    for name in rule_table():
        assert total(store, replace(asked, rules=(name,))) == sum(name in rules(cell) for cell in cells)


def _meets(cell: GapCell, query: GapQuery) -> bool:
    verdict = cell.official if query.official else cell.verdict
    if query.pending is not None:
        return cell.pending == query.pending
    return verdict.task_status in query.task_status and verdict.report_status in (query.report_status or REPORT_STATUS)


def the(office: Office, as_of: dt.date = YEAR_END, **query: object) -> GapCell:
    """The only cell as of a day."""
    [cell] = ask(office, as_of, **query)
    return cell


def rules(cell: GapCell) -> set[str]:
    """Ids of the rules that a cell breaks."""
    return {rule.id for rule in cell.rules}


def axes(cell: GapCell) -> tuple[str, str, str | None]:
    """Task, report and claim."""
    return cell.verdict.task_status, cell.verdict.report_status, cell.verdict.claimed

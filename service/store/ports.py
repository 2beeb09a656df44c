"""What use cases ask of the database. The database is the truth; the index is rebuilt from it (design.md 1)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, Literal, Protocol

from corpus.model import Document
from nlp.model import Citation, Header, Report
from service.records import (
    DecidedPair,
    Decision,
    Intake,
    Job,
    JobFile,
    KeptScorer,
    Link,
    LinkHead,
    Linking,
    NewLink,
    OfficeRow,
    Operation,
    ReportCount,
    Rereading,
    Role,
    StoredCitation,
    StoredDocument,
    StoredItem,
    StoredTask,
    TaskChange,
    TaskCount,
    TaskEdit,
    TaskEvent,
    TaskPair,
)
from service.store.asked_port import AskedStore
from service.store.follow_ports import FollowStore
from service.store.gap_port import GapStore
from service.store.unit_ports import UnitStore


class DocumentStore(Protocol):
    """Documents and the facts found in them."""

    def add(self, intake: Intake, *, at: dt.datetime) -> StoredDocument:
        """Keep one file's facts and an outbox entry for the index, all or nothing; the same sha256 changes nothing."""

    def add_all(self, intakes: Sequence[Intake], *, at: dt.datetime) -> int:
        """Keep many files' facts in one transaction, all or nothing; returns how many were new."""

    def replace(self, document_id: int, intake: Intake, *, at: dt.datetime) -> Rereading:
        """Put the facts of a new reading of the same file in the place of the old ones, all or nothing.

        Tasks and report items keep their ids where they are found again (``service.store.carry``), with confirmations
        and link decisions; other wording makes their links suspect. One that is no longer found stays as vanished when
        a person confirmed it or decided one of its links, else it goes with its proposals. Reports that rested on
        what changed wait for linking; the index is told. File name, arrival and ``known_at`` stay.
        """

    def revision(self) -> int:
        """The number of the last commit that added or changed tasks; it orders them where times cannot."""

    def document(self, document_id: int) -> StoredDocument | None: ...
    def by_sha(self, sha256: str) -> StoredDocument | None: ...
    def known_shas(self) -> set[str]:
        """All sha256 already kept, so that a second ingest parses nothing."""

    def by_symbol(self, symbol_key: str, *, date: dt.date | None = None) -> list[StoredDocument]:
        """Documents whose header symbol has this key (nlp.symbols.symbol_key), oldest first."""

    def documents(
        self,
        *,
        role: Role | None = None,
        status: str | None = None,
        limit: int = 10_000,
        offset: int = 0,
        newest_first: bool = False,
        not_read_by: str | None = None,
    ) -> list[StoredDocument]:
        """``not_read_by`` finds those that other rules than these read."""

    def last_intake(self) -> dt.datetime | None:
        """When the store last took a document in (printed beside every *chưa báo cáo*)."""

    def count_documents(self, *, role: Role | None = None, status: str | None = None) -> int: ...
    def text(self, document_id: int) -> str: ...
    def layout(self, document_id: int) -> Document:
        """The read file again (text, blocks, tables, pages), for showing it."""

    def citations(self, document_id: int) -> list[StoredCitation]: ...
    def cited_by(self, symbol_key: str) -> list[StoredCitation]:
        """Citations in other documents whose symbol has this key."""

    def citing(self, document_id: int) -> list[StoredCitation]:
        """Citations that may mean this document, by symbol or by name (nlp.resolve), in the order of intake."""

    def references(self, document_id: int) -> list[dict[str, object]]: ...
    def tasks(
        self,
        *,
        document_id: int | None = None,
        ids: Sequence[int] | None = None,
        class_: str | None = None,
        removed: bool = False,
        known_at: dt.datetime | None = None,
    ) -> list[StoredTask]:
        """Tasks by document and place, vanished ones (``vanished_at``) and those added by people last.

        ``removed``: those too that people took off the list. ``known_at``: the tasks as they were known then.
        """

    def report(self, document_id: int) -> Report | None:
        """What the document reports, with the items that the last reading found."""

    def documents_by_id(self, ids: Collection[int]) -> dict[int, StoredDocument]:
        """These documents, by id."""

    def stray_reports(self, ids: Collection[int]) -> list[StoredDocument]:
        """Those of these documents that are reports and of which no statement is linked to a task."""

    def report_heads(self, document_ids: Sequence[int]) -> dict[int, Report]:
        """What these documents report (unit, period, documents answered), without their items."""

    def items(self, document_id: int | None = None, *, ids: Sequence[int] | None = None) -> list[StoredItem]:
        """Report items by document and place, vanished ones last."""


class ReviewStore(Protocol):
    """What people say about tasks: corrections over the reading, in operations that can be undone."""

    def edit_tasks(
        self, edits: Sequence[TaskEdit], *, action: str, by: str, at: dt.datetime, reason: str | None = None
    ) -> Operation:
        """Do all of it or nothing. ``Conflict`` where a task changed since the version that an edit names.

        Other wording or another due day makes a task's links suspect; a removed task's proposals go; reports that
        rest on what changed wait for linking; the index is told.
        """

    def undo_operation(self, operation_id: int, *, by: str, at: dt.datetime) -> Operation:
        """Give the tasks back what the operation changed; ``Conflict`` where a person changed one of them since."""

    def operations(self, document_id: int | None = None, *, limit: int = 20) -> list[Operation]:
        """What was done, the latest first."""

    def task_history(self, task_id: int) -> list[TaskEvent]:
        """Every state of a task, the oldest first."""

    def corrected_tasks(self) -> list[StoredTask]:
        """Tasks about which people said more than yes: corrected, added, or removed; by document and place."""

    def unpaired(self, limit: int) -> list[int]:
        """Living tasks that changed since tasks like them were looked for, oldest first."""

    def put_pairs(self, found: Mapping[int, Mapping[int, float]], *, revision: int) -> None:
        """Tasks like these (task → other task → likeness) as of a revision; what people decided stays."""

    def pairs(self, task_ids: Sequence[int] | None = None) -> list[TaskPair]:
        """Pairs of living tasks, those of any of these tasks or all, the likest first."""

    def decide_pair(
        self, pair_id: int, decision: Literal["same", "different"] | None, *, by: str, at: dt.datetime
    ) -> TaskPair:
        """A person says that two tasks are the same work, or not; None takes that back."""

    def task_counts(self) -> list[TaskCount]:
        """Documents that have tasks with how many are reviewed, in the order of intake."""

    def report_counts(self, document_ids: Collection[int]) -> dict[int, ReportCount]:
        """Statements and waiting proposals of these reports; those without statements are left out."""

    def confirm_task(self, task_id: int, *, by: str, at: dt.datetime) -> None:
        """A person says that this is a task; the first one to say so stays on record."""


class LinkStore(Protocol):
    """Links between report items and tasks, and what people decided about them."""

    def put_links(self, item_id: int, links: Sequence[NewLink], *, at: dt.datetime) -> None:
        """Replace the machine's proposals for an item; decided links stay untouched."""

    def put_report_links(
        self,
        document_id: int,
        links: Mapping[int, Sequence[NewLink]],
        *,
        scorer: str,
        revision: int | None,
        at: dt.datetime,
    ) -> None:
        """The proposals for the items of a report, in one transaction, and what they rest on.

        ``revision`` is the store's before candidates were sought; None where they are known to be incomplete (the
        index lags), so that the report is linked again. Items and tasks that are gone meanwhile are left out.
        """

    def note_linked(self, document_id: int, *, revision: int, at: dt.datetime) -> None:
        """A report's links hold for this revision too: no task that changed since could matter."""

    def linkings(self) -> list[Linking]:
        """Every report with when and by what it was linked, in the order of intake."""

    def task_changes(self, since: int) -> list[TaskChange]:
        """Tasks that were added or changed after this revision, vanished ones left out."""

    def links(  # noqa: PLR0913 - each argument is a filter
        self,
        *,
        item_id: int | None = None,
        task_id: int | None = None,
        document_id: int | None = None,
        directive_ids: Sequence[int] | None = None,
        task_ids: Sequence[int] | None = None,
        item_ids: Sequence[int] | None = None,
        ids: Sequence[int] | None = None,
        decision: Decision | None = None,
        active: bool = False,
        known_at: dt.datetime | None = None,
    ) -> list[Link]:
        """Links, best rank first. ``document_id`` is the report's, ``directive_ids`` are those of the tasks' documents.

        ``active``: proposed or confirmed, and to a task. ``known_at`` looks at the store as it was then.
        """

    def link_heads(self, ids: Collection[int]) -> list[LinkHead]:
        """These links, without reasons and history: for long lists."""

    def decided_pairs(self, task_ids: Sequence[int], *, but: int, limit: int) -> list[DecidedPair]:
        """What people last decided about these tasks in other reports than ``but``, and what there answers nothing.

        At most ``limit`` of each, the newest decisions; suspect ones do not count.
        """

    def count_links(self, decision: Decision) -> int:
        """How many links there are with this decision."""

    def linked_reports(self, *, known_at: dt.datetime | None = None) -> set[int]:
        """Documents with an active link from one of their items."""

    def link(self, link_id: int) -> Link | None: ...
    def decide(self, link_id: int, decision: Decision, *, by: str, at: dt.datetime) -> Link: ...
    def decide_item(
        self, item_id: int, task_id: int | None, *, scorer: str, by: str, at: dt.datetime, instead_of: int | None = None
    ) -> Link:
        """A person says which task a statement answers, or (None) that it answers none; the pair is confirmed.

        For None every other link of the item is rejected, else those that were only proposed and the link
        ``instead_of``. A pair that nothing had proposed is kept with probability 0 and ``scorer``, the one at work.
        """


class ScorerStore(Protocol):
    """Scorers that the office's decisions taught."""

    def put_scorer(
        self, version: str, content: dict[str, object], check: dict[str, object], *, accepted: bool, by: str,
        at: dt.datetime,
    ) -> KeptScorer:  # fmt: skip
        """Keep a scorer with what its check found, also one that was refused."""

    def scorers(self, *, limit: int = 50) -> list[KeptScorer]:
        """The newest first."""

    def scorer(self) -> KeptScorer | None:
        """The last one that was accepted: the one at work. None: the one in the package."""


class LookupStore(Protocol):
    """Documents by what they are, and citations of texts that are not kept."""

    def resolve(self, citations: Sequence[Citation], citing: Header) -> list[StoredCitation]:
        """The documents that the citations of a text outside the store may mean; ids are the citations' places."""

    def matching(
        self,
        *,
        kind: str | None = None,
        issuers: Sequence[str] | None = None,
        since: dt.date | None = None,
        until: dt.date | None = None,
    ) -> list[int]:
        """Ids of documents of this kind, from one of these issuers, dated in this range; every given filter holds."""

    def issuers(self) -> list[str]:
        """Every issuer as printed, once, in order."""


class OfficeStore(Protocol):
    """What the office knows about the force of documents, with where it knows it from."""

    def put_office_rows(self, rows: Sequence[OfficeRow], *, at: dt.datetime) -> int:
        """Keep rows; one that says nothing new changes nothing. Returns how many are new; older ones stay."""

    def office_rows(self, symbol_key: str | None = None, *, limit: int = 10_000) -> list[OfficeRow]:
        """Rows of a symbol (or all), the last checked first."""


class OutboxStore(Protocol):
    """Documents whose index entry is behind."""

    def outbox(self, limit: int = 500) -> list[int]:
        """Document ids to index, oldest first."""

    def outbox_mark(self) -> int:
        """The number of the newest entry, taken before reading: what is queued later has a higher one."""

    def outbox_done(self, document_ids: Iterable[int], *, mark: int | None = None) -> None:
        """These are indexed as they were at ``mark``; one that was queued again since stays."""

    def outbox_add(self, document_ids: Iterable[int]) -> None:
        """Queue these again; those that the store does not have are left out."""

    def outbox_all(self) -> None:
        """Queue every document again (reindex)."""


class JobStore(Protocol):
    """The jobs table: state, progress, lease and heartbeat are the truth (design.md 2)."""

    def enqueue(
        self,
        kind: str,
        payload: dict[str, object],
        *,
        total: int = 0,
        at: dt.datetime,
        owner: str | None = None,
        lease: dt.timedelta | None = None,
    ) -> Job:
        """A new job; with ``owner`` and ``lease`` it is running already, and no worker takes it away."""

    def claim(self, owner: str, *, at: dt.datetime, lease: dt.timedelta) -> Job | None:
        """Take the oldest queued job, or a running one whose lease has run out."""

    def unfinished(self, kind: str) -> list[Job]:
        """Jobs of this kind that are queued or running, oldest first."""

    def take_over(self, job_id: int, lost: str, owner: str, *, at: dt.datetime, lease: dt.timedelta) -> Job | None:
        """A running job from ``lost``, an owner known to be dead, its progress at zero; None if not theirs now."""

    def heartbeat(
        self, job_id: int, owner: str, *, at: dt.datetime, lease: dt.timedelta, done: int, failed: int, phase: str
    ) -> bool:
        """Record progress and renew the lease; False when the lease was lost or the job cancelled.

        Progress never goes back: one who starts again passes over what was done before. Where it goes on, the attempts
        count anew: only a job that gets no further is given up one day.
        """

    def set_total(self, job_id: int, total: int) -> None: ...
    def record_files(self, job_id: int, entries: Sequence[JobFile]) -> None:
        """What became of these files; a second word about the same file replaces the first."""

    def job_files(self, job_id: int) -> list[JobFile]: ...
    def release(self, job_id: int, owner: str, *, at: dt.datetime) -> None:
        """Give a job back to the queue: the worker was asked to stop."""

    def retry(self, job_id: int, owner: str, *, at: dt.datetime, after: dt.timedelta, error: str) -> bool:
        """Queue a job again for later, since it failed for a passing reason; False when it was tried often enough.

        Then it has failed, with this reason.
        """

    def restart(self, job_id: int, *, at: dt.datetime) -> None:
        """A person wants a failed or cancelled job tried again, from now on, as often as a new one."""

    def finish(self, job_id: int, owner: str, *, at: dt.datetime, error: str | None = None) -> None: ...
    def cancel(self, job_id: int, *, at: dt.datetime) -> None: ...
    def job(self, job_id: int) -> Job | None: ...
    def jobs(self, limit: int = 50) -> list[Job]: ...


StoredRow = tuple[str, dict[str, Any]]
"""A table's name and a row of it, ready for JSON."""


class CopyStore(Protocol):
    """Every row out and in again: backups, and the way from one database to another."""

    def schema(self) -> str:
        """The schema that the rows are in; only the same one takes them back."""

    def export_rows(self) -> Iterator[StoredRow]:
        """Every row as it was at one moment; what a row points to comes before it."""

    def import_rows(self, rows: Iterable[StoredRow]) -> int:
        """Into an empty store, all or nothing; Conflict where people or documents are in it. Tells how many."""


class Store(
    DocumentStore,
    CopyStore,
    ReviewStore,
    LookupStore,
    LinkStore,
    ScorerStore,
    OfficeStore,
    UnitStore,
    FollowStore,
    OutboxStore,
    JobStore,
    GapStore,
    AskedStore,
    Protocol,
):
    """The whole database port."""

    @property
    def held(self) -> bool:
        """Whether what is read here is of one moment that is being held."""

    def one_moment(self) -> AbstractContextManager[None]:
        """Until the end of the block all that this thread of work reads is of one moment; writing goes on as ever."""

    def migrate(self) -> None:
        """Bring the schema to the newest version (Alembic)."""

    def close(self) -> None: ...

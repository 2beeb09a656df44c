"""Urging letters (công văn đôn đốc): a list as of a moment, checked again before it goes out.

A letter that says "chưa báo cáo" of a unit whose report lies unread is worse than none. So reports that came after the
list was made are shown and must be seen by a person, and what nobody has read blocks: a file that could not be read, a
file still being taken in, a report of the unit that is matched to nothing, a proposal for a listed task that waits for
review. A person may set a report aside for one letter, and an unread file for a unit or for all (``service.unread``),
with the reason, which the letter's history keeps.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from corpus.text import fold
from service.errors import Conflict, InvalidInput, NotFound
from service.follow import Followed
from service.follow_records import Letter, LetterEvent, LetterLine
from service.gaps import GapQuery, exact, gaps, holes, parse_query, unit_totals, waiting
from service.ports import Ports
from service.records import StoredDocument
from service.report_form import code_of
from service.store.ports import Store
from service.unread import names, pass_over, unread
from service.wording import document_name

ANSWER_DAYS = 7
"""Days that a unit is given to answer when the office names none."""


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Something that nobody has read yet and that may be the answer."""

    text: str
    document_id: int | None = None
    """What a person may set aside; None: it must be done first."""
    unread: bool = False
    """Whether it is a file that could not be read: a word on it holds for the letters to come."""


@dataclass(frozen=True, slots=True)
class Check:
    """What stands between a draft and its issue."""

    arrived: tuple[StoredDocument, ...] = ()
    """Reports of the unit that came after the list was made and that nobody has said to have seen."""
    obstacles: tuple[Obstacle, ...] = ()
    settled: tuple[LetterLine, ...] = ()
    """Listed obligations that need no urging any more: the list should be made anew."""

    @property
    def ready(self) -> bool:
        """Whether the letter may be signed."""
        return not (self.arrived or self.obstacles or self.settled)


def needing(cells: Iterable[Followed]) -> list[Followed]:
    """Obligations to urge, by official figures: past their day, or due to be reported and not reported."""
    return [each for each in cells if each.counted and _states(each)]


def _states(each: Followed) -> list[str]:
    official = each.cell.official
    overdue = ["overdue"] if official.task_status == "open_overdue" else []
    return [*overdue, *(["missing"] if official.report_status == "missing" else [])]


def units_to_urge(store: Store, query: GapQuery) -> dict[str, int]:
    """Units with the number of their obligations to urge, most first; counted by the database."""
    found: Counter[str] = Counter()
    for part in to_urge(query):
        found.update({unit: n for unit, n in unit_totals(store, part).items() if unit})
    return dict(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))


def to_urge(query: GapQuery) -> list[GapQuery]:
    """The question for what ``needing`` keeps: its two halves share nothing."""
    return holes(replace(query, official=True, tracked=True))


def _urged(store: Store, query: GapQuery, unit: str) -> list[Followed]:
    """What the unit is urged for under its own name, in the order of the texts."""
    own = replace(query, unit=unit, alone=True)
    found = [Followed(cell) for part in to_urge(own) for cell in gaps(store, part)]
    return sorted(found, key=_place)


def _place(each: Followed) -> tuple[int, int, int, dt.date]:
    task = each.duty.task
    return task.document_id, task.task.start, task.id, each.duty.span.first if each.duty.span else dt.date.min


def draft(app: Ports, unit: str, query: GapQuery, *, at: dt.datetime, answer_by: dt.date | None = None) -> Letter:
    """A letter to this unit with what it owes; the round follows the letters issued for the same obligations."""
    as_of = query.as_of or at.astimezone(app.settings.zone).date()
    with exact(app.store, query):
        lines = [_line(each, as_of, query) for each in _urged(app.store, query, unit) if names(each.unit, unit)]
    if not lines:
        raise InvalidInput(
            f"{unit} không có nhiệm vụ quá hạn hoặc chưa báo cáo tính đến ngày {as_of:%d/%m/%Y} "
            "(chỉ tính nhiệm vụ đã duyệt đưa vào theo dõi)."
        )
    answer = answer_by or as_of + dt.timedelta(days=ANSWER_DAYS)
    if answer <= as_of:
        raise InvalidInput("Hạn báo cáo lại phải sau ngày tính số liệu.")
    round_ = 1 + max((letter.round for letter in _earlier(app, unit, lines)), default=0)
    by = app.settings.person
    return app.store.add_letter(unit, lines, round_=round_, as_of=as_of, listed_at=at, answer_by=answer, by=by)


def _line(each: Followed, as_of: dt.date, query: GapQuery) -> LetterLine:
    duty = each.duty
    return LetterLine(
        task_id=duty.task.id,
        text=fold(duty.task.task.text),
        directive=document_name(duty.directive),
        period=each.period,
        due=duty.due or duty.report_due,
        days_late=each.days_late(as_of, query),
        state=",".join(_states(each)),
        code=code_of(duty.task.id) if duty.task.id else "",
    )


def _earlier(app: Ports, unit: str, lines: Sequence[LetterLine]) -> list[Letter]:
    """Letters that went to the unit about one of these obligations, newest first."""
    asked = {(line.task_id, line.period) for line in lines}
    return [
        letter
        for letter in app.store.letters(state="issued")
        if names(letter.unit, unit) and any((line.task_id, line.period) in asked for line in letter.lines)
    ]


def previous(app: Ports, letter: Letter) -> Letter | None:
    """The letter before this one about the same obligations."""
    found = [one for one in _earlier(app, letter.unit, letter.lines) if one.id < letter.id]
    return found[0] if found else None


def existing(app: Ports, letter_id: int) -> Letter:
    """The letter, or the error that there is none."""
    letter = app.store.letter(letter_id)
    if letter is None:
        raise NotFound(f"Không có công văn đôn đốc số {letter_id}.")
    return letter


def question(app: Ports, letter: Letter) -> GapQuery:
    """The question that the letter's list answers, to be asked again by what is known now."""
    return parse_query(app.store, settings=app.settings, as_of=letter.as_of)


def check(app: Ports, letter: Letter, query: GapQuery) -> Check:
    """What came since, what is unread, what is settled. An issued letter is checked no more."""
    if letter.state != "draft":
        return Check()
    events = app.store.letter_events(letter.id)
    aside = {event.detail.get("document") for event in events if event.kind == "set_aside"}
    seen = {event.detail.get("document") for event in events if event.kind == "seen"}
    reports = [
        report
        for report in app.store.documents(role="report")
        if any(names(unit, letter.unit) for unit in _units_of(app, report))
    ]
    arrived = tuple(r for r in reports if r.known_at > letter.listed_at and r.id not in seen | aside)
    return Check(arrived, tuple(_obstacles(app, letter, reports, aside)), _settled(app, letter, query))


def _units_of(app: Ports, document: StoredDocument) -> tuple[str | None, ...]:
    report = app.store.report_heads([document.id]).get(document.id)
    return (report.units if report else ()) or (document.header.issuer,)


def _obstacles(app: Ports, letter: Letter, reports: Sequence[StoredDocument], aside: set[object]) -> Iterable[Obstacle]:
    for job in app.store.unfinished("ingest"):
        yield Obstacle(f"Đang nhập văn bản ({job.done}/{job.total} tệp). Chờ nhập xong rồi kiểm tra lại.")
    if app.store.held and (left := waiting(app.store, question(app, letter))):  # a page; whoever issues has it weighed
        yield Obstacle(f"Số liệu đang được tính lại (còn {left.tasks} nhiệm vụ). Chờ tính xong rồi kiểm tra lại.")
    for each in unread(app):
        if each.blocks(letter.unit):
            why = f" ({each.reason.rstrip('.')})" if each.reason else ""
            text = f"Tệp chưa đọc được: {document_name(each.document)}{why}. Có thể là báo cáo của đơn vị."
            yield Obstacle(text, each.document.id, unread=True)
    linked = app.store.linked_reports()
    listed = {line.task_id for line in letter.lines}
    for report in reports:
        if report.id in aside:
            continue
        links = app.store.links(document_id=report.id)
        if proposed := sum(link.decision == "suggested" and link.task_id in listed for link in links):
            yield Obstacle(
                f"{document_name(report)}: {proposed} đề xuất chờ rà soát cho nhiệm vụ trong danh sách.", report.id
            )
        elif report.id not in linked and not any(link.decided_by for link in links):
            yield Obstacle(f"{document_name(report)} của đơn vị chưa gắn được với nhiệm vụ nào.", report.id)


def _settled(app: Ports, letter: Letter, query: GapQuery) -> tuple[LetterLine, ...]:
    """Lines that the same question, asked by what is known now, no longer gives."""
    listed = replace(query, tasks=tuple(sorted({line.task_id for line in letter.lines})))
    cells = (Followed(cell) for part in to_urge(listed) for cell in gaps(app.store, part))
    still = {(each.duty.task.id, each.period) for each in cells if names(each.unit, letter.unit)}
    return tuple(line for line in letter.lines if (line.task_id, line.period) not in still)


def see(app: Ports, letter_id: int, document_id: int, *, at: dt.datetime) -> None:
    """A person says to have seen a report that came after the list was made."""
    _note(app, letter_id, "seen", document_id, at, {})


def set_aside(
    app: Ports, letter_id: int, document_id: int, reason: str, *, at: dt.datetime, every_unit: bool = False
) -> None:
    """A person says that what is unread does not answer this letter, and why.

    A file that could not be read is passed over for the unit in the letters to come too, or for every unit.
    """
    if not reason.strip():
        raise InvalidInput("Cần ghi lý do bỏ qua tệp này.")
    letter, document = existing(app, letter_id), app.store.document(document_id)
    if document is not None and document.status == "failed":
        pass_over(app, document_id, None if every_unit else letter.unit, reason, at=at)
    _note(app, letter_id, "set_aside", document_id, at, {"reason": reason.strip()})


def _note(app: Ports, letter_id: int, kind: str, document_id: int, at: dt.datetime, more: dict[str, object]) -> None:
    existing(app, letter_id)
    document = app.store.document(document_id)
    if document is None:
        raise NotFound(f"Không có văn bản số {document_id} trong kho.")
    detail = {"document": document_id, "file": document_name(document), **more}
    app.store.note_letter(LetterEvent(letter_id, kind, at, app.settings.person, detail))


def issue(app: Ports, letter_id: int, query: GapQuery, *, symbol: str, issued: dt.date, at: dt.datetime) -> Letter:
    """Record that the letter went out under this number; refused while something stands in the way."""
    letter = existing(app, letter_id)
    if not symbol.strip():
        raise InvalidInput("Cần ghi số, ký hiệu của công văn.")
    found = check(app, letter, query)
    if not found.ready:
        raise Conflict(blocked(found), letter=letter_id)
    return app.store.set_letter(
        letter_id, "issued", by=app.settings.person, at=at, symbol=symbol.strip(), issued=issued
    )


def blocked(found: Check) -> str:
    """Why a letter may not go out, in one sentence each."""
    said = [f"Có {len(found.arrived)} báo cáo nhận sau thời điểm lập danh sách."] if found.arrived else []
    said += [obstacle.text for obstacle in found.obstacles]
    if found.settled:
        said.append(f"{len(found.settled)} nhiệm vụ trong danh sách không còn phải đôn đốc; đề nghị lập lại danh sách.")
    return " ".join([*said, "Đề nghị rà soát trước khi trình ký."])


def cancel(app: Ports, letter_id: int, *, at: dt.datetime, reason: str = "") -> Letter:
    """Give a draft up."""
    existing(app, letter_id)
    return app.store.set_letter(letter_id, "cancelled", by=app.settings.person, at=at, detail={"reason": reason})

"""A run of the rules: new reminders into the notification centre, one mail a unit, what became of it kept."""

from __future__ import annotations

import datetime as dt
import logging
import smtplib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from nlp.units import unit_key
from service.errors import DondocError, InvalidInput
from service.follow import Followed
from service.follow_records import NewReminder, Reminder
from service.gaps import GapQuery, gaps, lines, parse_query
from service.ports import Ports
from service.reminders.mail import MailFailed, check_address, compose, connection, said
from service.reminders.rules import OPEN, due_today, window
from service.settings import Settings
from service.vietnamese import day, number

MOST_TRIES = 5
"""Runs in which a mail is tried before it is left to a person."""
_AT_ONCE = 5_000
"""Tasks named in one question."""
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Run:
    """What a run did; of a trial run, what it would do."""

    asked: tuple[NewReminder, ...]
    """What the rules ask for today."""
    new: tuple[Reminder, ...] = ()
    """What had not been reminded of before."""
    withdrawn: int = 0
    """Unread reminders about what is done, ended, moved or another unit's by now."""
    mails: int = 0
    failed: tuple[str, ...] = ()


def remind(app: Ports, *, at: dt.datetime, as_of: dt.date | None = None, trial: bool = False) -> Run:
    """Apply the rules to a day. Running it again the same day reminds of nothing twice."""
    query, asked = _asked(app, at, as_of)
    if trial:
        return Run(tuple(asked))
    new = app.store.add_reminders(asked, at=at)
    withdrawn = _withdraw(app, query, at=at)
    mails, failed = _send_waiting(app, at=at) if app.settings.smtp_host else (0, ())
    return Run(tuple(asked), tuple(new), withdrawn, mails, failed)


def _asked(app: Ports, at: dt.datetime, as_of: dt.date | None) -> tuple[GapQuery, list[NewReminder]]:
    on = as_of or at.astimezone(app.settings.zone).date()
    query = parse_query(app.store, settings=app.settings, as_of=on)
    addresses = {unit_key(each.unit): each.email for each in app.store.contacts()} if app.settings.smtp_host else {}
    near = replace(query, tracked=True, task_status=OPEN, within=window(on, app.settings))
    return query, due_today(map(Followed, gaps(app.store, near)), on, query, app.settings, addresses)


def _withdraw(app: Ports, query: GapQuery, *, at: dt.datetime) -> int:
    """Unread reminders that no longer hold are laid aside, and their mail is not sent."""
    unread = app.store.reminders(unread=True, limit=100_000)
    asked, tasks = replace(query, tracked=True, task_status=OPEN), sorted({each.task_id for each in unread})
    living = {
        (line.task.id, unit_key(line.unit or ""), line.seen.label, line.seen.due)
        for start in range(0, len(tasks), _AT_ONCE)
        for line in lines(app.store, replace(asked, tasks=tuple(tasks[start : start + _AT_ONCE])))
    }
    gone = [
        each.id
        for each in unread
        if (each.task_id, unit_key(each.unit), each.period, each.due.toordinal()) not in living
    ]
    return app.store.read_reminders(gone, at=at) if gone else 0


def _send_waiting(app: Ports, *, at: dt.datetime) -> tuple[int, tuple[str, ...]]:
    """One mail for each unit and address with all that waits; a server that is away is tried once, not once a unit."""
    waiting = [
        each
        for state in ("waiting", "failed")
        for each in app.store.reminders(mail_state=state, unread=True, limit=100_000)
        if each.tries < MOST_TRIES
    ]
    groups: dict[tuple[str, str], list[Reminder]] = {}
    for each in waiting:
        groups.setdefault((each.mail_to or "", each.unit), []).append(each)
    if not groups:
        return 0, ()
    sent, failed = 0, []
    try:
        with connection(app.settings) as server:
            for (to, unit), group in groups.items():
                problem = _send(app.settings, server, to, unit, [each.text for each in group])
                app.store.mail_result([each.id for each in group], at=at, error=problem)
                sent += problem is None
                failed += [f"{unit}: {problem}"] if problem else []
    except MailFailed as error:
        app.store.mail_result([each.id for each in waiting], at=at, error=error.message)
        failed.append(error.message)
    return sent, tuple(failed)


def _send(settings: Settings, server: smtplib.SMTP, to: str, unit: str, texts: Sequence[str]) -> str | None:
    try:
        server.send_message(compose(settings, to, subject(len(texts)), body(settings, unit, texts)))
    except (DondocError, OSError, smtplib.SMTPException) as error:
        return error.message if isinstance(error, DondocError) else said(error)
    return None


def subject(count: int) -> str:
    """The subject of a reminder's mail."""
    return f"Nhắc việc: {number(count)} nhiệm vụ sắp đến hạn hoặc quá hạn"


def body(settings: Settings, unit: str, texts: Sequence[str]) -> str:
    """The mail's text: every line says why it is there."""
    lines = "\n\n".join(f"{place}. {text}" for place, text in enumerate(texts, 1))
    return (
        f"Kính gửi: {unit}.\n\nCác nhiệm vụ sau đây cần được lưu ý:\n\n{lines}\n\n"
        f"Thư này do hệ thống theo dõi nhiệm vụ gửi tự động, thay mặt {settings.person}. "
        "Trường hợp đã hoàn thành hoặc đã báo cáo, đề nghị cung cấp số, ngày văn bản.\n"
    )


def try_it(app: Ports, address: str, *, at: dt.datetime, unit: str | None = None) -> str:
    """Send what the rules ask for today to one address, marked as a trial; nothing is kept. Returns what was sent."""
    to = check_address(address)
    asked = [each for each in _asked(app, at, None)[1] if unit is None or unit_key(each.unit) == unit_key(unit)]
    today = day(at.astimezone(app.settings.zone).date())
    texts = [each.text for each in asked] or [
        f"Hôm nay ({today}) không có việc nào cần nhắc theo các quy tắc hiện hành."
    ]
    text = f"(Thư gửi thử, không ghi vào sổ nhắc việc.)\n\n{body(app.settings, unit or 'đơn vị nhận thử', texts)}"
    message = compose(app.settings, to, f"[Gửi thử] {subject(len(asked))}", text)
    with connection(app.settings) as server:
        try:
            server.send_message(message)
        except (OSError, smtplib.SMTPException) as error:
            raise MailFailed(f"Máy chủ thư không nhận thư gửi {to}: {said(error)}") from None
    return text


class Daily:
    """Runs the rules once a day, at the hour of the settings, in whichever worker comes first: keys keep it to one."""

    def __init__(self) -> None:
        self._last: dt.date | None = None

    def tick(self, app: Ports, *, at: dt.datetime) -> Run | None:
        """Run when the hour has come and today has not been done."""
        here = at.astimezone(app.settings.zone)
        if not app.settings.remind or self._last == here.date() or here.time() < app.settings.remind_at:
            return None
        self._last = here.date()
        try:
            return remind(app, at=at)
        except InvalidInput:
            _log.exception("reminders wait for tomorrow")
            return None

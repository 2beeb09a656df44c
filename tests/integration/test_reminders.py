"""Reminders against a real SMTP server on loopback: rules, once, withdrawn, mail, retries, the try-it button."""

import datetime as dt
import socket
from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from service import follow, reminders
from service.errors import InvalidInput
from service.follow import Request
from service.reminders.mail import MailFailed
from service.settings import Settings, load
from tests.outputs import LATE, OPEN, SNV, STC, Bench, bench

DUE = dt.date(2026, 6, 30)  # of OPEN


def at(day: dt.date, hour: int = 1) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour), tzinfo=dt.UTC)


class Box:
    """Keeps what it is given; refuses one address as a real server does."""

    def __init__(self) -> None:
        self.mails: list[tuple[list[str], EmailMessage]] = []

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: ARG002, N802 - aiosmtpd's names
        if address.startswith("khong-co"):
            return "550 Khong co hop thu"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: ARG002, N802 - aiosmtpd's names
        self.mails.append((list(envelope.rcpt_tos), message_from_bytes(envelope.content, policy=default)))  # type: ignore[arg-type]
        return "250 OK"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def box() -> Iterator[tuple[Box, int]]:
    kept, port = Box(), free_port()

    def login(_server: object, _session: object, _envelope: object, mechanism: str, data: Any) -> AuthResult:  # noqa: ARG001 - aiosmtpd's shape
        right = data.login == b"dondoc" and data.password == b"mat-khau"
        return AuthResult(success=right, handled=right)  # not handled: the server itself answers 535

    server = Controller(kept, hostname="127.0.0.1", port=port, authenticator=login, auth_require_tls=False)
    server.start()
    yield kept, port
    server.stop()


@pytest.fixture
def app(tmp_path: Path, box: tuple[Box, int]) -> Bench:
    found = bench(tmp_path)
    found.settings = found.settings.model_copy(
        update={"smtp_host": "127.0.0.1", "smtp_port": box[1], "smtp_security": "none", "smtp_sender": "dondoc@vd.vn"}
    )
    found.store.put_contact(SNV, "snv@vd.vn", by="A", at=at(DUE))
    return found


def rules(run: reminders.Run) -> list[tuple[str, str]]:
    return [(one.unit, one.rule) for one in run.new]


@pytest.mark.parametrize(
    ("day", "fired"),
    [
        (DUE - dt.timedelta(days=8), None),
        (DUE - dt.timedelta(days=7), "before:7"),
        (DUE - dt.timedelta(days=5), "before:7"),
        (DUE - dt.timedelta(days=3), "before:3"),
        (DUE - dt.timedelta(days=1), "before:1"),
        (DUE, "on_day"),
        (DUE + dt.timedelta(days=1), "after:0"),
        (DUE + dt.timedelta(days=7), "after:1"),
        (DUE + dt.timedelta(days=27), "after:3"),
        (DUE + dt.timedelta(days=28), None),
    ],
)
def test_each_day_has_its_rule(app: Bench, day: dt.date, fired: str | None) -> None:
    asked = reminders.remind(app, at=at(day), trial=True).asked
    assert [one.rule for one in asked if one.task_id == app.task_id(OPEN)] == ([fired] if fired else [])
    assert app.store.reminders() == []


def test_a_rule_fires_once_and_says_which_it_was(app: Bench) -> None:
    day = DUE - dt.timedelta(days=7)
    [new] = [one for one in reminders.remind(app, at=at(day)).new if one.task_id == app.task_id(OPEN)]
    assert new.text.startswith(
        "Còn 7 ngày đến thời hạn 30/06/2026: Trình đề án vị trí việc làm (Kế hoạch số 10/KH-UBND"
    )
    assert new.text.endswith("Quy tắc: nhắc trước hạn 7 ngày.")
    assert reminders.remind(app, at=at(day)).new == ()
    assert reminders.remind(app, at=at(day + dt.timedelta(days=1))).new == ()
    assert len(reminders.remind(app, at=at(DUE - dt.timedelta(days=3))).new) == 1


def test_one_mail_goes_to_each_unit_with_an_address(app: Bench, box: tuple[Box, int]) -> None:
    run = reminders.remind(app, at=at(dt.date(2026, 3, 1)))
    assert rules(run) == [(SNV, "after:0")]
    run = reminders.remind(app, at=at(dt.date(2026, 3, 14)))
    assert (run.mails, run.failed) == (1, ())
    assert {one[0] for one in rules(run)} == {SNV, STC}
    [first, second] = box[0].mails
    assert first[0] == second[0] == ["snv@vd.vn"]
    assert first[1]["Subject"] == "Nhắc việc: 1 nhiệm vụ sắp đến hạn hoặc quá hạn"
    assert first[1]["Auto-Submitted"] == "auto-generated"
    text = first[1].get_content()
    assert "Kính gửi: Sở Nội vụ." in text
    assert "Quy tắc: nhắc sau hạn, lần 1." in text
    assert {one.unit: one.mail_state for one in app.store.reminders()} == {SNV: "sent", STC: "none"}


def test_drafts_done_suspended_and_moved_tasks_are_not_reminded_of(app: Bench) -> None:
    follow.act(app, app.task_id(LATE), Request("suspended", basis="x", effective=dt.date(2026, 2, 1)), at=at(DUE))
    assert rules(reminders.remind(app, at=at(dt.date(2026, 3, 2)))) == []


def test_what_no_longer_holds_is_withdrawn(app: Bench) -> None:
    reminders.remind(app, at=at(dt.date(2026, 3, 1)))
    assert app.store.count_unread() == 1
    request = Request("lead_moved", lead="Sở Tư pháp", basis="x", effective=dt.date(2026, 3, 2))
    follow.act(app, app.task_id(LATE), request, at=at(dt.date(2026, 3, 2)))
    run = reminders.remind(app, at=at(dt.date(2026, 3, 2)))
    assert (run.withdrawn, rules(run)) == (1, [("Sở Tư pháp", "after:0")])


def test_a_refused_mail_and_a_server_that_is_away_are_told_and_tried_again(app: Bench, box: tuple[Box, int]) -> None:
    app.store.put_contact(SNV, "khong-co@vd.vn", by="A", at=at(DUE))
    run = reminders.remind(app, at=at(dt.date(2026, 3, 1)))
    assert run.failed == ("Sở Nội vụ: 550 Khong co hop thu",)
    [kept] = app.store.reminders(mail_state="failed")
    assert (kept.mail_error, kept.tries) == ("550 Khong co hop thu", 1)
    good = app.settings
    app.settings = good.model_copy(update={"smtp_port": free_port()})
    run = reminders.remind(app, at=at(dt.date(2026, 3, 2)))
    assert "Không kết nối được máy chủ thư 127.0.0.1" in run.failed[0]
    app.settings = good
    for _ in range(reminders.run.MOST_TRIES):  # type: ignore[attr-defined]  # the module of the package
        reminders.remind(app, at=at(dt.date(2026, 3, 2)))
    assert app.store.reminders()[0].tries == reminders.run.MOST_TRIES  # type: ignore[attr-defined]  # see above
    assert box[0].mails == []


def test_login_is_used_where_it_is_set(app: Bench, box: tuple[Box, int]) -> None:
    given = {**app.settings.model_dump(), "smtp_user": "dondoc"}
    app.settings = Settings(**{**given, "smtp_password": "sai"})
    with pytest.raises(MailFailed, match="535"):
        reminders.try_it(app, "toi@vd.vn", at=at(DUE))
    right = Settings(**{**given, "smtp_password": "mat-khau"})
    app.settings = right
    assert "mat-khau" not in repr(right)
    reminders.try_it(app, "toi@vd.vn", at=at(DUE))
    assert box[0].mails[0][0] == ["toi@vd.vn"]


def test_trying_sends_todays_reminders_and_keeps_nothing(app: Bench, box: tuple[Box, int]) -> None:
    text = reminders.try_it(app, " toi@vd.vn ", at=at(DUE), unit=SNV)
    assert "Đến hạn hôm nay (30/06/2026)" in text
    assert box[0].mails[0][1]["Subject"].startswith("[Gửi thử] Nhắc việc")
    assert app.store.reminders() == []
    assert "không có việc nào cần nhắc" in reminders.try_it(app, "toi@vd.vn", at=at(dt.date(2026, 1, 6)))
    for bad in ("toi", "a@b\nBcc: c@d", "a b@c", ""):
        with pytest.raises(InvalidInput):
            reminders.try_it(app, bad, at=at(DUE))


def test_without_a_server_reminders_stay_in_the_app(app: Bench) -> None:
    app.settings = app.settings.model_copy(update={"smtp_host": ""})
    run = reminders.remind(app, at=at(dt.date(2026, 3, 1)))
    assert (run.mails, run.failed, run.new[0].mail_state) == (0, (), "none")
    with pytest.raises(MailFailed, match="DONDOC_SMTP_HOST"):
        reminders.try_it(app, "toi@vd.vn", at=at(DUE))


def test_the_daily_run_waits_for_its_hour_and_runs_once(app: Bench) -> None:
    daily, day = reminders.Daily(), dt.date(2026, 3, 1)
    assert daily.tick(app, at=at(day, 0)) is None  # 07:00 in Vietnam
    assert daily.tick(app, at=at(day, 1)) is not None
    assert daily.tick(app, at=at(day, 2)) is None
    assert daily.tick(app, at=at(day + dt.timedelta(days=1), 1)) is not None


def test_settings_of_mail_are_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DONDOC_REMIND_BEFORE", "30, 7")
    assert load().remind_before == (30, 7)
    monkeypatch.setenv("DONDOC_SMTP_HOST", "mail.vd.vn")
    with pytest.raises(InvalidInput, match="DONDOC_SMTP_SENDER"):
        load()
    monkeypatch.setenv("DONDOC_SMTP_SENDER", "a@vd.vn")
    monkeypatch.setenv("DONDOC_REMIND_BEFORE", "7,ba")
    with pytest.raises(InvalidInput, match="REMIND_BEFORE"):
        load()

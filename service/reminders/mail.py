"""Mail by SMTP, with the standard library: one connection a run, TLS checked, errors that an officer can act on."""

from __future__ import annotations

import re
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email.header import Header
from email.mime.text import MIMEText
from email.utils import formatdate, make_msgid
from http import HTTPStatus
from typing import ClassVar, Final

from service.errors import DondocError, InvalidInput
from service.settings import Settings

TIMEOUT: Final = 20.0
_ADDRESS: Final = re.compile(r"[^\s@<>\"',;:\\]{1,64}@(?:[A-Za-z0-9-]+\.)*[A-Za-z0-9-]+")


class MailFailed(DondocError):
    """The mail server cannot be reached or refuses; the message says which and what it said."""

    code = "mail_failed"
    status: ClassVar[HTTPStatus] = HTTPStatus.BAD_GATEWAY


def check_address(text: str) -> str:
    """An address as it is kept; anything that could smuggle a second line into a header is refused."""
    address = text.strip()
    if not _ADDRESS.fullmatch(address):
        raise InvalidInput(f"“{text.strip()}” không phải là địa chỉ thư điện tử.")
    return address


def compose(settings: Settings, to: str, subject: str, body: str) -> MIMEText:
    """A plain text message that asks for no automatic answer (RFC 3834).

    Built with ``Header``: ``EmailMessage`` of Python 3.11 loses a space where it folds a long subject with marks.
    """
    message = MIMEText(body, "plain", "utf-8")
    message["From"] = settings.smtp_sender
    message["To"] = check_address(to)
    message["Subject"] = Header(" ".join(subject.split()), "utf-8")  # type: ignore[assignment]  # typed too narrowly
    message["Date"] = formatdate(localtime=False)
    message["Message-ID"] = make_msgid(domain=settings.smtp_sender.rpartition("@")[2] or None)
    message["Auto-Submitted"] = "auto-generated"
    return message


@contextmanager
def connection(settings: Settings) -> Iterator[smtplib.SMTP]:
    """An open, authenticated connection to the office's mail server."""
    if not settings.smtp_host:
        raise MailFailed("Chưa cấu hình máy chủ thư (DONDOC_SMTP_HOST).")
    server: smtplib.SMTP | None = None
    try:
        server = _open(settings)
        if settings.smtp_user:
            password = settings.smtp_password.get_secret_value() if settings.smtp_password else ""
            server.login(settings.smtp_user, password)
    except (OSError, smtplib.SMTPException, ssl.SSLError) as error:
        if server is not None:
            server.close()
        raise MailFailed(f"Không kết nối được máy chủ thư {settings.smtp_host}: {said(error)}") from None
    try:
        yield server
    finally:
        try:
            server.quit()
        except (OSError, smtplib.SMTPException):
            server.close()


def _open(settings: Settings) -> smtplib.SMTP:
    place = settings.smtp_host, settings.smtp_port
    if settings.smtp_security == "tls":
        return smtplib.SMTP_SSL(*place, timeout=TIMEOUT, context=ssl.create_default_context())
    server = smtplib.SMTP(*place, timeout=TIMEOUT)
    if settings.smtp_security == "starttls":
        try:
            server.starttls(context=ssl.create_default_context())
        except BaseException:
            server.close()
            raise
    return server


def said(error: Exception) -> str:
    """What the server said, without our own internals; no password is ever part of it."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, text = next(iter(error.recipients.values()))
        return f"{code} {text.decode('utf-8', 'replace')}"
    if isinstance(error, smtplib.SMTPResponseException):
        reply = error.smtp_error
        return f"{error.smtp_code} {reply.decode('utf-8', 'replace') if isinstance(reply, bytes) else reply}"
    return str(error) or type(error).__name__

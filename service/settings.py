"""Settings of one installation: environment variables ``DONDOC_*`` or a TOML file named by ``DONDOC_CONFIG``.

The environment wins over the file. Every setting has a default: one office on one machine sets nothing.
"""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from service.errors import InvalidSettings

VIETNAM = "Asia/Ho_Chi_Minh"
LOOPBACK = ("127.0.0.1", "localhost", "::1")


class Settings(BaseSettings):
    """What an installation may choose. Field names are the variables' names without ``DONDOC_``."""

    model_config = SettingsConfigDict(env_prefix="DONDOC_", extra="forbid", frozen=True)

    home: Path = Field(
        default=Path.home() / ".dondoc",
        description="Data folder: database, search index, original files and uploads of the embedded default.",
    )
    database_url: str = Field(
        default="",
        description="SQLAlchemy address of the database; empty means a SQLite file in the data folder.",
    )
    elasticsearch_url: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(),
        description="Addresses of an Elasticsearch server or cluster, by commas; empty means the embedded index.",
    )
    elasticsearch_api_key: SecretStr | None = Field(
        default=None, description="API key for the search server, as its _security/api_key gives it (encoded)."
    )
    elasticsearch_ca: Path | None = Field(
        default=None, description="File with the certificate authority that signed the search server's certificate."
    )
    elasticsearch_prefix: str = Field(
        default="dondoc",
        pattern=r"^[a-z][a-z0-9-]{0,40}$",
        description="With what the names of our indices begin, for several installations on one search server.",
    )
    elasticsearch_timeout: float = Field(
        default=10.0,
        gt=0,
        description="Seconds to wait for one search on the search server; writing gets six times that.",
    )
    encoder: str = Field(
        default="latent",
        description="What makes vectors of tasks and statements: latent (shipped), none, or package.module:name.",
    )
    timezone: str = Field(default=VIETNAM, description="Time zone in which a day begins and ends for deadlines.")
    person: str = Field(
        default="cán bộ", min_length=1, description="Name written beside decisions made on this installation."
    )
    host: str = Field(default="127.0.0.1", description="Address that the server listens on.")
    port: int = Field(default=8765, ge=0, le=65535, description="Port that the server listens on; 0 picks a free one.")
    expose: bool = Field(
        default=False,
        description="Must be true before the server listens on anything but this machine: it has no accounts.",
    )
    allowed_hosts: Annotated[tuple[str, ...], NoDecode] = Field(
        default=LOOPBACK, description="Host names under which the server answers, separated by commas."
    )
    processes: int = Field(
        default=min(2, os.cpu_count() or 1),
        ge=0,
        le=64,
        description="Processes that read files; 0 reads in the main process, without protection from a hanging file.",
    )
    file_timeout: float = Field(
        default=300.0, gt=0, description="Seconds after which a file that is still being read is given up."
    )
    max_upload_mb: int = Field(default=100, ge=1, description="Largest file taken in, in megabytes.")
    due_soon_days: int = Field(default=7, ge=0, description="Days before its deadline from which a task is due soon.")
    done_by: Literal["product", "report", "confirmation"] = Field(
        default="product",
        description="Day that completes a task: of its product, of the report, or of the office's confirmation.",
    )
    report_regime: Literal["calendar", "09/2019/NĐ-CP"] = Field(
        default="calendar",
        description="Periods of recurring reports: the calendar, or data from the 15th to the 14th (09/2019/NĐ-CP).",
    )
    send_after: int = Field(
        default=1, ge=1, le=60, description="Working days after the cut-off by which such a report is sent."
    )
    tolerant_before: bool = Field(
        default=True,
        description="Count work done on day D as in time for “trước ngày D”; strictly it is due the day before.",
    )

    remind: bool = Field(default=True, description="Whether the reminder rules run once a day.")
    remind_at: dt.time = Field(default=dt.time(7, 30), description="Hour of the day from which they run.")
    remind_before: Annotated[tuple[int, ...], NoDecode] = Field(
        default=(7, 3, 1), description="Days before a deadline at which its unit is reminded, separated by commas."
    )
    remind_after_every: int = Field(
        default=7, ge=1, description="Days between reminders of an overdue task; the first comes the day after."
    )
    remind_after_max: int = Field(default=4, ge=0, description="Most reminders of one overdue task.")
    smtp_host: str = Field(default="", description="Mail server for reminders; empty: in the app alone.")
    smtp_port: int = Field(default=587, ge=1, le=65535, description="Its port: 587 with starttls, 465 with tls.")
    smtp_security: Literal["starttls", "tls", "none"] = Field(
        default="starttls", description="How the connection is secured; none only inside the office's own network."
    )
    smtp_user: str = Field(default="", description="Name to log in with; empty: without.")
    smtp_password: SecretStr | None = Field(default=None, description="Password to log in with.")
    smtp_sender: str = Field(default="", description="Address that reminders come from; required with a server.")

    @field_validator("remind_before", mode="before")
    @classmethod
    def _days(cls, value: object) -> object:
        parts = value.split(",") if isinstance(value, str) else value
        try:
            days = tuple(int(part) for part in parts if str(part).strip())  # type: ignore[attr-defined]
        except (TypeError, ValueError):
            raise ValueError("days are whole numbers separated by commas, like 7,3,1") from None
        if any(not 1 <= one <= 365 for one in days):
            raise ValueError("days before a deadline are between 1 and 365")
        return days

    @model_validator(mode="after")
    def _mail_has_a_sender(self) -> Self:
        if self.smtp_host and "@" not in self.smtp_sender:
            raise ValueError("a mail server needs DONDOC_SMTP_SENDER, the address that reminders come from")
        return self

    @field_validator("allowed_hosts", "elasticsearch_url", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        zone(value)
        return value

    @field_validator("elasticsearch_url")
    @classmethod
    def _whole_addresses(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for address in value:
            parts = urlsplit(address)
            if parts.scheme not in ("http", "https") or not parts.hostname:
                raise ValueError("an address looks like https://search.example.vn:9200")
            if "@" in parts.netloc:
                raise ValueError("no password in an address (it would stand in logs): use DONDOC_ELASTICSEARCH_API_KEY")
        return tuple(_with_port(address) for address in value)

    @model_validator(mode="after")
    def _expose_is_explicit(self) -> Self:
        if self.host not in LOOPBACK and not self.expose:
            raise ValueError("listening beyond this machine needs DONDOC_EXPOSE=true: the server has no accounts")
        return self

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        del dotenv_settings, file_secret_settings  # one file format and the environment are enough
        path = os.environ.get("DONDOC_CONFIG")
        if not path:
            return init_settings, env_settings
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, toml_file=_existing(Path(path)))

    @property
    def zone(self) -> dt.tzinfo:
        """The time zone as an object."""
        return zone(self.timezone)

    @property
    def database(self) -> str:
        """The database address in use."""
        return self.database_url or f"sqlite:///{(self.home / 'dondoc.sqlite3').as_posix()}"

    @property
    def files_folder(self) -> Path:
        """Originals by SHA-256."""
        return self.home / "files"

    @property
    def index_folder(self) -> Path:
        """The embedded search index; may be deleted, it is rebuilt."""
        return self.home / "index"

    @property
    def inbox_folder(self) -> Path:
        """Uploads that wait for the worker."""
        return self.home / "inbox"

    @property
    def max_upload_bytes(self) -> int:
        """Largest file taken in, in bytes."""
        return self.max_upload_mb * 1024 * 1024


def load(**given: object) -> Settings:
    """Settings from the environment and the file; a wrong one is told in one line, naming its variable."""
    try:
        return Settings(**given)  # type: ignore[arg-type]  # values are validated by pydantic
    except ValidationError as error:
        raise InvalidSettings("; ".join(_line(e["loc"], e["msg"]) for e in error.errors())) from error
    except ValueError as error:  # a TOML file that is none
        raise InvalidSettings(f"DONDOC_CONFIG: {error}") from error


def zone(name: str) -> dt.tzinfo:
    """The named zone; Vietnam's is known even where the system has no zone database (Windows)."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        if name == VIETNAM:  # UTC+7 all year, no summer time
            return dt.timezone(dt.timedelta(hours=7), VIETNAM)
        raise ValueError(f"unknown time zone {name!r}") from None


def _with_port(address: str) -> str:
    parts = urlsplit(address)
    return address if parts.port else parts._replace(netloc=f"{parts.netloc}:9200").geturl()


def _existing(path: Path) -> Path:
    if not path.is_file():
        raise InvalidSettings(f"DONDOC_CONFIG: no such file: {path}", file=str(path))
    return path


def _line(place: tuple[int | str, ...], message: str) -> str:
    name = f"DONDOC_{str(place[0]).upper()}: " if place else ""
    return name + message.removeprefix("Value error, ")

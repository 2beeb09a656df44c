"""Connections: the one place that knows what SQLite needs to be safe with several writers."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from sqlalchemy import Connection, Engine, Table, create_engine, event, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError, SQLAlchemyError

from service.errors import InvalidSettings, StoreUnavailable

BUSY_TIMEOUT_MS = 30_000
_WRITES = "dondoc_writes"
_SCHEMA_LOCK = 0x646F6E646F63
_FULL = ("disk is full", "no space left", "could not extend file")
_SQLITE_PASSING = ("locked", "busy", "disk i/o error", "unable to open")


_MOMENT: ContextVar[tuple[Database, Connection] | None] = ContextVar("dondoc_moment", default=None)


class Database:
    """An engine with two kinds of transactions: ``read`` and ``write``."""

    def __init__(self, address: str) -> None:
        self.engine = _engine(address)
        self._writer = self.engine.execution_options(**{_WRITES: True})

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A consistent view: of the moment that is held, else of now. StoreUnavailable where there is no answer."""
        kept = self.held
        if kept is not None:
            with _telling():
                yield kept
            return
        with _telling(), self.engine.begin() as connection:
            yield connection

    @property
    def held(self) -> Connection | None:
        """The view that this thread of work holds, if it does (``hold``)."""
        kept = _MOMENT.get()
        return kept[1] if kept is not None and kept[0] is self else None

    @contextmanager
    def hold(self) -> Iterator[None]:
        """Until the end of the block every ``read`` sees one and the same moment, whatever is written meanwhile."""
        with self.read_moment() as connection:
            token = _MOMENT.set((self, connection))
            try:
                yield
            finally:
                _MOMENT.reset(token)

    @contextmanager
    def read_moment(self) -> Iterator[Connection]:
        """A view of one moment for many queries, whatever is written meanwhile (SQLite's views are so anyway)."""
        moment = {"isolation_level": "REPEATABLE READ"} if self.engine.dialect.name == "postgresql" else {}
        with _telling(), self.engine.execution_options(**moment).begin() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A writing transaction; on SQLite it takes the write lock at once, so that what it read stays true.

        StoreUnavailable, and nothing written, where the database does not answer.
        """
        with _telling(), self._writer.begin() as connection:
            yield connection

    def lock_schema(self, connection: Connection) -> None:
        """Until this transaction ends no other process changes the schema (on SQLite it is the one writer anyway)."""
        if self.engine.dialect.name == "postgresql":
            connection.execute(select(func.pg_advisory_xact_lock(_SCHEMA_LOCK)))

    def insert_new(self, table: Table) -> postgresql.Insert | sqlite.Insert:
        """An INSERT to which ``.on_conflict_do_nothing()`` can be added; each dialect has its own."""
        if self.engine.dialect.name == "postgresql":
            return postgresql.insert(table)
        return sqlite.insert(table)

    def analyse(self, connection: Connection, found: Sequence[Table]) -> None:
        """Tell the planner how large tables have become, after most of their rows changed."""
        for table in found:
            connection.exec_driver_sql(f"ANALYZE {table.name}")

    def close(self) -> None:
        """Give all connections back."""
        self.engine.dispose()


@contextmanager
def _telling() -> Iterator[None]:
    """Failures that pass by themselves as an error of ours; defects stay what they are."""
    try:
        yield
    except DBAPIError as error:
        if (why := _passing(error)) is None:
            raise
        raise StoreUnavailable(why) from error


def _passing(error: DBAPIError) -> str | None:
    told = str(error.orig).lower()
    if any(words in told for words in _FULL):
        return "Hết chỗ trên đĩa của cơ sở dữ liệu; dữ liệu đã có không bị ảnh hưởng"
    if isinstance(error.orig, sqlite3.Error):
        return "Cơ sở dữ liệu đang bận, chưa ghi được" if any(words in told for words in _SQLITE_PASSING) else None
    if error.connection_invalidated or isinstance(error, OperationalError | InterfaceError):
        return "Cơ sở dữ liệu chưa trả lời; hệ thống sẽ thử lại"
    return None


def _engine(address: str) -> Engine:
    try:
        url = make_url(address)
        engine = create_engine(url, pool_pre_ping=url.get_backend_name() != "sqlite")
    except (SQLAlchemyError, ImportError) as error:
        # The address may hold a password, so the message does not repeat it.
        raise InvalidSettings(f"DONDOC_DATABASE_URL cannot be used ({type(error).__name__})") from None
    if url.get_backend_name() == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    elif url.get_backend_name() != "postgresql":
        raise InvalidSettings("DONDOC_DATABASE_URL: only sqlite and postgresql are supported")
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:  # noqa: ANN401 - a DBAPI connection has no type
    connection.isolation_level = None  # we say BEGIN ourselves
    for pragma in (f"busy_timeout={BUSY_TIMEOUT_MS}", "journal_mode=WAL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin_sqlite(connection: Connection) -> None:
    # Deferred transactions lost updates when three processes wrote (measured); IMMEDIATE waits its turn.
    writes = connection.get_execution_options().get(_WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

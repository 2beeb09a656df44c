"""The store's contract on SQLite, and what only SQLite needs."""

import datetime as dt
import multiprocessing as mp
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from service.store.ports import Store
from service.store.sql import SqlStore, migrate
from service.store.sql.engine import Database
from service.store.sql.tables import metadata
from tests.contract.decision_suite import *  # noqa: F403 - the suite's tests run here
from tests.contract.follow_suite import *  # noqa: F403 - the suite's tests run here
from tests.contract.gap_suite import *  # noqa: F403 - the suite's tests run here
from tests.contract.jobs_suite import *  # noqa: F403 - the suite's tests run here
from tests.contract.reread_suite import *  # noqa: F403 - the suite's tests run here
from tests.contract.review_suite import *  # noqa: F403 - the suite's tests run here
from tests.contract.store_suite import *  # noqa: F403 - the suite's tests run here
from tests.contract.store_suite import AT, directive
from tests.contract.unit_suite import *  # noqa: F403 - the suite's tests run here


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = SqlStore(address(tmp_path))
    opened.migrate()
    yield opened
    opened.close()


def address(folder: Path) -> str:
    return f"sqlite:///{(folder / 'kho.sqlite3').as_posix()}"


def test_migrations_build_exactly_the_schema_of_the_code(tmp_path: Path) -> None:
    opened = SqlStore(address(tmp_path))
    opened.migrate()
    opened.migrate()
    with opened._db.read() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    opened.close()


def test_the_newest_revision_is_the_one_that_commands_look_for() -> None:
    assert ScriptDirectory.from_config(migrate.configuration()).get_current_head() == migrate.HEAD


def test_times_come_back_in_the_zone_of_the_office(tmp_path: Path) -> None:
    zone = dt.timezone(dt.timedelta(hours=7))
    opened = SqlStore(address(tmp_path), zone=zone)
    opened.migrate()
    late = dt.datetime(2026, 11, 22, 23, 30, tzinfo=dt.UTC)
    kept = opened.add(directive(), at=late)
    opened.close()
    assert kept.known_at == late
    assert kept.known_at.date() == dt.date(2026, 11, 23)


def _count_up(where: str, times: int) -> None:
    database = Database(where)
    for _ in range(times):
        with database.write() as connection:
            seen = connection.execute(text("SELECT total FROM jobs")).scalar_one()
            connection.execute(text("UPDATE jobs SET total = :next"), {"next": seen + 1})
    database.close()


def test_writers_in_three_processes_lose_no_update(tmp_path: Path) -> None:
    opened = SqlStore(address(tmp_path))
    opened.migrate()
    opened.enqueue("ingest", {}, at=AT)
    context = mp.get_context("spawn")
    writers = [context.Process(target=_count_up, args=(address(tmp_path), 50)) for _ in range(3)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert [job.total for job in opened.jobs()] == [150]
    opened.close()


def test_an_error_in_a_transaction_leaves_nothing(store: SqlStore) -> None:
    broken = directive()
    object.__setattr__(broken, "references", ({"text": object()},))  # not JSON: fails inside the transaction
    with pytest.raises(Exception, match="JSON"):
        store.add(broken, at=AT)
    assert store.count_documents() == 0
    assert store.outbox() == []

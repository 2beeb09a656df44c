"""Runs the Alembic migrations that come with the package; a user needs no alembic.ini."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from service import store
from service.store.sql.engine import Database
from service.store.sql.tables import metadata

FOLDER = Path(store.__file__).parent / "migrations"


def to_head(database: Database) -> None:
    """Upgrade to the newest revision; one process does it, others wait for the write lock and find it done."""
    config = configuration()
    head = ScriptDirectory.from_config(config).get_current_head()
    with database.read() as connection:
        if _revision(connection) == head:
            return
    with database.write() as connection:
        if _revision(connection) != head:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")


def configuration() -> Config:
    """Alembic's configuration, made here instead of read from a file."""
    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.attributes["metadata"] = metadata
    return config


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()

"""Runs the Alembic migrations that come with the package; a user needs no alembic.ini.

Alembic is imported only where there is something to migrate: it doubles the start time of a command.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection, inspect, text

from service import store
from service.errors import InvalidSettings
from service.store.sql.engine import Database
from service.store.sql.tables import metadata

if TYPE_CHECKING:
    from alembic.config import Config

FOLDER: Final = Path(store.__file__).parent / "migrations"
HEAD: Final = "0016"
"""The newest revision in ``migrations/versions``; a test compares the two."""


def to_head(database: Database) -> None:
    """Upgrade to the newest revision; one process does it, others wait for the write lock and find it done."""
    with database.read() as connection:
        if _revision(connection) == HEAD:
            return
    from alembic import command  # noqa: PLC0415 - see above

    with database.write() as connection:
        database.lock_schema(connection)
        found = _revision(connection)
        if found is not None and found > HEAD:
            raise InvalidSettings(f"Cơ sở dữ liệu do phiên bản mới hơn của Đôn đốc tạo (lược đồ {found}, cần {HEAD})")
        if found != HEAD:
            config = configuration()
            config.attributes["connection"] = connection
            command.upgrade(config, "head")


def configuration() -> Config:
    """Alembic's configuration, made here instead of read from a file."""
    from alembic.config import Config  # noqa: PLC0415 - see above

    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.attributes["metadata"] = metadata
    return config


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    revision: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return revision

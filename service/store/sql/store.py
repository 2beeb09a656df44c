"""The whole database port in one object."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from service.store.sql import migrate
from service.store.sql.asked import AskedTables
from service.store.sql.copying import Copying
from service.store.sql.documents import Documents
from service.store.sql.engine import Database
from service.store.sql.gap_questions import GapQuestions
from service.store.sql.gap_upkeep import GapUpkeep
from service.store.sql.jobs import Jobs, Outbox
from service.store.sql.letters import Letters
from service.store.sql.links import Links
from service.store.sql.lookups import Lookups
from service.store.sql.moves import Moves
from service.store.sql.office import OfficeTable
from service.store.sql.print_changes import PrintChanges
from service.store.sql.reminders import Reminders
from service.store.sql.rereading import Rereadings
from service.store.sql.reviewing import Reviews
from service.store.sql.scorers import Scorers
from service.store.sql.task_pairs import Pairs
from service.store.sql.units import UnitDirectory


class SqlStore(
    Documents,
    Rereadings,
    Reviews,
    Pairs,
    Lookups,
    Links,
    Scorers,
    OfficeTable,
    UnitDirectory,
    Moves,
    Letters,
    Reminders,
    PrintChanges,
    Outbox,
    Jobs,
    GapUpkeep,
    AskedTables,
    GapQuestions,
    Copying,
):
    """``service.store.ports.Store`` on SQLite or PostgreSQL. Times are handed out in ``zone``."""

    def __init__(self, address: str, *, zone: dt.tzinfo = dt.UTC) -> None:
        self._db = Database(address)
        self._zone = zone

    def migrate(self) -> None:
        """Bring the schema to the newest version."""
        migrate.to_head(self._db)

    @contextmanager
    def one_moment(self) -> Iterator[None]:
        """All that is read within the block is of one moment."""
        with self._db.hold():
            yield

    @property
    def held(self) -> bool:
        """Whether such a block is running here."""
        return self._db.held is not None

    def close(self) -> None:
        """Give all connections back."""
        self._db.close()

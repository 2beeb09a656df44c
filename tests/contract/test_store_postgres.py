"""The store's contract on a real PostgreSQL server, named by POSTGRES_URL (postgresql+psycopg://…).

Without one these tests skip; in CI (CI=true) that is a failure.

Every test gets an empty schema of its own, so the database itself stays as it was.
"""

import os
import secrets
from collections.abc import Iterator

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine, text

from service.store.ports import Store
from service.store.sql import SqlStore
from service.store.sql.tables import metadata
from tests.contract.decision_suite import *  # noqa: F403 - the suite's tests run here
from tests.contract.follow_suite import *  # noqa: F403 - the suite's tests run here
from tests.contract.gap_suite import *  # noqa: F403 - the suite's tests run here
from tests.contract.jobs_suite import *  # noqa: F403 - the suite's tests run here
from tests.contract.reread_suite import *  # noqa: F403 - the suite's tests run here
from tests.contract.review_suite import *  # noqa: F403 - the suite's tests run here
from tests.contract.store_suite import *  # noqa: F403 - the suite's tests run here
from tests.contract.unit_suite import *  # noqa: F403 - the suite's tests run here

URL = os.environ.get("POSTGRES_URL", "")
IN_CI = os.environ.get("CI") == "true"
pytestmark = pytest.mark.skipif(not URL and not IN_CI, reason="POSTGRES_URL is not set")


@pytest.fixture
def store() -> Iterator[Store]:
    assert URL, "CI must start PostgreSQL and name it by POSTGRES_URL"
    schema = f"dondoc_{secrets.token_hex(6)}"
    admin = create_engine(URL)
    with admin.begin() as connection:
        connection.execute(text(f"CREATE SCHEMA {schema}"))
    opened = SqlStore(f"{URL}?options=-csearch_path%3D{schema}")
    opened.migrate()
    yield opened
    opened.close()
    with admin.begin() as connection:
        connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))
    admin.dispose()


def test_migrations_build_exactly_the_schema_of_the_code(store: SqlStore) -> None:
    store.migrate()
    with store._db.read() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []

"""What a backup brings back is the whole installation, in the same database or in the other one."""

import os
import secrets
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from service.backup import MANIFEST, backup, restore
from service.bootstrap import open_app
from service.errors import Conflict, InvalidInput
from service.indexing import sweep
from service.ingest import ingest
from service.linking import decide, link_all
from service.settings import Settings
from tests.integration import corpus, snapshot

POSTGRES = os.environ.get("POSTGRES_URL", "")
IN_CI = os.environ.get("CI") == "true"
needs_postgres = pytest.mark.skipif(not POSTGRES and not IN_CI, reason="POSTGRES_URL is not set")


@pytest.fixture
def schema() -> Iterator[Callable[[], str]]:
    """Addresses of new, empty PostgreSQL schemas."""
    made: list[str] = []
    admin = create_engine(POSTGRES) if POSTGRES else None

    def make() -> str:
        assert admin is not None, "CI must start PostgreSQL and name it by POSTGRES_URL"
        made.append(f"backup_{secrets.token_hex(6)}")
        with admin.begin() as connection:
            connection.execute(text(f"CREATE SCHEMA {made[-1]}"))
        return f"{POSTGRES}?options=-csearch_path%3D{made[-1]}"

    yield make
    if admin is not None:
        with admin.begin() as connection:
            for name in made:
                connection.execute(text(f"DROP SCHEMA {name} CASCADE"))
        admin.dispose()


def installation(home: Path, database: str = "") -> Settings:
    return Settings(home=home, database_url=database, processes=0)


def fill(settings: Settings, files: Path) -> None:
    with open_app(settings) as app:
        ingest(app, [files])
        link_all(app)
        proposed = [link for link in app.store.links() if link.task_id is not None]
        assert proposed
        decide(app, proposed[0].id, "confirmed", by="Lan")


def everything(settings: Settings) -> dict[str, Any]:
    with open_app(settings) as app:
        entries = snapshot.entries(app)
        assert sweep(app).behind == 0
    rows = snapshot.database(settings)
    rows.pop("outbox", None)
    return {"rows": rows, "entries": entries, "originals": snapshot.originals(settings)}


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("sqlite", "sqlite"),
        pytest.param("sqlite", "postgres", marks=needs_postgres),
        pytest.param("postgres", "postgres", marks=needs_postgres),
        pytest.param("postgres", "sqlite", marks=needs_postgres),
    ],
)
def test_a_restored_installation_is_the_one_that_was_backed_up(
    source: str, target: str, tmp_path: Path, schema: Callable[[], str]
) -> None:
    old = installation(tmp_path / "cu", schema() if source == "postgres" else "")
    new = installation(tmp_path / "moi", schema() if target == "postgres" else "")
    fill(old, corpus.write(tmp_path / "van-ban", directives=3))
    with open_app(old) as app:
        made = backup(app, tmp_path / "sao-luu")
        again = backup(app, tmp_path / "sao-luu")
    assert made.originals > 0
    assert again.originals == 0, "originals are copied once"
    with open_app(new) as app:
        restore(app, tmp_path / "sao-luu")
    assert everything(new) == everything(old)
    with open_app(new) as app:  # new rows get new numbers
        (tmp_path / "them.txt").write_text(corpus.DIRECTIVE.format(number=900), encoding="utf-8")
        assert ingest(app, [tmp_path / "them.txt"]).read == 1
        with pytest.raises(Conflict):
            restore(app, tmp_path / "sao-luu")


def test_a_damaged_backup_is_refused_and_changes_nothing(tmp_path: Path) -> None:
    old, new = installation(tmp_path / "cu"), installation(tmp_path / "moi")
    fill(old, corpus.write(tmp_path / "van-ban", directives=1))
    folder = tmp_path / "sao-luu"
    with open_app(old) as app:
        backup(app, folder)
    rows, original = next(folder.glob("rows-*")), next(path for path in (folder / "files").rglob("*") if path.is_file())
    for path in (rows, original, folder / MANIFEST):
        whole = path.read_bytes()
        path.write_bytes(whole[:-1] + b"?")
        with open_app(new) as app:
            with pytest.raises(InvalidInput):
                restore(app, folder)
            assert app.store.count_documents() == 0
        path.write_bytes(whole)
    with open_app(new) as app:
        restore(app, folder)
        assert app.store.count_documents() > 0

"""Everything an installation holds but times and jobs, for comparing two of them."""

from collections import Counter
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, select

from service.index.ports import Query
from service.ports import Ports
from service.settings import Settings
from service.store.sql import tables

TIMES = {"known_at", "confirmed_at", "decided_at", "read_at", "vanished_at", "linked_at", "at"}
LEFT_OUT = {"jobs", "job_files", "gap_dirty"}
"""The last is a list of what to weigh again, not a fact: reading a document once more puts it there."""


def database(settings: Settings) -> dict[str, list[dict[str, Any]]]:
    engine = create_engine(settings.database)
    with engine.connect() as connection:
        found = {
            table.name: [
                {name: _timeless(value) for name, value in row.items() if name not in TIMES}
                for row in connection.execute(select(table).order_by(*table.primary_key)).mappings()
            ]
            for table in tables.metadata.sorted_tables
            if table.name not in LEFT_OUT
        }
    engine.dispose()
    return found


def _timeless(value: Any) -> Any:
    return {name: part for name, part in value.items() if name not in TIMES} if isinstance(value, dict) else value


def originals(settings: Settings) -> dict[str, bytes]:
    folder = settings.files_folder
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file() and not _unfinished(path)}


def _unfinished(path: Path) -> bool:
    return path.parent.name == "unfinished"


def entries(app: Ports) -> list[str]:
    return sorted(hit.id for hit in app.index.search(Query(limit=100_000)))


def facts(app: Ports) -> dict[str, Any]:
    """The same without numbers: several workers, or a transaction that was tried again, give others."""
    documents = {document.id: document.sha256 for document in app.store.documents(limit=100_000)}
    tasks = sorted((documents[task.document_id], task.task.id) for task in app.store.tasks())
    items = {item.id: (documents[item.document_id], item.item.id) for item in app.store.items()}
    # Which of several tasks of the same wording stands first is chance; how many an item has, and each once, is not.
    links = sorted((items[link.item_id], link.rank) for link in app.store.links())
    pairs = Counter((link.item_id, link.task_id) for link in app.store.links())
    hits = app.index.search(Query(limit=100_000))
    return {
        "documents": sorted(documents.values()),
        "texts": sorted((sha, app.store.text(number)) for number, sha in documents.items()),
        "tasks": tasks,
        "items": sorted(items.values()),
        "links": links,
        "doubled_links": [pair for pair, count in pairs.items() if count > 1],
        "entries": sorted(
            (documents.get(h.document_id, "?"), h.kind, h.ref if h.kind == "passage" else 0) for h in hits
        ),
        "originals": sorted(originals(app.settings)),
    }

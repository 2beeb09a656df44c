"""Puts an installation together: the only module that names adapters."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from service.files import Files
from service.index.embedded import EmbeddedIndex
from service.index.ports import Index
from service.settings import Settings
from service.store.ports import Store
from service.store.sql import SqlStore


@dataclass(frozen=True, slots=True)
class App:
    """What doors and use cases work with."""

    settings: Settings
    store: Store
    index: Index
    files: Files


@contextmanager
def open_app(settings: Settings) -> Iterator[App]:
    """An installation ready for work: folders made, schema up to date, a lost index queued for rebuilding."""
    settings.home.mkdir(parents=True, exist_ok=True)
    store = SqlStore(settings.database, zone=settings.zone)
    try:
        store.migrate()
        index = EmbeddedIndex(settings.index_folder)
        try:
            if index.count() == 0:
                store.outbox_all()  # the index is a cache: filled again from the database
            yield App(settings, store, index, Files(settings.files_folder))
        finally:
            index.close()
    finally:
        store.close()

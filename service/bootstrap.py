"""Puts an installation together: the only module that names adapters."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from nlp.encode import Encoder
from service.encoders import encoder_of
from service.errors import IndexUnavailable, InvalidSettings
from service.files import Files
from service.index.embedded import EmbeddedIndex
from service.index.ports import Index
from service.settings import Settings
from service.store.ports import Store
from service.store.sql import SqlStore

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class App:
    """What doors and use cases work with."""

    settings: Settings
    store: Store
    index: Index
    files: Files
    encoder: Encoder | None = None


@contextmanager
def open_app(settings: Settings) -> Iterator[App]:
    """An installation ready for work: folders made, schema up to date, a lost index queued for rebuilding."""
    settings.home.mkdir(parents=True, exist_ok=True)
    store = SqlStore(settings.database, zone=settings.zone)
    try:
        store.migrate()
        index = _index(settings)
        try:
            encoder = encoder_of(settings.encoder)
            _fill_if_outdated(store, index, encoder)
            yield App(settings, store, index, Files(settings.files_folder), encoder)
        finally:
            index.close()
    finally:
        store.close()


def _index(settings: Settings) -> Index:
    if not settings.elasticsearch_url:
        return EmbeddedIndex(settings.index_folder)
    try:
        from service.index.elasticsearch import ElasticIndex, Server  # noqa: PLC0415 - an extra that few need
    except ImportError as error:
        raise InvalidSettings(
            'DONDOC_ELASTICSEARCH_URL needs the extra: pip install "dondoc[elasticsearch]"'
        ) from error
    key = settings.elasticsearch_api_key
    server = Server(
        urls=settings.elasticsearch_url,
        api_key=key.get_secret_value() if key else None,
        ca_file=settings.elasticsearch_ca,
        timeout=settings.elasticsearch_timeout,
        prefix=settings.elasticsearch_prefix,
    )
    return ElasticIndex(server)


def _fill_if_outdated(store: Store, index: Index, encoder: Encoder | None) -> None:
    """The index is a cache: a new or lost one, or one with another encoder's vectors, is filled from the database.

    One whose server is down is filled later.
    """
    try:
        if index.count() == 0 or index.encoders() - {encoder.version if encoder else ""}:
            store.outbox_all()
    except IndexUnavailable as error:
        _log.warning("working without search for now: %s", error)

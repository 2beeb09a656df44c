"""Which scorer is at work: the one that the office's decisions taught, else the one in the package."""

from __future__ import annotations

import logging

from nlp.scorer import Scorer, from_json, shipped
from service.store.ports import Store

_log = logging.getLogger(__name__)


def active(store: Store) -> Scorer:
    """The scorer for every door; a damaged one in the store is told and not used."""
    kept = store.scorer()
    if kept is None:
        return shipped()
    try:
        return from_json(kept.content)
    except (KeyError, TypeError, ValueError) as error:
        _log.warning("scorer %s in the store is damaged (%s): the shipped one is used", kept.version, error)
        return shipped()

"""Fixtures of the unit tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.office import Office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """An empty office with a real store."""
    found = Office.open(tmp_path)
    yield found
    found.store.close()

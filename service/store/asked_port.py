"""What asking needs of the database beside the cells."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, Protocol

from service.asked_records import Charge, SavedSearch


class AskedStore(Protocol):
    """Saved questions, and who is in charge of what."""

    def save_search(
        self, name: str, *, owner: str, question: str, query: dict[str, Any], shared: bool, at: dt.datetime
    ) -> SavedSearch:
        """Keep a question; the same name of the same person is replaced and keeps its count."""

    def searches(self, owner: str) -> list[SavedSearch]:
        """A person's own and the shared ones, the most used first."""

    def use_search(self, search_id: int, *, at: dt.datetime) -> SavedSearch:
        """Open one: it is counted. ``NotFound`` where there is none."""

    def remove_search(self, search_id: int, *, owner: str) -> None:
        """Take one's own away; ``NotFound`` where there is none of theirs."""

    def put_charges(self, charges: Sequence[Charge]) -> None:
        """Who is in charge of what, in place of what was known."""

    def charges(self, leader: str | None = None) -> list[Charge]:
        """Everything a leader is in charge of, or all leaders are, by name."""

"""The board brought up to date before a command answers, with how far that is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.cli.output import progress

if TYPE_CHECKING:
    from service.gaps import GapQuery
    from service.ports import Ports


def weigh(app: Ports, query: GapQuery) -> None:
    """Weigh all that has changed; what the store knew earlier (``known_at``) is weighed by the question itself."""
    from service.gaps import refresh

    if query.known_at is None:
        with progress("Tính lại số liệu") as update:
            refresh(app.store, query, progress=update)

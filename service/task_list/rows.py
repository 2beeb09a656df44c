"""A row of a task list that comes back from an office, whatever file carried it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

ID: Final = "id"
VERSION: Final = "version"
DIRECTIVE: Final = "directive"
STATE: Final = "state"
REASON: Final = "reason"
STATES: Final = {"draft": "Chờ duyệt", "confirmed": "Đang theo dõi", "removed": "Đưa ra khỏi danh sách"}


@dataclass(frozen=True, slots=True)
class Row:
    """What stands in a row, by column name (a field of ``review.FIELDS`` or one of the names above).

    A column that the file does not have is absent; an empty cell is an empty string. ``titles`` name the columns as
    they are printed in the file, for messages.
    """

    number: int
    cells: dict[str, str]
    titles: dict[str, str] = field(default_factory=dict)

    def title(self, name: str) -> str:
        """The printed name of a column."""
        return self.titles.get(name, name)

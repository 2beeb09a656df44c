"""What the gap question asks of the database: cells kept up to date by a list of what changed, counted and listed."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from service.cells import Basis, Cell, CellQuery, Count, Group, Order, SeenCell, Stray


@dataclass(frozen=True, slots=True)
class Dirt:
    """An entry of the list of what has to be looked at again: a task, or a document with all that belongs to it."""

    id: int
    task_id: int | None
    document_id: int | None


class GapStore(Protocol):
    """Cells of the matrix: obligations with the days that decide about them."""

    def gap_basis(self) -> Basis | None:
        """What the kept cells rest on; None while there are none."""

    def gap_restart(self, basis: Basis) -> None:
        """Throw all cells away and list every document as changed; nothing, where they rest on this basis already."""

    def gap_renew(self, signature: str) -> None:
        """List every document as changed, on another basis; the cells stay till new ones take their place."""

    def gap_extend(self, horizon: int) -> None:
        """List the documents with recurring duties as changed, whose periods shall reach to the new horizon."""

    def gap_touch(self, *, tasks: Collection[int] = (), documents: Collection[int] = ()) -> None:
        """List these as changed; what changes tasks, statements or links in this store does so by itself."""

    def gap_newest(self) -> int:
        """The newest entry of the list of changes; 0 where it is empty."""

    def gap_dirt(self, limit: int, *, until: int | None = None) -> list[Dirt]:
        """What has to be looked at again, oldest first; up to the entry ``until``.

        While all cells are being made anew (``gap_restart``) ``until`` holds nothing back: they are one whole.
        """

    def gap_pending(self, *, everything: bool = False) -> tuple[int, int]:
        """How many tasks (those of documents on the list included) and how many documents wait to be looked at.

        ``everything``: how many there are in the store, who would wait if all were listed.
        """

    def gap_tasks(self, document_ids: Collection[int]) -> set[int]:
        """Tasks of these documents, those included that only cells remember."""

    def put_cells(
        self,
        dirt: Collection[int],
        tasks: Collection[int],
        cells: Sequence[Cell],
        *,
        fields: Mapping[int, Sequence[str]],
        documents: Collection[int] = (),
        strays: Sequence[Stray] = (),
    ) -> bool:
        """The cells of these tasks, and the strays among these documents, in place of the old; strikes ``dirt`` off.

        False, and nothing is written, when another process has struck some of it off meanwhile.
        """

    def gap_counted(self) -> None:
        """Make the daily totals anew if they are behind (after a restart, once nothing is left to look at)."""

    def gap_units(self) -> dict[int, tuple[str, bool]]:
        """Every assignee of the cells: its name and whether it is a collective."""

    def gap_strays(self, day: int) -> list[Stray]:
        """Reports that arrived by that day and answer nothing."""

    def gap_counts(self, query: CellQuery, by: Group | None = None) -> list[Count]:
        """How many cells have each status, in all or by group; keys are ids, a period's label, empty for all."""

    def gap_totals(self, query: CellQuery, by: Literal["unit", "directive"]) -> dict[int, int]:
        """How many cells each unit (``gap_units``) or directive has, by id; those without any are left out."""

    def gap_total(self, query: CellQuery) -> int:
        """How many cells there are."""

    def gap_rules(self, query: CellQuery) -> dict[str, int]:
        """How many cells break each rule."""

    def gap_cells(
        self, query: CellQuery, *, order: Order = "text", limit: int | None = None, offset: int = 0
    ) -> Iterator[SeenCell]:
        """The cells as of the query's day, read piece by piece."""

"""Files that could not be read: any of them may be the report that a letter says is missing.

Such a file blocks every letter (or those to its issuer, where that is known) until it is read. A person may say, with
the reason, that it is no report of one unit, or of no unit at all; that holds for the letters to come, it can be taken
back, and the history keeps both.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from nlp.units import unit_key
from service.errors import InvalidInput, NotFound
from service.follow_records import FilePass
from service.ports import Ports
from service.records import StoredDocument
from service.wording import same_unit


@dataclass(frozen=True, slots=True)
class Unread:
    """A file that nobody has read, and the units of which a person said that it is no report."""

    document: StoredDocument
    passes: tuple[FilePass, ...] = ()

    @property
    def unit(self) -> str | None:
        """The unit that sent it, where its head could be read; None: it may be any unit's."""
        return self.document.header.issuer

    @property
    def for_all(self) -> FilePass | None:
        """The word that it is no report of any unit."""
        return next((one for one in self.passes if one.unit is None), None)

    @property
    def reason(self) -> str:
        """Why it could not be read."""
        return self.document.problems[0].message if self.document.problems else ""

    def blocks(self, unit: str) -> bool:
        """Whether a letter to this unit has to wait for it."""
        concerns = self.unit is None or names(self.unit, unit)
        return concerns and not any(one.unit is None or names(one.unit, unit) for one in self.passes)


def names(one: str | None, unit: str) -> bool:
    """Whether a name means this unit."""
    return one is not None and (unit_key(one) == unit_key(unit) or same_unit(one, unit))


def unread(app: Ports) -> list[Unread]:
    """Every file that could not be read, newest first, with what stands of it."""
    standing = _standing(app.store.file_passes())
    return [
        Unread(document, tuple(one for one in standing if one.document_id == document.id))
        for document in app.store.documents(status="failed", newest_first=True)
    ]


def _standing(history: Iterable[FilePass]) -> Sequence[FilePass]:
    """The words that nobody took back, of the whole history oldest first."""
    last = {(line.document_id, unit_key(line.unit) if line.unit else None): line for line in history}
    return [line for line in last.values() if line.kind == "passed"]


def pass_over(app: Ports, document_id: int, unit: str | None, reason: str, *, at: dt.datetime) -> None:
    """A person says that a file is no report of this unit (None: of no unit), and why."""
    if not reason.strip():
        raise InvalidInput("Cần ghi lý do bỏ qua tệp này.")
    _note(app, document_id, unit, "passed", reason, at)


def recall(app: Ports, document_id: int, unit: str | None, reason: str = "", *, at: dt.datetime) -> None:
    """Take that back: the file blocks again."""
    _note(app, document_id, unit, "recalled", reason, at)


def _note(app: Ports, document_id: int, unit: str | None, kind: str, reason: str, at: dt.datetime) -> None:
    document = app.store.document(document_id)
    if document is None:
        raise NotFound(f"Không có văn bản số {document_id} trong kho.")
    if document.status != "failed":
        raise InvalidInput("Văn bản này đã đọc được; đề nghị rà soát ở mục Đối chiếu thay vì bỏ qua.")
    line = FilePass(document_id, unit or None, kind, reason.strip(), app.settings.person, at)  # type: ignore[arg-type]  # the two kinds above
    app.store.note_file(line)

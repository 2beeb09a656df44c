"""One writer at a time over all machines: a document on the server that says who writes and until when.

Without it a slow writer could put what it read long ago over what a quick one read later. The server compares and sets
(``if_seq_no``), so two never hold it; one that was killed loses it after a minute. Clocks of the machines may differ by
some seconds, not by a minute (use NTP).
"""

from __future__ import annotations

import secrets
import socket
import time
from typing import Any, Final

from elasticsearch import ConflictError, Elasticsearch, NotFoundError

from service.errors import IndexBusy

_LASTS: Final = 60.0
_RENEW: Final = 10.0
_ID: Final = "writer"


class WriterLock:
    """Held from the first write until ``release``."""

    def __init__(self, client: Elasticsearch, index: str) -> None:
        self._client = client
        self._index = index
        self._owner = f"{socket.gethostname()}:{secrets.token_hex(6)}"
        self._held: tuple[int, int] | None = None
        self._renewed = 0.0

    def hold(self) -> None:
        """Take the lock, or keep it: IndexBusy when another writer has it."""
        if self._held is not None and time.monotonic() - self._renewed < _RENEW:
            return
        before = {"if_seq_no": self._held[0], "if_primary_term": self._held[1]} if self._held else self._free()
        self._held = None
        note = {"owner": self._owner, "until": time.time() + _LASTS}
        try:
            answer = self._client.index(index=self._index, id=_ID, document=note, **before)
        except ConflictError as error:
            raise _busy() from error
        self._held = answer["_seq_no"], answer["_primary_term"]
        self._renewed = time.monotonic()

    def release(self) -> None:
        """Let others write; nothing happens when it was not held or has been lost."""
        held, self._held = self._held, None
        if held is not None:
            try:
                self._client.delete(index=self._index, id=_ID, if_seq_no=held[0], if_primary_term=held[1])
            except (ConflictError, NotFoundError):
                return

    def _free(self) -> dict[str, Any]:
        """How to take a lock that nobody has or whose time is over."""
        try:
            kept = self._client.get(index=self._index, id=_ID)
        except NotFoundError:
            return {"op_type": "create"}
        if kept["_source"]["owner"] != self._owner and kept["_source"]["until"] > time.time():
            raise _busy()
        return {"if_seq_no": kept["_seq_no"], "if_primary_term": kept["_primary_term"]}


def _busy() -> IndexBusy:
    return IndexBusy("Chỉ mục đang được một tiến trình khác cập nhật")

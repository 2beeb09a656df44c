"""Original files by SHA-256 in a two-level folder tree, written whole or not at all.

Documents stamped secret never come here: the caller (``service.ingest``) refuses them before.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import re
import tempfile
import time
from pathlib import Path
from typing import BinaryIO

from service.errors import InvalidInput, NotFound, StorageFull

_SHA = re.compile(r"[0-9a-f]{64}")
_CHUNK = 1 << 20
_NO_ROOM = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}


class Files:
    """The originals of one installation."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, data: bytes) -> str:
        """Keep these bytes; the same bytes again change nothing. A failed write leaves nothing behind.

        StorageFull where there is no room.
        """
        sha256 = hashlib.sha256(data).hexdigest()
        target = self.path(sha256)
        if not target.exists():
            try:
                target.parent.mkdir(parents=True, exist_ok=True)
                write_whole(target, data, self._unfinished())
            except OSError as error:
                if error.errno in _NO_ROOM:
                    raise StorageFull(f"Hết chỗ trên đĩa khi lưu tệp gốc ({len(data)} byte)") from error
                raise
        return sha256

    def sweep(self, older_than: float = 600.0) -> int:
        """Remove what writes that were killed left unfinished; younger files may belong to a living writer."""
        limit = time.time() - older_than
        stale = [path for path in self._unfinished().iterdir() if path.stat().st_mtime < limit]
        for path in stale:
            path.unlink(missing_ok=True)
        return len(stale)

    def open(self, sha256: str) -> BinaryIO:
        """The original for reading; NotFound when it was never kept."""
        try:
            return self.path(sha256).open("rb")
        except FileNotFoundError:
            raise NotFound("Không có tệp gốc này", sha256=sha256) from None

    def has(self, sha256: str) -> bool:
        """Whether the original is kept."""
        return self.path(sha256).is_file()

    def remove(self, sha256: str) -> None:
        """Forget an original; no error when there is none."""
        self.path(sha256).unlink(missing_ok=True)

    def path(self, sha256: str) -> Path:
        """Where an original lies. Only a SHA-256 is accepted, so no name from outside becomes a path."""
        if not _SHA.fullmatch(sha256):
            raise InvalidInput("Mã SHA-256 không hợp lệ", sha256=sha256)
        return self.folder / sha256[:2] / sha256[2:4] / sha256

    def _unfinished(self) -> Path:
        folder = self.folder / "unfinished"
        folder.mkdir(parents=True, exist_ok=True)
        return folder


def write_whole(target: Path, data: bytes, unfinished: Path) -> None:
    """Write elsewhere, flush to disk, rename: a kill or a full disk never leaves half a file under its name."""
    handle, name = tempfile.mkstemp(dir=unfinished)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        Path(name).replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise
    _sync_folder(target.parent)


def hash_file(path: Path) -> str:
    """SHA-256 of a file without holding it in memory."""
    digest = hashlib.sha256()
    with path.open("rb") as source:
        while chunk := source.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _sync_folder(folder: Path) -> None:
    """Make the rename itself durable; Windows cannot open folders and needs no such step."""
    with contextlib.suppress(OSError, PermissionError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

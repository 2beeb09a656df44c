"""A backup is a folder: all rows, all originals, and a manifest with checksums; a restore checks them all.

Rows are written the same for every database, so a backup of SQLite may be restored into PostgreSQL and the other way
round. Originals that are there already from the last backup are not copied again. The search index is not kept: it is
filled again from the database.
"""

from __future__ import annotations

import datetime as dt
import gzip
import hashlib
import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from service import __version__
from service.errors import Conflict, InvalidInput
from service.files import hash_file
from service.indexing import apply_outbox
from service.ports import Ports, Progress, silent
from service.store.ports import StoredRow

MANIFEST: Final = "manifest.json"
_FORM: Final = 1
_ORIGINALS: Final = "chép tệp gốc"


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup holds or a restore put back."""

    rows: int
    documents: int
    originals: int
    missing: tuple[str, ...] = ()
    """SHA-256 of documents whose original the installation itself does not have (refused files have none)."""


def backup(app: Ports, folder: Path, *, progress: Progress = silent) -> Backup:
    """Write a backup into ``folder``; an older one there is replaced only when the new one is whole.

    The service may go on meanwhile: rows are those of one moment, and an original is written before its row.
    """
    folder.mkdir(parents=True, exist_ok=True)
    name = f"rows-{dt.datetime.now(dt.UTC):%Y%m%dT%H%M%S%f}.jsonl.gz"
    rows, shas = _write_rows(app, folder / name)
    copied, missing = _copy_originals(app, folder / "files", shas, progress)
    found = Backup(rows, len(shas), copied, tuple(missing))
    manifest = {
        "form": _FORM,
        "dondoc": __version__,
        "schema": app.store.schema(),
        "made_at": dt.datetime.now(dt.UTC).isoformat(),
        "rows_file": name,
        "rows_sha256": hash_file(folder / name),
        "rows": rows,
        "documents": len(shas),
        "originals": sorted(set(shas) - set(missing)),
    }
    unfinished = folder / f"{MANIFEST}.new"
    unfinished.write_text(json.dumps(manifest, ensure_ascii=False, indent=1), encoding="utf-8")
    unfinished.replace(folder / MANIFEST)
    for older in folder.glob("rows-*.jsonl.gz"):
        if older.name != name:
            older.unlink()
    return found


def restore(app: Ports, folder: Path, *, progress: Progress = silent) -> Backup:
    """Put a backup into an empty installation, after every checksum was found right; the index follows.

    InvalidInput for a damaged or foreign backup, Conflict for a store that is not empty; then nothing is changed.
    """
    manifest = check(app, folder)
    if app.store.count_documents():
        raise Conflict("Kho đã có văn bản; chỉ khôi phục được vào kho trống")
    shas: list[str] = manifest["originals"]
    for done, sha256 in enumerate(shas, 1):
        app.files.put(_original(folder / "files", sha256).read_bytes())
        progress(done, len(shas), _ORIGINALS)
    rows = app.store.import_rows(_read_rows(folder / manifest["rows_file"]))
    app.store.outbox_all()
    apply_outbox(app, progress=progress, patience=60.0)
    return Backup(rows, manifest["documents"], len(shas))


def check(app: Ports, folder: Path) -> dict[str, Any]:
    """The manifest of a backup that is whole: rows and originals as they were written."""
    try:
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InvalidInput(f"{folder}: không phải là bản sao lưu (không đọc được {MANIFEST})") from error
    if manifest.get("form") != _FORM:
        raise InvalidInput(f"{folder}: bản sao lưu có dạng khác ({manifest.get('form')})")
    if manifest.get("schema") != app.store.schema():
        raise InvalidInput(
            f"{folder}: bản sao lưu thuộc lược đồ {manifest.get('schema')}, phiên bản này dùng {app.store.schema()}; "
            f"hãy khôi phục bằng Đôn đốc {manifest.get('dondoc')} rồi nâng cấp"
        )
    rows = folder / manifest["rows_file"]
    if not rows.is_file() or hash_file(rows) != manifest["rows_sha256"]:
        raise InvalidInput(f"{rows}: thiếu hoặc sai so với lúc sao lưu")
    for sha256 in manifest["originals"]:
        path = _original(folder / "files", sha256)
        if not path.is_file() or hash_file(path) != sha256:
            raise InvalidInput(f"{path}: tệp gốc thiếu hoặc sai so với lúc sao lưu")
    return manifest


def _write_rows(app: Ports, path: Path) -> tuple[int, list[str]]:
    count, shas = 0, []
    with gzip.open(path, "wt", encoding="utf-8", compresslevel=5) as out:
        for table, row in app.store.export_rows():
            out.write(json.dumps([table, row], ensure_ascii=False, separators=(",", ":")) + "\n")
            count += 1
            if table == "documents":
                shas.append(str(row["sha256"]))
    return count, shas


def _read_rows(path: Path) -> Iterator[StoredRow]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            table, row = json.loads(line)
            yield table, row


def _copy_originals(app: Ports, folder: Path, shas: list[str], progress: Progress) -> tuple[int, list[str]]:
    copied, missing = 0, []
    for done, sha256 in enumerate(shas, 1):
        target = _original(folder, sha256)
        if not app.files.has(sha256):
            missing.append(sha256)
        elif not (target.is_file() and target.stat().st_size == app.files.path(sha256).stat().st_size):
            _copy(app.files.path(sha256), target)
            copied += 1
        progress(done, len(shas), _ORIGINALS)
    return copied, missing


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_name(f"{target.name}.new")
    shutil.copyfile(source, unfinished)
    if hashlib.sha256(unfinished.read_bytes()).hexdigest() != target.name:
        unfinished.unlink()
        raise InvalidInput(f"{source}: tệp gốc trong kho đã hỏng (không đúng mã SHA-256)")
    unfinished.replace(target)


def _original(folder: Path, sha256: str) -> Path:
    return folder / sha256[:2] / sha256

"""Originals: whole or not at all, once, under no name from outside."""

import hashlib
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.errors import InvalidInput, NotFound, StorageFull
from service.files import Files, hash_file


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files(tmp_path / "files")


def everything(files: Files) -> list[Path]:
    return [path for path in files.folder.rglob("*") if path.is_file()]


def test_an_original_comes_back_byte_for_byte(files: Files) -> None:
    data = os.urandom(3_000_000)
    sha256 = files.put(data)
    assert sha256 == hashlib.sha256(data).hexdigest() == hash_file(files.path(sha256))
    with files.open(sha256) as stream:
        assert stream.read() == data
    assert files.has(sha256)


def test_the_same_bytes_are_kept_once_and_not_written_again(files: Files) -> None:
    path = files.path(files.put(b"a"))
    before = path.stat().st_mtime_ns
    files.put(b"a")
    assert path.stat().st_mtime_ns == before
    assert everything(files) == [path]


@pytest.mark.parametrize("step", ["os.fsync", "pathlib.Path.replace"])
def test_a_write_that_fails_leaves_nothing(files: Files, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(step, fail)
        with pytest.raises(StorageFull, match="Hết chỗ trên đĩa"):
            files.put(b"data")
    assert everything(files) == []
    assert files.has(files.put(b"data"))


def test_what_a_kill_left_behind_is_swept_away_later(files: Files) -> None:
    files.put(b"data")
    left = files.folder / "unfinished" / "tmp1"
    left.write_bytes(b"half")
    assert files.sweep() == 0  # it may belong to a living writer
    assert files.sweep(older_than=-1) == 1
    assert len(everything(files)) == 1


@given(st.text())
def test_no_name_from_outside_becomes_a_path(name: str) -> None:
    files = Files(Path("files"))
    with pytest.raises(InvalidInput):
        files.path(name)


def test_removing_and_missing(files: Files) -> None:
    sha256 = files.put(b"a")
    files.remove(sha256)
    files.remove(sha256)
    assert not files.has(sha256)
    with pytest.raises(NotFound):
        files.open(sha256)

"""Facts to JSON and back; the keys are the dataclasses' field names.

Unknown keys are left aside and missing ones get defaults, so that a store written by another version still opens.
"""

from __future__ import annotations

import json
import zlib
from typing import Any, TypeVar

from pydantic import TypeAdapter

T = TypeVar("T")


_adapters: dict[type[Any], TypeAdapter[Any]] = {}


def _adapter(kind: type[Any]) -> TypeAdapter[Any]:
    if kind not in _adapters:  # two threads may both build one; either will do
        _adapters[kind] = TypeAdapter(kind)
    return _adapters[kind]


def dump(value: object) -> Any:  # noqa: ANN401 - JSON is whatever JSON is
    """A dataclass (or a tuple of them) as JSON-ready values."""
    if isinstance(value, tuple | list):
        return [dump(part) for part in value]
    return _adapter(type(value)).dump_python(value, mode="json")


def load(kind: type[T], value: object) -> T:
    """The dataclass again."""
    loaded: T = _adapter(kind).validate_python(value)
    return loaded


def load_all(kind: type[T], values: list[Any]) -> tuple[T, ...]:
    """Several of them."""
    return tuple(load(kind, value) for value in values)


def pack(layout: dict[str, object]) -> bytes:
    """JSON, compressed: offsets repeat so much that it shrinks to a tenth."""
    return zlib.compress(
        json.dumps(layout, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass"), 6
    )


def unpack(data: bytes) -> dict[str, object]:
    """The layout again."""
    layout: dict[str, object] = json.loads(zlib.decompress(data))
    return layout

"""Units as the office sees them: its own rows before the built-in registry, names read as of a day.

``directory(store)`` gives a :class:`Directory`: ``resolve``, ``same_unit``, ``members``, ``label``.
"""

from __future__ import annotations

from service.units.directory import Directory, Named, directory

__all__ = ["Directory", "Named", "directory"]

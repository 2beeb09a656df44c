"""Which encoder makes the vectors: the one in the package, none, or one that the office brings along."""

from __future__ import annotations

from importlib import import_module

from nlp.encode import Encoder, shipped
from service.errors import InvalidSettings


def encoder_of(setting: str) -> Encoder | None:
    """``latent`` is the shipped one, ``none`` switches vectors off, ``package.module:name`` is called for one.

    What is called must return an ``nlp.encode.Encoder``: a ``version`` and ``encode(texts)`` with rows of unit length.
    """
    if setting == "latent":
        return shipped()
    if setting == "none":
        return None
    module, colon, name = setting.partition(":")
    try:
        made: Encoder = getattr(import_module(module), name)()
    except (ImportError, AttributeError, ValueError, TypeError) as error:
        raise InvalidSettings(f"DONDOC_ENCODER: không dùng được “{setting}”: {error}") from error
    if not colon or not isinstance(getattr(made, "version", None), str) or not callable(getattr(made, "encode", None)):
        raise InvalidSettings(f"DONDOC_ENCODER: “{setting}” không cho một bộ mã hóa (version, encode)")
    return made

"""Templates that an office may change: its own DOCX in the data folder goes before the product's."""

from __future__ import annotations

import difflib
import io
import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, Final
from zipfile import BadZipFile

from docx.opc.exceptions import PackageNotFoundError
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError, UndefinedError
from jinja2.exceptions import SecurityError
from jinja2.sandbox import SandboxedEnvironment

from service.errors import InvalidInput, NotFound
from service.exports.values import clean
from service.official.office import EXAMPLE, FILE
from service.official.skeleton import MAKERS, built_in

FOLDER: Final = "templates"
NAMES: Final = {name: title for name, (title, _) in MAKERS.items()}
_BROKEN: Final = (PackageNotFoundError, BadZipFile, KeyError, ValueError, OSError)


def folder(home: Path) -> Path:
    """Where an office keeps its own templates."""
    return home / FOLDER


def own(home: Path, name: str) -> Path | None:
    """The office's template of this name, if it has one."""
    path = folder(home) / f"{name}.docx"
    return path if path.is_file() else None


def export(home: Path, *, over: bool = False) -> tuple[list[Path], list[Path]]:
    """Write the templates and ``co-quan.toml`` to be changed; returns (written, left alone since they were there)."""
    place = folder(home)
    place.mkdir(parents=True, exist_ok=True)
    written, kept = [], []
    contents = {f"{name}.docx": built_in(name) for name in MAKERS} | {FILE: EXAMPLE.encode("utf-8")}
    for name, data in contents.items():
        path = place / name
        if path.exists() and (not over or name == FILE):  # what the office filled in is never written over
            kept.append(path)
        else:
            path.write_bytes(data)
            written.append(path)
    return written, kept


def current(home: Path, name: str) -> bytes:
    """The template in use: the office's, else the product's. NotFound for a name that no paper has."""
    if name not in MAKERS:
        raise NotFound(f"Không có mẫu “{name}”; các mẫu: {', '.join(MAKERS)}.")
    path = own(home, name)
    return path.read_bytes() if path else built_in(name)


def render(home: Path, name: str, context: Mapping[str, Any]) -> bytes:
    """The template filled in; what is wrong with an office's own is told with its name."""
    data = current(home, name)
    return fill(data, f"{name}.docx" if own(home, name) else f"{name}.docx (mẫu của chương trình)", context)


class _Sandbox(SandboxedEnvironment):
    """Templates are files that people pass around: they may print values, not reach into the program or wear it out."""

    intercepted_binops = frozenset(("*", "**"))

    def __init__(self) -> None:
        super().__init__(autoescape=True, undefined=StrictUndefined)
        self.globals.clear()

    def call_binop(self, _context: Any, operator: str, _left: Any, _right: Any) -> Any:  # noqa: ANN401 - Jinja's own
        """No multiplication: ``"a" * 10**9`` is a gigabyte."""
        raise SecurityError(f"phép tính {operator}")


def fill(data: bytes, label: str, context: Mapping[str, Any]) -> bytes:
    """A template's bytes filled in; ``label`` names it where something is wrong."""
    environment = _Sandbox()
    out = io.BytesIO()
    try:
        template = DocxTemplate(io.BytesIO(data))
        template.render(_cleaned(dict(context)), environment)
        template.save(out)
    except UndefinedError as error:
        raise InvalidInput(f"Mẫu {label}: có trường không tồn tại: {_named(error, context)}.") from None
    except SecurityError as error:
        raise InvalidInput(f"Mẫu {label}: có lệnh không được phép ({error.message}).") from None
    except TemplateError as error:
        line = f", dòng {number}" if (number := getattr(error, "lineno", None)) else ""
        raise InvalidInput(f"Mẫu {label}: viết sai dấu hoặc lệnh{line} ({error.message}).") from None
    except _BROKEN as error:
        raise InvalidInput(f"Mẫu {label}: không phải tệp DOCX đọc được ({type(error).__name__}).") from None
    return out.getvalue()


def _named(error: UndefinedError, context: Mapping[str, Any]) -> str:
    """The field that the template asks for in vain, and which one may be meant."""
    quoted = re.findall(r"'([^']*)'", error.message or "")
    wrong = quoted[-1] if quoted else str(error.message)
    near = difflib.get_close_matches(wrong, sorted(_fields(context)), n=1)
    return f"“{wrong}”" + (f" (có phải là “{near[0]}”?)" if near else "")


def _fields(value: Any) -> set[str]:  # noqa: ANN401 - a context is anything that a template prints
    """Every name by which a template may ask for something, at every depth."""
    if isinstance(value, Mapping):
        return set(value).union(*(_fields(inner) for inner in value.values()))
    if isinstance(value, list | tuple):
        return set().union(*(_fields(inner) for inner in value))
    return {field.name for field in fields(value)} if is_dataclass(value) else set()


def _cleaned(value: Any) -> Any:  # noqa: ANN401 - a context is anything that a template prints
    """Texts without the characters that XML forbids, at every depth."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {name: _cleaned(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_cleaned(inner) for inner in value]
    return value

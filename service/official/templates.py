"""Templates that an office may change: its own DOCX in the data folder goes before the product's."""

from __future__ import annotations

import io
from collections.abc import Mapping
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


def render(home: Path, name: str, context: Mapping[str, Any]) -> bytes:
    """The template filled in; what is wrong with an office's own is told with its name."""
    if name not in MAKERS:
        raise NotFound(f"Không có mẫu “{name}”; các mẫu: {', '.join(MAKERS)}.")
    path = own(home, name)
    label = path.name if path else f"{name}.docx (mẫu của chương trình)"
    # Templates are files that people pass around: they may print values, not reach into the program.
    environment = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    out = io.BytesIO()
    try:
        template = DocxTemplate(path or io.BytesIO(built_in(name)))
        template.render(_cleaned(dict(context)), environment)
        template.save(out)
    except UndefinedError as error:
        raise InvalidInput(f"Mẫu {label}: có trường không tồn tại ({error.message}).") from None
    except SecurityError as error:
        raise InvalidInput(f"Mẫu {label}: có lệnh không được phép ({error.message}).") from None
    except TemplateError as error:
        line = f", dòng {number}" if (number := getattr(error, "lineno", None)) else ""
        raise InvalidInput(f"Mẫu {label}: viết sai dấu hoặc lệnh{line} ({error.message}).") from None
    except _BROKEN as error:
        raise InvalidInput(f"Mẫu {label}: không phải tệp DOCX đọc được ({type(error).__name__}).") from None
    return out.getvalue()


def _cleaned(value: Any) -> Any:  # noqa: ANN401 - a context is anything that a template prints
    """Texts without the characters that XML forbids, at every depth."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {name: _cleaned(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_cleaned(inner) for inner in value]
    return value

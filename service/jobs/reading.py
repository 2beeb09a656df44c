"""One file becomes an Intake: read, facts found, role told. Runs in a child process; touches no store and no index."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from pydantic import TypeAdapter

from corpus.limits import Limits
from corpus.model import Document, Problem
from corpus.reader import read, read_bytes
from nlp.contract import reference_json
from nlp.model import Extraction
from service.records import Intake, Role

DIRECTIVE_KINDS: Final = frozenset({"Chỉ thị", "Công điện", "Kế hoạch", "Chương trình", "Kết luận"})
"""Kinds whose purpose is to assign work, also where no task was found (a decision or resolution needs its tasks)."""
_UNSTORABLE: Final = re.compile("[\x00\ud800-\udfff]")
"""What no database takes in a text: NUL and halves of surrogate pairs; replaced one by one, so offsets hold."""
_LAYOUT: Final = ("blocks", "tables", "furniture", "page_marks")
_document = TypeAdapter(Document)
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Request:
    """A file to read; ``file`` is how it is called in the store."""

    path: str
    file: str
    sha256: str
    max_bytes: int
    seconds: float

    @property
    def limits(self) -> Limits:
        """What the reader may take."""
        return Limits(max_bytes=self.max_bytes, max_seconds=self.seconds)


def read_file(request: Request) -> Intake:
    """Everything the store keeps of a file. A file that cannot be read gives a failed Intake that says why."""
    return _facts_of(request, read(Path(request.path), limits=request.limits))


def read_kept(request: Request) -> Intake:
    """The same of a kept original, whose path tells no type: it goes by the name under which it came."""
    try:
        data = Path(request.path).read_bytes()
    except OSError as error:
        return lost(request, "damaged", f"Không mở được tệp gốc ({error.strerror})")
    return _facts_of(request, read_bytes(data, request.file, limits=request.limits))


def _facts_of(request: Request, document: Document) -> Intake:
    text = _UNSTORABLE.sub("\ufffd", document.text)
    document = replace(document, file=request.file, sha256=document.sha256 or request.sha256, text=text)
    try:
        extraction = _extract(document)
    except Exception as error:  # noqa: BLE001 - a defect of ours with one text must not stop the others
        _log.exception("no facts found in %s", request.file)
        return replace(intake_of(_partial(document, error), Extraction()), rules=None)
    return intake_of(document, extraction)


def intake_of(document: Document, extraction: Extraction) -> Intake:
    """A read file and its facts as one value."""
    return Intake(
        sha256=document.sha256,
        file=document.file,
        media_type=document.media_type,
        status=document.status,
        pages=document.pages,
        problems=document.problems,
        text=document.text,
        layout=layout_of(document),
        header=extraction.header,
        role=role_of(extraction),
        citations=extraction.citations,
        references=tuple(reference_json(reference) for reference in extraction.references),
        tasks=extraction.tasks,
        report=extraction.report,
    )


def role_of(extraction: Extraction) -> Role:
    """Whether a document assigns work, reports on it, or neither. Standing duties of a normative act assign none."""
    if extraction.report is not None:
        return "report"
    if extraction.header.kind in DIRECTIVE_KINDS or any(task.modality != "standing" for task in extraction.tasks):
        return "directive"
    return "other"


def layout_of(document: Document) -> dict[str, object]:
    """Everything of a read file but its text and its name: what is needed to show it again."""
    facts: dict[str, Any] = _document.dump_python(document, mode="json", include=set(_LAYOUT))
    return facts


def lost(request: Request, code: str, message: str) -> Intake:
    """The record of a file that took its process down or never ended."""
    document = Document(
        request.file, request.sha256, "application/octet-stream", "failed", problems=(Problem(code, message),)
    )
    return intake_of(document, Extraction())


def _extract(document: Document) -> Extraction:
    if document.status == "failed":
        return Extraction()
    from nlp.pipeline import extract  # noqa: PLC0415 - loads word lists: not before there is something to read

    return extract(document)


def _partial(document: Document, error: Exception) -> Document:
    told = Problem("damaged", f"Đọc được văn bản nhưng không tìm được dữ kiện ({type(error).__name__}).")
    return replace(document, status="partial", problems=(*document.problems, told))

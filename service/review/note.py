"""A task that no document assigns (bút phê, kết luận giao ban) gets a small document of its own.

So every reader works as always: it has an issuer and a day, it is searched, shown and asked for like any directive.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import replace
from typing import Final

from corpus.model import Block, Document
from corpus.text import fold, nfc
from nlp.model import Extraction, Header
from service.errors import InvalidInput
from service.jobs.reading import intake_of
from service.ports import Ports

KINDS: Final = ("Bút phê", "Kết luận giao ban", "Chỉ đạo trực tiếp", "Chỉ đạo qua điện thoại")
"""Proposed in the form; any other words may be written."""
MEDIA_TYPE: Final = "text/x-dondoc-note"


def new_note(app: Ports, text: str, *, kind: str, issuer: str, date: dt.date, note: str = "") -> int:
    """Keep the words as a document of role directive; the same words of the same day are one document."""
    kind, issuer = fold(nfc(kind)).strip(), fold(nfc(issuer)).strip()
    if not kind or not issuer:
        raise InvalidInput("Cần ghi loại ý kiến chỉ đạo và người hoặc cơ quan giao việc.")
    lines = [f"{kind} của {issuer} ngày {date:%d/%m/%Y}", *([fold(note)] if note.strip() else []), text]
    body = "\n".join(lines)
    sha256 = hashlib.sha256(body.encode()).hexdigest()
    blocks, start = [], 0
    for place, line in enumerate(body.split("\n")):
        blocks.append(Block("heading" if place == 0 else "paragraph", start, start + len(line)))
        start += len(line) + 1
    document = Document(
        file=f"{kind} ngày {date:%d-%m-%Y}", sha256=sha256, media_type=MEDIA_TYPE, status="ok", text=body,
        blocks=tuple(blocks),
    )  # fmt: skip
    header = Header(kind=kind, issuer=issuer, issuers=(issuer,), date=date, title=fold(text)[:200])
    intake = intake_of(document, Extraction(header))
    kept = app.store.add(replace(intake, role="directive", arrived=date), at=dt.datetime.now(dt.UTC))
    return kept.id

"""Hai bản gốc: what a unit reports beside the clause that asks for it, each marked on its original."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from corpus.model import Document
from corpus.pdf_boxes import boxes, size
from corpus.sniff import PDF
from service.errors import NotFound
from service.http.state import CurrentApp
from service.records import Link, StoredDocument, StoredItem, StoredTask
from service.web import words
from service.web.highlight import Mark, ShownBlock, show
from service.web.overlay import Shape, shapes
from service.web.render import page
from service.web.source_parts import cut

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Picture:
    """The original page with the words on it."""

    address: str
    width: float
    height: float
    shapes: list[Shape]


@dataclass(frozen=True, slots=True)
class Pane:
    """One side: a document opened where the words stand; a page of the original, or the text around them."""

    document: StoredDocument
    words: str
    number: int | None
    picture: Picture | None
    blocks: list[ShownBlock]


@router.get("/hai-ben/{link_id}")
def both(request: Request, app: CurrentApp, link_id: int) -> HTMLResponse:
    """A report statement and the task that it answers, side by side; below each other on a phone."""
    link, item, task = _found(app, link_id)
    others = [
        one.id for one in app.store.links(task_id=task.id, active=True) if one.decision in ("suggested", "confirmed")
    ]
    at = others.index(link_id) if link_id in others else -1
    return page(
        request,
        "both.html",
        link=link,
        item=item,
        task=task,
        level=words.level(link.probability),
        report=_pane(app, item.document_id, item.item.text, Mark(item.item.start, item.item.end, "item here")),
        directive=_pane(app, task.document_id, task.task.text, Mark(task.task.start, task.task.end, "task here")),
        before=others[at - 1] if at > 0 else None,
        after=others[at + 1] if 0 <= at < len(others) - 1 else None,
        place=at + 1,
        count=len(others),
        name=words.document,
    )


def _found(app: CurrentApp, link_id: int) -> tuple[Link, StoredItem, StoredTask]:
    link = app.store.link(link_id)
    items = app.store.items(ids=[link.item_id]) if link else []
    tasks = app.store.tasks(ids=[link.task_id], removed=True) if link and link.task_id else []
    if link is None or not items or not tasks:
        raise NotFound(f"Không có đề xuất số {link_id}, hoặc đề xuất này không gắn với nhiệm vụ nào.")
    return link, items[0], tasks[0]


def _pane(app: CurrentApp, document_id: int, text: str, mark: Mark) -> Pane:
    document = app.store.document(document_id)
    if document is None:
        raise NotFound(f"Không có văn bản số {document_id} trong kho.")
    layout = app.store.layout(document_id)
    number = layout.page_at(mark.start) if mark.end > mark.start else None
    picture = _picture(app, document, layout, number, mark)
    return Pane(document, text, number, picture, [] if picture else _around(layout, mark))


def _picture(
    app: CurrentApp, document: StoredDocument, layout: Document, number: int | None, mark: Mark
) -> Picture | None:
    """The page on which the words begin; None where there is none or where they are not found on it."""
    if document.media_type != PDF or number is None or not app.files.has(document.sha256):
        return None
    with app.files.open(document.sha256) as stream:
        data = stream.read()
    extent, found = size(data, number), shapes(layout, number, boxes(data, number), [mark])
    if extent is None or not found:
        return None
    address = f"/van-ban/{document.id}/trang/{number}.png?v={document.sha256[:12]}"
    return Picture(address, round(extent[0], 1), round(extent[1], 1), found)


def _around(layout: Document, mark: Mark) -> list[ShownBlock]:
    """The part of the text that holds the words: all of it where it is short."""
    near = [part for part in cut(layout) if part.holds(mark.start, mark.end)] or cut(layout)[:1]
    return [block for part in near for block in show(part.document, [mark], part.before)]

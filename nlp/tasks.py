"""Tasks of a document: table rows, headed lists and sentences that assign work to a unit."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.model import Document, Node
from nlp.model import Citation, Header, Task


def find_tasks(
    document: Document, tree: Sequence[Node], header: Header, citations: Sequence[Citation]
) -> tuple[Task, ...]:
    """All tasks that the text assigns, in reading order."""
    del document, tree, header, citations
    return ()

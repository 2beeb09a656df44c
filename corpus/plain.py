"""Plain text: the stored text is the file (NFC, LF); its paragraphs become blocks by their lines."""

from __future__ import annotations

from corpus.assemble import Draft
from corpus.encodings import decode
from corpus.labels import BULLETS, read_label
from corpus.limits import Limits
from corpus.paragraphs import groups
from corpus.text import nfc


def read_plain(data: bytes, name: str, limits: Limits) -> Draft:  # noqa: ARG001 - the readers' common signature
    """A draft of the decoded text, with what had to be repaired as problems."""
    decoded = decode(data)
    text = nfc(decoded.text.replace("\r\n", "\n").replace("\r", "\n"))
    draft = Draft.verbatim(text, limits)
    for problem in decoded.problems:
        draft.problem(problem.code, problem.message)
    add_blocks(draft, text[: limits.max_chars])
    return draft


def add_blocks(draft: Draft, text: str) -> None:
    """Mark the paragraphs of a verbatim text."""
    lines = text.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    for first, last in groups(lines):
        head = lines[first]
        start = starts[first] + len(head) - len(head.lstrip())
        end = starts[last - 1] + len(lines[last - 1].rstrip())
        label = read_label(head)
        item = label is not None and label.style in BULLETS
        draft.span(start, end, kind="list_item" if item else "paragraph", label=label.text if label else None)

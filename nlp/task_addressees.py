"""Whom a letter or telegram speaks to: its "Kính gửi", and under "Nơi nhận" those who are to act ("để t/h").

A sentence that only says "đề nghị Quý cơ quan …" or "yêu cầu các đơn vị …" means them (NĐ 30/2020, phụ lục I).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from corpus.model import Document
from corpus.text import fold
from nlp.model import Header, Task
from nlp.patterns import compiled

_LETTERS = {"Công văn", "Công điện"}
_MARK = compiled(r" ?\((?:để )?(?:t/h|thực hiện|triển khai thực hiện|tổ chức thực hiện)\)")
_OPENING = compiled(r"kính gửi ?:?")
_REACH = 1_500
_SPOKEN_TO = compiled(r"^quý (?!i|ii|iii|iv)|^(?:các )?(?:cơ quan|đơn vị|địa phương)[^;]{0,30}(?:nêu|có tên) trên$")
_ANYONE = compiled(r"^các (?:cơ quan|đơn vị|địa phương)(?:,? (?:cơ quan|đơn vị|địa phương|tổ chức))*$")


def addressees(document: Document, header: Header) -> tuple[str, ...]:
    """The bodies that a letter asks to act, as printed."""
    acting = [_MARK.sub("", name).strip() for name in header.recipients if _MARK.search(name)]
    return tuple(dict.fromkeys([*_addressed(document, header), *acting]))


def _addressed(document: Document, header: Header) -> Iterator[str]:
    opening = _OPENING.search(document.text, 0, 6_000)
    if opening:
        region = fold(document.text[opening.end() : opening.end() + _REACH])
        region = region.split("Nơi nhận")[0]
        yield from (name for name in header.recipients if fold(name) in region and not name.startswith("Như "))


def with_addressees(document: Document, header: Header, task: Task) -> Task:
    """A task whose body is only spoken to ("Quý cơ quan") goes to those whom the letter is addressed to."""
    if header.kind not in _LETTERS or not task.lead or task.in_table:
        return task
    said = ", ".join(fold(name) for name in task.lead)
    if not (_SPOKEN_TO.search(said) or _ANYONE.search(said)):
        return task
    named = addressees(document, header)
    return replace(task, lead=named, lead_source="inherited") if named else task

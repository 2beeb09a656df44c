"""Statements of result in a report's prose: the smallest numbered or bulleted items, and claiming paragraphs.

Sections on limits, causes, plans and requests hold no results (the usual order: leadership, results, limits, causes,
directions, requests); but a request to change a task is a claim wherever it stands, and so is a promise outside plans.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from corpus.labels import read_label
from corpus.model import Document, Node
from corpus.text import canonical_tones, fold
from nlp.model import Citation, ReportItem
from nlp.status import claimed_status, row_status

_NO_RESULTS: Final = re.compile(
    r"^(?:(?:một số|những|các|về)\s+)?(?:tồn tại|hạn chế|khó khăn|vướng mắc|nguyên nhân|bài học|phương hướng|"
    r"kiến nghị|đề xuất|giải pháp|mục tiêu|"
    r"nhiệm vụ(?:,? giải pháp)?(?: trọng tâm| chủ yếu)|công tác trọng tâm|trọng tâm|"
    r"kế hoạch (?:công tác )?(?:thời gian tới|tháng|quý|năm|6 tháng|thực hiện)|chương trình công tác|"
    r"đánh giá chung|dự kiến|khái quát|"
    r"đặc điểm|căn cứ|mục đích|yêu cầu|phạm vi|nhiệm vụ (?:thời gian|trong thời gian|tháng|quý|năm|6 tháng|tiếp))"
    r"|thời gian (?:tới|tiếp theo)|phương hướng|(?:hạn chế|tồn tại|khó khăn),? (?:và )?(?:nguyên nhân|vướng mắc|"
    r"hạn chế|tồn tại)|kiến nghị,? (?:và )?đề xuất|đề xuất,? (?:và )?kiến nghị"
)
_PLANS: Final = re.compile(
    r"phương hướng|giải pháp|mục tiêu|trọng tâm|kế hoạch|chương trình công tác|dự kiến|thời gian|^nhiệm vụ"
)
_ASKED: Final = frozenset({"change_requested", "promise"})
_LEADERSHIP: Final = re.compile(
    r"^(?:về )?(?:công tác )?(?:lãnh đạo|chỉ đạo|quán triệt|tổ chức (?:quán triệt|triển khai)|tình hình chung|đặc điểm)"
)
_CLOSE: Final = re.compile(
    r"^(?:Trên đây là|Kính trình|Kính gửi|Nơi nhận|Xin trân trọng|Trân trọng)|^(?:TM|KT|TL|TUQ|T/M|K/T|"
    r"T/L)[./]?\s+[A-ZĐÀ-Ỹ]{2}"
)
_TITLED: Final = 130
"""A labelled line up to this long without a claim of its own is a heading."""
_SHORTEST: Final = 12
_FEWEST: Final = 5
"""Words of a listed line that may be a statement without a claim or a figure."""
_NUMBER: Final = re.compile(
    r"(?:số thứ tự|STT|nhiệm vụ(?: số)?|mục|nội dung số|ý số|"
    r"dòng)\s+(?:số\s+)?((?:[IVX]+\.)?\d{1,3}(?:\.\d{1,3})*|[IVX]+\.\d{1,3})(?!\d|\s*%|[/-]\d)(?=[\s),;:]|$)",
    re.IGNORECASE,
)
_FIGURE: Final = re.compile(
    r"(?<![\w/.,-])\d[\d.]*(?:,\d+)?(?:\s*/\s*\d[\d.]*)?\s?(?:%|(?:tỷ|triệu|nghìn)?\s?(?:đồng|ha|km|tấn|lượt|"
    r"hồ sơ|văn bản|thủ tục|cuộc|lớp|người|đơn vị|cơ quan|xã|phường|quy trình|dịch vụ|hội nghị|tin|bài|trang|"
    r"kết quả|giao dịch|tài khoản|cán bộ|công chức|nhiệm vụ|xe|trụ sở|cơ sở|trường hợp|doanh nghiệp|hộ|lần|ngày|"
    r"giờ|tỷ|triệu|điểm|bậc|mô hình|dự án|công trình))(?!\w)"
)


@dataclass(frozen=True, slots=True)
class Claim:
    """A stretch of text that may state a result, with the number under which it names its task."""

    start: int
    end: int
    status_text: str = ""
    cells: tuple[str, ...] = ()
    """What a table row tells, status column first; ``asked`` is its task cell."""
    asked: str = ""
    beside: tuple[str, ...] = ()
    """Cells of what hinders, what comes next and what is asked for."""
    row: str | None = None
    code: str | None = None


def item_of(document: Document, claim: Claim, citations: Sequence[Citation], number: int) -> ReportItem:
    """A claim as the contract wants it: folded text, status by its words, figures, symbols cited inside."""
    text = fold(document.text[claim.start : claim.end])
    status, late = row_status(claim.cells, claim.asked, claim.beside) if claim.asked else claimed_status(text)
    cited = [c.symbol for c in citations if claim.start <= c.start < claim.end and c.symbol]
    return ReportItem(
        id=f"{document.sha256[:12]}/i{number}",
        text=text,
        start=claim.start,
        end=claim.end,
        page=document.page_at(claim.start),
        claimed_status=status,
        late=late,
        figures=tuple(fold(match[0]) for match in _FIGURE.finditer(text)),
        citations=tuple(dict.fromkeys(cited)),
        row=claim.row or _named_row(text),
        code=claim.code,
    )


def _named_row(text: str) -> str | None:
    match = _NUMBER.search(text)
    return match[1] if match else None


# Where results stand.


def prose_claims(document: Document, tree: Sequence[Node], start: int) -> Iterator[Claim]:
    """Statements between the opening and the close, outside tables, in reading order."""
    skipped = _skipped(document, tree)
    nodes = {node.start: node for node in tree}
    parents = _parent_starts(tree)
    for begin, end in _paragraphs(document, start):
        first = _after_label(document.text, begin, end)
        node = nodes.get(begin)
        labelled = first > begin or node is not None
        place = _Place(labelled, begin not in parents, bool(node and document.text[end : node.body_end].strip()))
        if not _states(document.text[first:end], place):
            continue
        section = _inside(begin, skipped)
        if section and not (labelled and place.leaf and section.lets(document.text[first:end])):
            continue
        if _leads(document, tree, begin) and not (labelled and _claims(document.text[first:end])):
            continue
        yield Claim(first, _trimmed(document.text, first, end))


def _paragraphs(document: Document, start: int) -> Iterator[tuple[int, int]]:
    """Paragraph spans up to the close of the report's main text."""
    for block in document.blocks:
        if block.kind == "table" or block.end <= start:
            continue
        begin = max(block.start, start)
        text = document.text[begin : block.end]
        begin += len(text) - len(text.lstrip(" \n\t.:;,"))
        if _CLOSE.match(document.text[begin : block.end]):
            return
        if begin < block.end:
            yield begin, block.end


def _heading(document: Document, node: Node) -> str:
    text = document.text[node.start : node.end]
    label = read_label(text)
    body = text[label.length :] if label else text
    return canonical_tones(fold(body)).lower().strip(" .:")


@dataclass(frozen=True, slots=True)
class _Skipped:
    """A section that holds no results, or a single line that begins like one."""

    start: int
    end: int
    plans: bool

    def lets(self, text: str) -> bool:
        """Whether a line in it speaks of a task all the same."""
        status = claimed_status(fold(text), told=False)[0]
        return status == "change_requested" or (status in _ASKED and not self.plans)


def _skipped(document: Document, tree: Sequence[Node]) -> list[_Skipped]:
    """Sections that hold no results."""
    spans = []
    for index, node in enumerate(tree):
        heading = _heading(document, node)
        if len(heading) > _TITLED or not _NO_RESULTS.search(heading):
            continue
        is_section = node.level in {"roman", "capital", "Phần", "Mục", "Chương"} or any(
            n.parent == index for n in tree[index + 1 : index + 2]
        )
        if is_section or _NO_RESULTS.match(heading):
            heads = is_section or bool(document.text[node.end : node.body_end].strip())
            spans.append(_Skipped(node.start, node.body_end, heads and bool(_PLANS.search(heading))))
    return spans


def _inside(place: int, sections: Sequence[_Skipped]) -> _Skipped | None:
    """The section around a place; one of plans before others."""
    around = [section for section in sections if section.start <= place < section.end]
    return max(around, key=lambda section: section.plans, default=None)


def _leads(document: Document, tree: Sequence[Node], place: int) -> bool:
    """Whether a place stands under a heading about leadership: steering is no result of a task, unless it is listed."""
    return any(
        node.start <= place < node.body_end and _LEADERSHIP.match(_heading(document, node))
        for node in tree
        if node.level in {"roman", "capital", "Phần", "Mục"}
    )


def _parent_starts(tree: Sequence[Node]) -> frozenset[int]:
    return frozenset(tree[node.parent].start for node in tree if node.parent >= 0)


def _after_label(text: str, begin: int, end: int) -> int:
    """Behind the label, and behind a second one where a bullet stands before a number ("* (1) …")."""
    for _ in range(2):
        label = read_label(text[begin:end])
        if not label:
            break
        begin += label.length
        begin += len(text[begin:end]) - len(text[begin:end].lstrip())
    return begin


def _trimmed(text: str, start: int, end: int) -> int:
    """Without the final stop."""
    while end > start and text[end - 1] in " .;,/\n\t":
        end -= 1
    return end


@dataclass(frozen=True, slots=True)
class _Place:
    """How a paragraph stands in the text."""

    labelled: bool
    leaf: bool
    """No labelled line stands below it."""
    followed: bool
    """Text without a label belongs to it: it may be that text's heading."""


def _states(text: str, place: _Place) -> bool:
    """Whether a paragraph says a result: a claim in words; a listed leaf unless it is a heading."""
    said = fold(text)
    if len(said) < _SHORTEST or said.endswith(":") or said == said.upper():
        return False
    claims = _claims(said)
    if not place.labelled:
        return claims
    if not place.leaf:
        return claims and _tells(said)
    if claims or len(said) > _TITLED or _FIGURE.search(said):
        return True
    return not place.followed and len(said.split()) >= _FEWEST


def _tells(said: str) -> bool:
    """A line with items of its own below it is a heading, unless it goes on to tell a result."""
    _, colon, told = said.partition(": ")
    return said.endswith(".") or (bool(colon) and _claims(told))


def _claims(text: str) -> bool:
    return claimed_status(text, told=False)[0] != "unknown"

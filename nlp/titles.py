"""Laws that are named only because the title of a cited document names them ("… về thi hành Luật Đất đai 2003")."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from nlp.citations import Bound

_OPENS: Final = re.compile(
    r"\s{0,3}(?:về|Về|VỀ|[qQ]uy định|[hH]ướng dẫn|[sS]ửa đổi|[bB]an hành|[pP]hê duyệt|chi tiết|thi hành|QUY ĐỊNH"
    r"|[tT]riển khai|[tT]hực hiện|[đĐ]iều chỉnh|[cC]ông bố|[xX]ử phạt|[tT]hành lập)(?!\w)"
)
_LINKS: Final = re.compile(
    r"(?:thi hành|thực hiện|hướng dẫn|quy định|chi tiết|của|sửa đổi|bổ sung|triển khai|về|theo|tại)\s{1,3}(?:các\s)?\Z"
)
_LIST: Final = re.compile(r"\s{0,3}(?:,|và|;\s?và|,\s?và|hoặc)\s{0,3}(?:các\s|của\s)?")
_BREAK: Final = re.compile(
    r"[;“”\"]|\.\s|\n\s*\n|\n\s*(?:[-+•*]|Căn cứ|Xét|Theo|\d+\.|[a-zđ]\))|,\s(?:đồng thời|trong đó|theo|căn cứ"
    r"|quy định tại)|(?<!\w)(?:đã|sẽ|phải|được quy định|có trách nhiệm)(?!\w)"
)
_REACH: Final = 400


def drop_titles(folded: str, bound: list[Bound], *, keep: bool) -> list[Bound]:
    """Without the laws named in titles, or with them flagged."""
    kept: list[Bound] = []
    owner_end, dropped_end = -1, -1
    for item in bound:
        mention = item.mention
        if mention.symbol is None and mention.name and owner_end >= 0:
            inside = _named_in(folded, owner_end, mention.start) or (
                dropped_end >= 0 and _LIST.fullmatch(folded, dropped_end, mention.start) is not None
            )
            if inside:
                dropped_end = mention.end
                if keep:
                    mention.flags = (*mention.flags, "in_title")
                    kept.append(item)
                continue
        owner_end, dropped_end = mention.end, -1
        kept.append(item)
    return kept


def _named_in(folded: str, owner_end: int, start: int) -> bool:
    """Whether what stands between a cited document and a law is the beginning of the former's title."""
    if start - owner_end > _REACH or not _OPENS.match(folded, owner_end):
        return False
    between = folded[owner_end:start]
    if between.count("(") != between.count(")") or _BREAK.search(between):
        return False
    return _LINKS.search(between) is not None

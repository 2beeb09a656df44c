"""The sentence in which a report begins to report: "Thực hiện …, <unit> báo cáo kết quả như sau"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

from corpus.labels import read_label
from corpus.text import canonical_tones, one_to_one

_SPEAKS: Final = re.compile(
    r"báo\s+cáo(?!\s+(?:số|về\s+(?:UBND|Bộ|Sở)))(?:[^.;\n]{0,300}?(?:như\s+sau|cụ\s+thể|dưới\s+đây)|"
    r"[^.;\n:]{0,200}:(?=[ \t]*(?:\n|$)))",
    re.IGNORECASE,
)
_POLITELY: Final = re.compile(r"(?:xin\s+)?(?:kính\s+)?(?:trân\s+trọng\s+)?(?:tổng\s+hợp,?\s+)?$", re.IGNORECASE)
"""What may stand before "báo cáo" and belongs to it."""
_COURTESY: Final = 50
TELLS: Final = re.compile(
    r"(?<![\wđ])(?:xin\s+|kính\s+|trân\s+trọng\s+|có\s+)*(?:báo\s+cáo|gửi|cung\s+cấp|thông\s+tin|thông\s+báo|phúc\s+đáp|"
    r"trả\s+lời|hồi\s+đáp|giải\s+trình|trình\s+bày|nêu|phản\s+ánh|điểm\s+lại|ghi\s+(?:lại|nhận)|nắm|thấy|trao\s+đổi|làm\s+rõ|cập\s+nhật|tự\s+đánh\s+giá|đánh\s+giá|"
    r"(?:tự\s+)?kiểm\s+điểm|tổng\s+hợp|kết\s+quả|tình\s+hình|tiến\s+độ|đã\s+(?:thực\s+hiện|triển\s+khai|tổ\s+chức|"
    r"hoàn\s+thành|làm|có))(?![\wđ])(?!\s+(?:số|về\s+(?:UBND|Bộ|Sở))\s)",
    re.IGNORECASE,
)
"""Verbs and nouns by which an author tells what was done, in any wording."""
_LEADS: Final = re.compile(
    r"(?:như\s+sau|cụ\s+thể(?:\s+là)?|(?:như\s+)?dưới\s+đây|sau\s+đây|(?:nội\s+dung|việc|kết\s+quả|số\s+liệu|"
    r"nhiệm\s+vụ|mặt)\s+sau|:)[ \t.:]*$",
    re.IGNORECASE,
)
"""The end of a line that leads to what follows."""
_POLITE: Final = re.compile(
    r"(?:xin|kính)\s+(?:được\s+)?(?:báo\s+cáo|gửi|thông\s+tin|giải\s+trình|điểm\s+lại|trình\s+bày)\s(?!kèm)",
    re.IGNORECASE,
)
"""By which a line reports even where it ends in a stop."""
_ASKS: Final = re.compile(
    r"(?<!theo )(?<!Theo )(?<!sự )(?<!hiện )(?<!kiến )(?<!được )(?<!dung )(?:[Đđ]ề\s+nghị|[Yy]êu\s+cầu|[Gg]iao|"
    r"chỉ\s+đạo|[Pp]hân\s+công|hướng\s+dẫn)"
    r"(?!\s+(?:của|tại|số|kết|nêu|trên))[^.;:]{0,110}$"
)
"""Asking others, case kept: "Ban Chỉ đạo" and "theo yêu cầu của" ask nobody."""
_ASKS_THEN: Final = re.compile(
    r"(?<!theo )(?<!sự )(?<!hiện )(?<!kiến )(?<!được )(?<!dung )(?:đề\s+nghị|yêu\s+cầu)\s+"
    r"(?=các|UBND|Ủy|[Ss]ở|[Pp]hòng|[Qq]uý|[Tt]hủ|[Đđ]ồng|[Đđ]ơn|[Ll]ãnh)"
)
_GIVEN: Final = re.compile(r"(?:[Vv]iệc|[Nn]hiệm vụ|[Nn]ội dung|[Pp]hần)\s[^.;:]{0,40}giao(?!\w)")
"""What was assigned to the author ("việc tỉnh giao:") asks nobody."""
_ADDRESS: Final = re.compile(r"^[\W_]*(?:Kính\s+gửi|Nơi\s+nhận|Đồng\s+kính)", re.IGNORECASE)
_RESTS_ON: Final = re.compile(r"(?:Thực hiện|Căn cứ|Triển khai|Theo|Tiếp theo|Sau khi|Xét|Trên cơ sở|Phúc đáp|Trả lời)")
_REACH: Final = 6_000
_SHORTEST: Final = 12
_FOLLOWS: Final = 60
"""Characters that must follow a line that only leads on."""
_LONGEST: Final = 900


@dataclass(frozen=True, slots=True)
class Opening:
    """The duty sentence: from the end of the title to "báo cáo … như sau", and where its subject stands."""

    start: int
    speaks: int
    end: int
    strength: Literal["strong", "weak", "bare"] = "strong"
    """Strong: it reports in so many words; weak: it tells, sends or answers something; bare: it only leads on."""


def find_opening(text: str) -> Opening | None:
    """The first sentence in which the text's author reports, not one that asks others to."""
    head = canonical_tones(one_to_one(text[:_REACH]))
    reports, tells = _reports(head), _tells(head)
    if reports and tells and tells.strength == "weak" and tells.end < reports.start:
        return tells
    return reports or tells


def _reports(head: str) -> Opening | None:
    for match in _SPEAKS.finditer(head):
        near = max(0, match.start() - _COURTESY)
        courtesy = _POLITELY.search(head[near : match.start()])
        speaks = near + courtesy.start() if courtesy else match.start()
        start = _sentence_start(head, speaks)
        if not _ASKS.search(head[start:speaks]) and not _ASKS_THEN.search(match[0]):
            return Opening(start, speaks, match.end())
    return None


def _tells(head: str) -> Opening | None:
    """A line before the first numbered one that leads to what follows, by its last word of telling."""
    bare = None
    for start, end, last in _lines(head):
        line = head[start:end]
        leads = _LEADS.search(line) or (last and not line.rstrip().endswith((".", ";")))
        if not (leads or _POLITE.search(line)) or _ASKS_THEN.search(line):
            continue
        for match in reversed(list(TELLS.finditer(line))):
            if not _ASKS.search(line[: match.start()]):
                return Opening(_sentence_start(head, start), start + match.start(), end, "weak")
        if bare is None and len(head) - end > _FOLLOWS and _LEADS.search(line) and not _ASKS.search(line.rstrip(" .:")):
            bare = Opening(_sentence_start(head, start), start, end, "bare")
    return bare


def _lines(head: str) -> list[tuple[int, int, bool]]:
    """The lines between the address or title and the first line with a label of its own, which marks the last."""
    found: list[tuple[int, int, bool]] = []
    at = 0
    for line in head.split("\n"):
        start, at = at, at + len(line) + 1
        said = line.strip()
        if "\t" in line or "|" in line:
            break
        if _ADDRESS.match(said):
            found = []  # what stands above is the title
        if len(said) < _SHORTEST or said == said.upper() or _ADDRESS.match(said):
            continue
        if read_label(said) and found:
            found[-1] = (*found[-1][:2], True)
            break
        if len(said) <= _LONGEST:
            found.append((start, start + len(line), False))
    return found


def _sentence_start(head: str, place: int) -> int:
    """Paragraphs that begin with a duty ("Thực hiện …;", "Căn cứ …;") belong to the sentence that ends here."""
    start = head.rfind("\n", 0, place) + 1
    while start > 1:
        before = head.rfind("\n", 0, start - 1) + 1
        line = head[before : start - 1].strip()
        if line and not _RESTS_ON.match(line):
            break
        start = before
    return start


def leading_asks(text: str) -> bool:
    """Whether the first line that leads to what follows asks others for it ("yêu cầu các xã: …")."""
    head = canonical_tones(one_to_one(text[:_REACH]))
    for start, end, _ in _lines(head):
        line = head[start:end]
        if _LEADS.search(line) and not _GIVEN.search(line):
            return bool(_ASKS_THEN.search(line) or _ASKS.search(line.rstrip(" .:")))
    return False

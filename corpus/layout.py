"""Tables that only lay out a page: the two-column header and the signature block (NĐ 30/2020 Phụ lục I)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

_HEADER: Final = re.compile(
    r"CỘNG H[ÒO][AÀ] XÃ HỘI|ĐẢNG CỘNG SẢN VIỆT NAM|Độc lập\s*[-–]\s*Tự do|^Số\s*:?\s*[\d.…/]|^V/v\s"
    r"|ngày\s[\s\d.…]*tháng\s[\s\d.…]*năm",
    re.MULTILINE,
)
_SIGNATURE: Final = re.compile(
    r"^Nơi nhận|^(?:TM|KT|TL|TUQ|Q)\s?\.\s?[A-ZĐÀ-Ỹ]|^[TK]/[MTL]\s"
    r"|^(?:PHÓ )?(?:CHỦ TỊCH|BỘ TRƯỞNG|THỦ TƯỚNG|GIÁM ĐỐC|BÍ THƯ|CHÁNH VĂN PHÒNG)"
    r"|^- (?:Như trên|Như Điều|Lưu)|^Kính gửi",
    re.MULTILINE,
)
_TASK_HEAD: Final = re.compile(r"^(?:S|Số )?TT$|chủ trì|phối hợp|ghi chú", re.IGNORECASE | re.MULTILINE)
_MOST_COLUMNS: Final = 3
_MOST_ROWS: Final = 6


def is_layout(rows: Sequence[Sequence[str]]) -> bool:
    """True for a table whose cells are parts of the page and no data; its cells are read as paragraphs."""
    columns = max(map(len, rows), default=0)
    if columns <= 1:
        return True
    if columns > _MOST_COLUMNS or len(rows) > _MOST_ROWS or any(_TASK_HEAD.search(cell.strip()) for cell in rows[0]):
        return False
    text = "\n".join(line.strip() for row in rows for cell in row for line in cell.split("\n"))
    return bool(_HEADER.search(text) or _SIGNATURE.search(text))

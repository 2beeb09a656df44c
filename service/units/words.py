"""The officers' words for kinds and levels of units, and the columns of the list that an office exports and imports."""

from __future__ import annotations

from typing import Final

from corpus.text import no_marks

TYPES: Final = {
    "department": "Sở",
    "board": "Ban, cơ quan tương đương sở",
    "branch": "Cơ quan ngành dọc",
    "executive": "Ủy ban nhân dân",
    "council": "Hội đồng nhân dân",
    "office": "Văn phòng, đơn vị trực thuộc",
    "party": "Cấp ủy",
    "party-office": "Ban, văn phòng của cấp ủy",
    "party-committee": "Đảng ủy trực thuộc",
    "front": "Mặt trận Tổ quốc",
    "mass": "Tổ chức chính trị - xã hội",
    "association": "Hội, hiệp hội",
    "ministry": "Bộ",
    "ministerial": "Cơ quan ngang bộ",
    "agency": "Cơ quan thuộc Chính phủ",
    "ubnd": "UBND cấp huyện, cấp xã",
    "enterprise": "Doanh nghiệp",
    "school": "Trường",
    "press": "Báo, đài",
    "other": "Khác",
}
LEVELS: Final = {"central": "Trung ương", "province": "Tỉnh", "district": "Huyện", "commune": "Xã"}


COLUMNS: Final = {
    "id": "Mã",
    "name": "Tên đơn vị",
    "also": "Tên khác",
    "abbr": "Viết tắt",
    "type": "Loại",
    "level": "Cấp",
    "parent": "Đơn vị cấp trên",
    "valid_from": "Từ ngày",
    "valid_to": "Đến ngày",
    "code": "Mã định danh",
    "successor": "Đơn vị kế thừa",
    "successor_date": "Ngày kế thừa",
    "basis": "Căn cứ",
    "groups": "Thuộc nhóm",
}
"""Keys and printed headings, in order; both are understood on import, also without marks."""


def key_of(said: str, words: dict[str, str]) -> str | None:
    """A key by itself or by its printed word, whatever the marks and case."""
    flat = " ".join(no_marks(said).split())
    for key, word in words.items():
        if flat in (key, no_marks(word)):
            return key
    return None

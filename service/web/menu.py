"""The entries of the menu and which of them a page belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Entry:
    """A place of the menu; ``pages`` are other beginnings of addresses that belong to it."""

    href: str
    label: str
    pages: tuple[str, ...] = ()

    def holds(self, path: str) -> int:
        """How many characters of the address say that it belongs here; 0: it does not."""
        heads = (self.href, *self.pages)
        return max((len(head) for head in heads if path == head or path.startswith(f"{head.rstrip('/')}/")), default=0)


DAILY: Final = (
    Entry("/nhap", "Nhập văn bản"),
    Entry("/ra-soat", "Rà soát nhiệm vụ", ("/nhiem-vu", "/danh-muc")),
    Entry("/doi-chieu", "Đối chiếu", ("/hai-ben",)),
    Entry("/theo-doi", "Bảng theo dõi", ("/dau-viec", "/hang-loat")),
    Entry("/bieu-mau", "Biểu mẫu, công văn", ("/cong-van",)),
)
"""The jobs of a day, in their order."""
MORE: Final = (
    Entry("/cham", "Chậm, chưa báo cáo"),
    Entry("/hoi", "Hỏi bằng lời"),
    Entry("/van-ban", "Văn bản", ("/chuoi",)),
    Entry("/du-thao", "Rà soát dự thảo"),
    Entry("/don-vi", "Đơn vị"),
    Entry("/mau", "Mẫu của cơ quan"),
)
HOME: Final = Entry("/", "Tổng quan")
REMINDERS: Final = Entry("/nhac-viec", "Nhắc việc")


def current(path: str) -> Entry | None:
    """The entry that an address belongs to; None: none, as for the search."""
    if path == "/":
        return HOME
    found = max((*DAILY, *MORE, REMINDERS), key=lambda entry: entry.holds(path))
    return found if found.holds(path) else None

"""Who issues: the names, the place and the signature that stand on official papers, from ``co-quan.toml``.

The file lies in the templates folder of the data folder; ``dondoc templates export`` writes one to be filled in.
"""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, Final

from service.errors import InvalidInput, InvalidSettings

FILE: Final = "co-quan.toml"
STATE: Final = "nha_nuoc"
PARTY: Final = "dang"
EXAMPLE: Final = """\
# Thông tin cơ quan in trên công văn, báo cáo, bảng tổng hợp.
he_thong = "nha_nuoc"          # nha_nuoc (Nghị định 30/2020/NĐ-CP) hoặc dang (Hướng dẫn 36-HD/VPTW)
co_quan_cap_tren = "UBND TỈNH …"
co_quan = "VĂN PHÒNG"
ten_day_du = "Văn phòng UBND tỉnh …"   # tên trong câu văn
dia_danh = "…"
ky_hieu = "VP-TH"              # in sau số: Số: 15/VP-TH; bên Đảng: Số 15-CV/VPTU thì ghi "CV/VPTU"
quyen_han = "TL. CHỦ TỊCH"     # để trống nếu không ký thừa lệnh; bên Đảng: T/L BAN THƯỜNG VỤ
chuc_vu = "CHÁNH VĂN PHÒNG"
nguoi_ky = ""
noi_nhan = ["Như trên"]
luu = "VT, TH"
bao_cao_cho = "Chủ tịch UBND tỉnh"   # nơi mà kết quả đôn đốc được báo cáo lên
"""


@dataclass(frozen=True, slots=True)
class Office:
    """The office as it is printed; names of fields are those of the file and of the templates."""

    he_thong: str = STATE
    co_quan_cap_tren: str = "TÊN CƠ QUAN CẤP TRÊN"
    co_quan: str = "TÊN CƠ QUAN"
    ten_day_du: str = ""
    dia_danh: str = "…………"
    ky_hieu: str = "…"
    quyen_han: str = ""
    chuc_vu: str = "CHỨC VỤ NGƯỜI KÝ"
    nguoi_ky: str = ""
    noi_nhan: tuple[str, ...] = ("Như trên",)
    luu: str = "VT"
    bao_cao_cho: str = "cấp có thẩm quyền"

    @property
    def party(self) -> bool:
        """Whether papers take the Party's form."""
        return self.he_thong == PARTY

    @property
    def ten(self) -> str:
        """The issuing body in running text: its full name, else the letterhead's without capitals."""
        if self.ten_day_du:
            return self.ten_day_du
        return self.co_quan.capitalize() if self.co_quan.isupper() else self.co_quan


LABELS: Final[dict[str, str]] = {
    "he_thong": "Thể thức văn bản",
    "co_quan_cap_tren": "Cơ quan cấp trên",
    "co_quan": "Cơ quan ban hành",
    "ten_day_du": "Tên đầy đủ trong câu văn",
    "dia_danh": "Địa danh",
    "ky_hieu": "Ký hiệu",
    "quyen_han": "Thẩm quyền ký",
    "chuc_vu": "Chức vụ người ký",
    "nguoi_ky": "Họ và tên người ký",
    "noi_nhan": "Nơi nhận",
    "luu": "Lưu",
    "bao_cao_cho": "Cấp nhận kết quả đôn đốc",
}
_NEEDED: Final = ("co_quan", "dia_danh", "ky_hieu", "chuc_vu")
_LONGEST, _MOST = 200, 30


def write_office(office: Office) -> str:
    """The office's file with these values, checked. InvalidInput says which is wrong."""
    for name in fields(office):
        value = getattr(office, name.name)
        for text in value if isinstance(value, tuple) else (value,):
            if len(text) > _LONGEST or not text.isprintable():
                raise InvalidInput(f"{LABELS[name.name]}: mỗi dòng không quá {_LONGEST} ký tự, không có ký tự lạ.")
    if missing := [LABELS[name] for name in _NEEDED if not getattr(office, name).strip()]:
        raise InvalidInput(f"Cần ghi: {', '.join(missing)}.")
    if office.he_thong not in (STATE, PARTY):
        raise InvalidInput(f"{LABELS['he_thong']}: “{office.he_thong}” không phải là thể thức nào.")
    if len(office.noi_nhan) > _MOST:
        raise InvalidInput(f"{LABELS['noi_nhan']}: không quá {_MOST} dòng.")
    lines = ["# Thông tin cơ quan in trên công văn, báo cáo, bảng tổng hợp."]
    # A TOML string is written as a JSON one; what is printable needs no other escape.
    for name in fields(office):
        value = getattr(office, name.name)
        lines.append(f"{name.name} = {json.dumps(value, ensure_ascii=False)}  # {LABELS[name.name]}")
    return "\n".join(lines) + "\n"


def load_office(folder: Path) -> Office:
    """What the office filled in; placeholders where there is no file yet."""
    path = folder / FILE
    return parse_office(path.read_bytes(), str(path)) if path.is_file() else Office()


def parse_office(data: bytes, path: str) -> Office:
    """The office in a file's bytes; InvalidSettings says what is wrong with it."""
    try:
        given = tomllib.loads(data.decode("utf-8-sig").replace("\r\n", "\n"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InvalidSettings(f"{FILE}: không đọc được ({error}).", file=path) from None
    return _checked(given, path)


def _checked(given: dict[str, Any], path: str) -> Office:
    known = {field.name for field in fields(Office)}
    if unknown := sorted(given.keys() - known):
        raise InvalidSettings(f"{FILE}: không có mục {', '.join(unknown)}; các mục: {', '.join(sorted(known))}.")
    if given.get("he_thong", STATE) not in (STATE, PARTY):
        raise InvalidSettings(f"{FILE}: he_thong là “{STATE}” hoặc “{PARTY}”.", file=path)
    names = given.get("noi_nhan", [])
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise InvalidSettings(f'{FILE}: noi_nhan là danh sách, ví dụ ["Như trên"].', file=path)
    texts = {name: value for name, value in given.items() if name != "noi_nhan"}
    if wrong := [name for name, value in texts.items() if not isinstance(value, str)]:
        raise InvalidSettings(f"{FILE}: {', '.join(wrong)} phải đặt trong ngoặc kép.", file=path)
    return replace(Office(**texts), noi_nhan=tuple(names) or Office().noi_nhan)

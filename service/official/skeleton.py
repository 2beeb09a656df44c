"""The templates as they come with the product: made by code, so that a change can be read, and given out as DOCX.

Marks in a template are Jinja's (docxtpl): ``{{ don_vi }}`` a value, ``{%tr for r in dong %}`` a row for each,
``{%p if … %}`` a paragraph under a condition. What an office may use in each template stands in docs/operations.md.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, Final

from docx.document import Document as Paper
from docx.enum.text import WD_BREAK
from docx.shared import Emu, Mm

from service import paper
from service.official.columns import FORM, LETTER, OVERDUE, SLIP, SUMMARY, Field
from service.tabular import Column


def _letterhead(made: Paper, *, letter: bool = False) -> None:
    """Boxes 1 to 4 of the form: who issues, the State's or the Party's name, number, place and day."""
    paper.line(made, "{%p if du_thao %}")
    paper.line(made, "DỰ THẢO", bold=True, align="right")
    paper.line(made, "{%p endif %}")
    left, right = paper.two_columns(made, (0.38, 0.62))
    whole = paper.width(made)
    paper.line(left, "{{ co_quan.co_quan_cap_tren }}", size=13, align="center")
    paper.line(left, "{{ co_quan.co_quan }}", size=13, bold=True, align="center")
    paper.line(left, "{%p if co_quan.party %}")
    paper.line(left, "*", size=13, align="center")
    paper.line(left, "{%p else %}")
    paper.rule(left, 0.35, int(whole * 0.36))
    paper.line(left, "{%p endif %}")
    paper.line(left, "{{ so_van_ban }}", size=13, align="center", before=4)
    if letter:
        paper.line(left, "V/v {{ ve_viec }}", size=12, align="center", before=4)
    paper.line(right, "{%p if co_quan.party %}")
    paper.line(right, "ĐẢNG CỘNG SẢN VIỆT NAM", size=14, bold=True, align="center")
    paper.line(right, "{%p else %}")
    paper.line(right, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", size=12, bold=True, align="center")
    paper.line(right, "Độc lập - Tự do - Hạnh phúc", size=13, bold=True, align="center")
    paper.line(right, "{%p endif %}")
    paper.rule(right, 0.45, int(whole * 0.6))
    paper.line(right, "{{ co_quan.dia_danh }}, {{ ngay_van_ban }}", size=13, italic=True, align="center", before=4)


def _title(made: Paper, kind: str, subject: str, below: str = "") -> None:
    paper.line(made, kind, bold=True, align="center", before=14)
    paper.line(made, subject, bold=True, align="center")
    if below:
        paper.line(made, below, size=13, italic=True, align="center")
    paper.rule(made, 0.25, paper.width(made))
    paper.line(made, " ", size=6)


def _signature(made: Paper) -> None:
    """Boxes 7 and 9b: who signs, who receives."""
    paper.line(made, " ", size=8)
    left, right = paper.two_columns(made, (0.5, 0.5))
    paper.line(left, "Nơi nhận:", size=12, bold=True, italic=True)
    paper.line(left, "{%p for n in co_quan.noi_nhan %}", size=11)
    paper.line(left, "- {{ n }};", size=11)
    paper.line(left, "{%p endfor %}", size=11)
    paper.line(left, "- Lưu: {{ co_quan.luu }}.", size=11)
    paper.line(right, "{%p if co_quan.quyen_han %}")
    paper.line(right, "{{ co_quan.quyen_han }}", bold=True, align="center")
    paper.line(right, "{%p endif %}")
    paper.line(right, "{{ co_quan.chuc_vu }}", bold=True, align="center")
    for _ in range(4):
        paper.line(right, " ")
    paper.line(right, "{{ co_quan.nguoi_ky }}", bold=True, align="center")


def _table(made: Paper, named: Sequence[Field], rows: str = "dong", *, size: float = 12, total: bool = False) -> None:
    columns = [column for _, column in named]
    table = paper.grid(made, columns, size=size)
    _row(table, columns, ["{%tr for r in " + rows + " %}"], size)
    _row(table, columns, ["{{ r." + name + " }}" for name, _ in named], size)
    _row(table, columns, ["{%tr endfor %}"], size)
    if total:
        _row(table, columns, ["{{ tong." + name + " }}" for name, _ in named], size, bold=True)


def _row(table: Any, columns: Sequence[Column], texts: Sequence[str], size: float, *, bold: bool = False) -> None:  # noqa: ANN401 - python-docx's table has no public type
    row = table.add_row()
    paper.whole_rows(row)
    for cell, text, column, width in zip(
        row.cells, [*texts, *[""] * (len(columns) - len(texts))], columns, table.columns, strict=True
    ):
        cell.width = Emu(width.width)
        paper.line(cell, text, size=size, bold=bold, align=column.align)


def _notes(made: Paper) -> None:
    paper.line(made, "{%p for g in ghi_chu %}")
    paper.line(made, "{{ g }}", size=12, italic=True, before=3, align="justify")
    paper.line(made, "{%p endfor %}")


def _new_page(made: Paper) -> None:
    made.add_paragraph().add_run().add_break(WD_BREAK.PAGE)


def _letter() -> Paper:
    made = paper.blank()
    _letterhead(made, letter=True)
    to = paper.line(made, "Kính gửi: {{ don_vi }}.", align="center", before=16, after=8)
    to.paragraph_format.left_indent = Mm(10)
    paper.line(made, "{%p if lan > 1 and truoc %}")
    paper.body(
        made,
        "{{ co_quan.ten }} đã có Công văn số {{ truoc.so }} ngày {{ truoc.ngay }} đôn đốc thực hiện các nhiệm vụ được giao. "
        "Qua theo dõi, đến hết ngày {{ ngay_so_lieu }}, {{ don_vi }} vẫn còn {{ tong_so }} nhiệm vụ chưa hoàn thành theo yêu cầu, "
        "gồm {{ so_qua_han }} nhiệm vụ quá hạn và {{ so_chua_bao_cao }} nhiệm vụ chưa báo cáo kết quả (chi tiết tại Phụ lục kèm theo).",
    )
    paper.line(made, "{%p else %}")
    paper.body(
        made,
        "Qua theo dõi việc thực hiện các nhiệm vụ được giao, đến hết ngày {{ ngay_so_lieu }}, {{ don_vi }} còn {{ tong_so }} "
        "nhiệm vụ cần đôn đốc, gồm {{ so_qua_han }} nhiệm vụ quá hạn chưa hoàn thành và {{ so_chua_bao_cao }} nhiệm vụ chưa "
        "báo cáo kết quả (chi tiết tại Phụ lục kèm theo).",
    )
    paper.line(made, "{%p endif %}")
    paper.body(
        made,
        "Để bảo đảm tiến độ, {{ co_quan.ten }} đề nghị {{ don_vi }} khẩn trương chỉ đạo hoàn thành các nhiệm vụ nêu trên; "
        "báo cáo kết quả kèm tài liệu kiểm chứng, nêu rõ lý do chậm và thời hạn hoàn thành đối với nhiệm vụ chưa xong, gửi về "
        "{{ co_quan.ten }} trước ngày {{ han_bao_cao }} để tổng hợp, báo cáo {{ co_quan.bao_cao_cho }}.",
    )
    paper.body(made, "{{ luu_y }}", size=13)
    paper.body(made, "{{ co_quan.ten }} đề nghị {{ don_vi }} quan tâm, phối hợp thực hiện./.")
    _signature(made)
    _new_page(made)
    paper.line(made, "PHỤ LỤC", bold=True, align="center")
    paper.line(made, "DANH MỤC NHIỆM VỤ ĐỀ NGHỊ KHẨN TRƯƠNG THỰC HIỆN", bold=True, align="center")
    paper.line(
        made,
        "(Kèm theo Công văn {{ so_va_ngay }} của {{ co_quan.ten }})",
        size=13,
        italic=True,
        align="center",
        after=8,
    )
    _table(made, LETTER)
    _notes(made)
    return made


def _summary() -> Paper:
    made = paper.blank(landscape=True)
    _letterhead(made)
    _title(
        made,
        "BẢNG TỔNG HỢP",
        "Tình hình thực hiện nhiệm vụ {{ pham_vi }}",
        "(Số liệu tính đến ngày {{ ngay_so_lieu }})",
    )
    _table(made, SUMMARY, total=True)
    _notes(made)
    _signature(made)
    return made


def _overdue() -> Paper:
    made = paper.blank(landscape=True)
    paper.line(made, "PHỤ LỤC", bold=True, align="center")
    paper.line(made, "DANH MỤC NHIỆM VỤ QUÁ HẠN {{ pham_vi|upper }}", bold=True, align="center")
    paper.line(made, "(Kèm theo {{ so_va_ngay }} của {{ co_quan.ten }};", size=13, italic=True, align="center")
    paper.line(made, "số liệu tính đến ngày {{ ngay_so_lieu }})", size=13, italic=True, align="center", after=8)
    _table(made, OVERDUE)
    _notes(made)
    return made


def _slip() -> Paper:
    made = paper.blank(landscape=True)
    _letterhead(made)
    _title(made, "PHIẾU THEO DÕI", "Thực hiện {{ van_ban.ten }}", "(Số liệu tính đến ngày {{ ngay_so_lieu }})")
    paper.line(made, "Trích yếu: {{ van_ban.trich_yeu }}", size=13, before=3)
    paper.line(made, "Cơ quan ban hành: {{ van_ban.co_quan_ban_hanh }}", size=13, before=3)
    paper.line(made, "{{ tinh_hinh }}", size=13, before=3, after=6, align="justify")
    _table(made, SLIP)
    _notes(made)
    _signature(made)
    return made


def _merged() -> Paper:
    made = paper.blank()
    _letterhead(made)
    _title(made, "BÁO CÁO", "Tổng hợp kết quả thực hiện nhiệm vụ {{ pham_vi }}")
    paper.line(made, "I. TÌNH HÌNH CHUNG", bold=True, before=6)
    paper.body(made, "{{ tinh_hinh }}")
    paper.line(made, "II. KẾT QUẢ THỰC HIỆN TỪNG NHIỆM VỤ", bold=True, before=10)
    paper.line(made, "{%p for n in nhiem_vu %}")
    paper.body(made, "{{ n.tt }}. {{ n.ten }}").runs[0].bold = True
    paper.line(made, "Chủ trì: {{ n.don_vi }}. {{ n.han }}. {{ n.tinh_trang }}.", size=13, italic=True, align="justify")
    paper.line(made, "{%p for k in n.ket_qua %}")
    result = paper.body(made, "- {{ k.noi_dung }} ")
    paper.add(result, "({{ k.nguon }})", size=12, italic=True)
    paper.line(made, "{%p endfor %}")
    paper.line(made, "{%p if not n.ket_qua %}")
    paper.body(made, "- {{ n.khong_co }}")
    paper.line(made, "{%p endif %}")
    paper.line(made, "{%p endfor %}")
    paper.line(made, "III. NHIỆM VỤ QUÁ HẠN, CHƯA BÁO CÁO", bold=True, before=10, after=4)
    paper.line(made, "{%p if not dong %}")
    paper.body(made, "Không có nhiệm vụ quá hạn, chưa báo cáo tính đến ngày {{ ngay_so_lieu }}.")
    paper.line(made, "{%p else %}")
    _table(made, LETTER)
    paper.line(made, "{%p endif %}")
    paper.line(made, "IV. NGUỒN SỐ LIỆU", bold=True, before=10)
    paper.line(made, "{%p for s in nguon %}")
    paper.body(made, "{{ s }}", size=13)
    paper.line(made, "{%p endfor %}")
    _notes(made)
    _signature(made)
    return made


def _form() -> Paper:
    made = paper.blank(landscape=True)
    left, right = paper.two_columns(made, (0.44, 0.56))
    paper.line(left, "{{ don_vi|upper }}", size=13, bold=True, align="center")
    paper.rule(left, 0.35, int(paper.width(made) * 0.42))
    paper.line(left, "Số:        /BC-……", size=13, align="center", before=4)
    paper.line(right, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", size=12, bold=True, align="center")
    paper.line(right, "Độc lập - Tự do - Hạnh phúc", size=13, bold=True, align="center")
    paper.rule(right, 0.5, int(paper.width(made) * 0.54))
    paper.line(right, "……………, ngày      tháng      năm 20…", size=13, italic=True, align="center", before=4)
    _title(made, "BÁO CÁO", "Kết quả thực hiện các nhiệm vụ được giao{{ ky }}")
    paper.line(made, "Kính gửi: {{ co_quan.ten }}.", align="center", after=6)
    paper.body(made, "Thực hiện {{ can_cu }}, {{ don_vi }} báo cáo kết quả như sau:")
    paper.line(made, " ", size=6)
    _table(made, FORM)
    paper.line(made, "{{ huong_dan }}", size=12, italic=True, before=4, align="justify")
    paper.line(made, " ", size=8)
    signs, right = paper.two_columns(made, (0.5, 0.5))
    paper.line(signs, "Nơi nhận:", size=12, bold=True, italic=True)
    paper.line(signs, "- {{ co_quan.ten }};", size=11)
    paper.line(signs, "- Lưu: VT.", size=11)
    paper.line(right, "THỦ TRƯỞNG ĐƠN VỊ", bold=True, align="center")
    return made


MAKERS: Final[dict[str, tuple[str, Callable[[], Paper]]]] = {
    "cong-van-don-doc": ("Công văn đôn đốc", _letter),
    "bang-tong-hop": ("Bảng tổng hợp tình hình thực hiện nhiệm vụ", _summary),
    "phu-luc-qua-han": ("Phụ lục nhiệm vụ quá hạn", _overdue),
    "phieu-theo-doi": ("Phiếu theo dõi", _slip),
    "bao-cao-tong-hop": ("Báo cáo tổng hợp", _merged),
    "mau-bao-cao": ("Mẫu báo cáo của đơn vị", _form),
}


@cache
def built_in(name: str) -> bytes:
    """A template as it comes with the product."""
    out = io.BytesIO()
    MAKERS[name][1]().save(out)
    return out.getvalue()

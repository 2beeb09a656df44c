"""Mẫu của cơ quan, by keyboard: names saved, a template tried, refused, used, looked at, and taken back."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE
from tests.browser.doing import press, type_in
from tests.browser.shots import shot
from tests.browser.test_every_page import AXE_SCRIPT, serious, too_wide
from tests.integration.test_print_changes import NAME, with_line

pytestmark = pytest.mark.browser
TITLE = "Bảng tổng hợp tình hình thực hiện nhiệm vụ"


def test_an_office_prints_its_own_names_and_template(office: Page, tmp_path: Path) -> None:
    office.goto("/mau")
    type_in(office, office.get_by_label("Họ và tên người ký"), "Trần Thị Bình")
    press(office, office.get_by_role("button", name="Lưu thông tin cơ quan"))
    expect(office.get_by_role("status")).to_have_text("Đã lưu thông tin cơ quan.")
    expect(office.get_by_label("Họ và tên người ký")).to_have_value("Trần Thị Bình")
    card = office.locator(f"#{NAME}")
    (tmp_path / "sai.docx").write_bytes(with_line(NAME, "{{ dia_dan }}"))
    card.locator("input[type=file]").set_input_files(tmp_path / "sai.docx")
    press(office, card.get_by_role("button", name="Dùng mẫu này"))
    expect(office.get_by_role("alert")).to_contain_text("có trường không tồn tại: “dia_dan”")
    (tmp_path / "của cơ quan.docx").write_bytes(with_line(NAME, "Phòng Tổng hợp lập bảng."))
    card.locator("input[type=file]").set_input_files(tmp_path / "của cơ quan.docx")
    press(office, card.get_by_role("button", name="Dùng mẫu này"))
    expect(card).to_contain_text("Mẫu của cơ quan · Nguyễn Văn Thử sửa (của cơ quan.docx)")
    office.evaluate(AXE_SCRIPT)
    assert serious(office) == []
    shot(office, "mau-cua-co-quan")
    office.set_viewport_size(PHONE)
    assert not too_wide(office)
    shot(office, "mau-cua-co-quan-dien-thoai")
    press(office, card.get_by_role("link", name="Xem thử"))
    expect(office.locator(".sheet")).to_contain_text("Phòng Tổng hợp lập bảng.")
    expect(office.locator(".sheet")).to_contain_text("Trần Thị Bình")
    assert not too_wide(office)
    office.evaluate(AXE_SCRIPT)
    assert serious(office) == []
    shot(office, "mau-xem-thu")
    office.goto("/mau")
    press(office, office.get_by_role("button", name=f"Dùng lại mẫu của chương trình: {TITLE}"))
    expect(card).to_contain_text("Mẫu của chương trình")
    press(office, office.get_by_role("button", name="Dùng lại bản số").first)
    expect(card).to_contain_text("Mẫu của cơ quan")

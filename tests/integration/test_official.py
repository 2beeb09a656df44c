"""Official papers: what counts, what is printed beside, the form, templates that an office changed."""

import datetime as dt
from pathlib import Path

import pytest
from docx import Document

from service import official
from service.errors import DondocError, InvalidInput, InvalidSettings
from service.gaps import GapQuery
from service.official.sample import check_templates
from service.report_form import code_of, parse
from tests.outputs import (
    AS_OF,
    AT,
    DONE,
    LATE,
    OPEN,
    OTHER,
    SNV,
    STC,
    Bench,
    below,
    bench,
    docx_table,
    paragraphs,
    xlsx_rows,
)


@pytest.fixture
def app(tmp_path: Path) -> Bench:
    return bench(tmp_path)


def made(app: Bench, kind: str, form: str = "docx", **query: object) -> bytes:
    return official.make(app, kind, GapQuery(as_of=AS_OF, **query), form, at=AT).data  # type: ignore[arg-type]


def test_the_summary_counts_confirmed_tasks_and_links_and_prints_its_bases(app: Bench) -> None:
    rows = docx_table(made(app, "bang-tong-hop"), 1)
    assert rows[2:] == [
        ["1", SNV, "3", "1", "0", "1", "1", "0", "33,33% (1/3)", "50,00% (1/2)", "0"],
        ["2", STC, "1", "0", "0", "0", "1", "0", "0,00% (0/1)", "0,00% (0/1)", "0"],
        ["", "Tổng số", "4", "1", "0", "1", "2", "0", "25,00% (1/4)", "33,33% (1/3)", "0"],
    ]
    text = "\n".join(paragraphs(made(app, "bang-tong-hop")))
    assert "1 đầu việc của nhiệm vụ dự kiến, chờ duyệt" in text
    assert "Lần nhập văn bản gần nhất" in text


def test_a_proposal_counts_only_once_a_person_confirms_it(app: Bench) -> None:
    [item] = app.office.report(
        SNV, dt.date(2026, 2, 25), (f"{LATE}: đã ban hành Quyết định số 9/QĐ-SNV", "done"), symbol="2/BC"
    )
    link = app.office.link(item, LATE)
    assert docx_table(made(app, "bang-tong-hop"), 1)[2][3:11] == [
        "1",
        "0",
        "1",
        "1",
        "0",
        "33,33% (1/3)",
        "50,00% (1/2)",
        "1",
    ]
    app.store.decide(link.id, "confirmed", by="A", at=AT)
    assert docx_table(made(app, "bang-tong-hop"), 1)[2][3:11] == [
        "2",
        "0",
        "1",
        "0",
        "0",
        "66,67% (2/3)",
        "100,00% (2/2)",
        "0",
    ]


@pytest.mark.parametrize("kind", [kind for kind in official.KINDS if kind != "mau-bao-cao"])
def test_xlsx_and_csv_hold_the_rows_of_the_docx(app: Bench, kind: str) -> None:
    rows = list(below(xlsx_rows(made(app, kind, "xlsx")), "TT"))
    lines = made(app, kind, "csv").decode("utf-8-sig").splitlines()
    numbers = [row for row in rows if isinstance(row[0], int)]
    assert len(numbers) == sum(line[:1].isdigit() for line in lines)
    if kind != "bao-cao-tong-hop":
        assert len(numbers) == sum(
            row[0].isdigit() for row in docx_table(made(app, kind), -2 if kind != "phu-luc-qua-han" else -1)
        )


def test_the_letterhead_has_the_form_of_the_decree(app: Bench) -> None:
    folder = official.folder(app.settings.home)
    folder.mkdir()
    (folder / "co-quan.toml").write_text(
        'co_quan_cap_tren = "UBND TỈNH A"\nco_quan = "VĂN PHÒNG"\ndia_danh = "Thành phố A"\nky_hieu = "VP-TH"\n'
        'quyen_han = "TL. CHỦ TỊCH"\nchuc_vu = "CHÁNH VĂN PHÒNG"\nnguoi_ky = "Trần Văn B"\nluu = "VT, TH"\n',
        encoding="utf-8",
    )
    said = paragraphs(made(app, "bang-tong-hop"))
    wanted = [
        "UBND TỈNH A", "VĂN PHÒNG", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "BẢNG TỔNG HỢP",
        "Nơi nhận:", "- Như trên;", "- Lưu: VT, TH.", "TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG", "Trần Văn B",
    ]  # fmt: skip
    assert [text for text in wanted if text not in said] == []
    assert "Thành phố A, ngày      tháng 3 năm 2026" in said
    (folder / "co-quan.toml").write_text('he_thong = "dang"\nco_quan = "VĂN PHÒNG"\n', encoding="utf-8")
    party = paragraphs(made(app, "bang-tong-hop"))
    assert "ĐẢNG CỘNG SẢN VIỆT NAM" in party
    assert "*" in party
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" not in party


def test_the_annex_lists_what_is_overdue_the_longest_first(app: Bench) -> None:
    rows = docx_table(made(app, "phu-luc-qua-han"))[1:]
    assert [(row[1], row[2].split(" (DD")[0], row[5], row[6]) for row in rows] == [
        (SNV, LATE, "28/02/2026", "31"),
        (STC, OTHER, "15/03/2026", "16"),
    ]


def test_the_slip_is_of_one_directive(app: Bench) -> None:
    rows = docx_table(made(app, "phieu-theo-doi", directive="10/KH-UBND"), 1)[1:]
    assert [row[6] for row in rows] == [
        "Chưa hoàn thành, quá hạn", "Đã hoàn thành đúng hạn", "Chưa hoàn thành, trong hạn", "Chưa hoàn thành, quá hạn",
    ]  # fmt: skip
    assert rows[1][7].startswith("Báo cáo số 1/BC ngày 20/02/2026")
    app.office.directive("11/KH-UBND", dt.date(2026, 1, 6), *[])
    app.office.report(STC, AS_OF, ("x", "done"))
    with pytest.raises(InvalidInput, match="một văn bản"):
        official.make(app, "phieu-theo-doi", GapQuery(as_of=AS_OF, unit="Sở Ngoại vụ"), "docx", at=AT)


def test_the_merged_report_names_the_source_of_each_statement(app: Bench) -> None:
    text = "\n".join(paragraphs(made(app, "bao-cao-tong-hop")))
    assert "đã ban hành Quyết định số 12/QĐ-SNV (Báo cáo số 1/BC ngày 20/02/2026 của Sở Nội vụ)" in text
    assert "nhận ngày 20/02/2026" in text
    assert text.count("Chưa có báo cáo được xác nhận.") == 3


def test_a_units_form_names_its_open_tasks_by_code(app: Bench) -> None:
    rows = docx_table(made(app, "mau-bao-cao", unit=SNV), 1)[1:]
    assert [row[1] for row in rows] == [LATE, OPEN]
    assert [parse(row[0]) for row in rows] == [app.task_id(LATE), app.task_id(OPEN)]
    assert rows[0][0] == code_of(app.task_id(LATE))
    assert DONE not in [row[1] for row in rows]
    forms = list(official.unit_forms(app, GapQuery(as_of=AS_OF), "xlsx", at=AT))
    assert [each.name for each in forms] == [
        "mau-bao-cao-so-noi-vu-2026-03-31.xlsx", "mau-bao-cao-so-tai-chinh-2026-03-31.xlsx",
    ]  # fmt: skip
    with pytest.raises(InvalidInput, match="chọn đơn vị"):
        made(app, "mau-bao-cao")


def test_an_office_changes_a_template_and_keeps_what_it_filled_in(app: Bench) -> None:
    home = app.settings.home
    written, kept = official.export(home)
    assert len(written) == len(official.NAMES) + 1
    assert kept == []
    path = official.own(home, "bang-tong-hop")
    assert path is not None
    template = Document(str(path))
    template.add_paragraph("Phòng Theo dõi nhiệm vụ lập bảng, {{ pham_vi }}.")
    template.save(str(path))
    assert paragraphs(made(app, "bang-tong-hop"))[-1] == "Phòng Theo dõi nhiệm vụ lập bảng, được giao."
    (official.folder(home) / "co-quan.toml").write_text('co_quan = "VĂN PHÒNG"', encoding="utf-8")
    written, kept = official.export(home, over=True)
    assert [one.name for one in kept] == ["co-quan.toml"]
    assert list(check_templates(home)) == [(name, None) for name in official.NAMES]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{{ don_vii }}", "don_vii"),
        ("{{ co_quan.mat_khau }}", "mat_khau"),
        ("{% if %}", "viết sai"),
        ("{{ co_quan.__class__.__mro__ }}", "không được phép|không tồn tại"),
    ],
)
def test_a_wrong_template_is_told_by_name(app: Bench, text: str, said: str) -> None:
    official.export(app.settings.home)
    path = official.own(app.settings.home, "bang-tong-hop")
    assert path is not None
    template = Document(str(path))
    template.add_paragraph(text)
    template.save(str(path))
    with pytest.raises(InvalidInput, match=f"bang-tong-hop.docx.*({said})"):
        made(app, "bang-tong-hop")
    assert [name for name, problem in check_templates(app.settings.home) if problem] == ["bang-tong-hop"]


def test_a_file_that_is_no_template_and_bad_office_facts_are_told(app: Bench) -> None:
    official.export(app.settings.home)
    folder = official.folder(app.settings.home)
    (folder / "bang-tong-hop.docx").write_bytes(b"not a docx")
    with pytest.raises(InvalidInput, match=r"bang-tong-hop\.docx"):
        made(app, "bang-tong-hop")
    for text, said in (
        ("co_quann = 'x'", "co_quann"),
        ("he_thong = 'x'", "he_thong"),
        ("luu = 3", "luu"),
        ("= 1", "đọc"),
    ):
        (folder / "co-quan.toml").write_text(text, encoding="utf-8")
        with pytest.raises(InvalidSettings, match=said):
            made(app, "phu-luc-qua-han")


def test_hostile_text_stays_text(app: Bench) -> None:
    evil = "{{ 7*7 }} <w:p/> & ]]> \x07 {% raw %}"
    app.office.directive("12/KH-UBND", dt.date(2026, 1, 7), *[])
    app.store.put_contact("x", "y", by="z", at=AT)
    from tests.office import task

    app.office.directive("13/KH-UBND", dt.date(2026, 1, 8), task(evil, STC, due=dt.date(2026, 2, 1)))
    app.store.confirm_task(app.task_id(evil), by="A", at=AT)
    assert any("{{ 7*7 }} <w:p/> & ]]>" in text for text in paragraphs(made(app, "phu-luc-qua-han")))


def test_an_unknown_paper_is_told(app: Bench) -> None:
    with pytest.raises(DondocError, match="bang-tong-hop"):
        official.make(app, "khong-co", GapQuery(), "docx", at=AT)

"""Lược đồ, the citation graph and annotated texts: complete, linked, safe to open."""

from __future__ import annotations

import csv
import datetime as dt
import io
from pathlib import Path

import pytest
from defusedxml import ElementTree

from corpus.reader import read_bytes
from nlp.pipeline import extract
from service import annotate
from service.diagram import diagram, svg
from service.graph_export import COLUMNS, edges, to_csv, to_graphml
from service.jobs.reading import intake_of
from service.records import StoredDocument
from tests.office import NOON, Office

DECREE = "CHÍNH PHỦ\nSố: 45/2020/NĐ-CP\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nHà Nội, ngày 08 tháng 4 năm 2020\n\nNGHỊ ĐỊNH\nVề thủ tục\n\nĐiều 1. Phạm vi\n1. Một.\nĐiều 2. Hiệu lực\nNghị định này có hiệu lực từ ngày 22/5/2020.\n"
PLAN = (
    "ỦY BAN NHÂN DÂN TỈNH A\nSố: 88/KH-UBND\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nA, ngày 15 tháng 6 năm 2022\n\nKẾ HOẠCH\nTriển khai <b>& hơn</b>\n\n"
    "Căn cứ Nghị định số 45/2020/NĐ-CP ngày 08 tháng 4 năm 2020 của Chính phủ;\nThực hiện Quyết định số 468/QĐ-TTg ngày 27 tháng 3 năm 2021 của Thủ tướng Chính phủ.\n"
    "1. Theo điểm a khoản 2 Điều 5 Nghị định số 45/2020/NĐ-CP.\n"
)


def take(office: Office, text: str) -> StoredDocument:
    document = read_bytes(text.encode(), "van-ban.txt")
    return office.store.add(intake_of(document, extract(document)), at=dt.datetime.combine(dt.date(2026, 1, 1), NOON))


@pytest.fixture
def filled(office: Office) -> tuple[Office, StoredDocument, StoredDocument]:
    return office, take(office, DECREE), take(office, PLAN)


def test_the_diagram_groups_by_relation_on_both_sides(filled: tuple[Office, StoredDocument, StoredDocument]) -> None:
    office, decree, plan = filled
    around = diagram(office.store, plan.id)
    assert [(g.words, [n.label for n in g.neighbours]) for g in around.left] == [
        ("Căn cứ", ["Nghị định 45/2020/NĐ-CP"]),
        ("Triển khai thực hiện văn bản", ["Quyết định 468/QĐ-TTg"]),
    ]
    assert [n.id for g in around.left for n in g.neighbours] == [decree.id, None]
    [group] = diagram(office.store, decree.id).right
    assert (group.words, group.neighbours[0].id, group.neighbours[0].count) == ("Văn bản lấy làm căn cứ", plan.id, 2)


def test_the_picture_is_xml_with_a_title_links_and_no_script(
    filled: tuple[Office, StoredDocument, StoredDocument],
) -> None:
    office, decree, plan = filled
    picture = svg(diagram(office.store, plan.id))
    root = ElementTree.fromstring(picture)
    space = {"s": "http://www.w3.org/2000/svg"}
    assert root.findtext("s:title", "", space) == "Lược đồ Kế hoạch 88/KH-UBND"
    assert "Nghị định 45/2020/NĐ-CP" in root.findtext("s:desc", "", space)
    assert f"/van-ban/{decree.id}" in {a.get("href") for a in root.iter("{http://www.w3.org/2000/svg}a")}
    assert "<script" not in picture


def test_the_graph_as_csv_has_a_line_for_each_citation(filled: tuple[Office, StoredDocument, StoredDocument]) -> None:
    office, decree, plan = filled
    rows = list(csv.DictReader(io.StringIO("".join(to_csv(edges(office.store))))))
    assert tuple(rows[0]) == COLUMNS
    assert [(r["relation"], r["to_symbol"], r["to_id"], r["resolution"]) for r in rows] == [
        ("basis", "45/2020/NĐ-CP", str(decree.id), "resolved"),
        ("implements", "468/QĐ-TTg", "", "unresolved"),
        ("per", "45/2020/NĐ-CP", str(decree.id), "resolved"),
    ]
    assert rows[2]["locators"] == "điểm a khoản 2 Điều 5"
    assert {r["from_id"] for r in rows} == {str(plan.id)}


def test_no_cell_is_a_formula() -> None:
    from service.graph_export import _cell

    assert [_cell(value) for value in ("=1+1", " -2", "@x", "45/2020/NĐ-CP", None, 5)] == [
        "'=1+1",
        "' -2",
        "'@x",
        "45/2020/NĐ-CP",
        "",
        "5",
    ]


def test_graphml_has_kept_and_cited_documents_as_nodes(filled: tuple[Office, StoredDocument, StoredDocument]) -> None:
    office, _, _ = filled
    root = ElementTree.fromstring("".join(to_graphml(office.store)))
    space = "{http://graphml.graphdrawing.org/xmlns}"
    nodes = {node.get("id") for node in root.iter(f"{space}node")}
    links = [(edge.get("source"), edge.get("target")) for edge in root.iter(f"{space}edge")]
    assert len(nodes) == 3
    assert len(links) == 3
    assert all(a in nodes and b in nodes for a, b in links)


def test_the_page_stands_alone_and_links_every_citation_both_ways() -> None:
    document = read_bytes(PLAN.encode(), "a.txt")
    facts = extract(document)
    page = annotate.to_html(document, facts.header, facts.citations)
    for place in range(len(facts.citations)):
        assert f'id="vd-{place}"' in page
        assert f'href="#vd-{place}"' in page
    assert page.count('href="#vb-1"') == 2
    assert "&lt;b&gt;&amp; hơn&lt;/b&gt;" in page
    assert "http" not in page.replace("http-equiv", "")
    assert "<script" not in page


def test_akoma_ntoso_refers_to_work_and_place() -> None:
    document = read_bytes(PLAN.encode(), "a.txt")
    facts = extract(document)
    root = ElementTree.fromstring(annotate.to_akn(document, facts.header, facts.citations, on=dt.date(2026, 1, 1)))
    space = "{http://docs.oasis-open.org/legaldocml/ns/akn/3.0}"
    refs = {ref.get("href"): ref.text for ref in root.iter(f"{space}ref")}
    assert (
        refs["/akn/vn/act/nghi-dinh/2020-04-08/45-2020-nd-cp"]
        == "Nghị định số 45/2020/NĐ-CP ngày 08 tháng 4 năm 2020 của Chính phủ"
    )
    assert "/akn/vn/act/nghi-dinh/2020/45-2020-nd-cp/!main~art_5__para_2__point_a" in refs
    text = "".join(root.find(f".//{space}mainBody").itertext())  # type: ignore[union-attr]
    assert "".join(text.split()) == "".join(document.text.split())


def test_tables_keep_their_cells(tmp_path: Path) -> None:
    html = "<table><tr><td>1</td><td>Theo Nghị định số 45/2020/NĐ-CP</td></tr></table>"
    document = read_bytes(html.encode(), "bang.html")
    facts = extract(document)
    page = annotate.to_html(document, facts.header, facts.citations)
    assert "<td>1</td><td>Theo <a class" in page
    assert tmp_path.exists()


def test_letters_and_articles_in_identifiers() -> None:
    assert annotate.fragment(("Chương II", "Điều 5a", "khoản 2", "điểm đ")) == "art_5a__para_2__point_dd"
    assert annotate.iri("88/KH-UBND", "Kế hoạch", dt.date(2022, 6, 15)) == "/akn/vn/doc/ke-hoach/2022-06-15/88-kh-ubnd"
    assert annotate.iri(None, "Luật", None, "Luật Đất đai") == "/akn/vn/act/luat/nodate/luat-dat-dai"

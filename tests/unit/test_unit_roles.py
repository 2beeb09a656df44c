"""A role that names nobody is filled by the table of a cited text, as a proposal."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from nlp.model import Citation, Extraction, Header, Task
from service.units.roles import assignment_tables
from tests.contract.store_suite import AT, document, intake_of
from tests.office import Office

ROLE = "các đơn vị được giao nhiệm vụ chủ trì trực tiếp các chỉ số thành phần"
DAY = dt.date(2019, 9, 3)


def row(text: str, *lead: str, in_table: bool = True) -> Task:
    return Task(text, text, 0, len(text), lead=lead, in_table=in_table, section=("Chỉ số thành phần PCI",))


def test_the_cited_plans_table_tells_who_is_meant(office: Office) -> None:
    plan = Header(symbol="138/KH-UBND", kind="Kế hoạch", date=DAY)
    tasks = (
        row("Gia nhập thị trường", "Sở Kế hoạch và Đầu tư"),
        row("Tiếp cận đất đai", "Sở Tài nguyên và Môi trường"),
    )
    other = replace(row("Giải quyết kiến nghị", "Sở Nội vụ", in_table=False), section=())
    office.store.add(intake_of(document("a"), Extraction(plan, tasks=(*tasks, other))), at=AT)
    cited = Citation("Kế hoạch số 138/KH-UBND", 0, 23, symbol="138/KH-UBND", date=DAY)
    program = Header(symbol="41-KH/TU", date=dt.date(2022, 1, 12))
    citing = office.store.add(intake_of(document("b"), Extraction(program, citations=(cited,))), at=AT)
    [table] = assignment_tables(office.store, citing.id, ROLE)
    assert table.document.header.symbol == "138/KH-UBND"
    assert table.units == ("Sở Kế hoạch và Đầu tư", "Sở Tài nguyên và Môi trường")
    assert assignment_tables(office.store, citing.id, "Sở Nội vụ") == ()

"""Linking and gaps over the sample corpus's true facts: real store, real index, no reader in between."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from nlp.model import Citation, Deadline, Every, Header, Period, Report, ReportItem, Task
from nlp.units import unit_key
from service import linking
from service.bootstrap import App, open_app
from service.errors import InvalidInput, NotFound
from service.gaps import gaps, parse_query
from service.indexing import apply_outbox
from service.records import Intake
from service.settings import Settings

DEMO = Path(__file__).resolve().parents[2] / "service" / "demo"
AT = dt.datetime(2022, 12, 31, 8, tzinfo=dt.UTC)
Facts = dict[str, Any]


def day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def truth() -> Facts:
    found: Facts = json.loads((DEMO / "truth.json").read_text(encoding="utf-8"))
    return found


def arrivals() -> dict[str, dt.date]:
    rows = [row.split(",") for row in (DEMO / "arrivals.csv").read_text(encoding="utf-8").splitlines()[1:]]
    return {row[0]: dt.date(*reversed([int(part) for part in row[2].split("/")])) for row in rows}


def deadline(facts: Facts | None) -> Deadline | None:
    if facts is None:
        return None
    dates = {"start": day(facts.get("start")), "due": day(facts.get("due"))}
    every = Every(**facts["every"]) if facts.get("every") else None
    kept = {key: facts[key] for key in ("text", "inclusive", "recurrence") if key in facts}
    return Deadline(**{**kept, **dates, "every": every})


def tasks(facts: Facts) -> tuple[Task, ...]:
    return tuple(
        Task(
            f"n{number}",
            task["text"],
            0,
            0,
            in_table=task["lead_source"] == "table",
            lead=tuple(task["lead"]),
            coordinators=tuple(task["coordinators"]),
            deadline=deadline(task["deadline"]),
            product=task["product"],
            class_=task["class"],
            row=task["row"],
        )
        for number, task in enumerate(facts["tasks"])
    )


def report(facts: Facts) -> Report | None:
    given = facts["report"]
    if given is None:
        return None
    period = given["period"] and Period(
        day(given["period"]["from"]), day(given["period"]["to"]), given["period"]["label"]
    )
    items = tuple(
        ReportItem(
            f"m{number}",
            item["text"],
            0,
            0,
            claimed_status=item["claimed_status"],
            late=item["late"],
            citations=tuple(item["citations"]),
            section=item.get("section"),
        )
        for number, item in enumerate(given["items"])
    )
    return Report(given["unit"], period, tuple(given["answers"]), items)


def intake(facts: Facts, number: int, arrived: dt.date) -> Intake:
    header = Header(**{**facts["header"], "date": day(facts["header"]["date"])})
    cited = tuple(
        Citation(c["text"], 0, 0, symbol=c["symbol"], kind=c["kind"], date=day(c["date"]), issuer=c["issuer"])
        for c in facts["citations"]
    )
    return Intake(
        sha256=f"{number:064x}",
        file=facts["file"],
        media_type="text/plain",
        status="ok",
        pages=1,
        problems=(),
        text="",
        layout={"blocks": [], "tables": [], "furniture": [], "page_marks": []},
        header=header,
        role=facts["role"],
        citations=cited,
        tasks=tasks(facts),
        report=report(facts),
        arrived=arrived,
    )


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    days = arrivals()
    with open_app(Settings(home=tmp_path_factory.mktemp("true"), processes=0)) as opened:
        for number, facts in enumerate(truth()["files"]):
            opened.store.add(intake(facts, number, days[facts["file"]]), at=AT)
        apply_outbox(opened)
        linking.link_all(opened)
        yield opened


def test_each_item_gets_its_task_and_the_others_none(app: App) -> None:
    expected = {
        item["text"]: item["link"] and item["link"]["text"]
        for facts in truth()["files"]
        for item in (facts["report"] or {"items": []})["items"]
    }
    found = {line["item"]["text"]: line["task"] and line["task"]["text"] for line in linking.links(app)}
    assert found == expected


def test_lines_follow_the_contract(app: App) -> None:
    lines = list(linking.links(app, candidates=3, report="903/BC-SNV"))
    assert {line["report"]["symbol"] for line in lines} == {"903/BC-SNV"}
    assert [line["rank"] for line in lines if line["item"]["id"] == "m0"] == [1, 2, 3]
    first = lines[0]
    assert set(first) >= {
        "report", "item", "rank", "task", "probability", "calibrated", "reasons", "decision", "scorer",
    }  # fmt: skip
    assert set(first["task"]) >= {"id", "text", "directive", "lead", "deadline"}
    assert first["task"]["directive"]["symbol"] == "88/KH-UBND"
    assert first["calibrated"] is True
    assert {"answers_directive", "lead"} <= {reason["code"] for reason in first["reasons"]}
    nothing = list(linking.links(app, report="458/BC-STC"))
    assert all(line["task"] is None and line["decision"] == "none" and line["probability"] > 0.5 for line in nothing)


def test_the_matrix_is_the_true_one(app: App) -> None:
    facts = truth()
    query = parse_query(app.store, as_of=facts["as_of"], settings=app.settings)
    cells = {
        (c["task"]["text"], unit_key(c["unit"] or ""), c["period"]): c
        for c in (g.to_json() for g in gaps(app.store, query))
    }
    keys = ("due", "task_status", "report_status", "claimed", "done_date")
    for fact in facts["gaps"]:
        cell = cells[(fact["task"]["text"], unit_key(fact["unit"]), fact["period"])]
        assert {key: cell[key] for key in keys} == {key: fact[key] for key in keys}, fact["task"]["text"]


def test_linking_again_changes_nothing(app: App) -> None:
    before = [(line["item"]["id"], line["task"], line["probability"]) for line in linking.links(app, candidates=5)]
    for document in app.store.documents(role="report"):
        linking.link_report(app, document.id)
    assert [
        (line["item"]["id"], line["task"], line["probability"]) for line in linking.links(app, candidates=5)
    ] == before


def test_what_a_person_decided_stays(app: App) -> None:
    line = next(linking.links(app, report="530/BC-VP"))
    document = next(d for d in app.store.documents(role="report") if d.header.symbol == "530/BC-VP")
    linking.decide(app, line["id"], "rejected", by="Nguyễn Văn A")
    linking.link_report(app, document.id)
    again = next(linking.links(app, report="530/BC-VP", candidates=5))
    assert (again["task"] or {}).get("text") != line["task"]["text"]
    assert app.store.link(line["id"]).decision == "rejected"  # type: ignore[union-attr]  # it was there
    linking.decide(app, line["id"], "suggested", by="Nguyễn Văn A")


def test_wrong_decisions_are_refused(app: App) -> None:
    with pytest.raises(NotFound):
        linking.decide(app, 10**6, "confirmed", by="A")
    with pytest.raises(InvalidInput):
        linking.decide(app, 1, "maybe", by="A")  # type: ignore[arg-type]  # what a script may send
    with pytest.raises(NotFound):
        list(linking.links(app, report="999/BC"))
    with pytest.raises(NotFound):
        linking.link_report(app, 10**6)

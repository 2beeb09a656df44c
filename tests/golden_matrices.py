"""Small offices written by hand as data (gold/matrices/cases.json), and what the matrix must say of each."""

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from nlp.model import Deadline, Every, Header, Period, Report, ReportItem
from service.follow_records import NewMove
from service.gaps import GapCell
from service.records import NewLink, Reason
from service.store.ports import Store
from tests.office import Office, ask, rules, task

D = dt.date
AT = dt.datetime(2026, 7, 1, 8, tzinfo=dt.UTC)
FILE = Path(__file__).parent / "gold" / "matrices" / "cases.json"
Json = dict[str, Any]


def cases() -> list[Json]:
    found: list[Json] = json.loads(FILE.read_text(encoding="utf-8"))
    return found


def played(store: Store, case: Json, number: int) -> list[Json]:
    """The case put into the store under a symbol of its own, and the cells that the engine finds for it."""
    office = Office(store, taken=number * 100)
    symbol, issued = f"{number + 1}/KH-UBND", D.fromisoformat(case.get("issued", "2026-01-05"))
    tasks = [_task(given, number, place) for place, given in enumerate(case["tasks"])]
    header = Header(symbol=symbol, kind="Kế hoạch", issuer="UBND tỉnh", date=issued, system=case.get("system", "state"))
    kept = office.take_in(header, role="directive", tasks=tuple(tasks))
    ids = dict(zip([t.get("key", "a") for t in case["tasks"]], store.tasks(document_id=kept.id), strict=True))
    for given in case["reports"]:
        _report(office, given, {key: stored.id for key, stored in ids.items()}, case)
    first = next(iter(ids.values())).id
    moves = [
        NewMove(first, m["kind"], D.fromisoformat(m["effective"]), after=m.get("after", {})) for m in case["moves"]
    ]
    store.add_moves(moves, by="A", at=AT)
    given = {"regime": case["regime"]} if "regime" in case else {}
    cells = ask(office, D.fromisoformat(case["as_of"]), directive=symbol, **given)
    return sorted((_told(cell) for cell in cells if _wanted(case, cell)), key=_key)


def expected(case: Json) -> list[Json]:
    return sorted(case["expect"], key=_key)


def _key(line: Json) -> tuple[str, str]:
    return line["period"] or "", line["unit"] or ""


def _wanted(case: Json, cell: GapCell) -> bool:
    return "only" not in case or (cell.duty.span is not None and cell.duty.span.label == case["only"])


def _told(cell: GapCell) -> Json:
    return {
        "unit": cell.duty.unit,
        "period": cell.duty.span.label if cell.duty.span else None,
        "task": cell.verdict.task_status,
        "report": cell.verdict.report_status,
        "rules": sorted(rules(cell)),
    }


def _task(given: Json, number: int, place: int) -> Any:
    due = given.get("due", "2026-06-30")
    day = D.fromisoformat(due) if due else None
    every = Every(given["every"]) if "every" in given else None
    inclusive = given.get("inclusive", True)
    deadline = Deadline("hạn", due=day, inclusive=inclusive, recurrence=given.get("recurrence"), every=every)
    known = deadline if day or given.get("recurrence") else None
    text = f"Việc số {number} phần {place}"
    return task(text, *given.get("lead", ["Sở Nội vụ"]), deadline=known, product=given.get("product", "Kết quả"))


def _report(office: Office, given: Json, ids: dict[str, int], case: Json) -> None:
    lead = (case["tasks"][0].get("lead") or ["Sở Nội vụ"])[0]
    unit, arrived = given.get("unit", lead), D.fromisoformat(given["arrived"])
    period = None
    if "period" in given:
        first, last, label = given["period"]
        period = Period(D.fromisoformat(first), D.fromisoformat(last), label)
    said = ReportItem("i0", given["text"], 0, len(given["text"]), claimed_status=given.get("claimed", "done"))
    said = replace(said, citations=tuple(given.get("cites", ())))
    symbol = given.get("symbol", f"{office.taken}/BC")
    header = Header(symbol=symbol, kind="Báo cáo", issuer=unit, date=arrived)
    kept = office.take_in(header, role="report", report=Report(unit, period, (), (said,)), arrived=arrived)
    [stored] = office.store.items(kept.id)
    reasons = (
        (Reason("named_unit", f"Nội dung nêu tên đơn vị chủ trì: {given['named']}", 1.0),) if "named" in given else ()
    )
    answered = [ids[key] for key in given.get("answers", list(ids)[:1])]
    probability = given.get("probability", 0.95)
    links = [
        NewLink(number, rank, probability, True, "suggested", "test", reasons)  # noqa: FBT003
        for rank, number in enumerate(answered, 1)
    ]
    office.store.put_links(stored.id, links, at=AT)
    if given.get("confirmed", True):
        for link in office.store.links(item_id=stored.id):
            office.store.decide(link.id, "confirmed", by="A", at=AT)

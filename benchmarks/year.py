"""A whole year as an office would have it: ``generate.py``'s store, its tasks followed and its reports linked.

    python benchmarks/year.py --database URL [--plan wide] [--share 1.0]

Nine tasks in ten are put under tracking, every statement is linked to the task that it says again, six in ten links are
confirmed. ``gaps.py`` and ``pages.py`` fill an empty database by themselves; a filled one is used as it is, so that one
year serves several runs (``--database``).
"""

import argparse
import datetime as dt
import random
import sys
import time

from generate import AT, PLANS, Plan, Written, write

from service.gaps import GapQuery, count, refresh
from service.linking.scorers import active
from service.records import NewLink, Reason, TaskEdit
from service.store.ports import Store
from service.store.sql import SqlStore

AS_OF = dt.date(2026, 11, 23)
REASONS = (Reason("wording", "Câu chữ giống nhau", 0.8), Reason("unit", "Cùng đơn vị", 0.2))
_AT_ONCE = 500


def filled(store: Store, plan: Plan) -> float:
    """The store with its cells, made where it is empty; seconds of the processor that the weighing took."""
    if not store.count_documents():
        began = time.process_time()
        written = write(store, plan, tell=lambda done, _: _say("documents", done))
        follow(store)
        links = link_all(store, written)
        print(f"filled: {written.tasks} tasks, {links} links, {time.process_time() - began:.0f} s", file=sys.stderr)
    began = time.process_time()
    refresh(store, GapQuery(as_of=AS_OF), progress=lambda done, *_: _say("weighed", done))
    return time.process_time() - began


def _say(what: str, done: int) -> None:
    print(what, done, end="\r", file=sys.stderr, flush=True)


def follow(store: Store) -> None:
    """Nine tasks in ten under tracking."""
    chance = random.Random(11)  # noqa: S311 - a store, not a key
    ids = [task.id for task in store.tasks() if chance.random() < 0.9]
    for start in range(0, len(ids), _AT_ONCE):
        edits = [TaskEdit(number, confirmed=True) for number in ids[start : start + _AT_ONCE]]
        store.edit_tasks(edits, action="confirm", by="năm mẫu", at=AT)


def link_all(store: Store, written: Written) -> int:
    """Every statement to its task."""
    chance, made = random.Random(7), 0  # noqa: S311 - a store, not a key
    scorer = active(store).version  # links of another would be made anew by the first server that opens the store
    symbols = {d.id: d.header.symbol for d in store.documents(limit=100_000)}
    tasks = {(symbols[task.document_id], task.task.id): task.id for task in store.tasks()}
    for document in store.documents(role="report", limit=100_000):
        links = {}
        for stored in store.items(document.id):
            told = written.answers.get((document.header.symbol or "", stored.item.id))
            if told:
                kind = "confirmed" if chance.random() < 0.6 else "suggested"
                links[stored.id] = [NewLink(tasks[told], 1, 0.9, True, kind, scorer, REASONS)]  # type: ignore[arg-type]  # noqa: FBT003
                made += 1
        store.put_report_links(document.id, links, scorer=scorer, revision=store.revision(), at=AT)
        _say("links", made)
    return made


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", required=True)
    parser.add_argument("--plan", choices=PLANS, default="wide")
    parser.add_argument("--share", type=float, default=1.0)
    given = parser.parse_args()
    store = SqlStore(given.database)
    store.migrate()
    weighed = filled(store, PLANS[given.plan].share(given.share))
    print(f"{count(store, GapQuery(as_of=AS_OF)).total} cells, weighed in {weighed:.0f} s")
    store.close()


if __name__ == "__main__":
    main()

"""How intake, search and linking grow from a tenth of a year to a whole one, on the embedded index and on Elasticsearch.

    python -m benchmarks.scale FOLDER                                    # embedded index beside SQLite
    ELASTICSEARCH_URL=http://127.0.0.1:9200 POSTGRES_URL=postgresql+psycopg://… \\
        python -m benchmarks.scale FOLDER --engines embedded,elasticsearch [--server-pid PID]

For each engine and share a store is written (``benchmarks.generate``), indexed, and some of its reports of 40 statements
are linked; the same statements are multiplied with all tasks by TF-IDF in the same run. All that is measured stays in
FOLDER, stores and index too: called again, the command goes on with what is missing; ``--again`` links once more on the
stores that are there, ``--forget`` takes the stores away. At the end the table of all results, as it stands in
docs/operations.md. Both clocks are told: the one on the wall, which a busy machine slows down, and the processor's (of
this process and, where /proc shows it, of the search server; what the database server does is in the wall's alone).
"""

import argparse
import json
import os
import pickle
import platform
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from sklearn.feature_extraction.text import TfidfVectorizer
from sqlalchemy import create_engine, text

from benchmarks.generate import PLANS, Written, write
from service.bootstrap import App, open_app
from service.index.elasticsearch import ElasticIndex, Server
from service.indexing import reindex
from service.linking import link_report
from service.settings import Settings

WARM_UP = 3
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Cost:
    """Seconds on the wall, of this process, and of the search server."""

    wall: float
    own: float
    server: float

    @property
    def processor(self) -> float:
        return self.own + self.server


def server_seconds(pid: int | None) -> float:
    """Processor time of a process and of those that it started."""
    if pid is None:
        return 0.0
    total, todo = 0.0, [pid]
    while todo:
        one = todo.pop()
        try:
            stat = Path(f"/proc/{one}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
            total += (int(stat[11]) + int(stat[12])) / _TICKS
            for task in Path(f"/proc/{one}/task").iterdir():
                todo += map(int, (task / "children").read_text(encoding="ascii").split())
        except OSError:
            continue
    return total


def cost(work: Callable[[], object], pid: int | None) -> Cost:
    wall, own, server = time.monotonic(), time.process_time(), server_seconds(pid)
    work()
    return Cost(time.monotonic() - wall, time.process_time() - own, server_seconds(pid) - server)


def percentile(values: list[float], part: float) -> float:
    return round(sorted(values)[min(len(values) - 1, int(part * len(values)))], 4)


def of(costs: list[Cost]) -> dict[str, float]:
    walls, processors = [c.wall for c in costs], [c.processor for c in costs]
    return {
        "reports": len(costs),
        "wall_p50": percentile(walls, 0.5),
        "wall_p95": percentile(walls, 0.95),
        "processor_p50": percentile(processors, 0.5),
        "processor_p95": percentile(processors, 0.95),
        "own_p50": percentile([c.own for c in costs], 0.5),
        "server_share": round(sum(c.server for c in costs) / max(1e-9, sum(processors)), 2),
    }


def hit_at_1(app: App, written: Written, documents: list[int]) -> float:
    """Of the statements with an answer, how many have it first."""
    right = asked = 0
    for number in documents:
        report = app.store.document(number)
        assert report is not None
        best = {link.item_id: link.task_id for link in reversed(app.store.links(document_id=number)) if link.task_id}
        tasks = {task.id: task for task in app.store.tasks(ids=sorted(set(best.values())))}
        for item in app.store.items(number):
            answer = written.answers.get((report.header.symbol or "", item.item.id))
            if answer:
                asked += 1
                found = tasks.get(best.get(item.id, -1))
                right += found is not None and found.task.id == answer[1]
    return round(right / max(1, asked), 3)


def tfidf(app: App, documents: list[int]) -> dict[str, float]:
    """The peer: every statement of a report against every task; fitting is left out."""
    tasks = [task.task.text for task in app.store.tasks()]
    vectors = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True)
    matrix = vectors.fit_transform(tasks).T.tocsr()
    costs = []
    for number in documents:
        texts = [item.item.text for item in app.store.items(number)]
        costs.append(cost(lambda texts=texts: (vectors.transform(texts) @ matrix).argmax(axis=1), None))  # type: ignore[misc]
    return of(costs[WARM_UP:])


def index_bytes(app: App) -> int:
    if isinstance(app.index, ElasticIndex):
        return app.index.bytes_on_disk()
    return sum(path.stat().st_size for path in app.settings.index_folder.rglob("*") if path.is_file())


@dataclass(frozen=True)
class Place:
    """One engine at one share: its files, its schema of the database, its names on the search server."""

    folder: Path
    engine: str
    plan: str
    share: float

    @property
    def name(self) -> str:
        return f"scale_{self.plan}_{round(1000 * self.share)}"

    @property
    def home(self) -> Path:
        return self.folder / f"{self.engine}-{self.name}"

    @property
    def postgres(self) -> str:
        return os.environ.get("POSTGRES_URL", "") if self.engine == "elasticsearch" else ""

    @property
    def settings(self) -> Settings:
        given: dict[str, Any] = {"home": self.home}
        if self.engine == "elasticsearch":
            given |= {"elasticsearch_url": (os.environ["ELASTICSEARCH_URL"],), "elasticsearch_prefix": self.prefix}
        if self.postgres:
            given["database_url"] = f"{self.postgres}?options=-csearch_path%3D{self.name}"
        return Settings(**given)

    @property
    def prefix(self) -> str:
        return self.name.replace("_", "-")

    def kept(self, part: str) -> dict[str, Any] | None:
        path = self.home / f"{part}.json"
        return dict(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else None

    def keep(self, part: str, found: dict[str, Any]) -> None:
        found = {"load": round(os.getloadavg()[0], 1), **found}
        (self.home / f"{part}.json").write_text(json.dumps(found, indent=1), encoding="utf-8")
        print(json.dumps({"engine": self.engine, "share": self.share, "part": part, **found}), flush=True)

    def empty(self) -> None:
        """Take away what an interrupted filling left, or all of it."""
        for path in sorted(self.home.rglob("*"), reverse=True):
            path.rmdir() if path.is_dir() else path.unlink()
        self.home.mkdir(parents=True, exist_ok=True)
        if self.postgres:
            admin = create_engine(self.postgres)
            with admin.begin() as connection:
                connection.execute(text(f"DROP SCHEMA IF EXISTS {self.name} CASCADE"))
                connection.execute(text(f"CREATE SCHEMA {self.name}"))
            admin.dispose()
        if self.engine == "elasticsearch":
            server = ElasticIndex(Server((os.environ["ELASTICSEARCH_URL"],), prefix=self.prefix))
            server.drop()
            server.close()


def fill(place: Place, pid: int | None) -> None:
    """Write a year's share, then index it."""
    place.empty()
    written: list[Written] = []
    with open_app(place.settings) as app:
        stored = cost(lambda: written.append(write(app.store, PLANS[place.plan].share(place.share))), None)
        (place.home / "written.pkl").write_bytes(pickle.dumps(written[0]))
        indexed = cost(lambda: reindex(app), pid)
        entries, size, store = app.index.count(), index_bytes(app), app.settings.database_url
    sizes = {name: count for name, count in asdict(written[0]).items() if name != "answers"}
    place.keep(
        "filled",
        {
            **sizes,
            "store": str(store or "sqlite").partition(":")[0].partition("+")[0],
            "entries": entries,
            "index_mb": round(size / 1e6, 1),
            "store_wall_s": round(stored.wall, 1),
            "store_processor_s": round(stored.processor, 1),
            "index_wall_s": round(indexed.wall, 1),
            "index_processor_s": round(indexed.processor, 1),
            "documents_per_wall_s": round(written[0].documents / (stored.wall + indexed.wall)),
            "documents_per_processor_s": round(written[0].documents / (stored.processor + indexed.processor)),
        },
    )


def link(place: Place, count: int, pid: int | None) -> None:
    """Link some reports that never were, after a few that warm up; the peer's product of the same statements with all tasks."""
    written: Written = pickle.loads((place.home / "written.pkl").read_bytes())  # noqa: S301 - our own file
    with open_app(place.settings) as app:
        fresh = [one.document_id for one in app.store.linkings() if one.linked_at is None]
        step = max(1, len(fresh) // (count + WARM_UP))
        documents = fresh[::step][: count + WARM_UP]
        costs = [cost(lambda number=number: link_report(app, number), pid) for number in documents]  # type: ignore[misc]
        found = {"link": of(costs[WARM_UP:]), "hit_at_1": hit_at_1(app, written, documents)}
        place.keep("linked", {**found, "tfidf": tfidf(app, documents)})


Row = tuple[str, Callable[[dict[str, Any]], float], str]
ROWS: Sequence[Row] = (
    ("tasks", lambda one: one["tasks"], ",.0f"),
    ("documents", lambda one: one["documents"], ",.0f"),
    ("statements", lambda one: one["items"], ",.0f"),
    ("index entries", lambda one: one["entries"], ",.0f"),
    ("index size, MB", lambda one: one["index_mb"], ".0f"),
    ("documents taken in and indexed a second of the processor", lambda one: one["documents_per_processor_s"], ".0f"),
    ("the same, a second on the wall", lambda one: one["documents_per_wall_s"], ".0f"),
    ("linking a report, p50, s on the wall", lambda one: one["link"]["wall_p50"], ".2f"),
    ("linking a report, p95, s on the wall", lambda one: one["link"]["wall_p95"], ".2f"),
    ("linking a report, p50, s of the processor", lambda one: one["link"]["processor_p50"], ".2f"),
    ("linking a report, p95, s of the processor", lambda one: one["link"]["processor_p95"], ".2f"),
    ("of that our own, p50", lambda one: one["link"]["own_p50"], ".2f"),
    ("TF-IDF product, p50, s of the processor", lambda one: one["tfidf"]["processor_p50"], ".4f"),
    ("linking beside it", lambda one: one["link"]["processor_p50"] / one["tfidf"]["processor_p50"], ",.0f"),
)
"""Figures with their growth."""
BESIDE: Sequence[Row] = (
    ("the right task first, of statements with one", lambda one: one["hit_at_1"], ".3f"),
    ("load of the machine, filling", lambda one: one["load_filled"], ".1f"),
    ("load of the machine, linking", lambda one: one["load"], ".1f"),
)


def table(places: Sequence[Place]) -> Iterator[str]:
    """All results in Markdown; the growth is that from the least to the greatest share."""
    for engine in dict.fromkeys(place.engine for place in places):
        mine = [(place, filled, linked) for place in places if place.engine == engine
                if (filled := place.kept("filled")) and (linked := place.kept("linked"))]  # fmt: skip
        if not mine:
            continue
        results = [filled | {"load_filled": filled["load"]} | linked for _, filled, linked in mine]
        yield f"| {engine} + {results[0]['store']} | " + " | ".join(f"{p.share:.0%}" for p, *_ in mine) + " | growth |"
        yield "|---|" + "---|" * (len(mine) + 1)
        for title, value, form in (*ROWS, *BESIDE):
            values = [value(one) for one in results]
            grown = f"{values[-1] / values[0]:.1f}" if len(values) > 1 and (title, value, form) in ROWS else ""
            yield f"| {title} | " + " | ".join(f"{one:{form}}" for one in values) + f" | {grown} |"
        yield ""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--plan", choices=PLANS, default="country")
    parser.add_argument("--shares", default="0.1,1")
    parser.add_argument("--reports", type=int, default=40)
    parser.add_argument("--engines", default="embedded")
    parser.add_argument("--server-pid", type=int, help="process id of the search server, for its processor time")
    parser.add_argument("--only", choices=("fill", "link", "table"), help="one part alone")
    parser.add_argument("--again", action="store_true", help="link again where it was measured before")
    parser.add_argument("--forget", action="store_true", help="take the stores and results away")
    given = parser.parse_args()
    places = [
        Place(given.folder.absolute(), engine, given.plan, share)
        for engine in given.engines.split(",")
        for share in map(float, given.shares.split(","))
    ]
    for place in places:
        pid = given.server_pid if place.engine == "elasticsearch" else None
        if given.forget:
            place.empty()
            continue
        if given.only in (None, "fill") and not place.kept("filled"):
            fill(place, pid)
        if given.only in (None, "link") and (given.again or not place.kept("linked")):
            link(place, given.reports, pid)
    print(f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}\n")
    print("\n".join(table(places)))


if __name__ == "__main__":
    main()

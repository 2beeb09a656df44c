"""``dondoc evaluate-reports``: whether reports are known for reports, and nothing else is taken for one."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer
from rich.table import Table

from service.cli.gold_links import sets_in
from service.cli.output import guarded, people
from service.errors import InvalidInput

if TYPE_CHECKING:
    from nlp.evaluate_forms import Form

PREFIXES: Final = {"is-": True, "not-": False}
"""How the files of tests/gold/report_forms are named, and what they are."""
_QUICK: Final = (".txt", ".md")
"""Of a gazette's document its text twin is read: the header is the same, and a PDF takes seconds."""


@guarded
def evaluate_reports(
    gold: Annotated[Path, typer.Argument(help="Thư mục chú giải.")] = Path("tests/gold"),
    data: Annotated[Path, typer.Option(help="Thư mục chứa các văn bản được chú giải.")] = Path("../shared/data"),
    part: Annotated[str, typer.Option(help="dev (để xây dựng), test (chỉ để đo) hoặc all.")] = "all",
    misses: Annotated[bool, typer.Option("--misses", help="In từng văn bản nhận sai, bỏ sót.")] = False,
) -> None:
    """Đo việc nhận biết văn bản nào là báo cáo: độ chính xác, độ đầy đủ theo nguồn chú giải."""
    print_forms(gold, part, data, misses=misses)


def print_forms(gold: Path, part: str, data: Path, *, misses: bool) -> None:
    """Print precision and recall over the texts below ``gold``; of the sealed side the counts alone."""
    from nlp.evaluate_forms import judge

    forms = [*own_forms(gold, part), *set_forms(gold, part), *document_forms(gold, part, data)]
    if not forms:
        raise InvalidInput(f"Không có văn bản chú giải nào trong {gold}.")
    scores = judge(forms)
    texts = Counter(form.source for form in forms)
    table = Table(
        "", "Văn bản", "Báo cáo", "Nhận là báo cáo", "P", "R", title="Nhận biết báo cáo", title_justify="left"
    )
    for name, tally in scores.items():
        count = texts[name] if name in texts else len(forms)
        figures = (count, tally.wanted, tally.found)
        table.add_row(name, *map(str, figures), f"{tally.precision:.3f}", f"{tally.recall:.3f}")
    people.print(table)
    if misses:
        for name in scores["reports"].missed:
            people.print(f"sót: {name}", markup=False, soft_wrap=True)
        for name in scores["reports"].wrong:
            people.print(f"nhận nhầm: {name}", markup=False, soft_wrap=True)


def is_forms(path: Path) -> bool:
    """Whether a file is named as a form of tests/gold/report_forms."""
    return path.name.startswith(tuple(PREFIXES))


def own_forms(gold: Path, part: str) -> Iterator[Form]:
    """Texts written to be told apart: ``is-….txt`` and ``not-….txt``, also ``.md``."""
    from corpus.reader import read
    from nlp.evaluate_forms import Form

    for path in [gold] if gold.is_file() else sorted(gold.rglob("*")):
        side = "test" if path.parent.name == "test" else "dev"
        if path.suffix in _QUICK and is_forms(path) and part in ("all", side):
            meant = next(meant for prefix, meant in PREFIXES.items() if path.name.startswith(prefix))
            yield Form(path.name, "report_forms", read(path), meant)


def set_forms(gold: Path, part: str) -> Iterator[Form]:
    """The files of link sets: a report has marked lines; a directive, and a text beside them without marks, is none."""
    from corpus.reader import read_bytes
    from nlp.evaluate_forms import Form
    from nlp.link_gold import read_set

    for path in sets_in(gold, part):
        for file in read_set(path.read_text(encoding="utf-8")):
            document = read_bytes(file.text.encode(), file.name)
            yield Form(f"{path.stem}/{file.name}", "links", document, file.role == "report" and bool(file.marks))


def document_forms(gold: Path, part: str, data: Path) -> Iterator[Form]:
    """Real documents that are annotated with their tasks or citations, where they are at hand: none is a report."""
    from corpus.reader import read
    from nlp.evaluate_forms import Form

    for name in sorted({name for path in sorted(gold.rglob("*.json")) if (name := _annotated(path, part))}):
        twins = [(data / name).with_suffix(suffix) for suffix in _QUICK]
        if path := next((twin for twin in twins if twin.is_file()), None):
            yield Form(name, "documents", read(path), meant=False)


def _annotated(path: Path, part: str) -> str | None:
    """The document that a file of task or citation gold speaks of."""
    side = "test" if path.parent.name == "test" else "dev"
    if part not in ("all", side):
        return None
    content = json.loads(path.read_text(encoding="utf-8"))
    known = isinstance(content, dict) and "file" in content and ("tasks" in content or "citations" in content)
    return str(content["file"]) if known else None

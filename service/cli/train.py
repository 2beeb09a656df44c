"""``dondoc train-tasks``: the classifier of assigned work, trained and measured anew."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from service.cli.evaluate import DATA, GOLD
from service.cli.evaluate_status import print_f1
from service.cli.output import guarded, people, progress

if TYPE_CHECKING:
    from nlp.train_status import KeptOut

MODEL = Path("nlp/data/model/assign.json")
LINKS = GOLD / "links" / "dev"


@guarded
def train_tasks(
    gold: Annotated[Path, typer.Option(help="Thư mục chú giải.")] = GOLD,
    data: Annotated[Path, typer.Option(help="Thư mục chứa các văn bản được chú giải.")] = DATA,
    save: Annotated[Path | None, typer.Option(help="Ghi mô hình vào tệp này.")] = None,
) -> None:
    """Huấn luyện bộ phân loại câu giao việc; in kết quả đo trên văn bản không dùng để học."""
    from corpus.reader import read, read_bytes
    from nlp.train import fit, prepare
    from nlp.train_data import gather
    from nlp.train_report import measure

    prepared = prepare(list(gather(gold, data, read, read_bytes)))
    model = fit(prepared)
    for part in measure(prepared, model):
        table = Table(title=part.title, title_justify="left")
        for name in ("", "P", "R", "F1", "tìm thấy", "chú giải"):
            table.add_column(name, justify="right" if name else "left")
        for row in part.rows:
            table.add_row(*row)
        people.print(table)
    people.print(json.dumps(model.about, ensure_ascii=False, indent=1), markup=False)
    if save:
        save.write_text(json.dumps(model.to_json(), ensure_ascii=False) + "\n", encoding="utf-8")


@guarded
def train_links(
    gold: Annotated[Path, typer.Option(help="Thư mục bộ đối chiếu dùng để học.")] = LINKS,
    beside: Annotated[
        list[Path] | None, typer.Option(help="Văn bản thật có danh mục nhiệm vụ dài, để học trong đám đông.")
    ] = None,
    save: Annotated[
        Path | None, typer.Option(help="Ghi bộ tính vào thư mục này (links.json, links_pairs.npz).")
    ] = None,
) -> None:
    """Huấn luyện bộ tính đối chiếu báo cáo – nhiệm vụ; in kết quả trên các bộ không dùng để học."""
    from nlp.learn_links import save_pairs
    from nlp.train_links import kept_out_figures, matrix_of, train
    from service.cli.gold_links import opened, sets_in
    from service.linking.practice import crowds, samples, variants

    paths = sets_in(gold, "dev")
    with opened(paths, beside or []) as sets:
        sets.review()  # weights are learned from task lists that an office has looked through
        studied = sets.study()
        plain = list(samples(sets.app, studied))
        made = [*variants(sets.app, studied), *crowds(sets.app, studied)]
    trained = train([*plain, *made], facts={"sets": len(paths), "reports": len(plain), "made": len(made)})
    people.print(f"{trained.scorer.version}: {len(paths)} bộ, {len(plain)} báo cáo, {len(made)} báo cáo phỏng tạo")
    for name, value in kept_out_figures([*plain, *made], trained, plain).rows():
        people.print(f"{name:>20} {value:.3f}", markup=False)
    if save:
        content = json.dumps(trained.scorer.to_json(), ensure_ascii=False, indent=1)
        save.mkdir(parents=True, exist_ok=True)
        (save / "links.json").write_text(content + "\n", encoding="utf-8")
        save_pairs(matrix_of(plain, trained.scorer), save / "links_pairs.npz")


@guarded
def learn_links() -> None:
    """Học từ những gì đã rà soát; chỉ dùng bộ tính mới nếu phép thử trên phần giữ lại không giảm."""
    from service import linking
    from service.bootstrap import open_app
    from service.settings import load

    settings = load()
    with open_app(settings) as app:
        with progress("Học") as update:
            learned = linking.learn_links(app, by=settings.person, progress=update)
        table = Table("", "trước", "sau")
        for part, title in (("kept_back", "quyết định giữ lại"), ("training", "bộ mẫu gốc")):
            for name in ("hit1", "none", "loss"):
                before, after = (learned.check[part][side][name] for side in ("before", "after"))
                table.add_row(f"{title}: {name}", f"{before:.4f}", f"{after:.4f}")
        people.print(table)
        if not learned.accepted:
            people.print(f"Không dùng bộ tính mới. {learned.reason}.", markup=False)
            raise typer.Exit(1)
        people.print(f"Dùng bộ tính {learned.scorer.version}. {learned.reason}.", markup=False)
        with progress("Đối chiếu lại") as update:
            linking.link_all(app, progress=update)


@guarded
def train_statuses(
    gold: Annotated[Path, typer.Option(help="Thư mục chú giải.")] = GOLD,
    save: Annotated[Path | None, typer.Option(help="Ghi mô hình vào tệp này.")] = None,
) -> None:
    """Huấn luyện bộ đọc trạng thái đơn vị nêu; in kết quả trên những người viết không dùng để học."""
    from nlp.status_model import save as write
    from nlp.train_status import fit, gather, kept_out, prepare

    prepared = prepare(list(gather(gold)))
    print_f1("Trạng thái đơn vị nêu, F1 trên người viết chưa từng thấy", _ways(kept_out(prepared)))
    trained = fit(prepared)
    people.print(json.dumps(dict(trained.about), ensure_ascii=False, indent=1), markup=False)
    if save:
        write(trained, save)


def _ways(judged: Iterable[KeptOut]) -> dict[str, list[tuple[str, str]]]:
    """(meant, found) by rules alone, by the wording alone, and together; of two readings allowed, the one found."""
    from nlp.evaluate_status import meant

    ways: dict[str, list[tuple[str, str]]] = {"quy tắc": [], "câu chữ": [], "kết hợp": []}
    for one in judged:
        for way, found in zip(ways, (one.rules, one.wording, one.together), strict=True):
            ways[way].append((meant(one.said.statuses, found), found))
    return ways


@guarded
def train_encoder(
    texts: Annotated[list[Path] | None, typer.Argument(help="Tệp văn bản để học; bỏ trống: văn bản trong kho.")] = None,
    save: Annotated[Path | None, typer.Option(help="Ghi bộ mã hóa vào tệp này (.npz).")] = None,
) -> None:
    """Dựng bộ mã hóa ý nghĩa (TF-IDF, SVD) từ văn bản."""
    from nlp.encode import save as write
    from nlp.train_encoder import fit

    encoder = fit(paragraph for text in _texts(texts) for paragraph in text.split("\n"))
    people.print(f"{encoder.version}: {len(encoder.places)} từ, {encoder.size} chiều", markup=False)
    if save:
        write(encoder, save)


def _texts(paths: list[Path] | None) -> Iterator[str]:
    from corpus.reader import read
    from service.bootstrap import open_app
    from service.settings import load

    if paths:
        yield from (read(path).text for path in paths)
        return
    with open_app(load()) as app:
        for document in app.store.documents():
            yield app.store.text(document.id)

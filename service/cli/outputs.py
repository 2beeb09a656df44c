"""Commands that give papers out: ``export``, ``letter``, ``templates``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from service.cli.intake import parse_day
from service.cli.output import guarded, line, people
from service.cli.weighing import weigh
from service.errors import DondocError, InvalidInput


class PaperForm(StrEnum):
    """File formats of papers."""

    docx = "docx"
    xlsx = "xlsx"
    csv = "csv"


AsOf = Annotated[str | None, typer.Option("--as-of", help="Số liệu tính đến ngày.")]
Folder = Annotated[Path | None, typer.Option("--output", "-o", help="Tệp hoặc thư mục để ghi; mặc định thư mục này.")]
Unit = Annotated[str | None, typer.Option(help="Đơn vị.")]


@guarded
def export(  # noqa: PLR0913, PLR0917 - each option is an argument
    paper: Annotated[
        str,
        typer.Argument(
            help="bang-tong-hop, phu-luc-qua-han, phieu-theo-doi, bao-cao-tong-hop, mau-bao-cao, hoặc một bảng: "
            "dau-viec, van-de, van-ban, bao-cao, doi-chieu, cong-van."
        ),
    ],
    form: Annotated[PaperForm, typer.Option("--format", help="Dạng tệp.")] = PaperForm.docx,
    directive: Annotated[str | None, typer.Option(help="Văn bản giao: số, ký hiệu[@ngày].")] = None,
    unit: Unit = None,
    period: Annotated[str | None, typer.Option(help="Kỳ báo cáo.")] = None,
    as_of: AsOf = None,
    known_at: Annotated[str | None, typer.Option(help="Theo những gì kho đã biết vào thời điểm này.")] = None,
    every_unit: Annotated[bool, typer.Option("--every-unit", help="mau-bao-cao: một tệp cho mỗi đơn vị.")] = False,
    output: Folder = None,
) -> None:
    """Xuất văn bản, bảng biểu theo thể thức Nghị định 30/2020/NĐ-CP (DOCX, XLSX) hoặc CSV."""
    from service import gaps, listings, official
    from service.bootstrap import open_app
    from service.settings import load

    settings = load()
    at = dt.datetime.now(dt.UTC)
    with open_app(settings) as app:
        query = gaps.parse_query(
            app.store,
            settings=settings,
            directive=directive,
            unit=unit,
            period=period,
            as_of=parse_day(as_of, "--as-of"),
            known_at=known_at,
        )
        weigh(app, query)
        if paper in official.KINDS:
            if every_unit:
                made = list(official.unit_forms(app, query, form.value, at=at))
            else:
                made = [official.make(app, paper, query, form.value, at=at)]
        else:
            asked = {"directive": directive, "unit": unit, "period": period, "as_of": as_of, "known_at": known_at}
            params = {name: value for name, value in asked.items() if value}
            _save(*listings.stream(app, paper, params, form.value, at=at), output)
            return
    for each in made:
        _save(each.name, [each.data], output, several=len(made) > 1)


def _save(name: str, pieces: Iterable[bytes], output: Path | None, *, several: bool = False) -> None:
    """Written whole or not at all; the place is one JSON line for scripts."""
    target = output or Path()
    if several or output is None or target.is_dir():
        target.mkdir(parents=True, exist_ok=True)
        target /= name
    part = target.with_name(f".{target.name}.part")
    try:
        with part.open("wb") as file:
            size = sum(map(file.write, pieces))
        part.replace(target)
    except OSError as error:
        raise InvalidInput(f"Không ghi được {target}: {error.strerror}.") from None
    finally:
        part.unlink(missing_ok=True)
    line({"file": str(target), "bytes": size})


@guarded
def letter(
    unit: Annotated[str | None, typer.Argument(help="Đơn vị nhận; bỏ trống để xem đơn vị nào cần đôn đốc.")] = None,
    as_of: AsOf = None,
    answer_by: Annotated[
        str | None, typer.Option(help="Đơn vị báo cáo lại trước ngày này; mặc định sau 7 ngày.")
    ] = None,
    number: Annotated[int | None, typer.Option(help="Lấy lại công văn đã lập theo số thứ tự.")] = None,
    form: Annotated[PaperForm, typer.Option("--format", help="Dạng tệp.")] = PaperForm.docx,
    issue: Annotated[
        str | None, typer.Option(help="Ghi nhận đã phát hành công văn --number với số, ký hiệu này.")
    ] = None,
    issued_on: Annotated[str | None, typer.Option(help="Ngày phát hành; mặc định hôm nay.")] = None,
    output: Folder = None,
) -> None:
    """Lập công văn đôn đốc gửi một đơn vị (lần 1, lần 2…), kiểm tra báo cáo đến sau, ghi nhận phát hành."""
    from service import gaps, letters, official
    from service.bootstrap import open_app
    from service.settings import load

    settings = load()
    at = dt.datetime.now(dt.UTC)
    with open_app(settings) as app:
        query = gaps.parse_query(app.store, settings=settings, as_of=parse_day(as_of, "--as-of"))
        weigh(app, query)
        if number is None and unit is None:
            for name, count in letters.units_to_urge(app.store, query).items():
                line({"unit": name, "tasks": count})
            return
        if number is not None:
            found = letters.existing(app, number)
            query = letters.question(app, found)
        else:
            found = letters.draft(app, unit or "", query, at=at, answer_by=parse_day(answer_by, "--answer-by"))
        if issue is not None:
            day = parse_day(issued_on, "--issued-on") or at.astimezone(settings.zone).date()
            found = letters.issue(app, found.id, letters.question(app, found), symbol=issue, issued=day, at=at)
        state = letters.check(app, found, letters.question(app, found))
        made = official.letter_paper(app, found.id, letters.question(app, found), form.value)
    if not state.ready:
        people.print(letters.blocked(state), markup=False)
    people.print(f"Công văn số thứ tự {found.id}, lần {found.round}: {len(found.lines)} nhiệm vụ.", markup=False)
    _save(made.name, [made.data], output)


@guarded
def remind(
    as_of: AsOf = None,
    trial: Annotated[
        bool, typer.Option("--trial", help="Chỉ cho xem hôm nay nhắc những gì, không ghi, không gửi.")
    ] = False,
    try_address: Annotated[str | None, typer.Option("--try", help="Gửi thử thư nhắc hôm nay đến địa chỉ này.")] = None,
    unit: Unit = None,
) -> None:
    """Nhắc việc: trước hạn, trong ngày, sau hạn; trong ứng dụng và bằng thư, mỗi lời nhắc nêu rõ quy tắc."""
    from service import gaps, reminders
    from service.bootstrap import open_app
    from service.settings import load

    at = dt.datetime.now(dt.UTC)
    with open_app(load()) as app:
        weigh(app, gaps.parse_query(app.store, settings=app.settings, as_of=parse_day(as_of, "--as-of")))
        if try_address is not None:
            people.print(reminders.try_it(app, try_address, at=at, unit=unit), markup=False)
            return
        run = reminders.remind(app, at=at, as_of=parse_day(as_of, "--as-of"), trial=trial)
    for each in run.asked if trial else run.new:
        line(
            {"rule": each.rule, "unit": each.unit, "due": each.due.isoformat(), "text": each.text, "mail": each.mail_to}
        )
    people.print(
        f"{len(run.asked)} việc cần nhắc, {len(run.new)} lời nhắc mới, {run.withdrawn} lời nhắc không còn hiệu lực, "
        f"{run.mails} thư đã gửi."
        if not trial
        else f"{len(run.asked)} việc cần nhắc hôm nay (xem thử)."
    )
    for problem in run.failed:
        people.print(problem, markup=False)


templates = typer.Typer(help="Mẫu văn bản mà cơ quan sửa được.", no_args_is_help=True)


@templates.command("export")
@guarded
def templates_export(
    over: Annotated[bool, typer.Option("--over", help="Ghi đè mẫu đã có (không ghi đè co-quan.toml).")] = False,
) -> None:
    """Ghi các mẫu DOCX và co-quan.toml vào thư mục templates của DONDOC_HOME để sửa."""
    from service import official
    from service.settings import load

    written, kept = official.export(load().home, over=over)
    for path in written:
        line({"file": str(path), "state": "written"})
    for path in kept:
        line({"file": str(path), "state": "kept"})


@templates.command("check")
@guarded
def templates_check() -> None:
    """Điền thử từng mẫu của cơ quan bằng số liệu mẫu; báo mẫu nào sai, sai ở đâu."""
    from service.official.sample import check_templates
    from service.settings import load

    wrong = 0
    for name, problem in check_templates(load().home):
        line({"template": name, "problem": problem})
        wrong += problem is not None
    if wrong:
        raise _Wrong(f"{wrong} mẫu có lỗi.")


class _Wrong(DondocError):
    """Some template cannot be used."""

    code = "invalid_template"

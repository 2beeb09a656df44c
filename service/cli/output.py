"""How the command line speaks: JSON Lines to standard output, people's words to standard error, one exit code rule."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import wraps
from typing import Any, NoReturn, ParamSpec, TypeVar

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn

from service.errors import Ambiguous, DondocError

P = ParamSpec("P")
R = TypeVar("R")
people = Console(stderr=True, highlight=False, width=None if sys.stderr.isatty() else 132)


def use_utf8() -> None:
    """Windows consoles and pipes may be in an old code page; what we write is UTF-8."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")


def line(value: Mapping[str, Any]) -> None:
    """One JSON object on one line."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")


def lines(values: Iterable[Mapping[str, Any]]) -> int:
    """JSON Lines; returns how many."""
    count = 0
    for count, value in enumerate(values, 1):  # noqa: B007 - the count is the result
        line(value)
    sys.stdout.flush()
    return count


def written(ready: Iterable[str]) -> None:
    """Lines that are JSON already."""
    sys.stdout.writelines(f"{one}\n" for one in ready)
    sys.stdout.flush()


def fail(error: DondocError) -> NoReturn:
    """Say what is wrong (JSON on standard error), list the candidates of an ambiguous name, leave with its code."""
    sys.stderr.write(json.dumps(error.to_json(), ensure_ascii=False) + "\n")
    if isinstance(error, Ambiguous):
        people.print("Có nhiều văn bản trùng số, ký hiệu – đề nghị chọn:")
        for candidate in error.candidates:
            people.print(f"  {candidate}", markup=False)
    raise typer.Exit(error.exit_code)


def guarded(command: Callable[P, R]) -> Callable[P, R]:
    """A command whose errors of ours become one JSON line and an exit code, and Ctrl-C a short word."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        use_utf8()
        try:
            return command(*args, **kwargs)
        except DondocError as error:
            fail(error)
        except BrokenPipeError:
            sys.stderr.close()  # the reader went away (| head); nothing is wrong
            raise typer.Exit(0) from None
        except KeyboardInterrupt:
            people.print("Đã dừng. Chạy lại cùng lệnh để làm tiếp phần còn lại.")
            raise typer.Exit(130) from None

    return run


@contextmanager
def progress(title: str) -> Iterator[Callable[[int, int, str], None]]:
    """A bar with count, phase and time left; silent when standard error is no terminal."""
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[phase]}"),
    )
    with Progress(*columns, console=people, transient=True, disable=not people.is_terminal) as bar:
        task = bar.add_task(title, total=None, phase="")

        def update(done: int, total: int, phase: str) -> None:
            bar.update(task, completed=done, total=total, phase=phase)

        yield update

"""Floors under links and claimed statuses over the sealed gold that lies in this repository; figures: docs/accuracy.md."""

from __future__ import annotations

from pathlib import Path

from nlp.evaluate_links import figures
from nlp.evaluate_status import f1_by_status, judge, macro_f1, read_statements
from nlp.scorer import shipped
from service.cli.gold_links import lines_of, opened, sets_in, unheard_lines

GOLD = Path(__file__).resolve().parents[1] / "gold"


def test_reports_of_the_sealed_side_are_linked_as_extracted() -> None:
    with opened(sets_in(GOLD / "links", "test")) as sets:
        found = figures([*lines_of(sets.study(), shipped()), *unheard_lines(sets)])
    assert found.answering + found.silent > 700
    assert found.hit1 >= 0.91
    assert found.f1 >= 0.88
    assert found.none_recall >= 0.94
    assert found.sure_precision >= 0.97
    assert found.status_f1 >= 0.90


def test_single_statements_of_sealed_hands_are_read() -> None:
    said = [one for path in sorted((GOLD / "statuses" / "test").glob("*.tsv")) for one in read_statements(path)]
    by_status = f1_by_status([(one.meant, one.found) for one in judge(said)])
    assert len(said) > 600
    assert macro_f1(by_status) >= 0.94
    assert min(by_status.values()) >= 0.88

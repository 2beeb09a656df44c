"""Floors under the recognition of reports, over the gold that lies in this repository (``dondoc evaluate-reports``)."""

from __future__ import annotations

from pathlib import Path

from nlp.evaluate import Tally
from nlp.evaluate_forms import judge
from service.cli.evaluate_forms import own_forms, set_forms

GOLD = Path(__file__).resolve().parents[1] / "gold"


def _known(part: str) -> Tally:
    return judge([*own_forms(GOLD, part), *set_forms(GOLD, part)])["reports"]


def test_reports_of_the_development_side_are_known_and_nothing_else() -> None:
    known = _known("dev")
    assert known.wanted > 200
    assert known.recall >= 0.97
    assert known.precision == 1.0


def test_reports_of_the_sealed_side_are_known() -> None:
    known = _known("test")
    assert known.wanted > 100
    assert known.recall >= 0.97
    assert known.precision >= 0.99

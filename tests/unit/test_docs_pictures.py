"""The pictures of the docs: each that is shown is there, each that is there is shown."""

from tests.browser.shots import ROOT, shown_in_docs


def test_every_picture_that_is_shown_is_there_and_the_other_way_round() -> None:
    assert shown_in_docs() == {path.stem for path in (ROOT / "docs" / "images").iterdir()}

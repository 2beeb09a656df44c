"""Words keep their place whatever the text; the library's known defects do not reach the caller."""

from __future__ import annotations

import itertools
import logging
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.text import nfc
from nlp.tag_features import features, read_template
from nlp.tokens import MAX_SENTENCE, language, make_doc, words
from tests.growth import seconds

SENTENCE = "Giao Sở Nội vụ chủ trì, phối hợp với Sở Tài chính thực hiện Nghị định số 45/2020/NĐ-CP ngày 08/4/2020 của Chính phủ."


def test_symbols_stay_whole_and_words_are_joined() -> None:
    texts = [token.text for token in words(SENTENCE)]
    assert "45/2020/NĐ-CP" in texts
    assert "08/4/2020" in texts
    assert "Nội vụ" in texts


def test_old_spelling_is_kept_as_printed() -> None:
    assert "Uỷ ban" in " ".join(token.text for token in words("Uỷ ban nhân dân hoà giải theo qui định"))


def _check(text: str) -> None:
    found = words(text)
    assert all(text[token.start : token.end] == token.text for token in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    covered = {place for token in found for place in range(token.start, token.end)}
    assert all(place in covered or text[place].isspace() for place in range(len(text)))


@given(st.text(max_size=120).map(nfc))
@settings(deadline=None, max_examples=80)
def test_any_text_is_covered_by_words_in_order(text: str) -> None:
    _check(text)


@given(st.lists(st.sampled_from([*SENTENCE.split(" "), "\n", "  ", "18-NQ/TW", "…", "a.a.a.", "hoà"]), max_size=60))
@settings(deadline=None, max_examples=60)
def test_office_wording_is_covered_too(parts: list[str]) -> None:
    _check(" ".join(parts))


def test_long_input_and_long_runs_stay_fast() -> None:
    long = f"{SENTENCE} " * (3 * MAX_SENTENCE // len(SENTENCE))
    assert seconds(lambda: (_check("a." * 4_000), _check(long)), runs=1) < 5


def test_a_doc_keeps_the_text_and_carries_parts_of_speech() -> None:
    doc = make_doc(f"{SENTENCE}  Xong\n")
    assert doc.text == f"{SENTENCE}  Xong\n"
    assert next(token.pos_ for token in doc if token.text == "45/2020/NĐ-CP") in {"PROPN", "NOUN", "NUM"}
    assert language()(SENTENCE).text == SENTENCE


def test_the_tagger_sees_what_its_library_would_show_it() -> None:
    from underthesea.pipeline.pos_tag.model_crf import CRFPOSTagPredictor
    from underthesea.pipeline.pos_tag.tagged_feature import apply_function

    own = CRFPOSTagPredictor.Instance().transformer
    for text in (SENTENCE, "Sở", "UBND tỉnh, 20 huyện", "thực hiện 5%"):
        said = [token.text for token in words(text)]
        shown = features(read_template(own.template), said, apply_function)
        assert shown == own.sentence2features([(word, "X") for word in said])


def test_the_root_logger_is_left_alone() -> None:
    before = list(logging.getLogger().handlers)
    words(SENTENCE)
    assert logging.getLogger().handlers == before


@pytest.mark.parametrize("module", ["nlp.tokens"])
def test_importing_loads_no_model(module: str) -> None:
    code = f"import sys, {module}; sys.exit('underthesea' in sys.modules or 'spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_first_calls_from_many_threads_agree() -> None:
    code = (
        "from concurrent.futures import ThreadPoolExecutor\n"
        "from nlp.tokens import words\n"
        "with ThreadPoolExecutor(8) as pool:\n"
        "    found = list(pool.map(lambda _: len(words('Sở Nội vụ báo cáo kết quả', tagged=True)), range(8)))\n"
        "assert len(set(found)) == 1"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_threads_give_the_same_words() -> None:
    expected = words(SENTENCE, tagged=True)
    with ThreadPoolExecutor(4) as pool:
        assert all(found == expected for found in pool.map(lambda _: words(SENTENCE, tagged=True), range(8)))

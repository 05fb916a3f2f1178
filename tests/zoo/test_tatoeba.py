"""Tatoeba's pairs: what the translator learns from, and what it is measured on."""

import pytest

from tfplay.errors import InputError
from tfplay.text.splits import bare
from tfplay.zoo import ZOO, falls_short, train_model
from tfplay.zoo.entry import TATOEBA
from tfplay.zoo.evaluation import measured_sentences, not_at_hand, spoken
from tfplay.zoo.tatoeba import tatoeba_pairs
from tfplay.zoo.training import write_examples

TRANSLATOR = ZOO["translator"]


@pytest.fixture
def at_hand(shared_data, monkeypatch, tfplay_home):
    monkeypatch.setenv("TFPLAY_DATA", str(shared_data))


@pytest.fixture
def missing(monkeypatch, tmp_path, tfplay_home):
    monkeypatch.setenv("TFPLAY_DATA", str(tmp_path))


@pytest.mark.usefixtures("at_hand")
def test_about_a_seventh_is_held_out_and_shares_no_sentence_with_the_rest():
    training, held_out = tatoeba_pairs(held_out=False), tatoeba_pairs(held_out=True)
    assert len(training) + len(held_out) == 3_117
    assert 0.12 < len(held_out) / 3_117 < 0.18
    for side in ("source", "target"):
        assert not {bare(getattr(pair, side)) for pair in training} & {
            bare(getattr(pair, side)) for pair in held_out
        }


@pytest.mark.usefixtures("at_hand")
def test_nothing_that_the_translator_is_measured_on_is_learned_from(tmp_path):
    path = write_examples(TRANSLATOR, tmp_path)
    lines = path.read_text(encoding="utf-8").splitlines()
    learned = {spoken(line.split("\t")[0]) for line in lines}
    measured = {spoken(sentence) for sentence in measured_sentences()}
    assert len(measured) > 500
    assert not learned & measured
    assert spoken("We are friends.") in learned


@pytest.mark.usefixtures("missing")
def test_without_the_corpus_training_tells_at_once_how_to_get_it(tmp_path):
    with pytest.raises(InputError, match=f"'{TATOEBA}'.*TFPLAY_DATA.*corpora fetch {TATOEBA}"):
        train_model(TRANSLATOR, folder=tmp_path / "translator")


@pytest.mark.usefixtures("missing")
def test_without_the_corpus_only_its_figure_is_left_out():
    assert not_at_hand(ZOO["digits"]) == []
    assert [figure.part for figure in not_at_hand(TRANSLATOR)] == [TATOEBA]
    others = [figure.name for figure in TRANSLATOR.figures if figure.part != TATOEBA]
    assert falls_short(TRANSLATOR, dict.fromkeys(others, 1.0)) == []

from tfplay.text import read_text, write_lines
from tfplay.text.corpora import CORPORA

DATES, SOURCE_CODE = CORPORA["dates"], CORPORA["source-code"]


def test_dates_are_the_same_day_in_two_ways_of_writing():
    pairs = DATES.examples("training", 500, seed=0)
    assert len(set(pairs)) == 500
    for source, target in pairs:
        year, _, day = target.split(" - ")
        assert year in source
        assert day in source


def test_a_day_that_is_held_out_is_never_trained_on():
    training = {pair.target for pair in DATES.examples("training", 3000, seed=0)}
    held_out = {pair.target for pair in DATES.examples("held-out", 300, seed=1)}
    assert not training & held_out


def test_source_code_is_a_text_to_learn_from(tmp_path):
    path = tmp_path / "source-code.txt"
    write_lines(path, SOURCE_CODE.examples("training", 100_000, seed=0))
    text = read_text(path)
    assert len(text) > 50_000
    assert "\nclass DecoderOnly(TokenPredictor):\n" in text

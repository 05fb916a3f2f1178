import pytest
from hypothesis import given
from hypothesis import strategies as st

from tfplay.errors import InputError
from tfplay.text import Pair, read_pairs, read_text, references_by_source, split_pairs, split_text

few_words = st.sampled_from(["Go", "go!", "go?", "stay", "Stay.", "no", "yes", "!", "?"])
pairs_of_few_words = st.lists(st.builds(Pair, few_words, few_words), max_size=31)


def bare(sentence: str) -> str:
    return sentence.casefold().strip(".!?") or sentence


def pair(number: int) -> Pair:
    return Pair(f"source {number}", f"target {number}")


@given(pairs=pairs_of_few_words, seed=st.integers(0, 7))
def test_no_sentence_stands_on_both_sides(pairs: list[Pair], seed: int):
    try:
        training, validation = split_pairs(pairs, 0.3, seed)
    except InputError:
        return
    assert sorted(training + validation) == sorted(pairs)
    for side in range(2):
        assert not {bare(p[side]) for p in training} & {bare(p[side]) for p in validation}


def test_tatoeba_splits_without_overlap_close_to_its_fraction(shared_data):
    pairs = read_pairs(shared_data / "en-hi-tatoeba" / "hin.txt")
    training, validation = split_pairs(pairs, 0.1, seed=0)
    assert 305 <= len(validation) <= 312
    assert sorted(training + validation) == sorted(pairs)
    for side in range(2):
        assert not {bare(p[side]) for p in training} & {bare(p[side]) for p in validation}


def test_a_split_is_the_same_on_every_machine():
    training, validation = split_pairs([pair(i) for i in range(11)], 0.3, seed=5)
    assert validation == [pair(2), pair(8), pair(10)]
    assert training == [pair(i) for i in (9, 0, 3, 7, 4, 1, 6, 5)]


def test_another_seed_gives_another_split():
    pairs = [pair(i) for i in range(101)]
    assert set(split_pairs(pairs, 0.3, seed=1)[1]) != set(split_pairs(pairs, 0.3, seed=2)[1])


def test_a_small_file_still_validates_on_one_pair():
    training, validation = split_pairs([pair(i) for i in range(3)], 0.1, seed=0)
    assert (len(training), len(validation)) == (2, 1)


def test_nothing_is_held_out_when_nothing_is_asked():
    training, validation = split_pairs([pair(1)], 0, seed=0)
    assert (training, validation) == ([pair(1)], [])


@pytest.mark.parametrize(
    "pairs", [[], [pair(1)], [Pair("Yes.", f"target {i}") for i in range(7)]], ids=len
)
def test_pairs_that_all_hang_together_cannot_be_split(pairs: list[Pair]):
    with pytest.raises(InputError, match=f"Of {len(pairs)} examples? none can be set aside"):
        split_pairs(pairs, 0.1, seed=0)


def test_many_pairs_with_one_target_are_split_quickly():
    pairs = [pair(0)] + [Pair(f"source {i}", "Yes.") for i in range(1, 20_011)]
    assert split_pairs(pairs, 0.1, seed=0)[1] == [pair(0)]


def test_references_are_all_translations_without_repeats():
    pairs = [Pair("Hi", "a"), Pair("Go", "b"), Pair("Hi", "c"), Pair("Hi", "a")]
    assert references_by_source(pairs) == {"Hi": ["a", "c"], "Go": ["b"]}


def test_the_last_part_of_a_text_validates(shared_data):
    text = read_text(shared_data / "tinyshakespeare" / "input.txt.gz")
    training, validation = split_text(text, 0.1)
    assert training + validation == text
    assert (len(training), len(validation)) == (1_003_854, 111_540)  # as nanoGPT counts them


@pytest.mark.parametrize("fraction", [-0.1, 1, float("nan")])
def test_an_impossible_fraction_is_named(fraction: float):
    with pytest.raises(InputError, match=f"fraction is {fraction}, but must be"):
        split_text("abc", fraction)
    with pytest.raises(InputError, match=f"fraction is {fraction}, but must be"):
        split_pairs([pair(1), pair(2)], fraction, seed=0)

"""The replay of merges, against the library that learns real vocabularies and plain arithmetic."""

import json
from collections import Counter
from math import log

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer, models, pre_tokenizers, trainers

from tfplay.errors import InputError
from tfplay.text.tokenizers import RULES, replay_merges

TEXT = "low lower lowest, newest and widest: banana bandana! well... hmmm"
HINDI = "नमस्ते दोस्त 🙂 दोस्ती"
letters = st.text(alphabet="abc de.\n", min_size=1, max_size=60).filter(str.strip)


def library_merges(words: list[str], count: int) -> list[tuple[str, str]]:
    """What the `tokenizers` library merges first in these words."""
    learner = Tokenizer(models.BPE())
    learner.pre_tokenizer = pre_tokenizers.Split("|", "removed")
    trainer = trainers.BpeTrainer(vocab_size=10_000, show_progress=False)
    learner.train_from_iterator(["|".join(words)], trainer)
    merges = json.loads(learner.to_str())["model"]["merges"]
    return [tuple(merge) for merge in merges][:count]


def chosen(replay) -> list[tuple[str, str]]:
    return [step.candidates[0][:2] for step in replay.steps if step.candidates]


@pytest.mark.parametrize("text", ["low lower lowest", TEXT, HINDI])
def test_merges_by_count_are_those_of_the_library(text: str):
    replay = replay_merges(text, "byte-pair", "count", 200)
    assert chosen(replay) == library_merges(replay.words, 200)


@settings(max_examples=40)
@given(text=letters)
def test_merges_by_count_are_those_of_the_library_on_any_text(text: str):
    replay = replay_merges(text, "byte-pair", "count", 200)
    assert chosen(replay) == library_merges(replay.words, 200)


def test_low_becomes_one_token_and_lowest_stays_in_pieces():
    replay = replay_merges("low lower lowest", "byte-pair", "count")
    assert [step.candidates[0].merged for step in replay.steps[:3]] == ["lo", "low", "␣low"]
    assert replay.steps[0].candidates[0].count == 3
    assert replay.tokens(3) == ["low", "␣low", "e", "r", "␣low", "e", "s", "t"]


def test_the_ratio_chooses_the_pair_that_a_well_known_example_does():
    words = ["hug"] * 10 + ["pug"] * 5 + ["pun"] * 12 + ["bun"] * 4 + ["hugs"] * 5
    first = replay_merges(" ".join(words), "wordpiece", "ratio").steps[0]
    assert set(first.vocabulary) == {"b", "h", "p", "##g", "##n", "##s", "##u"}
    assert first.candidates[0][:4] == ("##g", "##s", 5, 1 / 20)
    by_name = {(pair.left, pair.right): pair.ratio for pair in first.candidates}
    assert by_name["##u", "##g"] == 20 / (36 * 20)
    by_count = replay_merges(" ".join(words), "wordpiece", "count").steps[0].candidates[0]
    assert by_count[:3] == ("##u", "##g", 20)


@pytest.mark.parametrize("kind", ["byte-pair", "wordpiece"])
@pytest.mark.parametrize("rule", RULES)
def test_the_gain_is_the_change_of_the_likelihood(kind: str, rule: str):
    replay = replay_merges(TEXT, kind, rule, 30)
    for number, step in enumerate(replay.steps[:-1]):
        before, after = (likelihood(replay.tokens(each)) for each in (number, number + 1))
        assert step.candidates[0].gain == pytest.approx(after - before)
        assert step.num_tokens == len(replay.tokens(number))


def likelihood(tokens: list[str]) -> float:
    counts = Counter(tokens)
    return sum(count * log(count / len(tokens)) for count in counts.values())


@pytest.mark.parametrize("kind", ["byte-pair", "wordpiece"])
def test_the_tokens_of_each_step_spell_the_text_and_the_best_pair_comes_first(kind: str):
    replay = replay_merges(HINDI, kind, "ratio")
    for number, step in enumerate(replay.steps):
        spelled = "".join(token.removeprefix("##") for token in replay.tokens(number))
        assert spelled.replace("␣", "") == HINDI.replace(" ", "")
        scores = [pair.ratio for pair in step.candidates]
        assert scores == sorted(scores, reverse=True)
    assert not replay.steps[-1].candidates


@pytest.mark.parametrize(("text", "complaint"), [(" ", "no text"), ("a" * 4001, "4,001")])
def test_nothing_and_too_much_are_told_in_a_sentence(text: str, complaint: str):
    with pytest.raises(InputError, match=complaint):
        replay_merges(text, "wordpiece", "ratio")

"""What one sequence computed serves the next that begins like it."""

import numpy as np
import pytest

from tests.decoding.conftest import VOCABULARY_SIZE, make_model
from tfplay.config import DecodingConfig
from tfplay.decoding import Memory, generate_steps
from tfplay.decoding.predictor import CachedPredictor, common_length

GREEDY = DecodingConfig("greedy", max_new_tokens=7)


@pytest.fixture(scope="module")
def model():
    return make_model("decoder-only", max_sequence_length=211)


@pytest.fixture(autouse=True)
def short_cache(monkeypatch):
    """Caches begin so short that they have to grow."""
    monkeypatch.setattr("tfplay.decoding.predictor.SHORTEST_CACHE", 64)


def random_ids(length: int, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, VOCABULARY_SIZE, (1, length))


def logits_of(steps) -> np.ndarray:
    return np.concatenate([step.logits for step in steps])


@pytest.mark.parametrize("lengths", [(3, 5), (67, 71), (60, 130), (150, 200), (201, 204), (90, 40)])
def test_a_prompt_that_goes_on_from_the_last_gives_equal_logits(model, lengths):
    memory, whole = Memory(), random_ids(max(lengths))
    for length in lengths:
        prompt = whole[:, :length]
        kept = logits_of(generate_steps(model, prompt, GREEDY, memory=memory))
        np.testing.assert_allclose(
            kept, logits_of(generate_steps(model, prompt, GREEDY)), atol=1e-4
        )


@pytest.mark.parametrize("common", [0, 1, 50, 99])
def test_a_prompt_that_turns_off_somewhere_gives_equal_logits(model, common):
    memory = Memory()
    first, second = random_ids(100, seed=1), random_ids(120, seed=2)
    second[:, :common] = first[:, :common]
    list(generate_steps(model, first, GREEDY, memory=memory))
    kept = logits_of(generate_steps(model, second, GREEDY, memory=memory))
    np.testing.assert_allclose(kept, logits_of(generate_steps(model, second, GREEDY)), atol=1e-4)


def test_only_the_new_turn_is_computed(model):
    predictor = CachedPredictor(model, random_ids(100))
    assert predictor.num_computed == 100
    for token_id in (3, 5):
        predictor.advance(np.array([token_id]))
    turn = np.concatenate([predictor.token_ids, random_ids(11, seed=3)], axis=1)
    predictor.restart(turn)
    assert turn.shape[1] == 113
    assert predictor.num_computed == 11
    np.testing.assert_array_equal(predictor.token_ids, turn)


def test_a_reply_that_is_broken_off_is_kept_too(model):
    memory, prompt = Memory(), random_ids(30)
    steps = generate_steps(model, prompt, GREEDY, memory=memory)
    next(steps)
    steps.close()
    assert memory.take(model, prompt).num_computed == 1


def test_two_who_decode_at_once_share_nothing(model):
    memory, prompt = Memory(), random_ids(30)
    list(generate_steps(model, prompt, GREEDY, memory=memory))
    expected = logits_of(generate_steps(model, prompt, GREEDY))
    first, second = (generate_steps(model, prompt, GREEDY, memory=memory) for _ in range(2))
    taken_in_turns = [(next(first).logits, next(second).logits) for _ in range(5)]
    for row, pair in zip(expected, taken_in_turns, strict=False):
        for logits in pair:
            np.testing.assert_allclose(logits[0], row, atol=1e-4)


def test_several_conversations_are_kept_and_each_goes_on_from_its_own(model):
    memory = Memory(most=2)
    conversations = [random_ids(40, seed=seed) for seed in (1, 2, 3)]
    for prompt in conversations:
        list(generate_steps(model, prompt, GREEDY, memory=memory))
    computed = [memory.take(model, prompt) for prompt in conversations]
    assert computed[0] is None
    assert [predictor.num_computed for predictor in computed[1:]] == [1, 1]


def test_another_model_does_not_use_what_one_has_computed(model):
    memory, prompt = Memory(), random_ids(30)
    list(generate_steps(model, prompt, GREEDY, memory=memory))
    other = make_model("decoder-only", max_sequence_length=211)
    assert memory.take(other, prompt) is None


@pytest.mark.parametrize(
    ("first", "second", "length"),
    [([1, 2, 3], [1, 2, 4, 5], 2), ([1, 2], [1, 2, 3], 2), ([7], [8], 0), ([], [3], 0)],
)
def test_the_common_length_is_that_of_the_beginning(first, second, length):
    assert common_length(np.array([first]), np.array([second])) == length

"""Beam search against every answer there is, of models that are tables of logits."""

import itertools
from types import SimpleNamespace

import numpy as np
import pytest

from tfplay.config import DecodingConfig
from tfplay.decoding import beam, beam_search, generate, log_probabilities
from tfplay.errors import InputError

CONTEXT = 7


class Table:
    """A predictor whose logits depend on the last token only; it minds its batch size."""

    def __init__(self, model, sequences, **source):
        self.table, self.rows = model.table, len(sequences)
        self.token_ids = np.array(sequences)
        self.logits = self.table[self.token_ids[:, -1]]

    def advance(self, token_ids):
        assert token_ids.shape == (self.rows,)
        self.token_ids = np.concatenate([self.token_ids, token_ids[:, None]], axis=1)
        return self.table[token_ids]

    def reorder(self, indices):
        assert indices.shape == (self.rows,)
        self.token_ids = self.token_ids[indices]


@pytest.fixture(autouse=True)
def tables_for_predictors(monkeypatch):
    monkeypatch.setattr(beam, "make_predictor", Table)


def model_of(table: np.ndarray) -> SimpleNamespace:
    config = SimpleNamespace(max_sequence_length=CONTEXT, vocabulary_size=len(table))
    return SimpleNamespace(table=table, config=config)


def random_model(size: int, seed: int) -> SimpleNamespace:
    return model_of(np.random.default_rng(seed).normal(scale=2, size=(size, size)))


def beams(num_beams: int, **settings) -> DecodingConfig:
    return DecodingConfig("beam", num_beams=num_beams, **settings)


def every_answer(model, prompt, stops, longest: int, penalty: float) -> list[tuple]:
    """(score, answer without its stop token) of all answers that come to a stop, best first."""
    rows = log_probabilities(model.table)
    found = []
    for length in range(1, longest + 1):
        others = [token_id for token_id in range(len(rows)) if token_id not in stops]
        for answer in itertools.product(others, repeat=length - 1):
            for stop in stops:
                path = [prompt[-1], *answer, stop]
                total = sum(rows[before, after] for before, after in itertools.pairwise(path))
                found.append((total / length**penalty, list(answer)))
    return sorted(found, key=lambda each: -each[0])


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("penalty", [0.0, 1.0, 2.5])
@pytest.mark.parametrize("stops", [[1], [0, 3], [1, 2, 3]])
@pytest.mark.parametrize("longest", [1, 2, 4])
def test_wide_beams_find_the_best_answer_of_all(seed, penalty, stops, longest):
    model = random_model(4, seed)
    config = beams(81, max_new_tokens=longest, length_penalty=penalty)
    found = beam_search(model, np.array([2]), config, stops)
    score, answer = every_answer(model, [2], stops, longest, penalty)[0]
    assert found[0].token_ids == answer
    assert found[0].score == pytest.approx(score)
    assert found[0].finished


@pytest.mark.parametrize("num_beams", [1, 2, 5, 17])
@pytest.mark.parametrize("stops", [[3], [3, 4], [3, 4, 5], [0, 1, 2, 3, 4, 5]])
def test_many_likely_stop_tokens_leave_the_shortest_answer_the_best(num_beams, stops):
    table = np.zeros((6, 6))
    table[:, 3:] = 5.0
    best = beam_search(model_of(table), np.array([0]), beams(num_beams, max_new_tokens=4), stops)[0]
    assert best.token_ids == []
    assert best.score == pytest.approx(5 - np.log(3 + 3 * np.exp(5)))


def test_answers_that_differ_in_their_stop_token_only_stand_once():
    found = beam_search(random_model(5, 0), np.array([1]), beams(7, max_new_tokens=3), [2, 3])
    answers = [tuple(hypothesis.token_ids) for hypothesis in found]
    assert len(set(answers)) == len(answers) == 7


def test_a_stop_token_in_the_prompt_ends_nothing():
    model = random_model(4, 3)
    best = beam_search(model, np.array([1, 1, 2]), beams(81, max_new_tokens=3), [1])[0]
    score, answer = every_answer(model, [2], [1], 3, 1.0)[0]
    assert best.token_ids == answer
    assert best.score == pytest.approx(score)


@pytest.mark.parametrize("room", [0, 1, 2])
def test_the_context_ends_an_answer(room):
    model = random_model(4, 0)
    prompt = np.full(CONTEXT - room, 2)
    found = beam_search(model, prompt, beams(3, max_new_tokens=9))
    assert all(len(hypothesis.token_ids) == room for hypothesis in found)
    assert not any(hypothesis.finished for hypothesis in found)
    assert len(found) == (1 if room == 0 else 3)


def test_of_equal_answers_the_one_with_lower_ids_comes_first():
    found = beam_search(model_of(np.zeros((3, 3))), np.array([0]), beams(2, max_new_tokens=2))
    assert [hypothesis.token_ids for hypothesis in found] == [[0, 0], [0, 1]]


def test_an_impossible_token_is_in_no_answer():
    table = np.full((4, 4), -np.inf)
    table[:, 2] = 0.0
    found = beam_search(model_of(table), np.array([0]), beams(5, max_new_tokens=3), [1])
    assert [(hypothesis.token_ids, hypothesis.score) for hypothesis in found] == [([2, 2, 2], 0.0)]


def test_generate_with_beam_search_gives_each_prompt_its_best_answer():
    model = random_model(5, 4)
    config = beams(4, max_new_tokens=3)
    prompts = [np.array([1]), np.array([2, 3]), np.array([0])]
    expected = [beam_search(model, prompt, config, [4])[0].token_ids for prompt in prompts]
    assert generate(model, prompts, config, [4]) == expected


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        ({"strategy": "sampling"}, "'sampling'"),
        ({"strategy": "greedy"}, "'greedy'"),
        ({"strategy": "beam", "top_k": 3}, "top_k is 3"),
        ({"strategy": "beam", "top_p": 0.5}, "top_p is 0.5"),
        ({"strategy": "beam", "temperature": 0.7}, "temperature is 0.7"),
    ],
)
def test_what_beam_search_would_not_do_is_refused(settings, named):
    with pytest.raises(InputError, match=named):
        beam_search(random_model(3, 0), np.array([0]), DecodingConfig(**settings))


def test_logits_that_are_no_numbers_are_told():
    with pytest.raises(InputError, match="not a number"):
        beam_search(model_of(np.full((3, 3), np.nan)), np.array([0]), beams(2))

import itertools

import numpy as np
import pytest

from tests.decoding.conftest import make_model
from tfplay.config import DecodingConfig
from tfplay.decoding import beam_search, generate, log_probabilities

PROMPT = np.array([3, 1, 4])
STOP = 5


def beam(num_beams: int, **settings) -> DecodingConfig:
    return DecodingConfig("beam", num_beams=num_beams, max_new_tokens=13, **settings)


def log_probability(model, answer: list[int]) -> float:
    sequence = np.concatenate([PROMPT, answer])[None]
    rows = log_probabilities(np.asarray(model(sequence[:, :-1]), dtype="float64")[0])
    start = len(PROMPT) - 1
    return sum(rows[start + i, token_id] for i, token_id in enumerate(answer))


def test_one_beam_is_greedy_decoding(decoder):
    [best] = beam_search(decoder, PROMPT, beam(1))
    greedy = DecodingConfig("greedy", max_new_tokens=13)
    assert best.token_ids == generate(decoder, PROMPT[None], greedy)[0]


def test_beams_as_wide_as_the_vocabulary_find_the_likeliest_answer_of_all():
    model = make_model("decoder-only", vocabulary_size=5)
    config = DecodingConfig("beam", num_beams=25, max_new_tokens=3, length_penalty=0.0)
    best = beam_search(model, np.array([3, 1, 4]), config)[0]
    everything = itertools.product(range(5), repeat=3)
    likeliest = max(everything, key=lambda answer: log_probability(model, list(answer)))
    assert tuple(best.token_ids) == likeliest
    assert best.score == pytest.approx(log_probability(model, best.token_ids), abs=1e-4)


def test_hypotheses_come_best_first_and_differ(decoder):
    hypotheses = beam_search(decoder, PROMPT, beam(7), stop_token_ids=[STOP])
    scores = [hypothesis.score for hypothesis in hypotheses if hypothesis.finished]
    assert scores == sorted(scores, reverse=True)
    assert len({tuple(hypothesis.token_ids) for hypothesis in hypotheses}) == 7


def test_a_score_is_the_log_probability_normalised_by_length(decoder):
    for hypothesis in beam_search(decoder, PROMPT, beam(7), stop_token_ids=[STOP]):
        answer = hypothesis.token_ids + [STOP] * hypothesis.finished
        expected = log_probability(decoder, answer) / len(answer)
        assert hypothesis.score == pytest.approx(expected, abs=1e-3)


def test_a_higher_length_penalty_never_prefers_a_shorter_answer(decoder):
    lengths = [
        len(beam_search(decoder, PROMPT, beam(7, length_penalty=penalty), [STOP])[0].token_ids)
        for penalty in (0.0, 1.0, 3.0)
    ]
    assert lengths == sorted(lengths)


def test_stop_tokens_are_not_part_of_the_answer(decoder):
    hypotheses = beam_search(decoder, PROMPT, beam(7), stop_token_ids=[STOP])
    assert any(hypothesis.finished for hypothesis in hypotheses)
    assert all(STOP not in hypothesis.token_ids for hypothesis in hypotheses)


def test_beam_search_of_a_translator_minds_its_source(translator, source):
    def best(row: int):
        one = {name: array[row] for name, array in source.items()}
        return beam_search(translator, PROMPT, beam(3), **one)[0]

    assert best(0).score != pytest.approx(best(1).score, abs=1e-4)

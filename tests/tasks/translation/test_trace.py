"""What the X-ray of a translation shows is what the model computes."""

import numpy as np
import pytest

from tests.tasks.translation.translators import untrained_translator
from tfplay.config import DecodingConfig
from tfplay.decoding import probabilities
from tfplay.tasks import look_inside, translate

GREEDY = DecodingConfig(max_new_tokens=7)
TEXT = "two one"


@pytest.fixture(params=["encoder-decoder", "decoder-only"])
def trained(request):
    return untrained_translator(request.param)


def next_probabilities(trained, source_ids, written_ids):
    """(V,): by a forward pass of its own over the source and what is written so far."""
    given_ids = [trained.tokenizer.start_id, *written_ids]
    if trained.architecture == "encoder-decoder":
        inputs = {"encoder_token_ids": [source_ids], "decoder_token_ids": [given_ids]}
    else:
        inputs = {"token_ids": [[*source_ids, *given_ids]]}
    logits = trained.model({name: np.array(ids) for name, ids in inputs.items()})
    return probabilities(np.asarray(logits)[0, -1])


def test_the_probabilities_of_each_step_are_those_of_a_fresh_computation(trained):
    translation = translate(trained, TEXT, GREEDY)
    trace = look_inside(trained, translation)
    for step, written_id in enumerate(translation.target_ids):
        before = translation.target_ids[:step]
        fresh = next_probabilities(trained, translation.source_ids, before)
        candidates = trace.candidate_ids[step]
        assert set(candidates) == set(np.argsort(-fresh)[: len(candidates)])
        np.testing.assert_allclose(
            trace.candidate_probabilities[step], fresh[candidates], rtol=1e-3
        )
        assert trace.written_probabilities[step] == pytest.approx(fresh[written_id], rel=1e-3)


@pytest.mark.parametrize("strategy", ["greedy", "sampling", "beam"])
def test_each_token_that_was_written_attended_to_the_source_and_to_those_before(trained, strategy):
    translation = translate(trained, TEXT, DecodingConfig(strategy, max_new_tokens=5))
    trace = look_inside(trained, translation)
    num_written, num_read = len(translation.target_tokens), len(translation.source_tokens)
    assert trace.cross_attention.shape == (2, 3, num_written, num_read)
    assert trace.self_attention.shape == (2, 3, num_written, num_written)
    assert trace.given_tokens == ["[START]", *translation.target_tokens[:-1]]
    assert not np.triu(trace.self_attention, k=1).any()
    to_source, to_itself = trace.cross_attention.sum(axis=-1), trace.self_attention.sum(axis=-1)
    if trained.architecture == "decoder-only":  # it shares one attention between both
        np.testing.assert_allclose(to_source + to_itself, 1, rtol=1e-5)
    else:
        np.testing.assert_allclose([to_source, to_itself], 1, rtol=1e-5)


def test_forcing_the_best_candidate_changes_nothing(trained):
    translation = translate(trained, TEXT, GREEDY)
    trace = look_inside(trained, translation)
    for step in range(len(translation.target_ids)):
        begun = [*translation.target_ids[:step], int(trace.candidate_ids[step, 0])]
        assert translate(trained, TEXT, GREEDY, begun) == translation


def test_after_a_forced_token_decoding_goes_on_greedily(trained):
    translation = translate(trained, TEXT, GREEDY)
    step = 1
    other_id = int(look_inside(trained, translation).candidate_ids[step, 1])
    begun = [*translation.target_ids[:step], other_id]
    forced = translate(trained, TEXT, GREEDY, begun)

    expected = list(begun)
    while len(expected) < GREEDY.max_new_tokens and trained.tokenizer.end_id not in expected:
        likely = next_probabilities(trained, translation.source_ids, expected)
        expected.append(int(likely.argmax()))
    assert forced.target_ids == expected
    assert forced != translation


def test_a_forced_end_token_ends_the_translation(trained):
    forced = translate(trained, TEXT, GREEDY, [trained.tokenizer.end_id])
    assert forced.target_tokens == ["[END]"]
    assert forced.text == ""

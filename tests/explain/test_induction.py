"""Scores of induction heads, on heads that are built to be what they are."""

import numpy as np
import pytest

from tests.models.samples import tiny_model
from tfplay.explain import measure_induction, repeated_tokens, token_losses, trace_arrays
from tfplay.explain.induction import prefix_matching_score, previous_token_score

BATCH, HEADS, LENGTH = 2, 3, 5
TOKENS = 2 * LENGTH


def pattern_of(choose) -> np.ndarray:
    """(1, 1, 2 L, 2 L): each token attends to the one that it chooses."""
    scores = np.zeros((1, 1, TOKENS, TOKENS))
    for target in range(TOKENS):
        scores[0, 0, target, choose(target)] = 1
    return scores


def test_tokens_come_twice_and_no_two_of_them_are_equal():
    ids = repeated_tokens(np.arange(10, 41), context=13, count=BATCH)
    assert ids.shape == (BATCH, 12)
    np.testing.assert_array_equal(ids[:, :6], ids[:, 6:])
    assert all(len(set(row)) == 6 for row in ids.tolist())
    assert ids.min() >= 10
    assert repeated_tokens(np.arange(100), context=1000).shape == (16, 50)
    assert repeated_tokens(np.arange(3), context=1000).shape == (16, 6)


def test_a_perfect_induction_head_scores_one_and_is_no_previous_token_head():
    scores = pattern_of(lambda target: target - LENGTH + 1 if target >= LENGTH else 0)
    assert prefix_matching_score(scores).item() == 1
    assert previous_token_score(scores).item() == pytest.approx(1 / (TOKENS - 1))  # the second one


def test_a_previous_token_head_scores_one_and_is_no_induction_head():
    scores = pattern_of(lambda target: max(target - 1, 0))
    assert previous_token_score(scores).item() == 1
    assert prefix_matching_score(scores).item() == 0


def test_a_head_that_finds_the_same_token_is_no_induction_head():
    scores = pattern_of(lambda target: target % LENGTH)
    assert prefix_matching_score(scores).item() == 0


def test_scores_are_those_of_a_plain_loop():
    scores = np.random.default_rng(0).random((BATCH, HEADS, TOKENS, TOKENS))
    for head in range(HEADS):
        matched, previous = [], []
        for example in range(BATCH):
            attention = scores[example, head]
            matched += [attention[LENGTH + i, i + 1] for i in range(LENGTH)]
            previous += [attention[t, t - 1] for t in range(1, TOKENS)]
        assert prefix_matching_score(scores)[head] == pytest.approx(np.mean(matched))
        assert previous_token_score(scores)[head] == pytest.approx(np.mean(previous))


def test_a_model_is_measured_on_its_own_attention_and_predictions():
    model = tiny_model("decoder-only")
    ids = repeated_tokens(np.arange(41), context=13)
    found = measure_induction(model, ids)
    blocks = trace_arrays(model, {"token_ids": ids}).decoder.blocks
    for layer, block in enumerate(blocks):
        scores = block.self_attention.attention_scores
        np.testing.assert_allclose(found.prefix_matching[layer], prefix_matching_score(scores))
        np.testing.assert_allclose(found.previous_token[layer], previous_token_score(scores))
    losses = token_losses(model, {"token_ids": ids[:, :-1]}, ids[:, 1:])
    assert found.first_loss == pytest.approx(losses[:, :5].mean())  # predicts tokens 2 to 6
    assert found.second_loss == pytest.approx(losses[:, 6:].mean())  # and tokens 8 to 12

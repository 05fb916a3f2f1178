"""Measures of attention against plain loops, and on patterns whose measures are known."""

import math
from itertools import product

import numpy as np
import pytest
from scipy.linalg import subspace_angles

from tests.layers.samples import BATCH, HEADS, HIDDEN, SOURCE, TARGET
from tests.models.samples import tiny_inputs, tiny_model
from tfplay.config import ARCHITECTURES
from tfplay.explain import (
    Patterns,
    attention_patterns,
    measure_heads,
    output_overlap,
    pair_means,
    pattern_similarity,
)

LAYERS = 2
CAUSAL = np.broadcast_to(np.tri(TARGET, dtype=bool), (BATCH, TARGET, TARGET))
EVERYTHING = np.ones((BATCH, TARGET, SOURCE), dtype=bool)


def random_patterns(allowed: np.ndarray, seed: int = 0) -> Patterns:
    weights = np.random.default_rng(seed).random((LAYERS, BATCH, HEADS, *allowed.shape[1:]))
    weights = weights**4 * allowed[None, :, None]
    return Patterns(weights / weights.sum(axis=-1, keepdims=True), allowed)


def even_patterns(allowed: np.ndarray) -> Patterns:
    even = allowed / allowed.sum(axis=-1, keepdims=True)
    return Patterns(
        np.broadcast_to(even[None, :, None], (LAYERS, BATCH, HEADS, *even.shape[1:])), allowed
    )


def bits(row: np.ndarray) -> float:
    return -sum(float(p) * math.log2(p) for p in row if p > 0)


@pytest.mark.parametrize("allowed", [CAUSAL, EVERYTHING], ids=["masked", "cross"])
def test_measures_are_those_of_a_plain_loop(allowed):
    patterns = random_patterns(allowed)
    measured = measure_heads([patterns])
    for layer, head in np.ndindex(LAYERS, HEADS):
        entropies, shares, distances = [], [], []
        for example, target in np.ndindex(*allowed.shape[:2]):
            row = patterns.attention_scores[layer, example, head, target]
            choices = int(allowed[example, target].sum())
            if choices > 1:
                entropies.append(bits(row))
                shares.append(bits(row) / math.log2(choices))
                distances.append(sum(p * abs(target - s) for s, p in enumerate(row)))
        assert measured.entropy[layer, head] == pytest.approx(np.mean(entropies))
        assert measured.entropy_share[layer, head] == pytest.approx(np.mean(shares))
        assert measured.distance[layer, head] == pytest.approx(np.mean(distances))


def test_batches_count_by_their_tokens():
    narrow, wide = random_patterns(CAUSAL), random_patterns(EVERYTHING, seed=1)
    joined, first, second = (
        measure_heads([narrow, wide]),
        measure_heads([narrow]),
        measure_heads([wide]),
    )
    rows = [each.has_choice.sum() for each in (narrow, wide)]
    for name in ("entropy", "entropy_share", "distance", "even_distance"):
        expected = np.average([getattr(first, name), getattr(second, name)], axis=0, weights=rows)
        np.testing.assert_allclose(getattr(joined, name), expected)


@pytest.mark.parametrize("allowed", [CAUSAL, EVERYTHING], ids=["masked", "cross"])
def test_even_attention_has_all_the_entropy_there_is_and_the_even_distance(allowed):
    measured = measure_heads([even_patterns(allowed)])
    np.testing.assert_allclose(measured.entropy_share, 1)
    np.testing.assert_allclose(measured.distance, measured.even_distance)


def test_attention_to_one_token_has_no_entropy():
    scores = np.zeros((LAYERS, BATCH, HEADS, TARGET, TARGET))
    scores[..., np.arange(TARGET), np.maximum(np.arange(TARGET) - 1, 0)] = 1
    measured = measure_heads([Patterns(scores, CAUSAL)])
    np.testing.assert_array_equal(measured.entropy, 0)
    np.testing.assert_allclose(measured.distance, 1)


@pytest.mark.parametrize("architecture", ARCHITECTURES)
def test_patterns_of_a_model_are_its_traces_and_know_its_masks(architecture):
    model, inputs = tiny_model(architecture), tiny_inputs(architecture, padded=True)
    found = attention_patterns(model, inputs)
    kinds = {"encoder-only": {"encoder"}, "decoder-only": {"decoder"}}
    assert set(found) == kinds.get(architecture, {"encoder", "cross", "decoder"})
    for kind, (scores, allowed) in found.items():
        forbidden = np.broadcast_to(~allowed[None, :, None], scores.shape)
        real = allowed.any(axis=-1)  # of padding any attention means nothing
        assert (scores[forbidden & real[None, :, None, :, None]] == 0).all()
        assert (
            allowed.sum()
            == {
                "encoder": 2 * 49 - (49 - 25) if architecture != "encoder-only" else 25 + 9,
                "cross": 5 * 7 + 3 * 5,
                "decoder": 15 + 6,
            }[kind]
        )


def test_without_the_causal_mask_a_decoder_may_look_ahead():
    model = tiny_model("decoder-only", use_causal_mask=False)
    assert attention_patterns(model, tiny_inputs("decoder-only"))["decoder"].allowed.all()


def test_similarity_is_one_minus_the_divergence_of_a_plain_loop():
    patterns = random_patterns(CAUSAL)
    similarity = pattern_similarity(patterns)
    heads = [(layer, head) for layer in range(LAYERS) for head in range(HEADS)]
    rows = np.argwhere(patterns.has_choice)
    for (first, (layer, head)), (second, (other_layer, other_head)) in product(
        enumerate(heads), enumerate(heads)
    ):
        divergences = []
        for example, target in rows:
            p = patterns.attention_scores[layer, example, head, target]
            q = patterns.attention_scores[other_layer, example, other_head, target]
            divergences.append(bits((p + q) / 2) - (bits(p) + bits(q)) / 2)
        assert similarity[first, second] == pytest.approx(1 - np.mean(divergences))


def test_equal_heads_are_alike_and_heads_that_share_no_token_are_not():
    scores = np.zeros((1, BATCH, 3, TARGET, SOURCE))
    scores[:, :, :2, :, 0] = 1
    scores[:, :, 2, :, 1] = 1
    similarity = pattern_similarity(Patterns(scores, EVERYTHING))
    np.testing.assert_allclose(similarity, [[1, 1, 0], [1, 1, 0], [0, 0, 1]], atol=1e-12)


def test_overlap_is_the_mean_squared_cosine_of_the_principal_angles():
    model = tiny_model("decoder-only", head_dim=7)
    overlap = output_overlap(model, "decoder")
    parts = [
        np.asarray(block.self_attention.output_dense.kernel)[head * 7 : head * 7 + 7]
        for block in model.blocks
        for head in range(HEADS)
    ]
    assert overlap.shape == (len(parts), len(parts))
    for row, first in enumerate(parts):
        for column, second in enumerate(parts):
            angles = subspace_angles(first.T.astype("float64"), second.T.astype("float64"))
            assert overlap[row, column] == pytest.approx(np.mean(np.cos(angles) ** 2), abs=1e-4)


def test_equal_heads_write_into_the_same_and_divided_ones_into_different_directions():
    model = tiny_model("encoder-only", head_dim=7)
    for block in model.blocks:
        kernel = np.zeros((HEADS * 7, HIDDEN), "float32")
        kernel[:7, :7] = kernel[7:14, :7] = np.eye(7)
        kernel[14:, 7:14] = np.eye(7)
        block.self_attention.output_dense.kernel.assign(kernel)
    overlap = output_overlap(model, "encoder")
    np.testing.assert_allclose(overlap[:3, :3], [[1, 1, 0], [1, 1, 0], [0, 0, 1]], atol=1e-6)


@pytest.mark.parametrize("kind", ["encoder", "cross", "decoder"])
def test_every_stack_of_a_translator_has_its_overlap(kind):
    overlap = output_overlap(tiny_model("encoder-decoder"), kind)
    np.testing.assert_allclose(np.diag(overlap), 1, atol=1e-5)
    np.testing.assert_allclose(overlap, overlap.T, atol=1e-6)


def test_pairs_are_told_apart_by_their_layers():
    similarity = np.array([[1, 2, 3, 4], [2, 1, 5, 6], [3, 5, 1, 7], [4, 6, 7, 1]], float)
    within, across = pair_means(similarity, num_heads=2)
    assert within == pytest.approx((2 + 7) / 2)
    assert across == pytest.approx((3 + 4 + 5 + 6) / 4)
    assert np.isnan(pair_means(np.ones((1, 1)), num_heads=1)).all()

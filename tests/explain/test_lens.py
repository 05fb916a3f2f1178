"""What is read off the levels of the residual stream."""

import numpy as np
import pytest

from tests.explain.cases import CASES, inputs_of, model_of
from tests.explain.plain_forward import PlainForward
from tfplay.decoding import probabilities
from tfplay.explain import (
    Stream,
    attention_rollout,
    cosines_to_final,
    last_stack,
    likeliest_by_level,
    logit_lens,
    nearest_tokens,
    probe,
    residual_stream,
    trace_arrays,
)


@pytest.mark.parametrize("case", CASES)
def test_the_lens_reads_every_level_as_the_model_reads_its_end(case):
    model, inputs = model_of(case), inputs_of(case)
    trace, plain = trace_arrays(model, inputs), PlainForward(model)
    lens, levels = logit_lens(model, trace), last_stack(trace).residual_levels()[:, 0]
    np.testing.assert_allclose(lens[-1], trace.logits[0], atol=1e-4)
    norm = "decoder_norm" if model.architecture == "encoder-decoder" else "final_norm"
    for level, logits in zip(levels.astype("float64"), lens, strict=True):
        np.testing.assert_allclose(logits, plain.answer(plain.norm(norm, level)), atol=2e-3)


def test_the_likeliest_of_each_level_is_what_the_lens_says():
    model, inputs = model_of("decoder"), inputs_of("decoder")
    trace = trace_arrays(model, inputs)
    expected = probabilities(logit_lens(model, trace))
    found = likeliest_by_level(model, trace, row=2, choice=3)
    np.testing.assert_array_equal(found.choices, expected.argmax(axis=-1))
    np.testing.assert_allclose(found.probabilities, expected.max(axis=-1), atol=1e-5)
    np.testing.assert_allclose(found.asked, expected[:, 2, 3], atol=1e-5)


def test_cosines_and_neighbours_are_those_of_the_vectors():
    model, inputs = model_of("decoder"), inputs_of("decoder")
    levels = last_stack(trace_arrays(model, inputs)).residual_levels()[:, 0]
    cosines = cosines_to_final(levels)
    np.testing.assert_allclose(cosines[-1], 1, atol=1e-5)
    first, last = levels[0, 2], levels[-1, 2]
    expected = first @ last / np.linalg.norm(first) / np.linalg.norm(last)
    assert cosines[0, 2] == pytest.approx(expected, abs=1e-5)
    embeddings = PlainForward(model).weights["embeddings/token_embedding/embeddings"]
    [[own, second]] = nearest_tokens(model, 3 * embeddings[[7]], count=2)
    assert (own.token_id, own.cosine) == (7, pytest.approx(1, abs=1e-5))
    assert second.token_id != 7
    assert second.cosine < 1


def test_rollout_is_the_product_of_the_layers_halved_with_the_residual():
    random = np.random.default_rng(0)
    scores = random.random((2, 3, 5, 5))
    scores /= scores.sum(axis=-1, keepdims=True)
    rolled = attention_rollout(scores)
    mean = scores.mean(axis=1)
    expected = (mean[1] / 2 + np.eye(5) / 2) @ (mean[0] / 2 + np.eye(5) / 2)
    np.testing.assert_allclose(rolled[1], expected)
    np.testing.assert_allclose(rolled.sum(axis=-1), 1)


def test_a_stream_holds_real_tokens_only_and_knows_their_neighbours():
    model = model_of("decoder")
    ids = np.array([[3, 1, 4, 1], [5, 9, 0, 0]])
    mask = np.array([[True] * 4, [True, True, False, False]])
    stream = residual_stream(model, [{"token_ids": ids, "padding_mask": mask}] * 2)
    assert stream.levels.shape == (1 + model.config.num_layers, 12, model.config.hidden_dim)
    assert stream.token_ids[:6].tolist() == [3, 1, 4, 1, 5, 9]
    assert stream.text[4:8].tolist() == [1, 1, 2, 2]
    assert stream.neighbours(-1)[:6].tolist() == [-1, 3, 1, 4, -1, 5]
    assert stream.neighbours(1)[3:6].tolist() == [-1, 9, -1]


def test_a_probe_tells_what_is_in_a_vector_and_not_what_is_not():
    random = np.random.default_rng(0)
    token_ids, text = random.integers(5, size=600), np.repeat(np.arange(60), 10)
    known = np.eye(5)[token_ids] @ random.normal(size=(5, 7)) + random.normal(size=7)
    stream = Stream(np.stack([known, random.normal(size=known.shape)]), token_ids, text)
    found = probe(stream, stream.token_ids)
    assert found.accuracy[0] == 1
    assert found.accuracy[1] < 0.4
    assert found.commonest < 0.4
    assert (found.classes, found.examples) == (5, 300)

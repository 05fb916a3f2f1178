import keras
import numpy as np
import pytest

from tests.layers.samples import HEADS, TARGET, random_ids
from tests.models.samples import MODERN, tiny_model
from tfplay.explain import trace_arrays
from tfplay.explain.sources import trace_sources

TOKEN_IDS = random_ids(1, TARGET)[0]


@pytest.mark.parametrize("changes", [{}, MODERN])
def test_each_score_is_weighed_with_the_length_of_what_the_head_passes_on(changes):
    model = tiny_model("decoder-only", **changes)
    sources = trace_sources(model, TOKEN_IDS, slice(2, None))
    blocks = trace_arrays(model, {"token_ids": TOKEN_IDS[None]}).decoder.blocks
    weighed = np.zeros((TARGET - 2, TARGET))
    for index, block in enumerate(blocks):
        attention = block.self_attention
        kernel = keras.ops.convert_to_numpy(model.blocks[index].self_attention.output_dense.kernel)
        parts = np.split(kernel, HEADS)
        for head in range(HEADS):
            passed_on = attention.value[0, head] @ parts[head]
            lengths = np.sqrt((passed_on**2).sum(axis=-1))
            np.testing.assert_allclose(sources.passed_on[index, head], lengths, rtol=1e-4)
            weighed += attention.attention_scores[0, head, 2:] * lengths
    weighed /= weighed.sum(axis=-1, keepdims=True)
    np.testing.assert_allclose(sources.mean_scores(weigh=True), weighed, rtol=1e-4)


def test_rollout_is_that_of_the_last_layer():
    model = tiny_model("decoder-only")
    sources = trace_sources(model, TOKEN_IDS, slice(2, None))
    blocks = trace_arrays(model, {"token_ids": TOKEN_IDS[None]}).decoder.blocks
    even, (first, second) = (
        np.eye(TARGET),
        [b.self_attention.attention_scores[0].mean(axis=0) for b in blocks],
    )
    paths = (second @ first + first + second + even) / 4
    np.testing.assert_allclose(sources.rollout, paths[2:], atol=1e-6)

import keras
import numpy as np
import pytest

from tests.layers.samples import SOURCE, TARGET, random_ids
from tests.models.samples import MODERN, POSITIONS, tiny_model
from tfplay.config import preset
from tfplay.errors import InputError
from tfplay.explain import compiled_trace, trace_arrays
from tfplay.models import build_model

IDS = {"token_ids": np.array([[3, 1, 4, 1, 5], [2, 7, 1, 8, 2]])}
ORIGINAL = {
    "position": "sinusoidal",
    "normalize_first": False,
    "scale_embeddings": True,
    "normalize_embeddings": True,
    "num_segments": 2,
}
BROKEN = {
    "position": "none",
    "normalization": "none",
    "use_residual": False,
    "use_causal_mask": False,
    "use_feed_forward": False,
}
PAIR = {"encoder_token_ids": np.array([[3, 1, 4, 1, 5, 9, 2]]), "decoder_token_ids": [[2, 7, 1]]}


@pytest.mark.parametrize(
    ("architecture", "inputs"),
    [("encoder-only", IDS), ("decoder-only", IDS), ("encoder-decoder", PAIR)],
)
def test_a_trace_holds_numpy_arrays_whose_end_is_the_models_answer(architecture, inputs):
    model = build_model(preset("tiny", architecture, vocabulary_size=13))
    trace = trace_arrays(model, inputs)
    answer = model({name: np.asarray(array) for name, array in inputs.items()})
    np.testing.assert_allclose(trace.logits, np.asarray(answer), atol=1e-5)
    stacks = [stack for stack in (trace.encoder, trace.decoder) if stack is not None]
    for stack in stacks:
        for block in stack.blocks:
            scores = block.self_attention.attention_scores
            assert isinstance(scores, np.ndarray)
            np.testing.assert_allclose(scores.sum(axis=-1), 1.0, atol=1e-5)
    has_cross_attention = stacks[-1].blocks[0].cross_attention is not None
    assert has_cross_attention == (architecture == "encoder-decoder")


@pytest.mark.parametrize("changes", [*POSITIONS.values(), MODERN, ORIGINAL, BROKEN])
def test_compiled_once_a_trace_is_the_same_for_every_length(changes):
    model = tiny_model("decoder-only", **changes)
    compiled = compiled_trace(model)
    assert compiled_trace(model) is compiled
    for length in (TARGET, SOURCE):
        inputs = {"token_ids": random_ids(1, length)}
        found, expected = compiled(inputs), trace_arrays(model, inputs)
        for one, other in zip(*map(keras.tree.flatten, (found, expected)), strict=True):
            if other is not None:
                np.testing.assert_allclose(one, other, rtol=1e-4, atol=1e-5)
    with pytest.raises(InputError, match="context is 13"):
        compiled({"token_ids": random_ids(1, 14)})

import numpy as np
import pytest

from tfplay.explain import trace_arrays
from tfplay.models import build_model, preset

IDS = {"token_ids": np.array([[3, 1, 4, 1, 5], [2, 7, 1, 8, 2]])}
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

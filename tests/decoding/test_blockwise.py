"""A deep model is decoded, and traced, by a few compiled blocks as it is as a whole."""

import keras
import numpy as np
import pytest

from tests.layers.samples import BATCH, TARGET, random_ids
from tests.models.samples import MODERN, tiny_inputs, tiny_model
from tfplay import explain
from tfplay.config import DecodingConfig
from tfplay.decoding import generate
from tfplay.decoding.blockwise import DEEP, BlockwiseStep
from tfplay.decoding.predictor import _compiled_functions

OPTIONS = {
    "modern, every third block unrotated": {
        "num_layers": DEEP + 1,
        **MODERN,
        "unrotated_every": 3,
    },
    "relative": {"num_layers": DEEP, "position": "relative", "relative_buckets": 6},
}
every_option = pytest.mark.parametrize("options", OPTIONS.values(), ids=OPTIONS)
NUM_NEW = 4


def decoded(model: keras.Model, **source: np.ndarray) -> list[int]:
    [token_ids] = generate(
        model, random_ids(1, 3), DecodingConfig(max_new_tokens=NUM_NEW), **source
    )
    return token_ids


def likeliest(model: keras.Model, written: list[int], **source: np.ndarray) -> list[int]:
    """What a whole pass, of which nothing is compiled, would write before each of these tokens."""
    name = "decoder_token_ids" if source else "token_ids"
    token_ids = np.append(random_ids(1, 3), [written[:-1]], axis=1)
    return np.asarray(model({name: token_ids, **source}))[0, 2:].argmax(-1).tolist()


@every_option
def test_a_deep_decoder_writes_what_whole_passes_give_also_with_other_weights(options):
    model = tiny_model("decoder-only", **options)
    assert isinstance(_compiled_functions(model).step, BlockwiseStep)
    before = decoded(model)
    assert before == likeliest(model, before)
    model.set_weights([-weight for weight in model.get_weights()])
    after = decoded(model)
    assert before != after == likeliest(model, after)


def test_a_deep_encoder_decoder_writes_what_whole_passes_give():
    model = tiny_model("encoder-decoder", num_layers=DEEP)
    source = {"encoder_token_ids": random_ids(1, 4, seed=1)}
    written = decoded(model, **source)
    assert written == likeliest(model, written, **source)


@every_option
@pytest.mark.parametrize("architecture", ["decoder-only", "encoder-only"])
@pytest.mark.parametrize("padded", [False, True])
def test_the_trace_of_a_deep_model_is_that_of_its_pass(architecture, options, padded):
    model, inputs = tiny_model(architecture, **options), tiny_inputs(architecture, padded=padded)
    expected = keras.tree.flatten(model.trace(inputs))
    for _ in range(2):  # the second takes what the first compiled
        traced = keras.tree.flatten(explain.trace_arrays(model, inputs))
        for array, same in zip(traced, expected, strict=True):
            assert (array is None) == (same is None)
            if same is not None:
                np.testing.assert_allclose(array, same, rtol=1e-4, atol=1e-4)
    shorter = {name: array[:, : TARGET - 2] for name, array in inputs.items()}
    assert explain.trace_arrays(model, shorter).logits.shape[:2] == (BATCH, TARGET - 2)

"""The plain forward pass and the models say the same, so that it can vouch for what pages show."""

import numpy as np
import pytest

from tests.explain.plain_forward import PlainForward, assert_as_plain
from tests.layers.samples import SOURCE, TARGET, random_ids
from tests.models.samples import MODERN, POSITIONS, tiny_model
from tfplay.explain import trace_arrays

CASES = {
    "decoder": ("decoder-only", {}),
    "decoder, modern": ("decoder-only", MODERN),
    "decoder, post-norm": ("decoder-only", {"normalize_first": False, **POSITIONS["sinusoidal"]}),
    "decoder, classes": ("decoder-only", {"head": "classification", "num_classes": 3}),
    "encoder, masked words": ("encoder-only", {"head": "masked_lm", "activation": "gelu_tanh"}),
    "encoder, BERT's": (
        "encoder-only",
        {"head": "span", "num_segments": 2, "normalize_embeddings": True, "normalize_first": False},
    ),
    "encoder, tokens": ("encoder-only", {"head": "token_classification", "num_classes": 3}),
    "encoder, mean": (
        "encoder-only",
        {"head": "classification", "num_classes": 3, "pooling": "mean"},
    ),
    "encoder-decoder": ("encoder-decoder", {"activation": "relu", "scale_embeddings": True}),
    "encoder-decoder, modern": ("encoder-decoder", MODERN),
}


@pytest.mark.parametrize("case", CASES)
def test_every_value_of_a_trace_is_that_of_the_plain_forward_pass(case):
    architecture, options = CASES[case]
    model = tiny_model(architecture, **options)
    if architecture == "encoder-decoder":
        inputs = {"encoder_token_ids": random_ids(1, SOURCE, seed=1)}
        inputs["decoder_token_ids"] = random_ids(1, TARGET)
    else:
        inputs = {"token_ids": random_ids(1, TARGET)}
    if options.get("num_segments"):
        inputs["segment_ids"] = np.array([[0, 0, 1, 1, 1]])
    assert_as_plain(trace_arrays(model, inputs), PlainForward(model).trace(inputs))

"""Decoding with a cache gives the logits of one whole call."""

from collections.abc import Callable
from functools import partial

import numpy as np
import pytest

from tests.layers.samples import BATCH, TARGET
from tests.models.samples import MODERN, POSITIONS, PUBLISHED, tiny_inputs, tiny_model
from tfplay.models import DecoderOnly, EncoderDecoder

ROOM = TARGET + 2  # a cache is longer than what it holds
PIECES = {"token by token": [1, 1, 1, 1, 1], "prompt first": [3, 1, 1]}
OPTIONS = {
    **POSITIONS,
    "none": {"position": "none"},
    "modern": MODERN,
    **PUBLISHED,
    "no feed-forward network": {"use_feed_forward": False},
}

every_option = pytest.mark.parametrize("options", OPTIONS.values(), ids=OPTIONS)


def decode(step: Callable, cache, token_ids: np.ndarray, pieces: list[int]) -> np.ndarray:
    """The logits (B, T, V), piece after piece."""
    logits, index = [], 0
    for length in pieces:
        newest = token_ids[:, index : index + length]
        piece_logits, cache = step(newest, cache, np.int32(index))
        logits.append(piece_logits)
        index += length
    return np.concatenate(logits, axis=1)


@every_option
def test_decoder_only_with_cache_equals_call(options):
    model: DecoderOnly = tiny_model("decoder-only", **options)
    inputs = tiny_inputs("decoder-only")
    expected = model(inputs)
    for name, pieces in PIECES.items():
        cache = model.make_cache(BATCH, ROOM)
        logits = decode(model.call_with_cache, cache, inputs["token_ids"], pieces)
        np.testing.assert_allclose(logits, expected, atol=1e-4, err_msg=name)


@every_option
def test_encoder_decoder_with_cache_equals_call(options):
    model: EncoderDecoder = tiny_model("encoder-decoder", **options)
    inputs = tiny_inputs("encoder-decoder", padded=True)
    del inputs["decoder_padding_mask"]  # what is decoded has no padding
    source_padding = inputs["encoder_padding_mask"]
    encoder_output = model.encode(inputs["encoder_token_ids"], source_padding)
    step = partial(model.call_with_cache, encoder_padding_mask=source_padding)
    expected = model(inputs)
    for name, pieces in PIECES.items():
        cache = model.make_cache(encoder_output, ROOM)
        logits = decode(step, cache, inputs["decoder_token_ids"], pieces)
        np.testing.assert_allclose(logits, expected, atol=1e-4, err_msg=name)


def test_cache_of_grouped_query_attention_is_smaller():
    def size(**options) -> int:
        [block_cache, _] = tiny_model("decoder-only", **options).make_cache(BATCH, ROOM)
        return np.size(block_cache.self_attention[0])

    assert size() == 3 * size(num_kv_heads=1)

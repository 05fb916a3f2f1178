"""A trace shows the very numbers of the call, and they follow from each other."""

import math

import numpy as np
import pytest

from tests.layers.samples import BATCH, HEADS, HIDDEN, SOURCE, TARGET, some_padding
from tests.models.samples import MODERN, tiny_inputs, tiny_model
from tfplay.config import ARCHITECTURES
from tfplay.layers import AttentionTrace, BlockTrace, MultiHeadAttention, masked_softmax
from tfplay.models import StackTrace

POST_NORM = {"normalize_first": False}
NO_FEED_FORWARD = {"use_feed_forward": False}

every_block = pytest.mark.parametrize(
    "options", [{}, MODERN, NO_FEED_FORWARD], ids=["plain", "modern", "no feed-forward"]
)
CAUSAL = np.tri(TARGET, dtype=bool)[None]
PADDING = {length: some_padding(length)[:, None, :] for length in (TARGET, SOURCE)}


def assert_close(actual, expected) -> None:
    np.testing.assert_allclose(actual, expected, atol=1e-4)


def check_attention(layer: MultiHeadAttention, trace: AttentionTrace, mask: np.ndarray) -> None:
    """Logits, scores, head outputs and output, each from the ones before."""
    query, key, value = (np.asarray(x) for x in (trace.query, trace.key, trace.value))
    scale = 1 / math.sqrt(layer.head_dim)
    assert_close(trace.attention_logits, scale * query @ key.swapaxes(-1, -2))
    assert_close(trace.attention_scores, masked_softmax(trace.attention_logits, mask[:, None]))
    assert_close(trace.head_outputs, np.asarray(trace.attention_scores) @ value)
    joined = np.concatenate(np.moveaxis(np.asarray(trace.head_outputs), 1, 0), axis=-1)
    assert_close(trace.output, layer.output_dense(joined))


def check_residual_stream(block: BlockTrace) -> None:
    """Pre-norm: each sublayer adds its answer to the stream."""
    stream = block.residual_before + block.self_attention.output
    assert_close(block.residual_after_self_attention, stream)
    if block.cross_attention is not None:
        stream = stream + block.cross_attention.output
    assert_close(block.residual_after_cross_attention, stream)
    if block.feed_forward is not None:
        stream = stream + block.feed_forward
    assert_close(block.residual_after, stream)


def check_stack(stack: StackTrace, final_norm) -> None:
    """Each block takes up the stream where the one before has left it."""
    stream = stack.embeddings
    for block in stack.blocks:
        assert_close(block.residual_before, stream)
        check_residual_stream(block)
        stream = block.residual_after
    assert_close(stack.output, final_norm(stream))


@pytest.mark.parametrize("architecture", ARCHITECTURES)
@pytest.mark.parametrize(
    "options",
    [{}, MODERN, POST_NORM, NO_FEED_FORWARD],
    ids=["plain", "modern", "post", "no feed-forward"],
)
def test_trace_and_call_give_the_same_logits(architecture, options):
    model, inputs = tiny_model(architecture, **options), tiny_inputs(architecture, padded=True)
    np.testing.assert_allclose(model.trace(inputs).logits, model(inputs), atol=1e-5)


@every_block
def test_trace_of_encoder_only_follows_from_itself(options):
    model = tiny_model("encoder-only", **options)
    trace = model.trace(tiny_inputs("encoder-only", padded=True))
    assert trace.decoder is None
    check_stack(trace.encoder, model.final_norm)
    for block, block_trace in zip(model.blocks, trace.encoder.blocks, strict=True):
        check_attention(block.self_attention, block_trace.self_attention, PADDING[TARGET])
    assert_close(trace.logits, trace.encoder.output)


@every_block
def test_trace_of_decoder_only_follows_from_itself(options):
    model = tiny_model("decoder-only", **options)
    trace = model.trace(tiny_inputs("decoder-only", padded=True))
    assert trace.encoder is None
    check_stack(trace.decoder, model.final_norm)
    for block, block_trace in zip(model.blocks, trace.decoder.blocks, strict=True):
        check_attention(block.self_attention, block_trace.self_attention, CAUSAL & PADDING[TARGET])
    assert_close(trace.logits, model.unembed(trace.decoder.output))


@every_block
def test_trace_of_encoder_decoder_follows_from_itself(options):
    model = tiny_model("encoder-decoder", **options)
    trace = model.trace(tiny_inputs("encoder-decoder", padded=True))
    check_stack(trace.encoder, model.encoder_norm)
    check_stack(trace.decoder, model.decoder_norm)
    for block, block_trace in zip(model.encoder_blocks, trace.encoder.blocks, strict=True):
        check_attention(block.self_attention, block_trace.self_attention, PADDING[SOURCE])
    for block, block_trace in zip(model.decoder_blocks, trace.decoder.blocks, strict=True):
        check_attention(block.self_attention, block_trace.self_attention, CAUSAL & PADDING[TARGET])
        check_attention(block.cross_attention, block_trace.cross_attention, PADDING[SOURCE])
    assert_close(trace.logits, model.unembed(trace.decoder.output))


def test_scores_of_a_trace_sum_to_1_and_are_0_where_forbidden():
    model = tiny_model("encoder-decoder")
    last_block = model.trace(tiny_inputs("encoder-decoder", padded=True)).decoder.blocks[-1]
    for attention, mask in (
        (last_block.self_attention, CAUSAL & PADDING[TARGET]),
        (last_block.cross_attention, PADDING[SOURCE]),
    ):
        scores = np.asarray(attention.attention_scores)
        forbidden = ~np.broadcast_to(mask[:, None], scores.shape)
        assert forbidden.any()
        assert np.all(scores[forbidden] == 0)
        np.testing.assert_allclose(scores.sum(axis=-1), 1, atol=1e-6)


def test_traced_values_have_the_shapes_they_say():
    model = tiny_model("encoder-decoder", **MODERN)
    trace = model.trace(tiny_inputs("encoder-decoder"))
    head_dim = MODERN["head_dim"]
    cross = trace.decoder.blocks[0].cross_attention
    assert cross.query.shape == cross.head_outputs.shape == (BATCH, HEADS, TARGET, head_dim)
    assert cross.key.shape == cross.value.shape == (BATCH, HEADS, SOURCE, head_dim)
    assert cross.attention_logits.shape == (BATCH, HEADS, TARGET, SOURCE)
    assert cross.output.shape == trace.decoder.output.shape == (BATCH, TARGET, HIDDEN)
    assert trace.encoder.output.shape == (BATCH, SOURCE, HIDDEN)


def test_a_stacks_attention_scores_and_stream_are_those_of_its_blocks():
    stack = tiny_model("encoder-decoder").trace(tiny_inputs("encoder-decoder")).decoder
    cross = stack.attention_scores("cross_attention")
    assert cross.shape == (2, BATCH, HEADS, TARGET, SOURCE)
    assert stack.attention_scores().shape == (2, BATCH, HEADS, TARGET, TARGET)
    for layer, block in enumerate(stack.blocks):
        np.testing.assert_array_equal(cross[layer], block.cross_attention.attention_scores)
    levels = stack.residual_levels()
    np.testing.assert_array_equal(levels[:2], [block.residual_before for block in stack.blocks])
    np.testing.assert_array_equal(levels[2], stack.blocks[1].residual_after)

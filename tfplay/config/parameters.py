"""How many numbers a model learns, computed from its configuration alone."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tfplay.config.model import ModelConfig

GATED_ACTIVATIONS = ("swiglu", "geglu_tanh")


def count_parameters(config: ModelConfig) -> int:
    """Counts the weights of the model that the configuration describes, without making it.

    Example:
        >>> count_parameters(preset("gpt2-small"))
        124439808
    """
    return count_embeddings(config) + count_stacks(config) + count_head(config)


def count_embeddings(config: ModelConfig) -> int:
    """The weights of the embeddings: token or patch, position, segment, and their norm."""
    added = config.num_segments * config.hidden_dim + _norm(config) * config.normalize_embeddings
    if config.position == "learned":
        added += config.max_sequence_length * config.hidden_dim
    has_two = config.architecture == "encoder-decoder" and not config.share_positions
    has_two_tables = config.architecture == "encoder-decoder" and not config.share_embeddings
    tokens = config.vocabulary_size * config.hidden_dim * (1 + has_two_tables)
    embedded = tokens + (1 + (has_two or has_two_tables)) * added
    if not config.image_size:
        return embedded
    patches = _linear(config.patch_size**2 * config.image_channels, config.hidden_dim)
    return embedded + patches + config.hidden_dim * config.use_class_token


def count_stacks(config: ModelConfig) -> int:
    """The weights of all blocks, and of the norm that follows a pre-norm stack."""
    stack = config.num_layers * _block(config) + _final_norm(config)
    if config.position == "relative":
        stack += config.relative_buckets * config.num_heads
    if config.architecture != "encoder-decoder":
        return stack
    cross_attention = count_attention(config) + _norm(config)
    return 2 * stack + config.num_layers * cross_attention


def count_last_blocks(config: ModelConfig, blocks: int) -> int:
    """The weights of the last blocks of the last stack, and of the norm that follows them."""
    block = _block(config)
    if config.architecture == "encoder-decoder":
        block += count_attention(config) + _norm(config)
    return blocks * block + _final_norm(config)


def count_low_rank(config: ModelConfig, rank: int, projections: Sequence[str]) -> int:
    """The weights of low-rank changes of these matrices, in all blocks."""
    queries = config.hidden_dim + config.num_heads * config.head_dim
    keys = config.hidden_dim + config.num_kv_heads * config.head_dim
    inner = config.hidden_dim + config.intermediate_dim
    has_two = config.architecture == "encoder-decoder"
    attention = {"query": queries, "key": keys, "value": keys, "output": queries}
    gate = inner * (config.activation in GATED_ACTIVATIONS)
    feed_forward = {"up": inner, "gate": gate, "down": inner}
    sides = (1 + 2 * has_two) * sum(attention.get(name, 0) for name in projections)
    if config.use_feed_forward:
        sides += (1 + has_two) * sum(feed_forward.get(name, 0) for name in projections)
    return config.num_layers * rank * sides


def count_head(config: ModelConfig) -> int:
    """The weights after the last block: a projection to the vocabulary or to classes."""
    width, classes = config.hidden_dim, config.num_classes
    inner = config.head_layer_dim or width
    match config.head:
        case "masked_lm" if not config.use_prediction_layer:
            return _linear(width, config.vocabulary_size)
        case "masked_lm":
            matrix = width * config.vocabulary_size * (not config.tie_prediction)
            return _linear(width, width) + 2 * width + matrix + config.vocabulary_size
        case "classification":
            return _classification(config)
        case "token_classification":
            return _linear(width, inner) * bool(config.head_layer_dim) + _linear(inner, classes)
        case "span":
            return _linear(width, 2)
    if config.architecture == "encoder-only":
        return 0
    matrix = width * config.vocabulary_size * (not config.tie_embeddings)
    return matrix + config.vocabulary_size * config.output_bias


def _classification(config: ModelConfig) -> int:
    """One or two dense layers, if there are any, and the logits."""
    width = config.hidden_dim
    if config.pooling == "flatten":
        width *= config.max_sequence_length
    inner = [config.head_layer_dim or config.hidden_dim] * config.use_pooler
    inner += [config.second_head_layer_dim] * bool(config.second_head_layer_dim)
    widths = [width, *inner, config.num_classes]
    return sum(_linear(inputs, outputs) for inputs, outputs in pairwise(widths))


def count_attention(config: ModelConfig) -> int:
    """The weights of one attention layer: its four projections."""
    query_width = config.num_heads * config.head_dim
    key_width = config.num_kv_heads * config.head_dim
    qkv_bias = config.use_bias or config.qkv_bias
    return (
        _linear(config.hidden_dim, query_width, qkv_bias)
        + 2 * _linear(config.hidden_dim, key_width, qkv_bias)
        + _linear(query_width, config.hidden_dim, config.use_bias)
        + 2 * config.head_dim * config.use_qk_norm
    )


def count_feed_forward(config: ModelConfig) -> int:
    """The weights of one feed-forward network."""
    up = _linear(config.hidden_dim, config.intermediate_dim, config.use_bias)
    down = _linear(config.intermediate_dim, config.hidden_dim, config.use_bias)
    gate = up if config.activation in GATED_ACTIVATIONS else 0
    return up + gate + down


def _block(config: ModelConfig) -> int:
    """One block, without cross-attention."""
    feed_forward = (count_feed_forward(config) + _norm(config)) * config.use_feed_forward
    return count_attention(config) + _norm(config) + feed_forward


def _norm(config: ModelConfig) -> int:
    vectors = {"layer_norm": 2, "rms_norm": 1, "none": 0}
    return vectors[config.normalization] * config.hidden_dim


def _final_norm(config: ModelConfig) -> int:
    """The norm after the last block of a pre-norm stack."""
    return _norm(config) * (config.normalize_first and config.use_final_norm)


def _linear(inputs: int, outputs: int, use_bias: bool = True) -> int:
    return inputs * outputs + outputs * use_bias

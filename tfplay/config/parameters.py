"""How many numbers a model learns, computed from its configuration alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tfplay.config.model import ModelConfig


def count_parameters(config: ModelConfig) -> int:
    """Counts the weights of the model that the configuration describes, without making it.

    Example:
        >>> count_parameters(preset("gpt2-small"))
        124439808
    """
    return count_embeddings(config) + count_stacks(config) + count_head(config)


def count_embeddings(config: ModelConfig) -> int:
    """The weights of the embeddings: token or patch, position, segment, and their norm."""
    rows = config.vocabulary_size + config.num_segments
    if config.position == "learned":
        rows += config.max_sequence_length
    embedded = rows * config.hidden_dim + _norm(config) * config.normalize_embeddings
    if not config.image_size:
        return embedded
    patches = _linear(config.patch_size**2 * config.image_channels, config.hidden_dim)
    return embedded + patches + config.hidden_dim  # and the class token


def count_stacks(config: ModelConfig) -> int:
    """The weights of all blocks, and of the norm that follows a pre-norm stack."""
    self_attention = count_attention(config) + _norm(config)
    feed_forward = (count_feed_forward(config) + _norm(config)) * config.use_feed_forward
    block = self_attention + feed_forward
    stack = config.num_layers * block + _norm(config) * config.normalize_first
    if config.architecture != "encoder-decoder":
        return stack
    cross_attention = count_attention(config) + _norm(config)
    return 2 * stack + config.num_layers * cross_attention


def count_head(config: ModelConfig) -> int:
    """The weights after the last block: a projection to the vocabulary or to classes."""
    width, classes = config.hidden_dim, config.num_classes
    match config.head:
        case "masked_lm":
            return _linear(width, width) + 2 * width + config.vocabulary_size
        case "classification":
            return _linear(width, width) + _linear(width, classes)
        case "token_classification":
            return _linear(width, classes)
        case "span":
            return _linear(width, 2)
    predicts_tokens = config.architecture != "encoder-only"
    return width * config.vocabulary_size * (predicts_tokens and not config.tie_embeddings)


def count_attention(config: ModelConfig) -> int:
    """The weights of one attention layer: its four projections."""
    query_width = config.num_heads * config.head_dim
    key_width = config.num_kv_heads * config.head_dim
    return (
        _linear(config.hidden_dim, query_width, config.use_bias)
        + 2 * _linear(config.hidden_dim, key_width, config.use_bias)
        + _linear(query_width, config.hidden_dim, config.use_bias)
    )


def count_feed_forward(config: ModelConfig) -> int:
    """The weights of one feed-forward network."""
    up = _linear(config.hidden_dim, config.intermediate_dim, config.use_bias)
    down = _linear(config.intermediate_dim, config.hidden_dim, config.use_bias)
    gate = up if config.activation == "swiglu" else 0
    return up + gate + down


def _norm(config: ModelConfig) -> int:
    vectors = {"layer_norm": 2, "rms_norm": 1, "none": 0}
    return vectors[config.normalization] * config.hidden_dim


def _linear(inputs: int, outputs: int, use_bias: bool = True) -> int:
    return inputs * outputs + outputs * use_bias

"""How much a model computes, counted from its configuration alone."""

from itertools import pairwise
from typing import NamedTuple

from tfplay.config.model import ModelConfig
from tfplay.config.parameters import GATED_ACTIVATIONS

TRAINING_FACTOR = 3
"""A training step computes three products for each of the forward pass: the backward pass
takes two, one for each factor."""


class Computation(NamedTuple):
    """Multiply-adds of one sequence in a forward pass, by the parts of the model."""

    embeddings: int
    """Projecting the patches of an image; tokens are looked up."""
    blocks: int
    """All projections, attention and feed-forward networks."""
    head: int
    """The output projection: over the whole vocabulary, if the model predicts tokens."""

    @property
    def total(self) -> int:
        """All multiply-adds."""
        return sum(self)


def count_multiply_adds(
    config: ModelConfig, length: int, source_length: int | None = None, cached_length: int = 0
) -> Computation:
    """Counts the multiply-adds of all matrix products in one forward pass of one sequence.

    What a causal mask or padding forbids is computed all the same, and counted. A training step
    takes three times as many (`TRAINING_FACTOR`) for each sequence of its batch. Norms, activations
    and the optimizer are not counted.

    Args:
        config: The model.
        length: Positions of the sequence (T), padding included; of the target, for an
            encoder-decoder. Of an image it is given by its patches, whatever is said here.
        source_length: Positions of an encoder-decoder's source (S); `None` is as many.
        cached_length: Positions before those of the sequence, or of the target, whose keys and
            values are kept in a cache.

    Example:
        >>> count_multiply_adds(preset("gpt2-small"), length=1024).total
        145824153600
    """
    if config.image_size:
        length = config.max_sequence_length
    blocks = config.num_layers * _block(config, length, cached_length)
    if config.architecture == "encoder-decoder":
        source_length = length if source_length is None else source_length
        blocks += config.num_layers * _block(config, source_length)
        blocks += config.num_layers * _attention(config, length, source_length)
    return Computation(_embeddings(config), blocks, _head(config, length))


def _embeddings(config: ModelConfig) -> int:
    if not config.image_size:
        return 0
    num_patches = config.max_sequence_length - config.use_class_token
    return num_patches * config.patch_size**2 * config.image_channels * config.hidden_dim


def _block(config: ModelConfig, length: int, cached_length: int = 0) -> int:
    """Self-attention and feed-forward network."""
    matrices = 3 if config.activation in GATED_ACTIVATIONS else 2
    feed_forward = length * matrices * config.hidden_dim * config.intermediate_dim
    attention = _attention(config, length, length, cached_length)
    return attention + feed_forward * config.use_feed_forward


def _attention(config: ModelConfig, num_queries: int, num_keys: int, cached_keys: int = 0) -> int:
    query_width = config.num_heads * config.head_dim
    key_width = config.num_kv_heads * config.head_dim
    queries_and_output = 2 * num_queries * config.hidden_dim * query_width
    keys_and_values = 2 * num_keys * config.hidden_dim * key_width
    logits_and_output = 2 * num_queries * (cached_keys + num_keys) * query_width
    return queries_and_output + keys_and_values + logits_and_output


def _head(config: ModelConfig, length: int) -> int:
    width, classes, vocabulary = config.hidden_dim, config.num_classes, config.vocabulary_size
    match config.head:
        case "masked_lm":
            return length * width * (width + vocabulary)
        case "classification":
            read = width * (length if config.pooling == "flatten" else 1)
            inner = [config.head_layer_dim or width] * config.use_pooler
            inner += [config.second_head_layer_dim] * bool(config.second_head_layer_dim)
            return sum(a * b for a, b in pairwise([read, *inner, classes]))
        case "token_classification":
            return length * width * classes
        case "span":
            return length * width * 2
    return length * width * vocabulary * (config.architecture != "encoder-only")

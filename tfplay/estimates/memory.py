"""How much memory a training takes, computed from its configuration alone."""

from typing import NamedTuple

from tfplay.config.model import ModelConfig
from tfplay.config.parameters import GATED_ACTIVATIONS, count_parameters

_FLOAT32, _BFLOAT16 = 4, 2  # bytes

# How many numbers a compiled step keeps for the way back or holds at once, fitted to what XLA
# reserves on a CPU for ten models of all sizes (`python -m tests.benchmarks.estimates --memory`).
_BLOCK_WIDTHS = 16  # of width E a token and block: norms, queries, keys, values, sublayers, sums
_CROSS_WIDTHS = 10  # more of them with cross-attention
_DROPOUT_WIDTHS = 4  # more of them with dropout
_INNER_WIDTHS = 4  # of width F; one more with a gate
_SCORES = 4  # attention logits and scores, a query, key and head
_DROPOUT_SCORES = 2  # more of them with dropout
_VOCABULARIES = 2.5  # logits, their softmax and its gradient, a predicted token
_GPU_SHARE = 0.5
"""What XLA needs of that on a GPU, where it orders its work to save memory; scores are in the
precision of the rest there, and flash attention keeps none. Five trainings of gpt2-small on an H200
under JAX took 5.8 to 20.4 GB in all, from 3 % more to 15 % less than this says."""


class TrainingMemory(NamedTuple):
    """Bytes that a training takes, by what they are for."""

    weights: int
    gradients: int
    moments: int
    """Adam's two running means: of each gradient and of its square."""
    activations: int
    """What a step computes on its way through the model, for the largest batch."""

    @property
    def total(self) -> int:
        """All bytes, without what the program itself takes."""
        return sum(self)


def count_training_memory(
    config: ModelConfig,
    batch_size: int,
    length: int,
    source_length: int | None = None,
    is_mixed: bool = False,
    is_on_gpu: bool = False,
    learning: int | None = None,
) -> TrainingMemory:
    """Counts the memory of a training with Adam.

    Weights, gradients and moments are exact. Activations are numbers of the size of a token's
    vector, inner vector, attention row or row of logits, a fixed count for each token and block.

    Args:
        config: The model.
        batch_size: Sequences in a batch (B).
        length: Positions of the longest sequence (T); of the target, for an encoder-decoder.
        source_length: Positions of an encoder-decoder's longest source (S); `None` is as many.
        is_mixed: Whether the precision is mixed_bfloat16: weights stay in float32, and so do
            logits and, on a CPU, attention scores.
        is_on_gpu: Whether it is trained on a GPU.
        learning: How many of its weights learn; `None` is all. Frozen ones have no gradient.

    Example:
        >>> count_training_memory(preset("gpt2-small"), batch_size=8, length=1024).weights
        497759232
    """
    weights = _FLOAT32 * count_parameters(config)
    if config.image_size:
        length = config.max_sequence_length
    precision = _Precision(is_mixed, is_on_gpu)
    activations = config.num_layers * _block(config, length, precision)
    if config.architecture == "encoder-decoder":
        source_length = length if source_length is None else source_length
        activations += config.num_layers * _block(config, source_length, precision)
        activations += config.num_layers * _cross(config, length, source_length, precision)
    activations += _FLOAT32 * _VOCABULARIES * _num_logits(config, length)
    activations *= batch_size * (_GPU_SHARE if is_on_gpu else 1)
    gradients = weights if learning is None else _FLOAT32 * learning
    return TrainingMemory(weights, gradients, 2 * gradients, round(activations))


class _Precision(NamedTuple):
    is_mixed: bool
    is_on_gpu: bool

    @property
    def vector_bytes(self) -> int:
        """Bytes of a number in a token's vector."""
        return _BFLOAT16 if self.is_mixed else _FLOAT32

    def score_bytes(self, config: ModelConfig) -> int:
        """Bytes of an attention score; none where flash attention keeps none."""
        if not self.is_on_gpu:
            return _FLOAT32
        return 0 if self.is_mixed and not config.dropout else self.vector_bytes


def _block(config: ModelConfig, length: int, precision: _Precision) -> float:
    widths = _BLOCK_WIDTHS + _DROPOUT_WIDTHS * bool(config.dropout)
    inner_widths = (
        _INNER_WIDTHS + (config.activation in GATED_ACTIVATIONS)
    ) * config.use_feed_forward
    vectors = widths * config.hidden_dim + inner_widths * config.intermediate_dim
    return length * vectors * precision.vector_bytes + _scores(config, length, length, precision)


def _cross(config: ModelConfig, length: int, source_length: int, precision: _Precision) -> float:
    vectors = length * _CROSS_WIDTHS * config.hidden_dim
    scores = _scores(config, length, source_length, precision)
    return vectors * precision.vector_bytes + scores


def _scores(config: ModelConfig, num_queries: int, num_keys: int, precision: _Precision) -> int:
    copies = _SCORES + _DROPOUT_SCORES * bool(config.dropout)
    num_scores = config.num_heads * num_queries * num_keys
    return copies * num_scores * precision.score_bytes(config)


def _num_logits(config: ModelConfig, length: int) -> int:
    """Numbers that the model answers with for one sequence."""
    match config.head:
        case "classification":
            return config.num_classes
        case "token_classification":
            return length * config.num_classes
        case "span":
            return length * 2
    predicts_tokens = config.head == "masked_lm" or config.architecture != "encoder-only"
    return length * config.vocabulary_size * predicts_tokens

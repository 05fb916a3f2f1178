"""Every component of a transformer, as Keras 3 layers.

Shapes are written with these letters everywhere:

    B batch           H heads (h)           E hidden_dim (d_model)
    T target length   D head_dim (d_k)      F intermediate_dim (d_ff)
    S source length   V vocabulary_size

T counts queries, S counts keys. Masks are boolean: True = may attend / is a real token.
"""

from tfplay.layers.attention import AttentionTrace, masked_softmax, scaled_dot_product_attention
from tfplay.layers.block_cache import BlockCache
from tfplay.layers.blocks import DecoderBlock, EncoderBlock
from tfplay.layers.embedding import PatchEmbedding, SegmentEmbedding, TokenEmbedding
from tfplay.layers.feed_forward import FeedForward
from tfplay.layers.heads import (
    ClassificationHead,
    MaskedLanguageModelHead,
    OutputBias,
    SpanHead,
    TokenClassificationHead,
    TokenPrediction,
)
from tfplay.layers.masks import causal_mask, combine_masks, padding_attention_mask
from tfplay.layers.multi_head_attention import MultiHeadAttention
from tfplay.layers.pooling import Pooling
from tfplay.layers.position import LearnedPosition, RotaryPosition, SinusoidalPosition
from tfplay.layers.relative_position import RelativePosition
from tfplay.layers.residual_norm import ResidualNorm
from tfplay.layers.transformer_block import BlockTrace, Kept

__all__ = [
    "AttentionTrace",
    "BlockCache",
    "BlockTrace",
    "ClassificationHead",
    "DecoderBlock",
    "EncoderBlock",
    "FeedForward",
    "Kept",
    "LearnedPosition",
    "MaskedLanguageModelHead",
    "MultiHeadAttention",
    "OutputBias",
    "PatchEmbedding",
    "Pooling",
    "RelativePosition",
    "ResidualNorm",
    "RotaryPosition",
    "SegmentEmbedding",
    "SinusoidalPosition",
    "SpanHead",
    "TokenClassificationHead",
    "TokenEmbedding",
    "TokenPrediction",
    "causal_mask",
    "combine_masks",
    "masked_softmax",
    "padding_attention_mask",
    "scaled_dot_product_attention",
]

"""The forward pass with parts switched off, or with another model state put in."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import keras
import numpy as np
from keras import ops

from tfplay.explain.answer import Answer
from tfplay.explain.rest_of_model import onward
from tfplay.layers import Kept
from tfplay.layers.transformer_block import TransformerBlock
from tfplay.models import Trace

Tensor = Any
WHOLE_LAYER = "layer"
MOST_NUMBERS = 2**24
"""Attention scores of a layer, or logits, that are computed at once at most: 64 MB."""


class Part(NamedTuple):
    """Something that can be switched off in a model."""

    stack: str
    """"encoder" or "decoder"."""
    layer: int
    """The block, counted from 0."""
    sublayer: str
    """"self_attention", "cross_attention", "feed_forward", or "layer" for all of it."""
    head: int | None = None
    """The head of an attention, counted from 0."""


def all_parts(model: keras.Model) -> list[Part]:
    """Every head, feed-forward network and layer of a model."""
    parts = []
    for name, stack in model.stacks.items():
        for layer, block in enumerate(stack.blocks):
            heads = range(block.num_heads)
            parts += [Part(name, layer, "self_attention", head) for head in heads]
            if block.use_cross_attention:
                parts += [Part(name, layer, "cross_attention", head) for head in heads]
            if block.use_feed_forward:
                parts.append(Part(name, layer, "feed_forward"))
            parts.append(Part(name, layer, WHOLE_LAYER))
    return parts


def logits_without(
    model: keras.Model, trace: Trace, parts: Sequence[Part], answer: Answer
) -> np.ndarray:
    """The model's answers with one part switched off at a time.

    A head's or feed-forward network's answer is replaced by zeros (zero ablation); the residual
    stream goes past a layer that is switched off.

    Args:
        model: Any of the three architectures.
        trace: The model's forward pass on one example.
        parts: What to switch off, each by itself.
        answer: The result is its row of the logits.

    Returns:
        (parts, choices).
    """
    embeddings = embeddings_of(trace)
    longest = max(array.shape[1] for array in embeddings.values())
    numbers = longest * max(model.config.num_heads * longest, model.config.vocabulary_size)
    at_once = max(1, MOST_NUMBERS // numbers)
    rows = [
        answer.logits(
            ops.convert_to_numpy(forward(model, embeddings, parts[start : start + at_once]))
        )
        for start in range(0, len(parts), at_once)
    ]
    return np.concatenate(rows)


def embeddings_of(trace: Trace) -> dict[str, np.ndarray]:
    """What enters each stack, (1, T, E), by its name."""
    return {name: stack.embeddings for name, stack in trace.stacks.items()}


def forward(
    model: keras.Model, embeddings: dict[str, Tensor], without: Sequence[Part] | None = None
) -> Tensor:
    """The forward pass from what enters the first block of each stack.

    Args:
        model: Any of the three architectures.
        embeddings: (B, T, E) by the name of the stack.
        without: Parts of which the n-th is switched off in the n-th example; embeddings of one
            example serve for all. `None` is the model as it is.

    Returns:
        Logits, as the model gives them.
    """
    output = None  # of the encoder, where there is one, until the decoder's
    for name, stack in model.stacks.items():
        x = ops.convert_to_tensor(embeddings[name])
        if without is not None:
            x = ops.repeat(x, len(without), axis=0)
        for layer, block in enumerate(stack.blocks):
            off = [part if part[:2] == (name, layer) else None for part in without or ()]
            x = _pass_through(block, x, output, off)
        output = stack.norm(x)
    return model.unembed(output)


def _pass_through(
    block: TransformerBlock, x: Tensor, encoder_output: Tensor | None, off: list[Part | None]
) -> Tensor:
    kept = Kept(
        _kept(off, "self_attention", block.num_heads),
        _kept(off, "cross_attention", block.num_heads),
        _kept(off, "feed_forward"),
    )
    after, *_ = block.pass_through(x, **block.read(x, encoder_output), kept=kept)
    whole = _kept(off, WHOLE_LAYER)
    return after if whole is None else ops.where(whole[..., None], after, x)


def _kept(off: list[Part | None], sublayer: str, num_heads: int = 1) -> np.ndarray | None:
    """(B, heads): false where an example's part is off; `None` where none is."""
    kept = np.ones((len(off), num_heads), bool)
    for example, part in enumerate(off):
        if part is not None and part.sublayer == sublayer:
            kept[example, part.head or 0] = False
    return None if kept.all() else kept


def patched_logits(
    model: keras.Model, trace: Trace, source: Trace, answer: Answer, stack: str
) -> np.ndarray:
    """The logits of an answer's row with one vector of the stream taken from another text.

    Activation patching (Meng et al., 2022, arXiv:2202.05262): where the vector carries what the
    answer depends on, the answer follows.

    Args:
        model: Any of the three architectures.
        trace: The forward pass on the text that is patched.
        source: The forward pass on a text with as many tokens, from which the vectors are taken.
        answer: The answer whose row of the logits is returned.
        stack: "encoder" or "decoder": the stack whose stream is patched.

    Returns:
        (layers + 1, T, choices): by the level, the embeddings first, and the position patched.
    """
    own, other = (getattr(each, stack).residual_levels()[:, 0] for each in (trace, source))
    length = own.shape[1]
    logits = []
    for level in range(len(own)):
        patched = np.repeat(own[level : level + 1], length, axis=0)  # each at another position
        patched[np.arange(length), np.arange(length)] = other[level]
        logits.append(answer.logits(onward(model, trace, stack, level - 1, patched)))
    return np.stack(logits)

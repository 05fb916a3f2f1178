"""The forward pass with parts switched off, or with another model state put in."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import keras
import numpy as np
from keras import ops

from tfplay.explain.answer import Answer
from tfplay.explain.lens import residual_levels
from tfplay.explain.rest_of_model import onward
from tfplay.layers.masks import causal_mask
from tfplay.models import Trace

Tensor = Any
WHOLE_LAYER = "layer"
MOST_NUMBERS = 2**24
"""So many attention scores of a layer, or logits, are computed at once: 64 MB."""


class Part(NamedTuple):
    """Something that can be switched off in a model."""

    stack: str
    """"encoder" or "decoder"."""
    layer: int
    """Counted from 0."""
    sublayer: str
    """"self_attention", "cross_attention", "feed_forward", or "layer" for all of it."""
    head: int | None = None
    """Of an attention, counted from 0."""


def all_parts(model: keras.Model) -> list[Part]:
    """Every head, feed-forward network and layer of a model."""
    parts = []
    for stack, blocks in stacks(model).items():
        for layer, block in enumerate(blocks):
            for sublayer in _attentions(block):
                heads = range(getattr(block, sublayer).num_heads)
                parts += [Part(stack, layer, sublayer, head) for head in heads]
            if block.use_feed_forward:
                parts.append(Part(stack, layer, "feed_forward"))
            parts.append(Part(stack, layer, WHOLE_LAYER))
    return parts


def stacks(model: keras.Model) -> dict[str, list[keras.Layer]]:
    """A model's blocks, by the name of their stack."""
    if model.architecture == "encoder-decoder":
        return {"encoder": model.encoder_blocks, "decoder": model.decoder_blocks}
    return {model.architecture.removesuffix("-only"): model.blocks}


def logits_without(
    model: keras.Model, trace: Trace, parts: Sequence[Part], answer: Answer
) -> np.ndarray:
    """What the model answers with one part switched off, for each of some parts.

    A head's or feed-forward network's answer is replaced by zeros (zero ablation); the residual
    stream goes past a layer that is switched off.

    Args:
        model: Any of the three architectures.
        trace: Its forward pass on one example.
        parts: What to switch off, each by itself.
        answer: Its row of the logits is given.

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
    named = {"encoder": trace.encoder, "decoder": trace.decoder}
    return {name: stack.embeddings for name, stack in named.items() if stack is not None}


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
    memory = None
    for name, blocks in stacks(model).items():
        x = ops.convert_to_tensor(embeddings[name])
        if without is not None:
            x = ops.repeat(x, len(without), axis=0)
        for layer, block in enumerate(blocks):
            x = _block(block, x, memory, _Kept(without, name, layer))
        if name == "encoder" and model.architecture == "encoder-decoder":
            memory = model.encoder_norm(x)
    norm = model.final_norm if memory is None else model.decoder_norm
    return model.unembed(norm(x))


def patched_logits(
    model: keras.Model, trace: Trace, source: Trace, answer: Answer, stack: str
) -> np.ndarray:
    """The logits of an answer's row with one vector of the stream taken from another text.

    Activation patching (Meng et al., 2022, arXiv:2202.05262): where the vector carries what the
    answer depends on, the answer follows.

    Args:
        model: Any of the three architectures.
        trace: The forward pass on the text that is patched.
        source: That on a text with as many tokens, where the vectors are from.
        answer: Whose row.
        stack: "encoder" or "decoder": whose stream.

    Returns:
        (layers + 1, T, choices): by the level, the embeddings first, and the position patched.
    """
    own, other = (residual_levels(getattr(each, stack)) for each in (trace, source))
    length = own.shape[1]
    logits = []
    for level in range(len(own)):
        patched = np.repeat(own[level : level + 1], length, axis=0)  # each at another position
        patched[np.arange(length), np.arange(length)] = other[level]
        logits.append(answer.logits(onward(model, trace, stack, level - 1, patched)))
    return np.stack(logits)


class _Kept:
    """How much of each part of a block goes on, for each example: 0 what is off, 1 the rest."""

    def __init__(self, without: Sequence[Part] | None, stack: str, layer: int):
        self._here = [
            part if (part.stack, part.layer) == (stack, layer) else None for part in without or ()
        ]

    def of(self, sublayer: str, num_heads: int = 1) -> np.ndarray | None:
        """(B, heads), or `None` where everything goes on."""
        if not any(part is not None and part.sublayer == sublayer for part in self._here):
            return None
        kept = np.ones((len(self._here), num_heads), "float32")
        for example, part in enumerate(self._here):
            if part is not None and part.sublayer == sublayer:
                kept[example, part.head or 0] = 0
        return kept


def _block(block: keras.Layer, x: Tensor, memory: Tensor | None, kept: _Kept) -> Tensor:
    before = x
    for sublayer in _attentions(block):
        source = memory if sublayer == "cross_attention" else None
        x = _attend(block, sublayer, x, source, kept)
    if block.use_feed_forward:
        fed = block.feed_forward(block.feed_forward_residual.prepare(x))
        keep = kept.of("feed_forward")
        fed = fed if keep is None else fed * keep[..., None]
        x = block.feed_forward_residual(x, fed)
    keep = kept.of(WHOLE_LAYER)
    return x if keep is None else ops.where(keep[..., None] > 0, x, before)


def _attend(
    block: keras.Layer, sublayer: str, x: Tensor, memory: Tensor | None, kept: _Kept
) -> Tensor:
    attention = getattr(block, sublayer)
    residual = getattr(block, f"{sublayer}_residual")
    read = residual.prepare(x)
    keys_and_values = attention.project_keys_and_values(read if memory is None else memory)
    is_causal = memory is None and getattr(block, "use_causal_mask", False)
    mask = causal_mask(x.shape[1], x.shape[1]) if is_causal else None
    output, trace = attention.attend(read, keys_and_values, mask, return_trace=True)
    keep = kept.of(sublayer, attention.num_heads)
    if keep is not None:
        heads = ops.swapaxes(trace.head_outputs * keep[..., None, None], 1, 2)
        joined = ops.reshape(heads, (*heads.shape[:2], -1))
        output = attention.output_dense(joined)
    return residual(x, output)


def _attentions(block: keras.Layer) -> list[str]:
    has_cross = getattr(block, "use_cross_attention", False)
    return ["self_attention", "cross_attention"] if has_cross else ["self_attention"]

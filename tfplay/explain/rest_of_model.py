"""The rest of a model's way, from a residual stream that somebody has changed."""

import keras
import numpy as np
from keras import ops

from tfplay.layers.blocks import TransformerBlock
from tfplay.models import Trace


def stack_blocks(model: keras.Model, stack: str) -> list[TransformerBlock]:
    """The blocks of the stack called "encoder" or "decoder"."""
    if model.architecture == "encoder-decoder":
        return getattr(model, f"{stack}_blocks")
    return model.blocks


def onward(model: keras.Model, trace: Trace, stack: str, layer: int, x: np.ndarray) -> np.ndarray:
    """What the model answers if a block leaves another residual stream behind.

    Args:
        model: Any of the three architectures.
        trace: Its forward pass, without padding.
        stack: "encoder" or "decoder".
        layer: The block, counted from 0.
        x: (B, T, E), the stream after it.

    Returns:
        Logits, as the model gives them.

    Example:
        >>> onward(model, trace, "decoder", 0, np.zeros_like(trace.decoder.embeddings))
    """
    blocks = stack_blocks(model, stack)[layer + 1 :]
    if model.architecture != "encoder-decoder":
        return _unembedded(model, blocks, x, model.final_norm)
    if stack == "decoder":
        return _unembedded(model, blocks, x, model.decoder_norm, trace.encoder.output)
    for block in blocks:
        x = block(x)
    encoder_output = model.encoder_norm(x)
    embeddings = trace.decoder.embeddings
    return _unembedded(model, model.decoder_blocks, embeddings, model.decoder_norm, encoder_output)


def _unembedded(model, blocks, x, norm, encoder_output=None) -> np.ndarray:
    context = {} if encoder_output is None else {"encoder_output": encoder_output}
    for block in blocks:
        x = block(x, **context)
    return ops.convert_to_numpy(model.unembed(norm(x)))

"""The rest of a forward pass, from a changed residual stream on."""

import keras
import numpy as np
from keras import ops

from tfplay.models import Stack, Trace


def onward(model: keras.Model, trace: Trace, stack: str, layer: int, x: np.ndarray) -> np.ndarray:
    """The model's answer if a block left another residual stream behind.

    Args:
        model: Any of the three architectures.
        trace: The model's forward pass, without padding.
        stack: "encoder" or "decoder".
        layer: The block, counted from 0.
        x: (B, T, E), the stream after it.

    Returns:
        Logits, as the model gives them.

    Example:
        >>> onward(model, trace, "decoder", 0, np.zeros_like(trace.decoder.embeddings))
    """
    whole = model.stacks[stack]
    rest = Stack(whole.blocks[layer + 1 :], whole.norm)
    if len(model.stacks) == 1:
        output = rest(x)
    elif stack == "decoder":
        output = rest(x, encoder_output=trace.encoder.output)
    else:
        output = model.decoder(trace.decoder.embeddings, encoder_output=rest(x))
    return ops.convert_to_numpy(model.unembed(output))

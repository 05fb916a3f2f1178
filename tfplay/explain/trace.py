"""A model's trace as NumPy arrays."""

from typing import Any

import keras
import numpy as np

from tfplay.models import Trace


def trace_arrays(model: keras.Model, inputs: dict[str, Any]) -> Trace:
    """Runs the model once and keeps every value on the way.

    It is not compiled: each new sentence length would cost seconds, the run itself some hundredths.

    Args:
        model: Any of the three architectures.
        inputs: As the model takes them, (B, T) each.

    Returns:
        The model's `Trace`, with NumPy arrays in place of tensors.

    Raises:
        InputError: The sequence is longer than the model's context.

    Example:
        >>> trace = trace_arrays(model, {"token_ids": token_ids})
        >>> trace.decoder.blocks[0].self_attention.attention_scores  # (B, H, T, T)
    """
    trace = model.trace({name: np.asarray(array) for name, array in inputs.items()})
    return keras.tree.map_structure(_to_numpy, trace)


def _to_numpy(tensor: Any) -> np.ndarray | None:
    """Keeps `None`, which stands for a stack or an attention that the model lacks."""
    return None if tensor is None else keras.ops.convert_to_numpy(tensor)

"""A model's trace as NumPy arrays."""

from collections.abc import Callable
from functools import partial
from typing import Any

import keras
import numpy as np

from tfplay.decoding import check_inputs
from tfplay.decoding.compile import compiled_for_all_lengths
from tfplay.decoding.kept import kept_with
from tfplay.explain.deep_trace import DeepTrace, is_deep
from tfplay.models import Trace


def trace_arrays(model: keras.Model, inputs: dict[str, Any]) -> Trace:
    """Runs the model once and keeps every value on the way.

    It is not compiled: that would cost as much as ten runs. `compiled_trace` is for more of them;
    of a deep model one block is.

    Args:
        model: Any of the three architectures.
        inputs: The model's inputs, (B, T) each.

    Returns:
        The model's `Trace`, with NumPy arrays in place of tensors.

    Raises:
        InputError: The sequence is longer than the model's context, or has an id outside the
            vocabulary.

    Example:
        >>> trace = trace_arrays(model, {"token_ids": token_ids})
        >>> trace.decoder.blocks[0].self_attention.attention_scores  # (B, H, T, T)
    """
    check_inputs(model, inputs)
    run = model.trace
    if is_deep(model):
        run = kept_with(model, "deep trace", lambda: DeepTrace(model))
    trace = run({name: np.asarray(array) for name, array in inputs.items()})
    return keras.tree.map_structure(_to_numpy, trace)


def compiled_trace(model: keras.Model) -> Callable[[dict[str, Any]], Trace]:
    """`trace_arrays` for a model that is asked again and again, compiled once for all lengths.

    Compiling takes as long as some ten passes, a compiled pass about a tenth of another. Only
    TensorFlow compiles for every length at once; on other backends nothing is compiled.

    Args:
        model: A `DecoderOnly`.

    Returns:
        A function from the model's inputs to its trace, as `trace_arrays` returns it.

    Example:
        >>> trace = compiled_trace(model)({"token_ids": token_ids})
    """
    return kept_with(model, "trace", lambda: _compile_trace(model))


def _compile_trace(model: keras.Model) -> Callable[[dict[str, Any]], Trace]:
    if is_deep(model):
        return partial(trace_arrays, model)
    function = compiled_for_all_lengths(model.trace, "token_ids")

    def run(inputs: dict[str, Any]) -> Trace:
        model.check_length(inputs["token_ids"].shape[1])  # what is compiled cannot raise
        check_inputs(model, inputs)
        return keras.tree.map_structure(_to_numpy, function(inputs))

    return run


def _to_numpy(tensor: Any) -> np.ndarray | None:
    """Keeps `None`, which stands for a stack or an attention that the model lacks."""
    return None if tensor is None else keras.ops.convert_to_numpy(tensor)

"""Gradients of a function of arrays, on the backend in use: Keras has none of its own."""

from collections.abc import Callable
from typing import Any

import keras
import numpy as np

from tfplay.errors import InputError
from tfplay.explain.altered import embeddings_of, forward
from tfplay.explain.answer import Answer
from tfplay.models import Trace

Arrays = dict[str, np.ndarray]


def gradient_times_input(model: keras.Model, trace: Trace, answer: Answer) -> Arrays:
    """How much an answer's logit would change with each token's embedding, as a first guess.

    s_t = sum_e x_te dlogit/dx_te, of the vectors x that enter the first block (Shrikumar et al.,
    2016, arXiv:1605.01713).

    Args:
        model: Any of the three architectures.
        trace: The model's forward pass on one example.
        answer: The answer whose logit is explained.

    Returns:
        (T,) for each stack, "encoder" and "decoder"; negative values speak against the answer.

    Raises:
        InputError: Keras runs on a backend without gradients, or on one that is unknown here.
    """

    def logit(embeddings: dict[str, Any]) -> Any:
        return answer.logit(forward(model, embeddings))[0]

    embeddings = embeddings_of(trace)
    slopes = gradient(logit, embeddings)
    return {name: (slopes[name] * x)[0].sum(axis=-1) for name, x in embeddings.items()}


def gradient(function: Callable[[dict[str, Any]], Any], arrays: Arrays) -> Arrays:
    """The gradient of a number by each of the arrays that it is computed from.

    Args:
        function: From tensors of these names to a tensor without axes.
        arrays: The point at which the gradient is taken.

    Returns:
        Arrays of the same names and shapes.
    """
    match keras.backend.backend():
        case "tensorflow":
            import tensorflow as tf

            tensors = {name: tf.convert_to_tensor(array) for name, array in arrays.items()}
            with tf.GradientTape() as tape:
                tape.watch(tensors)
                value = function(tensors)
            slopes = tape.gradient(value, tensors)
        case "jax":
            import jax

            slopes = jax.grad(function)(arrays)
        case other:
            raise InputError(f"Gradients are taken on TensorFlow or JAX; Keras runs on {other}.")
    return {name: np.asarray(slope) for name, slope in slopes.items()}

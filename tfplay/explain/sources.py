"""Where positions of a sequence looked, and what they predicted: one forward pass for all."""

from typing import NamedTuple

import keras
import numpy as np

from tfplay.explain.rollout import attention_rollout
from tfplay.explain.trace import compiled_trace


class Sources(NamedTuple):
    """Where R positions of a sequence of N tokens looked, and what they predicted."""

    attention_scores: np.ndarray
    """(layers, H, R, N); rows sum to 1."""
    passed_on: np.ndarray
    """(layers, H, N): the length of v_s W_O^h, the vector that head h can pass on from each token.
    """
    rollout: np.ndarray
    """(R, N); rows sum to 1."""
    logits: np.ndarray
    """(R, V) of the token after each position, in float32."""

    def mean_scores(
        self, layer: int | None = None, head: int | None = None, weigh: bool = False
    ) -> np.ndarray:
        """Attention scores averaged over layers and heads.

        Args:
            layer: Counted from 1; `None` averages over all.
            head: Counted from 1; `None` averages over all.
            weigh: Multiply each score by the length of what it passes on, |a_s v_s W_O|
                (Kobayashi et al., 2020, arXiv:2004.10102), and divide by their sum.

        Returns:
            (R, N); rows sum to 1.
        """
        layers = slice(None) if layer is None else slice(layer - 1, layer)
        heads = slice(None) if head is None else slice(head - 1, head)
        scores = self.attention_scores[layers, heads].astype("float64")
        if weigh:
            scores = scores * self.passed_on[layers, heads, None]
        mean = scores.mean(axis=(0, 1))
        return mean / mean.sum(axis=-1, keepdims=True)


def trace_sources(model: keras.Model, token_ids: np.ndarray, positions: slice) -> Sources:
    """Runs the model once and keeps where some positions looked and what they predicted.

    Args:
        model: A `DecoderOnly`.
        token_ids: (N,).
        positions: The R positions that are kept.

    Raises:
        InputError: The sequence is longer than the model's context.

    Example:
        >>> sources = trace_sources(model, token_ids[0], slice(-20, None))
        >>> sources.mean_scores()[-1]  # (N,): where the last position looked, on average
    """
    trace = compiled_trace(model)({"token_ids": token_ids[None].astype("int32")})
    scores = trace.decoder.attention_scores()[:, 0]
    return Sources(
        scores[:, :, positions].copy(),  # without all the other rows
        np.stack(
            [
                _passed_on(traced.self_attention.value[0], block.self_attention.output_dense)
                for traced, block in zip(trace.decoder.blocks, model.blocks, strict=True)
            ]
        ),
        attention_rollout(scores)[-1, positions],
        trace.logits[0, positions].astype("float32"),
    )


def _passed_on(value: np.ndarray, output_dense: keras.layers.Dense) -> np.ndarray:
    """(H, N): lengths of the values (H, N, D) after each head's part (D, E) of W_O."""
    kernel = keras.ops.convert_to_numpy(output_dense.kernel)  # (H D, E)
    parts = kernel.reshape(len(value), -1, kernel.shape[-1])
    return np.linalg.norm(value.astype("float32") @ parts, axis=-1)

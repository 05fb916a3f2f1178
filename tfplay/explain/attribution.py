"""Direct logit attribution: how much each part of a model pushes one of its answers."""

from typing import NamedTuple

import keras
import numpy as np
from keras import ops

from tfplay.explain.answer import Answer
from tfplay.explain.lens import last_stack
from tfplay.layers import AttentionTrace
from tfplay.models import Trace


class Attribution(NamedTuple):
    """What the parts of the stack that answers add to a logit; all of it sums to the logit."""

    embeddings: float
    self_attention: np.ndarray
    """(layers, H)."""
    cross_attention: np.ndarray | None
    """(layers, H)."""
    feed_forward: np.ndarray
    """(layers,); 0 without such a network."""
    constant: float
    """What the biases and the norms' shifts add, whatever the text is."""

    @property
    def total(self) -> float:
        """The logit, or the difference of two."""
        parts = (self.self_attention, self.cross_attention, self.feed_forward)
        sums = (float(part.sum()) for part in parts if part is not None)
        return self.embeddings + sum(sums) + self.constant


class _Reading(NamedTuple):
    """An answer as a sum over the stream (T, E): sum_t direction_t . x_t + constant."""

    direction: np.ndarray
    """(T, E)."""
    constant: float


def attribute(
    model: keras.Model, trace: Trace, answer: Answer, against: Answer | None = None
) -> Attribution:
    """Splits a logit into what each head and feed-forward network wrote into the stream.

    The stream is the sum of all that was written into it, and the logit a linear reading of it once
    each norm divides by the deviation it has on this text, and a nonlinear head's gates are held
    where they are. So sum_parts direction . part = logit, to the last digit. What a part does by
    way of later parts is not counted here; ablation shows it (Elhage et al., 2021, "A
    Mathematical Framework for Transformer Circuits").

    Args:
        model: Any of the three architectures, with a head or predicting tokens.
        trace: The model's forward pass on one example, without padding.
        answer: The answer whose logit is split.
        against: Another answer of the same row, whose logit is subtracted: why not this one?

    Example:
        >>> answer, other = likeliest(trace.logits, row=-1)
        >>> attribute(model, trace, answer, other).self_attention  # (layers, H)
    """
    stack = last_stack(trace)
    reading = _read_head(model, _numpy(stack.output)[0], answer, against)
    stream = _numpy(stack.blocks[-1].residual_after)[0]
    layers = model.decoder or model.encoder
    reading = _through_norm(layers.norm, stream, reading)
    heads, cross_heads, fed = [], [], []
    for block, values in zip(layers.blocks[::-1], stack.blocks[::-1], strict=True):
        fed.append(0.0)
        if values.feed_forward is not None:
            before, written = values.residual_after_cross_attention, values.feed_forward
            reading = _through_residual(block.feed_forward_residual, before, written, reading)
            fed[-1] = float((reading.direction * _numpy(written)[0]).sum())
            reading = _before(block.feed_forward_residual, reading)
        if values.cross_attention is not None:
            before = values.residual_after_self_attention
            cross, reading = _heads(block, "cross_attention", before, values, reading)
            cross_heads.append(cross)
        own, reading = _heads(block, "self_attention", values.residual_before, values, reading)
        heads.append(own)
    return Attribution(
        embeddings=float((reading.direction * _numpy(stack.embeddings)[0]).sum()),
        self_attention=np.stack(heads[::-1]),
        cross_attention=np.stack(cross_heads[::-1]) if cross_heads else None,
        feed_forward=np.array(fed[::-1]),
        constant=reading.constant,
    )


def _heads(block, name, before, values, reading: _Reading) -> tuple[np.ndarray, _Reading]:
    """What each head (H,) of an attention adds, and the reading before it."""
    attention, residual = getattr(block, name), getattr(block, f"{name}_residual")
    trace: AttentionTrace = getattr(values, name)
    reading = _through_residual(residual, before, trace.output, reading)
    kernel = _numpy(attention.output_dense.kernel)
    by_head = kernel.reshape(attention.num_heads, attention.head_dim, -1)  # W_O, a part a head
    written = np.einsum("htd,hde->hte", _numpy(trace.head_outputs)[0], by_head)
    added = np.einsum("te,hte->h", reading.direction, written)
    if attention.output_dense.bias is not None:
        bias = float((reading.direction @ _numpy(attention.output_dense.bias)).sum())
        reading = reading._replace(constant=reading.constant + bias)
    return added, _before(residual, reading)


def _through_residual(residual, before, written, reading: _Reading) -> _Reading:
    """The reading of what a sublayer's answer is added to, from that of what comes after."""
    if residual.normalize_first:
        return reading
    added = _numpy(written)[0] + (_numpy(before)[0] if residual.use_residual else 0)
    return _through_norm(residual.norm, added, reading)


def _before(residual, reading: _Reading) -> _Reading:
    """The reading of a sublayer's input; without a residual connection nothing bypasses it."""
    if residual.use_residual:
        return reading
    return reading._replace(direction=np.zeros_like(reading.direction))


def _through_norm(norm: keras.layers.Layer, x: np.ndarray, reading: _Reading) -> _Reading:
    """The reading of what a norm was given, (T, E), from that of what it gave."""
    direction, constant = reading
    if isinstance(norm, keras.layers.RMSNormalization):
        deviation = np.sqrt((x**2).mean(axis=-1, keepdims=True) + norm.epsilon)
        return _Reading(direction * _numpy(norm.scale) / deviation, constant)
    if isinstance(norm, keras.layers.LayerNormalization):
        constant += float((direction @ _numpy(norm.beta)).sum())
        deviation = np.sqrt(x.var(axis=-1, keepdims=True) + norm.epsilon)
        scaled = direction * _numpy(norm.gamma) / deviation
        return _Reading(scaled - scaled.mean(axis=-1, keepdims=True), constant)
    return reading


def _read_head(
    model: keras.Model, x: np.ndarray, answer: Answer, against: Answer | None
) -> _Reading:
    """The head's reading of the last contextual vectors (T, E)."""
    direction = np.zeros_like(x)
    match model.config.head:
        case "classification":
            return _read_classes(model.head, x, answer, against)
        case "masked_lm" if not model.config.use_prediction_layer:
            dense = model.head.dense
            row, constant = _chosen(dense.kernel, dense.bias, answer, against)
        case "masked_lm":
            row, constant = _read_masked(model, x[answer.row], answer, against)
        case "token_classification":
            row, constant = _read_token_class(model.head, x[answer.row], answer, against)
        case "span":
            dense = model.head.dense
            kernel, bias = _numpy(dense.kernel)[:, answer.row], _numpy(dense.bias)[answer.row]
            direction[answer.choice] += kernel
            if against is not None:
                direction[against.choice] -= kernel
            return _Reading(direction, float(bias) if against is None else 0.0)
        case _ if model.token_prediction is None:
            scale = model.config.hidden_dim**-0.5 if model.config.scale_logits else 1.0
            transposed = _numpy(model.output_embedding.embeddings).T * scale
            bias = None if model.output_bias is None else model.output_bias.bias
            row, constant = _chosen(transposed, bias, answer, against)
        case _:
            dense = model.token_prediction.dense
            row, constant = _chosen(dense.kernel, dense.bias, answer, against)
    direction[answer.row] = row
    return _Reading(direction, constant)


def _chosen(kernel, bias, answer: Answer, against: Answer | None) -> tuple[np.ndarray, float]:
    """An answer's column of a matrix (E, choices), less the other's, and the same of the bias."""
    kernel = _numpy(kernel)
    bias = np.zeros(kernel.shape[1]) if bias is None else _numpy(bias)
    column, constant = kernel[:, answer.choice], bias[answer.choice]
    if against is not None:
        column, constant = column - kernel[:, against.choice], constant - bias[against.choice]
    return column, float(constant)


def _read_masked(model, x: np.ndarray, answer, against) -> tuple[np.ndarray, float]:
    """Back through projection, norm, activation and dense layer, for one vector (E,)."""
    head = model.head
    inner, active = _inside(head.dense, x)
    kernel = ops.transpose(model.token_embeddings) if head.tie_embeddings else head.kernel
    row, constant = _chosen(kernel, head.bias, answer, against)
    reading = _through_norm(head.norm, active[None], _Reading(row[None], constant))
    return _through_gates(head.dense, inner, active, reading)


def _read_token_class(
    head, x: np.ndarray, answer: Answer, against: Answer | None
) -> tuple[np.ndarray, float]:
    """Back through the logits' matrix and the dense layer before it, if there is one."""
    if isinstance(head, keras.layers.Dense):
        return _chosen(head.kernel, head.bias, answer, against)
    row, constant = _chosen(head.output_dense.kernel, head.output_dense.bias, answer, against)
    return _through_dense(head.inner_dense, x, _Reading(row[None], constant))


def _read_classes(head, x: np.ndarray, answer: Answer, against: Answer | None) -> _Reading:
    """Back through the logits' matrix, the pooler and the pooling."""
    pooled = _numpy(head.pool(x[None].astype("float32")))[0]
    row, constant = _chosen(head.output_dense.kernel, head.output_dense.bias, answer, against)
    read = []
    for dense in head.inner_layers:
        read.append(pooled)
        _, pooled = _inside(dense, pooled)
    for dense, vector in zip(reversed(head.inner_layers), reversed(read), strict=True):
        row, constant = _through_dense(dense, vector, _Reading(row[None], constant))
    share = np.zeros_like(x)  # (T, E): how much of each value is in the pooled vector
    match head.pool.pooling:
        case "first":
            share[0] = 1
        case "last":
            share[-1] = 1
        case "mean":
            share[:] = 1 / len(x)
        case "flatten":
            return _Reading(row.reshape(x.shape), constant)
        case "max":
            share[x.argmax(axis=0), np.arange(x.shape[1])] = 1
    return _Reading(share * row, constant)


def _inside(dense, x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """A dense layer's neurons for one vector (E,), before and after the activation."""
    inner = x @ _numpy(dense.kernel) + _numpy(dense.bias)
    return inner, _numpy(dense.activation(ops.convert_to_tensor(inner.astype("float32"))))


def _through_dense(dense, x: np.ndarray, reading: _Reading) -> tuple[np.ndarray, float]:
    """Back through a dense layer that read x (E,)."""
    return _through_gates(dense, *_inside(dense, x), reading)


def _through_gates(dense, inner, active, reading: _Reading) -> tuple[np.ndarray, float]:
    """Back through activation and dense layer; a gate is what share of a neuron came through."""
    is_zero = np.abs(inner) < 1e-9
    gates = np.where(is_zero, 0, active / np.where(is_zero, 1, inner))
    gated = reading.direction[0] * gates
    constant = reading.constant + float(gated @ _numpy(dense.bias))
    return _numpy(dense.kernel) @ gated, constant


def _numpy(tensor) -> np.ndarray:
    return ops.convert_to_numpy(tensor).astype("float64")

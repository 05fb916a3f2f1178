"""One block as named steps, each a matrix, with switches that change how it computes."""

from dataclasses import dataclass
from typing import NamedTuple

import keras
import numpy as np

from tfplay.errors import InputError
from tfplay.explain.operations import (
    Activate,
    Add,
    Given,
    Join,
    Mask,
    Multiply,
    Normalize,
    Operation,
    Product,
    Rotate,
    Scale,
    Softmax,
    Split,
)
from tfplay.layers import FeedForward, MultiHeadAttention, ResidualNorm, causal_mask
from tfplay.layers.transformer_block import TransformerBlock

GATES = {"swiglu": "silu", "geglu_tanh": "gelu_tanh"}
"""The function on the gate of each gated activation."""


class BlockStep(NamedTuple):
    """One matrix on the way through a block."""

    part: str
    """"self_attention", "cross_attention" or "feed_forward"."""
    name: str
    """The step's name, such as "query"; it is unique within its part."""
    operation: Operation
    values: np.ndarray
    """(T, columns), or (H, T, columns) where there are heads."""


@dataclass(frozen=True)
class Switches:
    """Changes to the forward pass; the defaults change nothing.

    Attributes:
        scale_attention: Divide the products of queries and keys by sqrt(d_k).
        use_mask: Forbid what the mask forbids.
        use_residual: Add what a sublayer reads to what it answers.
        mix_heads: Multiply the concatenated heads by W_O; false leaves them side by side.
        only_head: The one head that is kept; the others answer 0. `None` keeps all.
        activation: An activation in place of the model's own; `None` keeps its own.
    """

    scale_attention: bool = True
    use_mask: bool = True
    use_residual: bool = True
    mix_heads: bool = True
    only_head: int | None = None
    activation: str | None = None


def block_steps(
    block: TransformerBlock,
    x: np.ndarray,
    encoder_output: np.ndarray | None = None,
    switches: Switches = Switches(),
) -> tuple[BlockStep, ...]:
    """Passes a sequence through a block, step by step.

    Args:
        block: An encoder or decoder block.
        x: (T, E), the residual stream before the block; no padding.
        encoder_output: (S, E), for a decoder block with cross-attention.
        switches: What to change.

    Returns:
        Every matrix on the way; the last is the residual stream after the block.

    Raises:
        InputError: The block cannot be changed like that.

    Example:
        >>> steps = block_steps(model.blocks[0], trace.decoder.embeddings[0])
        >>> steps[-1].values  # (T, E)
    """
    walk = _Walk(switches)
    stream = walk.add("self_attention", "input", Given(x))
    is_masked = block.use_causal_mask and switches.use_mask
    allowed = None
    if is_masked:
        allowed = keras.ops.convert_to_numpy(causal_mask(len(x), window=block.attention_window))[0]
    bias = block.position_bias(x[None], x[None, None])
    stream = walk.attend(
        "self_attention",
        block.self_attention,
        block.self_attention_residual,
        stream,
        allowed=allowed,
        bias=None if bias is None else _array(bias)[0],
    )
    if encoder_output is not None:
        stream = walk.attend(
            "cross_attention",
            block.cross_attention,
            block.cross_attention_residual,
            stream,
            encoder_output,
        )
    if block.use_feed_forward:
        walk.feed_forward(block.feed_forward, block.feed_forward_residual, stream)
    return tuple(walk.steps)


class _Walk:
    """The steps so far, and how to make more."""

    def __init__(self, switches: Switches):
        self.switches = switches
        self.steps: list[BlockStep] = []

    def add(self, part: str, name: str, operation: Operation) -> np.ndarray:
        values = operation.result()
        self.steps.append(BlockStep(part, name, operation, values))
        return values

    def attend(
        self,
        part: str,
        attention: MultiHeadAttention,
        residual: ResidualNorm,
        stream: np.ndarray,
        encoder_output: np.ndarray | None = None,
        allowed: np.ndarray | None = None,
        bias: np.ndarray | None = None,
    ) -> np.ndarray:
        """softmax(Q K^T / sqrt(d_k)) V of each head, joined, times W_O, added to the stream."""

        def step(name: str, operation: Operation) -> np.ndarray:
            return self.add(part, name, operation)

        normed = self._prepare(part, residual, stream)
        source = normed
        if encoder_output is not None:
            source = step("encoder_output", Given(encoder_output))
        query = step("query", _linear(normed, attention.query_dense))
        key = step("key", _linear(source, attention.key_dense))
        value = step("value", _linear(source, attention.value_dense))

        sizes = attention.head_dim, attention.num_heads
        query = step("query_heads", Split(query, *sizes))
        key = step("key_heads", Split(key, *sizes))
        value = step("value_heads", Split(value, *sizes))
        if attention.use_qk_norm:
            query = step("query_normalized", _normalize_heads(query, attention.query_norm))
            key = step("key_normalized", _normalize_heads(key, attention.key_norm))
        if attention.rotary:
            frequencies = _array(attention.rotary_position.frequencies(attention.head_dim))
            query = step("query_rotated", _rotate(query, frequencies))
            key = step("key_rotated", _rotate(key, frequencies))

        products = step("products", Product(query, key.swapaxes(-1, -2)))
        scale = attention.scale if self.switches.scale_attention else 1.0
        scores = step("scaled", Scale(products, scale))
        if bias is not None:
            scores = step("biased", Add(scores, bias))
        if allowed is not None:
            scores = step("masked", Mask(scores, allowed))
        scores = step("softmax", Softmax(scores))
        heads = step("head_outputs", Product(scores, value))
        joined = step("joined", Join(self._keep_heads(heads)))
        mixed = step("mixed", self._mix(joined, attention.output_dense))
        return self._finish(part, residual, stream, mixed)

    def feed_forward(
        self, network: FeedForward, residual: ResidualNorm, stream: np.ndarray
    ) -> np.ndarray:
        """activation(x W_1 + b_1) W_2 + b_2, added to the stream."""
        part = "feed_forward"
        normed = self._prepare(part, residual, stream)
        up = self.add(part, "up", _linear(normed, network.up_dense))
        own = network.activation
        if network.gate_dense is None:
            inner = self.add(part, "activated", Activate(up, self.switches.activation or own))
        else:
            gate = self.add(part, "gate", _linear(normed, network.gate_dense))
            activation = self.switches.activation or GATES[own]
            gate = self.add(part, "activated", Activate(gate, activation))
            inner = self.add(part, "gated", Multiply(gate, up))
        down = self.add(part, "down", _linear(inner, network.down_dense))
        if network.activate_output:
            activation = self.switches.activation or GATES.get(own, own)
            down = self.add(part, "output_activated", Activate(down, activation))
        return self._finish(part, residual, stream, down)

    def _prepare(self, part: str, residual: ResidualNorm, stream: np.ndarray) -> np.ndarray:
        """What the sublayer reads: the stream, normalised if pre-norm."""
        return self._normalize(part, residual, stream) if residual.normalize_first else stream

    def _finish(
        self, part: str, residual: ResidualNorm, stream: np.ndarray, answer: np.ndarray
    ) -> np.ndarray:
        """The stream after the sublayer, normalised if post-norm."""
        if residual.use_residual and self.switches.use_residual:
            answer = self.add(part, "added", Add(stream, answer))
        return answer if residual.normalize_first else self._normalize(part, residual, answer)

    def _normalize(self, part: str, residual: ResidualNorm, stream: np.ndarray) -> np.ndarray:
        norm = residual.norm
        match residual.normalization:
            case "layer_norm":
                gain, shift = _array(norm.gamma), _array(norm.beta)
            case "rms_norm":
                gain, shift = _array(norm.scale), None
            case _:
                return stream
        return self.add(part, "normalized", Normalize(stream, gain, shift, residual.epsilon))

    def _keep_heads(self, heads: np.ndarray) -> np.ndarray:
        kept = self.switches.only_head
        if kept is None:
            return heads
        if not 0 <= kept < len(heads):
            raise InputError(f"There is no head {kept + 1}; this block has {len(heads)}.")
        return heads * (np.arange(len(heads)) == kept)[:, None, None]

    def _mix(self, joined: np.ndarray, dense: keras.layers.Dense) -> Operation:
        if self.switches.mix_heads:
            return _linear(joined, dense)
        if joined.shape[-1] != dense.units:
            raise InputError(
                f"W_O cannot be left out here: the heads are {joined.shape[-1]} wide together, the "
                f"residual stream {dense.units}."
            )
        return Product(joined, np.eye(dense.units, dtype="float32"))


def _linear(x: np.ndarray, dense: keras.layers.Dense) -> Product:
    """X W + b with the layer's own weights."""
    return Product(x, _array(dense.kernel), _array(dense.bias) if dense.use_bias else None)


def _normalize_heads(x: np.ndarray, norm: keras.layers.RMSNormalization) -> Normalize:
    """Normalises each head's vectors (H, T, D)."""
    return Normalize(x, _array(norm.scale), None, norm.epsilon)


def _rotate(x: np.ndarray, frequencies: np.ndarray) -> Rotate:
    """Turns (H, T, D) as rotary positions do."""
    return Rotate(x, np.arange(x.shape[-2], dtype="float32")[:, None] * frequencies)


def _array(variable: keras.Variable) -> np.ndarray:
    return keras.ops.convert_to_numpy(variable).astype("float32")


def find_step(steps: tuple[BlockStep, ...], part: str, name: str) -> BlockStep:
    """The step of that name in that part of the block."""
    return next(step for step in steps if (step.part, step.name) == (part, name))

"""A transformer's forward pass in plain NumPy, written from the papers and not from the layers.

What the Learn pages show is compared with it. It takes one sequence at a time, head by head and in
float64, and gives every value under the name that the model's trace has for it.
"""

import math
from copy import copy
from typing import Any

import numpy as np

Values = dict[str, Any]


class PlainForward:
    """The forward pass of a model's weights.

    Args:
        model: Any of the three architectures, reading tokens.

    Example:
        >>> values = PlainForward(model).trace({"token_ids": token_ids})  # (T,) or (1, T)
        >>> values["decoder"]["blocks"][0]["self_attention"]["attention_scores"]  # (H, T, T)
    """

    def __init__(self, model: Any):
        self.config = model.config
        self.weights = {w.path: np.asarray(w.numpy(), dtype="float64") for w in model.weights}

    def trace(self, inputs: dict[str, np.ndarray]) -> Values:
        """Every value on the way of one example, without the batch axis."""
        inputs = {name: np.asarray(array).reshape(-1) for name, array in inputs.items()}
        if self.config.architecture != "encoder-decoder":
            kind = self.config.architecture.split("-")[0]
            stack = self.stack(kind, self.embed(**inputs), "final_norm")
            return {kind: stack, "logits": self.answer(stack["output"])}
        encoder = self.stack("encoder", self.embed(inputs["encoder_token_ids"]), "encoder_norm")
        embedded = self.embed(inputs["decoder_token_ids"])
        decoder = self.stack("decoder", embedded, "decoder_norm", encoder["output"])
        return {"encoder": encoder, "decoder": decoder, "logits": self.answer(decoder["output"])}

    def embed(self, token_ids: np.ndarray, segment_ids: np.ndarray | None = None) -> np.ndarray:
        config = self.config
        x = self.weights["embeddings/token_embedding/embeddings"][token_ids]
        if config.scale_embeddings:
            x = x * math.sqrt(config.hidden_dim)
        if config.num_segments:
            segment_ids = np.zeros_like(token_ids) if segment_ids is None else segment_ids
            x = x + self.weights["embeddings/segment_embedding/embeddings"][segment_ids]
        if config.position == "learned":
            x = x + self.weights["embeddings/position/position_embeddings"][: len(x)]
        if config.position == "sinusoidal":
            x = x + sinusoids(len(x), config.hidden_dim)
        return self.norm("embeddings/norm", x) if config.normalize_embeddings else x

    def stack(
        self,
        kind: str,
        x: np.ndarray,
        final_norm: str,
        memory: np.ndarray | None = None,
        first: int = 0,
    ) -> Values:
        """The blocks of the encoder or decoder from the first on, which is given x (T, E)."""
        embeddings, blocks = x, []
        for number in range(first, self.config.num_layers):
            blocks.append(self.block(f"{kind}_block_{number}", x, memory, kind == "decoder"))
            x = blocks[-1]["residual_after"]
        output = self.norm(final_norm, x) if self.config.normalize_first else x
        return {"embeddings": embeddings, "blocks": blocks, "output": output}

    def block(self, name: str, x: np.ndarray, memory: np.ndarray | None, causal: bool) -> Values:
        values: Values = {"residual_before": x}
        mask = np.tri(len(x), dtype=bool) if causal and self.config.use_causal_mask else None
        read = self.prepared(f"{name}/self_attention_residual", x)
        attention = self.attention(f"{name}/self_attention", read, read, mask)
        x = self.added(f"{name}/self_attention_residual", x, attention["output"])
        values |= {"self_attention": attention, "residual_after_self_attention": x}
        if memory is not None:
            read = self.prepared(f"{name}/cross_attention_residual", x)
            attention = self.attention(f"{name}/cross_attention", read, memory, None)
            x = self.added(f"{name}/cross_attention_residual", x, attention["output"])
            values["cross_attention"] = attention
        values["residual_after_cross_attention"] = x
        if self.config.use_feed_forward:
            read = self.prepared(f"{name}/feed_forward_residual", x)
            values["feed_forward"] = self.feed_forward(f"{name}/feed_forward", read)
            x = self.added(f"{name}/feed_forward_residual", x, values["feed_forward"])
        return values | {"residual_after": x}

    def prepared(self, name: str, x: np.ndarray) -> np.ndarray:
        return self.norm(f"{name}/norm", x) if self.config.normalize_first else x

    def added(self, name: str, x: np.ndarray, answer: np.ndarray) -> np.ndarray:
        x = x + answer if self.config.use_residual else answer
        return x if self.config.normalize_first else self.norm(f"{name}/norm", x)

    def attention(
        self, name: str, x: np.ndarray, source: np.ndarray, mask: np.ndarray | None
    ) -> Values:
        heads, width = self.config.num_heads, self.config.head_dim
        query = self.dense(f"{name}/query", x)
        key, value = self.dense(f"{name}/key", source), self.dense(f"{name}/value", source)
        found: dict[str, list] = {}
        for head in range(heads):
            own = slice(head * width, (head + 1) * width)
            shared = head * self.config.num_kv_heads // heads
            kv = slice(shared * width, (shared + 1) * width)
            q, k, v = query[:, own], key[:, kv], value[:, kv]
            if self.config.position == "rotary" and name.endswith("self_attention"):
                q, k = turned(q), turned(k)
            logits = q @ k.T / (math.sqrt(width) if self.config.scale_attention else 1)
            allowed = np.ones_like(logits, dtype=bool) if mask is None else mask
            scores = np.stack([softmax(*row) for row in zip(logits, allowed, strict=True)])
            named = {"query": q, "key": k, "value": v, "attention_logits": logits}
            named |= {"attention_scores": scores, "head_outputs": scores @ v}
            for which, array in named.items():
                found.setdefault(which, []).append(array)
        output = self.dense(f"{name}/output", np.concatenate(found["head_outputs"], axis=1))
        return {which: np.stack(arrays) for which, arrays in found.items()} | {"output": output}

    def feed_forward(self, name: str, x: np.ndarray) -> np.ndarray:
        up = self.dense(f"{name}/up", x)
        if self.config.activation == "swiglu":
            gate = self.dense(f"{name}/gate", x)
            inner = gate / (1 + np.exp(-gate)) * up
        else:
            inner = {"relu": relu, "gelu": gelu, "gelu_tanh": gelu_tanh}[self.config.activation](up)
        down = self.dense(f"{name}/down", inner)
        return gelu(down) if self.config.activate_output else down

    def answer(self, x: np.ndarray) -> np.ndarray:
        """What the head says of the contextual vectors (T, E)."""
        embedding = self.weights["embeddings/token_embedding/embeddings"]
        match self.config.head:
            case "masked_lm" if not self.config.use_prediction_layer:
                return self.dense("masked_lm/dense", x)
            case "masked_lm":
                inner = self.dense("masked_lm/dense", x)
                active = {"relu": relu, "gelu": gelu}[self.config.prediction_activation](inner)
                tied = embedding.T if self.config.tie_prediction else None
                kernel = self.weights.get("masked_lm/kernel", tied)
                return self.norm("masked_lm/norm", active) @ kernel + self.weights["masked_lm/bias"]
            case "classification":
                usual = "last" if self.config.architecture == "decoder-only" else "first"
                pool = {"first": x[0], "last": x[-1], "mean": x.mean(0), "max": x.max(0)}
                pooled = np.tanh(
                    self.dense("classification/pooled", pool[self.config.pooling or usual])
                )
                if self.config.second_head_layer_dim:
                    pooled = np.tanh(self.dense("classification/second", pooled))
                return self.dense("classification/output", pooled)
            case "token_classification" if self.config.head_layer_dim:
                x = np.tanh(self.dense("token_classification/inner", x))
                return self.dense("token_classification/output", x)
            case "token_classification":
                return self.dense("token_classification", x)
            case "span":
                return self.dense("span/dense", x).T
        if self.config.architecture == "encoder-only":
            return x
        if self.config.tie_embeddings:
            return x @ embedding.T
        return self.dense("token_prediction/dense", x)

    def without(
        self, stack: str, layer: int, sublayer: str, head: int | None = None
    ) -> "PlainForward":
        """The same with 0 for what a part of a pre-norm block writes with; "layer" is all of it."""
        other, block = copy(self), f"{stack}_block_{layer}"
        whole = ("self_attention/output", "cross_attention/output", "feed_forward/down")
        written = whole if sublayer == "layer" else whole[2:]
        own = slice(None)
        if head is not None:
            written = [f"{sublayer}/output"]
            own = slice(head * self.config.head_dim, (head + 1) * self.config.head_dim)
        other.weights = dict(self.weights)
        for name in written:
            for weight in (f"{block}/{name}/kernel", f"{block}/{name}/bias"):
                if weight in self.weights and (head is None or weight.endswith("kernel")):
                    other.weights[weight] = self.weights[weight].copy()
                    other.weights[weight][own] = 0
        return other

    def dense(self, name: str, x: np.ndarray) -> np.ndarray:
        return x @ self.weights[f"{name}/kernel"] + self.weights.get(f"{name}/bias", 0)

    def norm(self, name: str, x: np.ndarray) -> np.ndarray:
        """Layer norm or RMS norm, whichever weights there are; none without."""
        epsilon = self.config.norm_epsilon
        if f"{name}/gamma" in self.weights:
            x = x - x.mean(axis=-1, keepdims=True)
            x = x / np.sqrt((x**2).mean(axis=-1, keepdims=True) + epsilon)
            return x * self.weights[f"{name}/gamma"] + self.weights[f"{name}/beta"]
        if f"{name}/scale" in self.weights:
            x = x / np.sqrt((x**2).mean(axis=-1, keepdims=True) + epsilon)
            return x * self.weights[f"{name}/scale"]
        return x


def softmax(row: np.ndarray, allowed: np.ndarray) -> np.ndarray:
    powers = np.where(allowed, np.exp(row - row[allowed].max()), 0)
    return powers / powers.sum()


def relu(x: np.ndarray) -> np.ndarray:
    return np.maximum(x, 0)


def gelu(x: np.ndarray) -> np.ndarray:
    """x Phi(x)."""
    return x * (1 + np.vectorize(math.erf)(x / math.sqrt(2))) / 2


def gelu_tanh(x: np.ndarray) -> np.ndarray:
    return x / 2 * (1 + np.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x**3)))


def sinusoids(length: int, width: int) -> np.ndarray:
    table = np.zeros((length, width))
    for position in range(length):
        for i in range(width):
            angle = position / 10_000 ** ((i - i % 2) / width)
            table[position, i] = math.cos(angle) if i % 2 else math.sin(angle)
    return table


def turned(x: np.ndarray) -> np.ndarray:
    """Rotary positions: values i and i + D/2 of (T, D) are the two coordinates that are turned."""
    turned, half = np.empty_like(x), x.shape[1] // 2
    for position in range(len(x)):
        for i in range(half):
            angle = position / 10_000 ** (2 * i / x.shape[1])
            first, second = x[position, i], x[position, i + half]
            turned[position, i] = first * math.cos(angle) - second * math.sin(angle)
            turned[position, i + half] = second * math.cos(angle) + first * math.sin(angle)
    return turned


def assert_as_plain(traced: Any, plain: Any, name: str = "trace") -> None:
    """Compares a model's trace of one example, value by value, with the plain one."""
    if isinstance(plain, dict):
        for field, value in plain.items():
            assert_as_plain(getattr(traced, field), value, f"{name}.{field}")
    elif isinstance(plain, list):
        for number, value in enumerate(plain):
            assert_as_plain(traced[number], value, f"{name}[{number}]")
    else:
        [only] = np.asarray(traced)
        np.testing.assert_allclose(only, plain, atol=2e-4, rtol=2e-4, err_msg=name)

"""GGUF's names for what decoders like Llama are made of.

The format is described in https://github.com/ggml-org/ggml/blob/master/docs/gguf.md.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from tfplay.checkpoints.sources.base import Source, Tensor
from tfplay.cutting import quoted
from tfplay.errors import InputError

PUBLISHED_NAMES = {
    "token_embd": "model.embed_tokens",
    "output_norm": "model.norm",
    "output": "lm_head",
    "blk.{}.attn_norm": "model.layers.{}.input_layernorm",
    "blk.{}.attn_q": "model.layers.{}.self_attn.q_proj",
    "blk.{}.attn_k": "model.layers.{}.self_attn.k_proj",
    "blk.{}.attn_v": "model.layers.{}.self_attn.v_proj",
    "blk.{}.attn_output": "model.layers.{}.self_attn.o_proj",
    "blk.{}.attn_q_norm": "model.layers.{}.self_attn.q_norm",
    "blk.{}.attn_k_norm": "model.layers.{}.self_attn.k_norm",
    "blk.{}.ffn_norm": "model.layers.{}.post_attention_layernorm",
    "blk.{}.ffn_up": "model.layers.{}.mlp.up_proj",
    "blk.{}.ffn_gate": "model.layers.{}.mlp.gate_proj",
    "blk.{}.ffn_down": "model.layers.{}.mlp.down_proj",
}
"""The published name of each module, `{}` for the number of its block."""

_FIELDS = {
    "max_position_embeddings": "context_length",
    "num_hidden_layers": "block_count",
    "hidden_size": "embedding_length",
    "intermediate_size": "feed_forward_length",
    "num_attention_heads": "attention.head_count",
    "num_key_value_heads": "attention.head_count_kv",
    "head_dim": "attention.key_length",
    "rms_norm_eps": "attention.layer_norm_rms_epsilon",
    "rope_theta": "rope.freq_base",
    "sliding_window": "attention.sliding_window",
}
ARCHITECTURES = ("llama", "qwen2", "qwen3", "smollm3")
PERMUTED = ("llama", "smollm3")
"""Their queries and keys lie so that rotary positions pair neighbours."""


def as_published(source: Source) -> Source:
    """A GGUF file as if it were a folder with `config.json`, by its names and order of values.

    Raises:
        InputError: It is of an architecture that is not known here.
    """
    about = source.config
    architecture = about.get("general.architecture")
    if architecture not in ARCHITECTURES:
        raise InputError(
            f"The GGUF file's architecture is {quoted(architecture)}; here it can be "
            f"{', '.join(ARCHITECTURES)}."
        )
    config: dict[str, Any] = {
        theirs: about[f"{architecture}.{name}"]
        for theirs, name in _FIELDS.items()
        if f"{architecture}.{name}" in about
    }
    if about.get(f"{architecture}.rope.scaling.type", "none") != "none" or "rope_freqs.weight" in (
        source.tensors
    ):
        raise InputError("The GGUF file stretches rotary positions, which is not read here.")
    config["model_type"] = architecture
    config["tie_word_embeddings"] = "output.weight" not in source.tensors
    if "token_embd.weight" in source.tensors:
        config["vocab_size"] = source.tensors["token_embd.weight"].shape[0]
    heads = config.get("num_attention_heads"), config.get("num_key_value_heads")
    tensors = dict(_published(tensor, architecture, heads) for tensor in source.tensors.values())
    return replace(source, config=config, tensors=tensors)


def _published(
    tensor: Tensor, architecture: str, heads: tuple[int | None, int | None]
) -> tuple[str, Tensor]:
    """The tensor under its published name, and with the published order of its rows."""
    module, _, leaf = tensor.name.rpartition(".")
    found = re.search(r"blk\.(\d+)\.", module)
    pattern = module if found is None else module.replace(found.group(), "blk.{}.")
    if pattern not in PUBLISHED_NAMES:
        return tensor.name, tensor  # it will be told that nothing takes it
    name = PUBLISHED_NAMES[pattern].format(found.group(1) if found else "") + f".{leaf}"
    read = tensor.read
    for part, num_heads in zip(("attn_q", "attn_k"), (heads[0], heads[1] or heads[0]), strict=True):
        if architecture in PERMUTED and pattern.endswith(part) and num_heads:
            read = _halves_of(read, num_heads)
    return name, replace(tensor, name=name, read=read)


def _halves_of(read: Callable[[], np.ndarray], num_heads: int) -> Callable[[], np.ndarray]:
    """Reads rows of which neighbours are pairs, so that value i is paired with value i + D/2."""

    def halves() -> np.ndarray:
        rows = read()
        pairs = rows.reshape(num_heads, -1, 2, *rows.shape[1:])
        return np.swapaxes(pairs, 1, 2).reshape(rows.shape)

    return halves


def neighbours_of(rows: np.ndarray, num_heads: int) -> np.ndarray:
    """The rows of queries or keys in GGUF's order; undoes what reading them does."""
    halves = rows.reshape(num_heads, 2, -1, *rows.shape[1:])
    return np.swapaxes(halves, 1, 2).reshape(rows.shape)

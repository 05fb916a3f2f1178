"""Llama and the decoders made like it: Mistral, Qwen2, Qwen3, SmolLM2 and SmolLM3.

Touvron et al., 2023, arXiv:2302.13971; Jiang et al., 2023, arXiv:2310.06825; Yang et al., 2024,
arXiv:2407.10671 and 2025, arXiv:2505.09388.
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from tfplay.checkpoints.families.base import Family, Json, Reader
from tfplay.checkpoints.families.names import Names
from tfplay.config import ModelConfig
from tfplay.cutting import quoted
from tfplay.errors import InputError

LONGEST = 131_072


def read_config(config: Json, names: frozenset[str]) -> ModelConfig:
    """Reads the `config.json` of Llama and of what is made like it."""
    read = Reader(config)
    read.require("hidden_act", "silu", "silu")
    rotary = config.get("rope_parameters") or {}  # its place in files of newer versions
    head_dim: Any = config.get("head_dim")  # `None` follows from the width
    return ModelConfig(
        "decoder-only",
        vocabulary_size=read("vocab_size"),
        max_sequence_length=min(read("max_position_embeddings", default=2048), LONGEST),
        num_layers=read("num_hidden_layers"),
        hidden_dim=read("hidden_size"),
        num_heads=read("num_attention_heads"),
        num_kv_heads=read("num_key_value_heads", default=read("num_attention_heads")),
        head_dim=head_dim,
        intermediate_dim=read("intermediate_size"),
        activation="swiglu",
        normalization="rms_norm",
        norm_epsilon=read("rms_norm_eps", default=1e-6),
        position="rotary",
        rotary_wavelength=rotary.get("rope_theta") or read("rope_theta", default=10_000.0),
        tie_embeddings=read("tie_word_embeddings", default=False),
        use_bias=False,
        initializer_range=read("initializer_range", default=0.02),
        **_stretch(config.get("rope_scaling") or rotary),
    )


def _stretch(scaling: Mapping[str, Any]) -> dict[str, Any]:
    """How rotary positions are stretched to read longer texts."""
    kind = scaling.get("rope_type", scaling.get("type", "default"))
    read = Reader(scaling)
    match kind:
        case "default":
            return {}
        case "linear":
            return {"rotary_factor": float(read("factor"))}
        case "llama3":
            read.require("low_freq_factor", 1.0, 1.0)
            read.require("high_freq_factor", 4.0, 4.0)
            return {
                "rotary_factor": float(read("factor")),
                "rotary_original_length": read("original_max_position_embeddings"),
            }
    raise InputError(
        f"The checkpoint stretches rotary positions by {quoted(kind)}; here that can be default, "
        "linear, llama3."
    )


def _read_mistral(config: Json, names: frozenset[str]) -> ModelConfig:
    window = config.get("sliding_window") or 0
    return replace(read_config(config, names), attention_window=min(window, LONGEST))


def _read_qwen2(config: Json, names: frozenset[str]) -> ModelConfig:
    Reader(config).require("use_sliding_window", False, False)
    return replace(read_config(config, names), qkv_bias=True)


def _read_qwen3(config: Json, names: frozenset[str]) -> ModelConfig:
    read = Reader(config)
    read.require("use_sliding_window", False, False)
    read.require("attention_bias", False, False)
    return replace(read_config(config, names), use_qk_norm=True)


def _read_smollm3(config: Json, names: frozenset[str]) -> ModelConfig:
    read = Reader(config)
    read.require("use_sliding_window", False, False)
    every = read("no_rope_layer_interval", default=4)
    layers = config.get("no_rope_layers")
    expected = [int((index + 1) % every != 0) for index in range(len(layers or ()))]
    if layers and list(layers) != expected:
        raise InputError(
            f"The checkpoint's no_rope_layers is {quoted(layers)}; here every {every}th block can "
            "be without rotary positions."
        )
    return replace(read_config(config, names), unrotated_every=every)


def write_config(config: ModelConfig, architecture: str, model_type: str) -> dict[str, Any]:
    """Writes the `config.json` of Llama and of what is made like it."""
    written: dict[str, Any] = {
        "architectures": [architecture],
        "model_type": model_type,
        "vocab_size": config.vocabulary_size,
        "max_position_embeddings": config.max_sequence_length,
        "num_hidden_layers": config.num_layers,
        "hidden_size": config.hidden_dim,
        "num_attention_heads": config.num_heads,
        "num_key_value_heads": config.num_kv_heads,
        "head_dim": config.head_dim,
        "intermediate_size": config.intermediate_dim,
        "hidden_act": "silu",
        "rms_norm_eps": config.norm_epsilon,
        "rope_theta": config.rotary_wavelength,
        "tie_word_embeddings": config.tie_embeddings,
        "initializer_range": config.initializer_range or 0.02,
    }
    if config.rotary_factor != 1 and config.rotary_original_length:
        written["rope_scaling"] = {
            "rope_type": "llama3",
            "factor": config.rotary_factor,
            "low_freq_factor": 1.0,
            "high_freq_factor": 4.0,
            "original_max_position_embeddings": config.rotary_original_length,
        }
    elif config.rotary_factor != 1:
        written["rope_scaling"] = {"rope_type": "linear", "factor": config.rotary_factor}
    match model_type:
        case "mistral":
            written["sliding_window"] = config.attention_window or None
        case "qwen2" | "qwen3":
            written["use_sliding_window"] = False
        case "smollm3":
            written["no_rope_layer_interval"] = config.unrotated_every
            written["use_sliding_window"] = False
    return written


def names(config: ModelConfig) -> Names:
    """Llama's tensors."""
    block = "model.layers.{}"
    attention = {
        f"decoder_block_{{}}/self_attention/{ours}": f"{block}.self_attn.{theirs}"
        for ours, theirs in (
            ("query", "q_proj"),
            ("key", "k_proj"),
            ("value", "v_proj"),
            ("output", "o_proj"),
            ("query_norm", "q_norm"),
            ("key_norm", "k_norm"),
        )
    }
    feed_forward = {
        f"decoder_block_{{}}/feed_forward/{name}": f"{block}.mlp.{name}_proj"
        for name in ("up", "gate", "down")
    }
    return Names(
        {
            "embeddings/token_embedding": "model.embed_tokens",
            "decoder_block_{}/self_attention_residual/norm": f"{block}.input_layernorm",
            "decoder_block_{}/feed_forward_residual/norm": f"{block}.post_attention_layernorm",
            "final_norm": "model.norm",
            "token_prediction/dense": "lm_head",
        }
        | attention
        | feed_forward
    )


def _family(name: str, title: str, architecture: str, read: Any = read_config) -> Family:
    return Family(
        name=name,
        title=title,
        architecture="decoder-only",
        read_config=read,
        write_config=partial(write_config, architecture=architecture, model_type=name),
        names=names,
        prefix="model.",
        ignored=(r".*\.rotary_emb\.inv_freq", r"lm_head\.weight"),
    )


LLAMA = _family("llama", "Llama", "LlamaForCausalLM")
MISTRAL = _family("mistral", "Mistral", "MistralForCausalLM", _read_mistral)
QWEN2 = _family("qwen2", "Qwen2", "Qwen2ForCausalLM", _read_qwen2)
QWEN3 = _family("qwen3", "Qwen3", "Qwen3ForCausalLM", _read_qwen3)
SMOLLM3 = _family("smollm3", "SmolLM3", "SmolLM3ForCausalLM", _read_smollm3)

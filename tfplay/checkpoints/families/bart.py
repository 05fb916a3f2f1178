"""BART, and what is made like it: Marian's translators and Blenderbot.

Lewis et al., 2019, arXiv:1910.13461; Junczys-Dowmunt et al., 2018, arXiv:1804.00344; Roller et al.,
2020, arXiv:2004.13637.
"""

from functools import partial
from typing import Any

import numpy as np

from tfplay.checkpoints.families.base import (
    ACTIVATIONS,
    Family,
    Json,
    Reader,
    published_activation,
)
from tfplay.checkpoints.families.names import AS_IS, Names, Place, View
from tfplay.config import ModelConfig

RESERVED_POSITIONS = 2
"""BART's table of positions begins with two rows that are never read."""

AFTER_RESERVED = View(
    lambda rows: rows[RESERVED_POSITIONS:],
    lambda rows: np.concatenate([np.zeros_like(rows[:RESERVED_POSITIONS]), rows]),
)
ONE_ROW = View(lambda x: x[0], lambda x: x[None])


def _read(config: Json, **fields: Any) -> ModelConfig:
    """What they have in common."""
    read = Reader(config)
    for name in ("layers", "attention_heads", "ffn_dim"):
        read.require(f"decoder_{name}", read(f"encoder_{name}"), read(f"encoder_{name}"))
    return ModelConfig(
        "encoder-decoder",
        vocabulary_size=read("vocab_size"),
        max_sequence_length=read("max_position_embeddings"),
        num_layers=read("encoder_layers"),
        hidden_dim=read("d_model"),
        num_heads=read("encoder_attention_heads"),
        intermediate_dim=read("encoder_ffn_dim"),
        scale_embeddings=read("scale_embedding", default=False),
        tie_embeddings=True,
        output_bias=True,
        dropout=read("dropout", default=0.1),
        initializer_range=read("init_std", default=0.02),
        **fields,
    )


def _read_bart(config: Json, names: frozenset[str]) -> ModelConfig:
    read = Reader(config)
    read.require("normalize_before", False, False)
    read.require("normalize_embedding", True, True)
    return _read(
        config,
        normalize_first=False,
        position="learned",
        share_positions=False,
        normalize_embeddings=True,
        activation=read.one_of("activation_function", ACTIVATIONS, "gelu"),
    )


def _read_marian(config: Json, names: frozenset[str]) -> ModelConfig:
    read = Reader(config)
    read.require("share_encoder_decoder_embeddings", True, True)
    return _read(
        config,
        normalize_first=False,
        position="sinusoidal",
        sinusoidal_layout="halves",
        activation=read.one_of("activation_function", ACTIVATIONS, "swish"),
    )


def _read_blenderbot(config: Json, names: frozenset[str]) -> ModelConfig:
    read = Reader(config)
    read.require("normalize_before", True, True)
    read.require("normalize_embedding", False, False)
    return _read(
        config,
        position="learned",
        share_positions=False,
        activation=read.one_of("activation_function", ACTIVATIONS, "gelu"),
    )


def _write(config: ModelConfig, architecture: str, model_type: str) -> dict[str, Any]:
    """What their `config.json` have in common."""
    sides = {
        f"{side}_{name}": value
        for side in ("encoder", "decoder")
        for name, value in (
            ("layers", config.num_layers),
            ("attention_heads", config.num_heads),
            ("ffn_dim", config.intermediate_dim),
        )
    }
    return sides | {
        "architectures": [architecture],
        "model_type": model_type,
        "vocab_size": config.vocabulary_size,
        "max_position_embeddings": config.max_sequence_length,
        "d_model": config.hidden_dim,
        "activation_function": published_activation(config.activation),
        "scale_embedding": config.scale_embeddings,
        "dropout": config.dropout,
        "attention_dropout": config.dropout,
        "init_std": config.initializer_range or 0.02,
    }


def _write_bart(config: ModelConfig) -> dict[str, Any]:
    return _write(config, "BartForConditionalGeneration", "bart")


def _write_marian(config: ModelConfig) -> dict[str, Any]:
    return _write(config, "MarianMTModel", "marian") | {"share_encoder_decoder_embeddings": True}


def _write_blenderbot(config: ModelConfig) -> dict[str, Any]:
    return _write(config, "BlenderbotForConditionalGeneration", "blenderbot")


def names(config: ModelConfig, position: View = AFTER_RESERVED) -> Names:
    """Their tensors.

    Args:
        config: Our configuration.
        position: How their table of positions is ours.
    """
    layers = {"embeddings/token_embedding": "model.shared"}
    for side in ("encoder", "decoder"):
        ours, theirs = f"{side}_block_{{}}", f"model.{side}.layers.{{}}"
        attentions = {"self_attention": "self_attn", "cross_attention": "encoder_attn"}
        for attention, module in attentions.items():
            for name, projection in (
                ("query", "q_proj"),
                ("key", "k_proj"),
                ("value", "v_proj"),
                ("output", "out_proj"),
            ):
                layers[f"{ours}/{attention}/{name}"] = f"{theirs}.{module}.{projection}"
            layers[f"{ours}/{attention}_residual/norm"] = f"{theirs}.{module}_layer_norm"
        layers[f"{ours}/feed_forward/up"] = f"{theirs}.fc1"
        layers[f"{ours}/feed_forward/down"] = f"{theirs}.fc2"
        layers[f"{ours}/feed_forward_residual/norm"] = f"{theirs}.final_layer_norm"
    layers["embeddings/norm"] = "model.encoder.layernorm_embedding"
    layers["decoder_embeddings/norm"] = "model.decoder.layernorm_embedding"
    layers["encoder_norm"] = "model.encoder.layer_norm"
    layers["decoder_norm"] = "model.decoder.layer_norm"
    positions = "position/position_embeddings"
    return Names(
        layers,
        {
            "output_bias/bias": Place("final_logits_bias", ONE_ROW),
            f"embeddings/{positions}": Place("model.encoder.embed_positions.weight", position),
            f"decoder_embeddings/{positions}": Place(
                "model.decoder.embed_positions.weight", position
            ),
        },
    )


_TIED = (r"lm_head\.weight", r"model\.(encoder|decoder)\.embed_tokens\.weight")

BART = Family(
    name="bart",
    title="BART",
    architecture="encoder-decoder",
    read_config=_read_bart,
    write_config=_write_bart,
    names=names,
    prefix="model.",
    ignored=_TIED,
)
MARIAN = Family(
    name="marian",
    title="Marian",
    architecture="encoder-decoder",
    read_config=_read_marian,
    write_config=_write_marian,
    names=names,
    prefix="model.",
    ignored=(*_TIED, r"model\.(encoder|decoder)\.embed_positions\.weight"),
)
BLENDERBOT = Family(
    name="blenderbot",
    title="Blenderbot",
    architecture="encoder-decoder",
    read_config=_read_blenderbot,
    write_config=_write_blenderbot,
    names=partial(names, position=AS_IS),
    prefix="model.",
    ignored=_TIED,
)

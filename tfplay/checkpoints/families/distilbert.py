"""DistilBERT: BERT with half the blocks and without segments.

Sanh et al., 2019, arXiv:1910.01108.
"""

from typing import Any

from tfplay.checkpoints.families.base import (
    ACTIVATIONS,
    Family,
    Json,
    Reader,
    published_activation,
)
from tfplay.checkpoints.families.names import AS_IS, Names, Place
from tfplay.config import ModelConfig

HEADS = {"masked_lm": "DistilBertForMaskedLM", "none": "DistilBertModel"}


def read_config(config: Json, names: frozenset[str]) -> ModelConfig:
    """Reads DistilBERT's `config.json`."""
    read = Reader(config)
    read.require("sinusoidal_pos_embds", False, False)  # they are weights in either case
    has_head = any(name.startswith("vocab_transform") for name in names)
    if has_head:
        read.require("activation", "gelu", "gelu")  # of the head too, and ours has no other
    return ModelConfig(
        "encoder-only",
        vocabulary_size=read("vocab_size"),
        max_sequence_length=read("max_position_embeddings"),
        num_layers=read("n_layers", "num_hidden_layers"),
        hidden_dim=read("dim", "hidden_size"),
        num_heads=read("n_heads", "num_attention_heads"),
        intermediate_dim=read("hidden_dim"),
        activation=read.one_of("activation", ACTIVATIONS, "gelu"),
        normalize_first=False,
        norm_epsilon=1e-12,
        normalize_embeddings=True,
        dropout=read("dropout", default=0.1),
        initializer_range=read("initializer_range", default=0.02),
        head="masked_lm" if has_head else "none",
    )


def write_config(config: ModelConfig) -> dict[str, Any]:
    """Writes DistilBERT's `config.json`."""
    return {
        "architectures": [HEADS.get(config.head, HEADS["none"])],
        "model_type": "distilbert",
        "vocab_size": config.vocabulary_size,
        "max_position_embeddings": config.max_sequence_length,
        "n_layers": config.num_layers,
        "dim": config.hidden_dim,
        "n_heads": config.num_heads,
        "hidden_dim": config.intermediate_dim,
        "activation": published_activation(config.activation),
        "dropout": config.dropout,
        "attention_dropout": config.dropout,
        "sinusoidal_pos_embds": False,
        "initializer_range": config.initializer_range or 0.02,
    }


def names(config: ModelConfig) -> Names:
    """DistilBERT's tensors."""
    block = "distilbert.transformer.layer.{}"
    return Names(
        {
            "embeddings/token_embedding": "distilbert.embeddings.word_embeddings",
            "embeddings/position": "distilbert.embeddings.position_embeddings",
            "embeddings/norm": "distilbert.embeddings.LayerNorm",
            "encoder_block_{}/self_attention/query": f"{block}.attention.q_lin",
            "encoder_block_{}/self_attention/key": f"{block}.attention.k_lin",
            "encoder_block_{}/self_attention/value": f"{block}.attention.v_lin",
            "encoder_block_{}/self_attention/output": f"{block}.attention.out_lin",
            "encoder_block_{}/self_attention_residual/norm": f"{block}.sa_layer_norm",
            "encoder_block_{}/feed_forward/up": f"{block}.ffn.lin1",
            "encoder_block_{}/feed_forward/down": f"{block}.ffn.lin2",
            "encoder_block_{}/feed_forward_residual/norm": f"{block}.output_layer_norm",
            "masked_lm/dense": "vocab_transform",
            "masked_lm/norm": "vocab_layer_norm",
        },
        {"masked_lm/bias": Place("vocab_projector.bias", AS_IS)},
    )


DISTILBERT = Family(
    name="distilbert",
    title="DistilBERT",
    architecture="encoder-only",
    read_config=read_config,
    write_config=write_config,
    names=names,
    prefix="distilbert.",
    ignored=(r"vocab_projector\.weight", r"pre_classifier\..*", r"classifier\..*"),
)

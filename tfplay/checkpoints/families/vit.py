"""The vision transformer.

Dosovitskiy et al., 2020, arXiv:2010.11929.
"""

from typing import Any

from tfplay.checkpoints.families.base import (
    ACTIVATIONS,
    Family,
    Json,
    Reader,
    id2label,
    published_activation,
)
from tfplay.checkpoints.families.bert import num_classes
from tfplay.checkpoints.families.names import AS_IS, Names, Place, View
from tfplay.config import ModelConfig


def read_config(config: Json, names: frozenset[str]) -> ModelConfig:
    """Reads ViT's `config.json`."""
    read = Reader(config)
    read.require("qkv_bias", True, True)
    has_head = any(name.startswith("classifier") for name in names)
    return ModelConfig(
        "encoder-only",
        vocabulary_size=0,
        max_sequence_length=1,  # follows from the patches
        num_layers=read("num_hidden_layers"),
        hidden_dim=read("hidden_size"),
        num_heads=read("num_attention_heads"),
        intermediate_dim=read("intermediate_size"),
        activation=read.one_of("hidden_act", ACTIVATIONS, "gelu"),
        norm_epsilon=read("layer_norm_eps", default=1e-12),
        dropout=read("hidden_dropout_prob", default=0.0),
        initializer_range=read("initializer_range", default=0.02),
        head="classification" if has_head else "none",
        num_classes=num_classes(config) if has_head else 0,
        use_pooler=False,
        image_size=read("image_size"),
        patch_size=read("patch_size"),
        image_channels=read("num_channels", default=3),
    )


def write_config(config: ModelConfig) -> dict[str, Any]:
    """Writes ViT's `config.json`."""
    has_head = config.head == "classification"
    return {
        "architectures": ["ViTForImageClassification" if has_head else "ViTModel"],
        "model_type": "vit",
        "num_hidden_layers": config.num_layers,
        "hidden_size": config.hidden_dim,
        "num_attention_heads": config.num_heads,
        "intermediate_size": config.intermediate_dim,
        "hidden_act": published_activation(config.activation),
        "layer_norm_eps": config.norm_epsilon,
        "hidden_dropout_prob": config.dropout,
        "attention_probs_dropout_prob": config.dropout,
        "initializer_range": config.initializer_range or 0.02,
        "image_size": config.image_size,
        "patch_size": config.patch_size,
        "num_channels": config.image_channels,
        "qkv_bias": True,
    } | ({"id2label": id2label(config.num_classes)} if has_head else {})


def names(config: ModelConfig) -> Names:
    """ViT's tensors; its patches are projected by a convolution."""
    size, channels, width = config.patch_size, config.image_channels, config.hidden_dim
    convolution = View(
        lambda kernel: kernel.transpose(2, 3, 1, 0).reshape(-1, width),
        lambda matrix: matrix.reshape(size, size, channels, width).transpose(3, 2, 0, 1),
    )
    one_image = View(lambda x: x[0], lambda x: x[None])
    block = "vit.encoder.layer.{}"
    return Names(
        {
            "encoder_block_{}/self_attention/query": f"{block}.attention.attention.query",
            "encoder_block_{}/self_attention/key": f"{block}.attention.attention.key",
            "encoder_block_{}/self_attention/value": f"{block}.attention.attention.value",
            "encoder_block_{}/self_attention/output": f"{block}.attention.output.dense",
            "encoder_block_{}/self_attention_residual/norm": f"{block}.layernorm_before",
            "encoder_block_{}/feed_forward/up": f"{block}.intermediate.dense",
            "encoder_block_{}/feed_forward/down": f"{block}.output.dense",
            "encoder_block_{}/feed_forward_residual/norm": f"{block}.layernorm_after",
            "embeddings/patch_embedding/projection": "vit.embeddings.patch_embeddings.projection",
            "final_norm": "vit.layernorm",
            "classification/output": "classifier",
        },
        {
            "embeddings/patch_embedding/class_token": Place("vit.embeddings.cls_token", AS_IS),
            "embeddings/patch_embedding/projection/kernel": Place(
                "vit.embeddings.patch_embeddings.projection.weight", convolution
            ),
            "embeddings/position/position_embeddings": Place(
                "vit.embeddings.position_embeddings", one_image
            ),
        },
    )


VIT = Family(
    name="vit",
    title="ViT",
    architecture="encoder-only",
    read_config=read_config,
    write_config=write_config,
    names=names,
    prefix="vit.",
    ignored=(r"(vit\.)?pooler\..*",),
)

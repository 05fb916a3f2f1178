"""GPT-2 and DistilGPT-2.

Radford et al., 2019, "Language Models are Unsupervised Multitask Learners".
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


def read_config(config: Json, names: frozenset[str]) -> ModelConfig:
    """Reads GPT-2's `config.json`."""
    read = Reader(config)
    read.require("scale_attn_by_inverse_layer_idx", False, False)
    width = read("n_embd", "hidden_size")
    return ModelConfig(
        "decoder-only",
        vocabulary_size=read("vocab_size"),
        max_sequence_length=read("n_positions", "n_ctx"),
        num_layers=read("n_layer", "num_hidden_layers"),
        hidden_dim=width,
        num_heads=read("n_head", "num_attention_heads"),
        intermediate_dim=read("n_inner", default=4 * width),
        activation=read.one_of("activation_function", ACTIVATIONS, "gelu_new"),
        norm_epsilon=read("layer_norm_epsilon", default=1e-5),
        tie_embeddings=read("tie_word_embeddings", default=True),
        dropout=read("resid_pdrop", default=0.1),
        initializer_range=read("initializer_range", default=0.02),
        scale_attention=read("scale_attn_weights", default=True),
    )


def write_config(config: ModelConfig) -> dict[str, Any]:
    """Writes GPT-2's `config.json`."""
    return {
        "architectures": ["GPT2LMHeadModel"],
        "model_type": "gpt2",
        "vocab_size": config.vocabulary_size,
        "n_positions": config.max_sequence_length,
        "n_ctx": config.max_sequence_length,
        "n_layer": config.num_layers,
        "n_embd": config.hidden_dim,
        "n_head": config.num_heads,
        "n_inner": config.intermediate_dim,
        "activation_function": published_activation(config.activation),
        "layer_norm_epsilon": config.norm_epsilon,
        "scale_attn_weights": config.scale_attention,
        "tie_word_embeddings": config.tie_embeddings,
        "resid_pdrop": config.dropout,
        "embd_pdrop": config.dropout,
        "attn_pdrop": config.dropout,
        "initializer_range": config.initializer_range or 0.02,
    }


def names(config: ModelConfig) -> Names:
    """GPT-2's tensors; its matrices lie as ours do."""
    block = "transformer.h.{}"
    inputs = {
        f"decoder_block_{{}}/self_attention/{name}/{ours}": Place(
            f"{block}.attn.c_attn.{theirs}", AS_IS, part=(index, 3)
        )
        for index, name in enumerate(("query", "key", "value"))
        for ours, theirs in (("kernel", "weight"), ("bias", "bias"))
    }
    matrices = {
        f"decoder_block_{{}}/{ours}/kernel": Place(f"{block}.{theirs}.weight", AS_IS)
        for ours, theirs in (
            ("self_attention/output", "attn.c_proj"),
            ("feed_forward/up", "mlp.c_fc"),
            ("feed_forward/down", "mlp.c_proj"),
        )
    }
    return Names(
        {
            "embeddings/token_embedding": "transformer.wte",
            "embeddings/position": "transformer.wpe",
            "decoder_block_{}/self_attention/output": f"{block}.attn.c_proj",
            "decoder_block_{}/self_attention_residual/norm": f"{block}.ln_1",
            "decoder_block_{}/feed_forward/up": f"{block}.mlp.c_fc",
            "decoder_block_{}/feed_forward/down": f"{block}.mlp.c_proj",
            "decoder_block_{}/feed_forward_residual/norm": f"{block}.ln_2",
            "final_norm": "transformer.ln_f",
            "token_prediction/dense": "lm_head",
        },
        inputs | matrices,
    )


GPT2 = Family(
    name="gpt2",
    title="GPT-2",
    architecture="decoder-only",
    read_config=read_config,
    write_config=write_config,
    names=names,
    prefix="transformer.",
    ignored=(r".*\.attn\.(bias|masked_bias)", r"lm_head\.weight"),
)

"""T5 and Flan-T5.

Raffel et al., 2019, arXiv:1910.10683; Chung et al., 2022, arXiv:2210.11416.
"""

from typing import Any

from tfplay.checkpoints.families.base import Family, Json, Reader
from tfplay.checkpoints.families.names import AS_IS, Names, Place
from tfplay.config import ModelConfig
from tfplay.config.parameters import GATED_ACTIVATIONS

FEED_FORWARDS = {"relu": "relu", "gated-gelu": "geglu_tanh"}


def read_config(config: Json, names: frozenset[str]) -> ModelConfig:
    """Reads T5's `config.json`."""
    read = Reader(config)
    num_layers = read("num_layers")
    read.require("num_decoder_layers", num_layers, num_layers)
    is_tied = read("tie_word_embeddings", default=True)
    return ModelConfig(
        "encoder-decoder",
        vocabulary_size=read("vocab_size"),
        max_sequence_length=read("n_positions", default=512),
        num_layers=num_layers,
        hidden_dim=read("d_model"),
        num_heads=read("num_heads"),
        head_dim=read("d_kv"),
        intermediate_dim=read("d_ff"),
        activation=read.one_of("feed_forward_proj", FEED_FORWARDS, "relu"),
        normalization="rms_norm",
        norm_epsilon=read("layer_norm_epsilon", default=1e-6),
        position="relative",
        relative_buckets=read("relative_attention_num_buckets", default=32),
        relative_max_distance=read("relative_attention_max_distance", default=128),
        scale_attention=False,
        tie_embeddings=is_tied,
        scale_logits=read("scale_decoder_outputs", default=is_tied),
        use_bias=False,
        dropout=read("dropout_rate", default=0.1),
    )


def write_config(config: ModelConfig) -> dict[str, Any]:
    """Writes T5's `config.json`."""
    return {
        "architectures": ["T5ForConditionalGeneration"],
        "model_type": "t5",
        "vocab_size": config.vocabulary_size,
        "n_positions": config.max_sequence_length,
        "num_layers": config.num_layers,
        "num_decoder_layers": config.num_layers,
        "d_model": config.hidden_dim,
        "num_heads": config.num_heads,
        "d_kv": config.head_dim,
        "d_ff": config.intermediate_dim,
        "feed_forward_proj": "gated-gelu" if config.activation == "geglu_tanh" else "relu",
        "layer_norm_epsilon": config.norm_epsilon,
        "relative_attention_num_buckets": config.relative_buckets,
        "relative_attention_max_distance": config.relative_max_distance,
        "tie_word_embeddings": config.tie_embeddings,
        "scale_decoder_outputs": config.scale_logits,
        "dropout_rate": config.dropout,
    }


def names(config: ModelConfig) -> Names:
    """T5's tensors."""
    is_gated = config.activation in GATED_ACTIVATIONS
    layers = {
        "embeddings/token_embedding": "shared",
        "encoder_norm": "encoder.final_layer_norm",
        "decoder_norm": "decoder.final_layer_norm",
        "token_prediction/dense": "lm_head",
    }
    weights = {}
    for side, sublayers in (
        ("encoder", ("self_attention", "feed_forward")),
        ("decoder", ("self_attention", "cross_attention", "feed_forward")),
    ):
        for index, sublayer in enumerate(sublayers):
            ours, theirs = f"{side}_block_{{}}", f"{side}.block.{{}}.layer.{index}"
            layers[f"{ours}/{sublayer}_residual/norm"] = f"{theirs}.layer_norm"
            parts: tuple[tuple[str, str], ...]
            if sublayer == "feed_forward":
                parts = ("up", "wi_1" if is_gated else "wi"), ("gate", "wi_0"), ("down", "wo")
                module = "DenseReluDense"
            else:
                parts = ("query", "q"), ("key", "k"), ("value", "v"), ("output", "o")
                module = "EncDecAttention" if sublayer == "cross_attention" else "SelfAttention"
            for name, part in parts:
                layers[f"{ours}/{sublayer}/{name}"] = f"{theirs}.{module}.{part}"
        weights[f"{side}_block_{{}}/relative_position/embeddings"] = Place(
            f"{side}.block.{{}}.layer.0.SelfAttention.relative_attention_bias.weight", AS_IS
        )
    return Names(layers, weights)


T5 = Family(
    name="t5",
    title="T5",
    architecture="encoder-decoder",
    read_config=read_config,
    write_config=write_config,
    names=names,
    ignored=(
        r"(encoder|decoder)\.embed_tokens\.weight",
        r"lm_head\.weight",
        r"decoder\.block\.0\.layer\.1\.EncDecAttention\.relative_attention_bias\.weight",
    ),
)

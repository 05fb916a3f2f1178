"""MegatronBERT: BERT with its norms before each sublayer, and none of the embeddings.

Shoeybi et al., 2019, arXiv:1909.08053.
"""

from dataclasses import replace
from typing import Any

from tfplay.checkpoints.families import bert
from tfplay.checkpoints.families.base import Family, Json
from tfplay.checkpoints.families.names import Names
from tfplay.config import ModelConfig


def read_config(config: Json, names: frozenset[str]) -> ModelConfig:
    """Reads MegatronBERT's `config.json`; the tensors show which head there is."""
    read = bert.read_config(config, names)
    return replace(read, normalize_first=True, normalize_embeddings=False)


def write_config(config: ModelConfig) -> dict[str, Any]:
    """Writes MegatronBERT's `config.json`."""
    written = bert.write_config(config)
    [architecture] = written["architectures"]
    return written | {
        "architectures": [f"Megatron{architecture}"],
        "model_type": "megatron-bert",
    }


def names(config: ModelConfig) -> Names:
    """MegatronBERT's tensors: BERT's, but for the norms."""
    block = "bert.encoder.layer.{}"
    named = bert.names(config)
    norms = {
        "encoder_block_{}/self_attention_residual/norm": f"{block}.attention.ln",
        "encoder_block_{}/feed_forward_residual/norm": f"{block}.ln",
        "final_norm": "bert.encoder.ln",
    }
    return Names({**named.layers, **norms}, named.weights)


MEGATRON_BERT = Family(
    name="megatron-bert",
    title="MegatronBERT",
    architecture="encoder-only",
    read_config=read_config,
    write_config=write_config,
    names=names,
    prefix=bert.BERT.prefix,
    ignored=bert.BERT.ignored,
)

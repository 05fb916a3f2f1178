"""BERT, and the sentence encoders made from it (MiniLM).

Devlin et al., 2018, arXiv:1810.04805.
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
from tfplay.checkpoints.families.names import AS_IS, Names, Place
from tfplay.config import ModelConfig

HEADS = {
    "BertForMaskedLM": "masked_lm",
    "BertForPreTraining": "masked_lm",
    "BertForSequenceClassification": "classification",
    "BertForTokenClassification": "token_classification",
    "BertForQuestionAnswering": "span",
    "BertModel": "none",
}


def read_config(config: Json, names: frozenset[str]) -> ModelConfig:
    """Reads BERT's `config.json`; the tensors show which head there is."""
    read = Reader(config)
    read.require("position_embedding_type", "absolute", "absolute")
    head = find_head(names)
    if head == "masked_lm":
        read.require("hidden_act", "gelu", "gelu")  # of this head too, and ours has no other
    return ModelConfig(
        "encoder-only",
        vocabulary_size=read("vocab_size"),
        max_sequence_length=read("max_position_embeddings"),
        num_layers=read("num_hidden_layers"),
        hidden_dim=read("hidden_size"),
        num_heads=read("num_attention_heads"),
        intermediate_dim=read("intermediate_size"),
        activation=read.one_of("hidden_act", ACTIVATIONS, "gelu"),
        normalize_first=False,
        norm_epsilon=read("layer_norm_eps", default=1e-12),
        num_segments=read("type_vocab_size", default=2),
        normalize_embeddings=True,
        dropout=read("hidden_dropout_prob", default=0.1),
        initializer_range=read("initializer_range", default=0.02),
        head=head,
        num_classes=num_classes(config) if "classification" in head else 0,
    )


def find_head(names: frozenset[str]) -> str:
    """The head whose tensors are there."""
    if any(name.startswith("cls.predictions") for name in names):
        return "masked_lm"
    if any(name.startswith("qa_outputs") for name in names):
        return "span"
    if any(name.startswith("classifier") for name in names):
        has_pooler = any(".pooler." in name or name.startswith("pooler.") for name in names)
        return "classification" if has_pooler else "token_classification"
    return "none"


def num_classes(config: Json) -> int:
    """How many classes the configuration names; without names there are two."""
    return len(config.get("id2label") or {}) or config.get("num_labels") or 2


def write_config(config: ModelConfig) -> dict[str, Any]:
    """Writes BERT's `config.json`."""
    [architecture] = [name for name, head in HEADS.items() if head == config.head][:1]
    return {
        "architectures": [architecture],
        "model_type": "bert",
        "vocab_size": config.vocabulary_size,
        "max_position_embeddings": config.max_sequence_length,
        "num_hidden_layers": config.num_layers,
        "hidden_size": config.hidden_dim,
        "num_attention_heads": config.num_heads,
        "intermediate_size": config.intermediate_dim,
        "hidden_act": published_activation(config.activation),
        "layer_norm_eps": config.norm_epsilon,
        "type_vocab_size": config.num_segments or 2,
        "hidden_dropout_prob": config.dropout,
        "attention_probs_dropout_prob": config.dropout,
        "initializer_range": config.initializer_range or 0.02,
    } | ({"id2label": id2label(config.num_classes)} if "classification" in config.head else {})


def names(config: ModelConfig) -> Names:
    """BERT's tensors."""
    block = "bert.encoder.layer.{}"
    return Names(
        {
            "embeddings/token_embedding": "bert.embeddings.word_embeddings",
            "embeddings/position": "bert.embeddings.position_embeddings",
            "embeddings/segment_embedding": "bert.embeddings.token_type_embeddings",
            "embeddings/norm": "bert.embeddings.LayerNorm",
            "encoder_block_{}/self_attention/query": f"{block}.attention.self.query",
            "encoder_block_{}/self_attention/key": f"{block}.attention.self.key",
            "encoder_block_{}/self_attention/value": f"{block}.attention.self.value",
            "encoder_block_{}/self_attention/output": f"{block}.attention.output.dense",
            "encoder_block_{}/self_attention_residual/norm": f"{block}.attention.output.LayerNorm",
            "encoder_block_{}/feed_forward/up": f"{block}.intermediate.dense",
            "encoder_block_{}/feed_forward/down": f"{block}.output.dense",
            "encoder_block_{}/feed_forward_residual/norm": f"{block}.output.LayerNorm",
            "masked_lm/dense": "cls.predictions.transform.dense",
            "masked_lm/norm": "cls.predictions.transform.LayerNorm",
            "classification/pooled": "bert.pooler.dense",
            "classification/output": "classifier",
            "token_classification": "classifier",
            "span/dense": "qa_outputs",
        },
        {"masked_lm/bias": Place("cls.predictions.bias", AS_IS)},
    )


BERT = Family(
    name="bert",
    title="BERT",
    architecture="encoder-only",
    read_config=read_config,
    write_config=write_config,
    names=names,
    prefix="bert.",
    ignored=(
        r".*\.position_ids",
        r"cls\.predictions\.decoder\.(weight|bias)",  # tied
        r"cls\.seq_relationship\..*",
        r"(bert\.)?pooler\..*",
    ),
)

"""Backbones of keras-hub as one layer of a model, with layers of Keras after it."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from tfplay.checkpoints.families.names import AS_IS, Place
from tfplay.checkpoints.keras_files.reading import Answers, Reading
from tfplay.checkpoints.keras_files.recipes.embedded import Graph, longest_input
from tfplay.checkpoints.keras_files.recipes.heads import PASSING, head_of, not_understood
from tfplay.checkpoints.keras_files.recipes.keras_hub import NAMES
from tfplay.checkpoints.keras_files.recipes.named_blocks import block_places
from tfplay.checkpoints.keras_files.recipes.parts import (
    Places,
    dense,
    embeddings,
    grouped_attention,
    norm,
)
from tfplay.checkpoints.keras_files.spec import KerasFile, Layer
from tfplay.config import ModelConfig
from tfplay.cutting import quoted
from tfplay.errors import InputError

_POOLED = 0
"""Of BERT's two outputs, which are sorted by their names, the pooled one is the first."""
_OF_OTHER_HEADS = ("dense/vars/0", "dense/vars/1", "reversible_embedding/vars/1")
"""Weights of a backbone that not every head reads: BERT's pooler, Llama's output matrix."""


@dataclass(frozen=True)
class _Backbone:
    """A backbone of keras-hub.

    Attributes:
        title: What people call it.
        settings: Of a configuration, beside those that all backbones tell alike.
        places: Where its weights stand, by its path and the number of its blocks.
    """

    title: str
    settings: Callable[[KerasFile, Layer], dict[str, Any]]
    places: Callable[[KerasFile, str, int], Places]


@dataclass(frozen=True)
class _Ending:
    """What follows a backbone.

    Attributes:
        kind: What the model is for.
        settings: Of the configuration.
        places: Where its weights stand.
        told: What it is, in words.
        roles: What further inputs it reads.
    """

    kind: str
    settings: dict[str, Any]
    places: Places
    told: str
    roles: dict[str, str] = field(default_factory=dict)


def read_backbone(file: KerasFile, answers: Answers) -> Reading | None:
    """A model that has one backbone, which reads the inputs, and a head after it."""
    found = [layer for layer in file.model.layers if layer.class_name in _BACKBONES]
    if len(found) != 1:
        return None
    [layer] = found
    backbone = _BACKBONES[layer.class_name]
    blocks = layer.whole("num_layers", 1, 256)
    settings = backbone.settings(file, layer)
    vocabulary_size = layer.whole("vocabulary_size", 1, 1_000_000)
    is_causal = settings["architecture"] == "decoder-only"
    ending = _ending(file, layer, vocabulary_size, is_causal)
    config = ModelConfig(
        vocabulary_size=vocabulary_size,
        num_layers=blocks,
        hidden_dim=layer.whole("hidden_dim", 1, 65_536),
        intermediate_dim=layer.whole("intermediate_dim", 1, 262_144),
        **settings | ending.settings,
    )
    evidence = (
        f"Its layer {quoted(layer.name)} is keras-hub's {layer.class_name}, whose settings are in "
        "the file.",
        ending.told,
    )
    return Reading(
        f"the {ending.kind} of keras-hub's {backbone.title}",
        config,
        backbone.places(file, layer.path, blocks) | ending.places,
        evidence,
        roles={each.layer: each.key for each in layer.reads} | ending.roles,
        unused=frozenset(f"{layer.path}/layers/{name}" for name in _OF_OTHER_HEADS),
    )


def _ending(file: KerasFile, layer: Layer, vocabulary_size: int, is_causal: bool) -> _Ending:
    """The head after the backbone.

    Raises:
        InputError: It is not understood.
    """
    row = [
        each
        for each in Graph(file.model.layers).row_behind(layer)
        if each.class_name not in PASSING
    ]
    if row and row[0].class_name == "ReversibleEmbedding":
        return _output_embedding(file, layer, row)
    pooler = f"{layer.path}/layers/dense"
    reads_pooled = layer.class_name == "BertBackbone" and row and row[0].reads[0].number == _POOLED
    head = head_of(file, row)
    if head.norm:
        raise InputError(f"The norm {quoted(head.norm)} after a backbone is not read here.")
    if reads_pooled:
        if head.pooling or len(head.layers) != 1:
            raise InputError(
                f"The pooled output of {quoted(layer.name)} is read by "
                f"{quoted([each.class_name for each in row])}; here one Dense reads it."
            )
        head = replace(head, pooling="first")
        pooled = dense(file, "classification/pooled", pooler)
        settings = head.settings(file) | {"use_pooler": True, "head_layer_activation": "tanh"}
        places = head.places(file) | pooled
        told = f"A Dense with {head.units:,} outputs reads the pooled vector of the first token."
        return _Ending("text classification", settings, places, told)
    if is_causal and not head.pooling:
        head.require_words(vocabulary_size)
        settings = {"tie_embeddings": False, "output_bias": True}
        places = dense(file, "token_prediction/dense", head.layers[0])
        return _Ending("text generation", settings, places, head.told)
    kind = "text classification" if head.pooling else "entity recognition"
    kind = "masked words" if head.word_head else kind
    return _Ending(kind, head.settings(file), head.places(file), head.told, head.roles)


def _output_embedding(file: KerasFile, layer: Layer, row: list[Layer]) -> _Ending:
    """The token embeddings, which make logits of the next token of the backbone's outputs."""
    [embedding, *others] = row
    own = f"{layer.path}/layers/reversible_embedding"
    is_shared = not file.parts(embedding.path) and embedding.call.get("reverse") is True
    if others or not is_shared or embedding.settings.get("logit_soft_cap") is not None:
        raise not_understood((others or row)[0], row)
    if embedding.switch("tie_weights", usual=True):
        told = "Its outputs are multiplied with the token embeddings: the next token's logits."
        return _Ending("text generation", {"tie_embeddings": True}, {}, told)
    place = Place(f"{own}/vars/1", AS_IS)
    told = "Its outputs are multiplied with the output matrix of its token embedding."
    places = {"token_prediction/dense/kernel": place}
    return _Ending("text generation", {"tie_embeddings": False}, places, told)


def _bert(file: KerasFile, layer: Layer) -> dict[str, Any]:
    segments = layer.whole("num_segments", 1, 1024)
    return _distil_bert(file, layer) | {"activation": "gelu_tanh", "num_segments": segments}


def _distil_bert(file: KerasFile, layer: Layer) -> dict[str, Any]:
    return {
        "architecture": "encoder-only",
        "max_sequence_length": layer.whole("max_sequence_length", 1, 131_072),
        "num_heads": layer.whole("num_heads", 1, 1024),
        "activation": "gelu",
        "norm_epsilon": 1e-12,
        "normalize_first": False,
        "normalize_embeddings": True,
    }


def _gpt2(file: KerasFile, layer: Layer) -> dict[str, Any]:
    return {
        "architecture": "decoder-only",
        "max_sequence_length": layer.whole("max_sequence_length", 1, 131_072),
        "num_heads": layer.whole("num_heads", 1, 1024),
        "activation": "gelu_tanh",
        "norm_epsilon": 1e-5,
    }


def _llama(file: KerasFile, layer: Layer) -> dict[str, Any]:
    layer.number("rope_position_scaling_factor", 1, 1)
    if layer.settings.get("rope_frequency_adjustment_factor") is not None:
        raise InputError(
            f"The layer {quoted(layer.name)} has a rope_frequency_adjustment_factor, which is not "
            "read here."
        )
    return {
        "architecture": "decoder-only",
        "max_sequence_length": longest_input(file, layer.inputs[0]),
        "num_heads": layer.whole("num_query_heads", 1, 1024),
        "num_kv_heads": layer.whole("num_key_value_heads", 1, 1024),
        "activation": "swiglu",
        "normalization": "rms_norm",
        "norm_epsilon": layer.number("layer_norm_epsilon", 1e-12, 1.0),
        "position": "rotary",
        "rotary_wavelength": float(layer.number("rope_max_wavelength", 1, 1e12)),
        "use_bias": False,
    }


def _numbered(path: str, count: int) -> list[str]:
    """Paths of layers of one class, as Keras counts them."""
    return [f"{path}_{index}" if index else path for index in range(count)]


def _encoder_places(file: KerasFile, path: str, blocks: int) -> Places:
    places = norm("embeddings/norm", f"{path}/layers/layer_normalization")
    for index, block in enumerate(_numbered(f"{path}/layers/transformer_encoder", blocks)):
        places |= block_places(file, f"encoder_block_{index}", block, NAMES, NAMES.encoder)
    return places


def _bert_places(file: KerasFile, path: str, blocks: int) -> Places:
    inside = f"{path}/layers"
    places = embeddings(f"{inside}/reversible_embedding", f"{inside}/position_embedding")
    places["embeddings/segment_embedding/embeddings"] = Place(f"{inside}/embedding/vars/0", AS_IS)
    return places | _encoder_places(file, path, blocks)


def _distil_bert_places(file: KerasFile, path: str, blocks: int) -> Places:
    both = f"{path}/layers/token_and_position_embedding"
    places = embeddings(f"{both}/token_embedding", f"{both}/position_embedding")
    return places | _encoder_places(file, path, blocks)


def _gpt2_places(file: KerasFile, path: str, blocks: int) -> Places:
    inside = f"{path}/layers"
    places = embeddings(f"{inside}/reversible_embedding", f"{inside}/position_embedding")
    for index, block in enumerate(_numbered(f"{inside}/transformer_decoder", blocks)):
        places |= block_places(file, f"decoder_block_{index}", block, NAMES, NAMES.encoder)
    return places | norm("final_norm", f"{inside}/layer_normalization")


def _llama_places(file: KerasFile, path: str, blocks: int) -> Places:
    inside = f"{path}/layers"
    weights = {
        "embeddings/token_embedding/embeddings": "reversible_embedding",
        "final_norm/scale": "llama_layer_norm",
    }
    attentions: Places = {}
    for index, block in enumerate(_numbered("llama_transformer_decoder", blocks)):
        ours = f"decoder_block_{index}"
        attends = f"{inside}/{block}/_self_attention_layer"
        attentions |= grouped_attention(f"{ours}/self_attention", attends)
        weights |= {
            f"{ours}/self_attention_residual/norm/scale": f"{block}/_self_attention_layernorm",
            f"{ours}/feed_forward_residual/norm/scale": f"{block}/_feedforward_layernorm",
            f"{ours}/feed_forward/gate/kernel": f"{block}/_feedforward_gate_dense",
            f"{ours}/feed_forward/up/kernel": f"{block}/_feedforward_intermediate_dense",
            f"{ours}/feed_forward/down/kernel": f"{block}/_feedforward_output_dense",
        }
    as_is = {ours: Place(f"{inside}/{path}/vars/0", AS_IS) for ours, path in weights.items()}
    return attentions | as_is


_BACKBONES = {
    "BertBackbone": _Backbone("BERT", _bert, _bert_places),
    "DistilBertBackbone": _Backbone("DistilBERT", _distil_bert, _distil_bert_places),
    "GPT2Backbone": _Backbone("GPT-2", _gpt2, _gpt2_places),
    "LlamaBackbone": _Backbone("Llama", _llama, _llama_places),
}
"""Each backbone by its class."""

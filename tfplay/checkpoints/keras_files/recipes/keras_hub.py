"""Layers of keras-hub, or of keras-nlp as it was called, one after the other in a model."""

from typing import Any

from tfplay.checkpoints.keras_files.reading import Answers, Reading
from tfplay.checkpoints.keras_files.recipes.named_blocks import BlockNames, read_named_blocks
from tfplay.checkpoints.keras_files.spec import KerasFile, Layer
from tfplay.cutting import quoted
from tfplay.errors import InputError

_ACTIVATIONS = {"relu": "relu", "gelu": "gelu", "silu": "silu", "swish": "silu"}
_ATTENDS = ("_self_attention_layer", "_self_attention_layer_norm")
_CROSS_ATTENDS = ("_cross_attention_layer", "_cross_attention_layer_norm")
_FED = (
    *("_feedforward_intermediate_dense", "_feedforward_output_dense"),
    "_feedforward_layer_norm",
)


def _habits(file: KerasFile, blocks: list[str], answers: Answers) -> dict[str, Any]:
    """As the configuration of the blocks says; of weights alone, as layers are by themselves."""
    layers = [layer for block in blocks if (layer := file.layer_at(block))]
    if len(layers) < len(blocks):
        return {
            "normalize_first": answers.norm_comes_first(usual=False),
            "activation": answers.activation(),
            "norm_epsilon": 1e-5,
        }
    first = _said(layers[0])
    for layer in layers[1:]:
        if (other := _said(layer)) != first:
            raise InputError(
                f"The blocks differ: {quoted(layers[0].name)} has {first} and "
                f"{quoted(layer.name)} {other}; here all blocks are alike."
            )
    return first


def _said(layer: Layer) -> dict[str, Any]:
    """What the configuration of a block says."""
    if layer.call.get("use_causal_mask") is False:
        raise InputError(
            f"The block {quoted(layer.name)} is called with use_causal_mask=False, which is not "
            "read here."
        )
    return {
        "normalize_first": layer.switch("normalize_first"),
        "activation": layer.choice("activation", _ACTIVATIONS),
        "norm_epsilon": layer.number("layer_norm_epsilon", 1e-12, 1.0),
    }


def _is_decoder(path: str) -> bool:
    """By the class, which is in the names of the weights."""
    return path.rpartition("/")[2].startswith("transformer_decoder")


NAMES = BlockNames(
    "keras-hub's layers",
    (*_ATTENDS, *_FED),
    (*_ATTENDS, *_CROSS_ATTENDS, *_FED),
    ("token_embedding", "position_embedding"),
    _habits,
    _is_decoder,
)


def read_keras_hub(file: KerasFile, answers: Answers) -> Reading | None:
    """A model of `TransformerEncoder`, `TransformerDecoder` and `TokenAndPositionEmbedding`."""
    return read_named_blocks(file, answers, NAMES)

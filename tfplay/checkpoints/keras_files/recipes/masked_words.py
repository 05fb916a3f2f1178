"""The head of keras-hub for masked words: `MaskedLMHead`."""

from typing import Any

from tfplay.checkpoints.families.names import AS_IS, Place
from tfplay.checkpoints.keras_files.recipes.parts import Places, dense, norm
from tfplay.checkpoints.keras_files.spec import KerasFile, Layer

_ACTIVATIONS = {"relu": "relu", "tanh": "tanh", "gelu": "gelu"}


def word_head_settings(file: KerasFile, head: Layer) -> dict[str, Any]:
    """The settings of a configuration that predicts masked words."""
    head.choice("activation", {"linear": "none", "softmax": "softmax"})
    return {
        "head": "masked_lm",
        "prediction_activation": head.choice("intermediate_activation", _ACTIVATIONS),
        "prediction_epsilon": head.number("layer_norm_epsilon", 1e-12, 1.0),
        "tie_prediction": not _has_matrix(file, head),
    }


def word_head_places(file: KerasFile, head: Layer) -> Places:
    """Where its weights stand; a matrix of its own comes before the biases of the words."""
    places = dense(file, "masked_lm/dense", f"{head.path}/_intermediate_dense")
    places |= norm("masked_lm/norm", f"{head.path}/_intermediate_layer_norm")
    if _has_matrix(file, head):
        places["masked_lm/kernel"] = Place(f"{head.path}/vars/0", AS_IS)
        return places | {"masked_lm/bias": Place(f"{head.path}/vars/1", AS_IS)}
    return places | {"masked_lm/bias": Place(f"{head.path}/vars/0", AS_IS)}


def _has_matrix(file: KerasFile, head: Layer) -> bool:
    """Whether it projects by a matrix of its own, not by the embeddings."""
    return f"{head.path}/vars/1" in file.tensors

"""The Keras book: Chollet, Deep Learning with Python, in its second and third edition.

Of the second came the machine translation example of keras.io.
"""

from typing import Any

from tfplay.checkpoints.keras_files.reading import Answers, Reading
from tfplay.checkpoints.keras_files.recipes.named_blocks import BlockNames, read_named_blocks
from tfplay.checkpoints.keras_files.spec import KerasFile

_EMBEDDING = ("token_embeddings", "position_embeddings")


def _habits(file: KerasFile, blocks: list[str], answers: Answers) -> dict[str, Any]:
    """The file tells none; norms are as `LayerNormalization` is by itself."""
    return {
        "normalize_first": answers.norm_comes_first(usual=False),
        "activation": answers.activation(),
        "norm_epsilon": 1e-3,
    }


_SECOND = BlockNames(
    "the Keras book, second edition",
    ("attention", "layernorm_1", "dense_proj", "dense_proj", "layernorm_2"),
    (
        *("attention_1", "layernorm_1", "attention_2", "layernorm_2"),
        *("dense_proj", "dense_proj", "layernorm_3"),
    ),
    _EMBEDDING,
    _habits,
)
_FED = ("feed_forward_1", "feed_forward_2", "feed_forward_layernorm")
_THIRD = BlockNames(
    "the Keras book, third edition",
    ("self_attention", "self_attention_layernorm", *_FED),
    (
        *("self_attention", "self_attention_layernorm"),
        *("cross_attention", "cross_attention_layernorm", *_FED),
    ),
    _EMBEDDING,
    _habits,
)


def read_keras_book(file: KerasFile, answers: Answers) -> Reading | None:
    """A translation of the book, or a text classification by its encoder."""
    second = read_named_blocks(file, answers, _SECOND)
    return second or read_named_blocks(file, answers, _THIRD)

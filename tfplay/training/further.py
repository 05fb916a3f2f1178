"""Training a model further: weights copied from another, and only some of them learning."""

import keras
import numpy as np

from tfplay.errors import InputError
from tfplay.models import TransformerModel
from tfplay.training.distribution import devices_of
from tfplay.training.low_rank import is_factor, merged

_PREDICTIONS = ("token_prediction", "output_bias")
"""What follows the last norm of a model that predicts tokens, if it has weights of its own."""

_POSITIONS = "position/position_embeddings"


def copy_weights(model: TransformerModel, base: TransformerModel, keeps_head: bool) -> None:
    """Gives a model the weights of another one of its shape.

    Learned positions are cut to the model's context.

    Args:
        model: Just built.
        base: Where the weights come from.
        keeps_head: Whether those of the head come along; otherwise they stay as they were drawn.

    Raises:
        InputError: The two are made differently.

    Example::

        copy_weights(model, open_model("bert-tiny").load().model, keeps_head=False)
    """
    known = {weight.path: weight for weight in base.weights}
    for weight in model.weights:
        if _is_head(model, weight.path) and not (keeps_head and weight.path in known):
            continue
        if weight.path not in known:
            raise InputError(f"The model to start from has no weight {weight.path}.")
        array = keras.ops.convert_to_numpy(known[weight.path])
        if weight.path.endswith(_POSITIONS):
            array = array[: weight.shape[0]]
        if array.shape != tuple(weight.shape):
            raise InputError(f"The model to start from is made differently: {weight.path}.")
        weight.assign(array)


def put_body(base: TransformerModel, model: TransformerModel) -> None:
    """Gives a model back what became of its weights in a training that started from it.

    Its head stays its own, and so do positions beyond the other's context.

    Args:
        base: As it was loaded; its weights change.
        model: What was trained, perhaps with low-rank changes.
    """
    weights = {weight.path: keras.ops.convert_to_numpy(weight) for weight in model.weights}
    arrays = merged(weights)
    for weight in base.weights:
        if weight.path not in arrays or _is_head(base, weight.path):
            continue
        array = arrays[weight.path]
        if weight.path.endswith(_POSITIONS):
            array = np.concatenate([array, keras.ops.convert_to_numpy(weight)[len(array) :]])
        weight.assign(array)


def let_last_blocks_learn(model: TransformerModel, blocks: int) -> None:
    """Freezes all but the last blocks of the last stack and what follows them."""
    stack = list(model.stacks.values())[-1]
    learning = [weight for part in (*stack.blocks[-blocks:], stack.norm) for weight in part.weights]
    _freeze_others(model, learning)


def let_head_learn(model: TransformerModel) -> None:
    """Freezes all but the head."""
    _freeze_others(model, [])


def let_low_rank_change_learn(
    model: TransformerModel, rank: int, projections: tuple[str, ...]
) -> None:
    """Freezes all but the head, and adds low-rank changes to matrices of the blocks.

    They begin as no change at all: one of their two factors is 0.

    Args:
        model: A built model.
        rank: Of the changes (R).
        projections: Names of the matrices: `query`, `key`, `value` and `output` of attention,
            `gate`, `up` and `down` of the feed-forward network.

    Raises:
        InputError: The model has no such matrix.
    """
    changed = [
        layer
        for stack in model.stacks.values()
        for block in stack.blocks
        for layer in block._flatten_layers()
        if isinstance(layer, keras.layers.Dense) and layer.name in projections
    ]
    if not changed:
        raise InputError(f"The model has none of the matrices {', '.join(projections)}.")
    with devices_of(model):
        for layer in changed:
            layer.enable_lora(rank)
    _freeze_others(model, [weight for weight in model.weights if is_factor(weight.path)])


def _freeze_others(model: TransformerModel, learning: list[keras.Variable]) -> None:
    """Freezes all weights but these and the head's."""
    wanted = {id(weight) for weight in learning}
    for weight in model.weights:
        weight.trainable = id(weight) in wanted or _is_head(model, weight.path)


def _is_head(model: TransformerModel, path: str) -> bool:
    head = (model.config.head,) if model.config.head != "none" else ()
    return path.split("/")[0] in (*head, *_PREDICTIONS)

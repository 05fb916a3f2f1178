"""A live Keras model of the user's own, translated, compared and kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import numpy as np

from tfplay.checkpoints.keras_files.opening import KerasModel, read_keras_file, recognise
from tfplay.config import ModelConfig
from tfplay.errors import InputError
from tfplay.store.keras_models import keep_keras_model
from tfplay.store.model import Model
from tfplay.store.opened import new_folder

if TYPE_CHECKING:  # Keras takes seconds to import
    import keras

MOST_DIFFERENCE = 1e-4
_BATCH_SIZE = 3


def adopt(
    model: keras.Model,
    tokenizer: Any = None,
    name: str = "mine",
    answers: Mapping[str, str] | None = None,
    source_tokenizer: Any = None,
) -> Model:
    """Makes a live Keras model one of the app, once it answers as the original does.

    Its outputs are compared on random inputs of several lengths, with padding where it masks that;
    the largest difference is printed.

    Args:
        model: Made by one of the recipes in README.
        tokenizer: What turns text into its ids: its `TextVectorization`, or its words in the order
            of the ids; `None` has the ids stand for words.
        name: The name to keep it under.
        answers: What a recipe cannot tell, by the questions' names; without them the recipe's usual
            is taken, which the comparison proves or refuses.
        source_tokenizer: Of a translation, what turns a source into its ids; `tokenizer` then does
            so with a target.

    Raises:
        InputError: It is of no recipe that is known, its translation answers otherwise by more than
            1e-4, or there is a model of this name already.

    Example::

        tfplay.adopt(my_gpt, tokenizer=my_text_vectorization, name="mine").load()
    """
    new_folder(name)  # before anything takes time
    if any(tensor.dtype == "string" for tensor in getattr(model, "inputs", None) or ()):
        raise InputError(
            "The model reads texts, on which nothing is compared: adopt what reads the ids of its "
            "TextVectorization, and give that as the tokenizer; or add its file."
        )
    with TemporaryDirectory() as folder:
        path = Path(folder, "model.keras")
        try:
            model.save(path)
        except (NotImplementedError, TypeError, ValueError) as error:
            raise InputError(f"Keras cannot save the model: {error}") from error
        found = recognise(read_keras_file(path), answers or {})
        difference = largest_difference(model, found)
        print(f"{found.sentence}\nThe largest difference of its outputs is {difference:.1e}.")
        if not difference <= MOST_DIFFERENCE:
            asked = "; ".join(
                f"{each.name} can be {', '.join(each.choices)}" for each in found.questions
            )
            hint = f" What it cannot tell can be given as answers: {asked}." if asked else ""
            raise InputError(
                f"The translation answers otherwise than the model, by up to {difference:.1e}; the "
                f"most is {MOST_DIFFERENCE:g}.{hint}"
            )
        return keep_keras_model(
            found,
            name,
            vocabulary=_words_of(tokenizer),
            source_vocabulary=_words_of(source_tokenizer),
        )


def _words_of(tokenizer: Any) -> Sequence[str] | None:
    """The vocabulary of a `TextVectorization`, or the words themselves."""
    return tokenizer.get_vocabulary() if hasattr(tokenizer, "get_vocabulary") else tokenizer


def largest_difference(model: keras.Model, found: KerasModel) -> float:
    """The largest difference of the outputs of a model and of its translation."""
    ours = found.load_model()
    return max(_difference(model, found, ours, inputs) for inputs in _random_inputs(model, found))


def _random_inputs(model: keras.Model, found: KerasModel) -> Iterator[list[np.ndarray]]:
    """Ids for each input of several lengths; where 0 is masked, some rows end with it.

    For a model that reads images, those, from 0 to 1.
    """
    random = np.random.default_rng(0)
    config = found.config
    if config.image_size:
        yield [random.random((_BATCH_SIZE, *model.inputs[0].shape[1:]), dtype="float32")]
        return
    longest = config.max_sequence_length
    shapes = [
        tensor.shape
        for tensor in getattr(model, "inputs", None) or ()
        if found.reading.roles.get(tensor.name) != "mask_positions"
    ]
    is_fixed = any(len(shape) > 1 and shape[1] is not None for shape in shapes)
    lengths = {longest} if is_fixed else {1, max(1, longest // 3), longest}
    sizes = found.reading.vocabulary_sizes or (config.vocabulary_size,)
    for length in sorted(lengths):
        arrays = [random.integers(1, size, (_BATCH_SIZE, length)) for size in sizes]
        if found.reading.mask_zero:
            for array in arrays:
                array[0, (length + 1) // 2 :] = 0
        yield arrays


def _difference(
    model: keras.Model, found: KerasModel, ours: keras.Model, arrays: list[np.ndarray]
) -> float:
    """The largest difference where a token is real."""
    import keras

    mask_zero = found.reading.mask_zero
    logits = ours(_as_inputs(found.config, arrays, mask_zero))
    if "mask_positions" in found.reading.roles.values():
        logits = logits[:, : _masked(model, found)]
    theirs = _outputs(model, found, arrays)
    is_probable = bool(np.all(theirs >= 0) and np.all(theirs <= 1))
    answer = np.asarray(keras.ops.softmax(logits) if is_probable else logits)
    classes = theirs.shape[-1]
    # One logit is that of the second of two classes, and a target may have fewer words.
    apart = np.abs((answer[..., 1:] if classes == 1 else answer[..., :classes]) - theirs)
    if mask_zero and apart.ndim == 3:
        apart = apart[arrays[-1] != 0]
    return float(apart.max())


def _masked(model: keras.Model, found: KerasModel) -> int | None:
    """How many masked words the model predicts; `None` if it has no fixed number."""
    shapes = [
        tensor.shape
        for tensor in model.inputs
        if found.reading.roles.get(tensor.name) == "mask_positions"
    ]
    return shapes[0][1] if shapes else None


def _as_inputs(config: ModelConfig, arrays: list[np.ndarray], mask_zero: bool) -> dict[str, Any]:
    """The arrays as a model of ours takes them."""
    import keras

    if size := config.image_size:
        return {"images": keras.ops.image.resize(arrays[0], (size, size))}
    if config.architecture != "encoder-decoder":
        mask = {"padding_mask": arrays[0] != 0} if mask_zero else {}
        return {"token_ids": arrays[0], **mask}
    source, target = arrays
    masks = {"encoder_padding_mask": source != 0, "decoder_padding_mask": target != 0}
    return {"encoder_token_ids": source, "decoder_token_ids": target} | (masks if mask_zero else {})


def _outputs(model: keras.Model, found: KerasModel, arrays: list[np.ndarray]) -> np.ndarray:
    """The first of the outputs."""
    import keras

    inputs: Any = arrays[0] * found.reading.white if found.config.image_size else arrays[0]
    if roles := found.reading.roles:
        positions = np.arange(arrays[0].shape[1])[: _masked(model, found)]
        given = {
            "encoder_token_ids": arrays[0],
            "decoder_token_ids": arrays[-1],
            "token_ids": arrays[0],
            "padding_mask": np.ones_like(arrays[0]),
            "segment_ids": np.zeros_like(arrays[0]),
            "mask_positions": np.broadcast_to(positions, (_BATCH_SIZE, len(positions))),
        }
        in_order = [given[roles.get(tensor.name, "token_ids")] for tensor in model.inputs]
        inputs = keras.tree.pack_sequence_as(model.input, in_order)
    outputs = keras.tree.flatten(model(inputs, training=False))
    return keras.ops.convert_to_numpy(outputs[0])

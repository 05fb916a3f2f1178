"""Models of Keras users, taken in from their files."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace

from tfplay.checkpoints.keras_files.opening import KerasModel, open_keras_file
from tfplay.store.model import WEIGHTS, Model
from tfplay.store.opened import Origin, new_folder, read_model, write_about
from tfplay.store.weights import save_weights
from tfplay.text.files import draft


def add_keras_file(
    path: str | os.PathLike,
    name: str,
    origin: Origin | None = None,
    answers: Mapping[str, str] | None = None,
    vocabulary: Sequence[str] | None = None,
    source_vocabulary: Sequence[str] | None = None,
) -> Model:
    """Recognises the model in a Keras file and keeps it, translated into our layers.

    Args:
        path: A `.keras` or a `.weights.h5` file.
        name: The name to keep it under.
        origin: What is known of where it came from; `None` is nothing.
        answers: What the file cannot tell, by the questions' names; `None` is as the recipe has it.
        vocabulary: Its words in the order of their ids; `None` is those in the file or, without
            any, the ids themselves.
        source_vocabulary: Of a translation, the words of what it reads; `vocabulary` then has those
            of what it writes.

    Raises:
        InputError: It is damaged, was made by no recipe that is known, an answer or the vocabulary
            does not fit, or there is a model of this name already.

    Example::

        add_keras_file("mini_gpt.keras", "mine", answers={"causal": "yes"})
    """
    new_folder(name)  # before anything takes time
    found = open_keras_file(path, answers)
    return keep_keras_model(found, name, origin, vocabulary, source_vocabulary)


def keep_keras_model(
    found: KerasModel,
    name: str,
    origin: Origin | None = None,
    vocabulary: Sequence[str] | None = None,
    source_vocabulary: Sequence[str] | None = None,
) -> Model:
    """Keeps a model that was recognised; see `add_keras_file`."""
    folder = new_folder(name)
    tokenizer, source_tokenizer = found.tokenizers(vocabulary, source_vocabulary)
    model = found.load_model()
    origin = origin or Origin(name)
    with draft(folder) as place:
        place.mkdir(parents=True)
        save_weights(model, place / WEIGHTS)
        origin = replace(origin, about="\n\n".join(filter(None, (origin.about, found.card))))
        recipe = found.reading.recipe.removeprefix("the ")
        examples = () if vocabulary or found.words else _ids_to_try(found)
        write_about(
            *(place, origin, recipe, found.config, tokenizer),
            *(found.labels, examples, source_tokenizer),
        )
    return read_model(folder)


def _ids_to_try(found: KerasModel) -> tuple[str, ...]:
    """Texts of ids, where these stand for words."""
    config = found.config
    first = 4 if config.vocabulary_size > 12 else 0
    count = min(8, config.vocabulary_size - first, config.max_sequence_length)
    ids = [str(first + number) for number in range(count)]
    if config.image_size:
        return ()
    if config.head == "masked_lm":
        ids[len(ids) // 2] = "[MASK]"
    return (" ".join(ids), " ".join(reversed(ids)))

"""What a model answers to one example: by it a copy elsewhere is known to be the same."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np

from tfplay import chat, decoding
from tfplay.config import DecodingConfig
from tfplay.errors import InputError
from tfplay.store import Model
from tfplay.tasks import TASKS, TrainedModel, answer, classify, tag, translate
from tfplay.tasks.images.task import classify_images
from tfplay.tasks.masked_words.fill import mask_logits
from tfplay.text.words import normalize
from tfplay.zoo.corpora import ZOO_CORPORA

_TOKENS_WRITTEN = 20
_EVERYDAY: dict[str, Any] = {
    "masked-words": "The [MASK] barked at the cat.",
    "answers": {"question": "Who has a dog?", "context": "Ann has a cat. Tom has a dog."},
}
_SENTENCE = "Good morning, how are you?"
_MOST_TRIED = 5
"""Examples of its data that a model is tried on, as some are too long for it."""


class Recorded(NamedTuple):
    """An example and the answer to it."""

    example: Any
    """A text; of "answers" a question and its context; of "images" the pixels."""
    answer: Any
    """Token ids, tags, a text, or a label and its probability."""


def record(model: Model, trained: TrainedModel) -> Recorded:
    """The first example that the model can answer, with its answer.

    Probabilities are the model's own: no script knows the temperature of `TrainedModel.trust`.

    Args:
        model: The model.
        trained: The same, loaded.

    Raises:
        InputError: It can answer none.
    """
    ask, trained = _ASK[trained.task], replace(trained, trust=None)
    for example in _examples(model):
        with suppress(InputError):  # too long for this model, say
            return Recorded(example, ask(trained, example))
    raise InputError(f"{model.title} has no example that it can answer.")


def _examples(model: Model) -> Iterator[Any]:
    """What the model is good to try on, what it learned from, what anybody might ask."""
    if model.reads_text:
        yield from (each if isinstance(each, dict) else normalize(each) for each in model.examples)
        yield from _of_its_data(model)
        yield _EVERYDAY.get(model.task, _SENTENCE)
        return
    if model.corpus in ZOO_CORPORA:
        yield from (each.pixels for each in ZOO_CORPORA[model.corpus].examples("held-out", 1, 0))
    config = model.config
    shape = (config.image_size, config.image_size, config.image_channels)
    yield np.random.default_rng(0).random(shape, dtype="float32")


def _of_its_data(model: Model) -> Iterator[Any]:
    try:
        data = model.read_data()
    except InputError:  # gone, or never known
        return
    some = data.split("\n") if isinstance(data, str) else data
    for each in some[:_MOST_TRIED]:
        yield TASKS[model.task].as_typed(each)


def _translated(trained: TrainedModel, text: str) -> list[int]:
    return translate(trained, text, DecodingConfig(max_new_tokens=trained.context)).target_ids


def _replied(trained: TrainedModel, text: str) -> list[int]:
    config = DecodingConfig(max_new_tokens=trained.context)
    reply = chat.Reply(trained, [{"role": "user", "content": text}], config)
    "".join(reply)
    return reply.token_ids


def _written(trained: TrainedModel, text: str) -> list[int]:
    config = DecodingConfig(max_new_tokens=_TOKENS_WRITTEN)
    ids = trained.tokenizer.tokenize(text)
    if not 0 < len(ids) < trained.context:
        raise InputError("The text is empty, or leaves no room.")
    [written] = decoding.generate(trained.model, [ids], config)
    return written


def _likeliest(probabilities: dict[str, float]) -> tuple[str, float]:
    return max(probabilities.items(), key=lambda each: each[1])


_ASK: dict[str, Callable[[TrainedModel, Any], Any]] = {
    "translation": _translated,
    "chat": _replied,
    "language-model": _written,
    "classification": lambda trained, text: _likeliest(classify(trained, [text])[0]),
    "tagging": lambda trained, text: tag(trained, text).tags,
    "masked-words": lambda trained, text: mask_logits(trained, text).argmax(axis=-1).tolist(),
    "answers": lambda trained, asked: answer(trained, asked["question"], asked["context"]).text,
    "images": lambda trained, pixels: _likeliest(classify_images(trained, [pixels])[0]),
}

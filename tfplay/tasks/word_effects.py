"""How the words of a text influence an answer: the attention on them, the answer without them.

Leaving words out: Li et al., 2016, arXiv:1612.08220.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from tfplay import explain
from tfplay.tasks.batches import Encoded, collate
from tfplay.tasks.prediction import require_room, unpadded
from tfplay.tasks.trained_model import TrainedModel
from tfplay.tasks.words_read import SpecialRead, WordRead, special_word
from tfplay.text import Tokenizer


@dataclass(frozen=True)
class WordEffects:
    """An answer, the words that it was read from, and its probability without each of them.

    Attributes:
        inputs: What the model read, (1, T) each.
        words: The N words of it, special tokens too; each position belongs to exactly one.
        read_at: Position of the token from which the answer is read; `None` is all of them.
        answers: Names of the K possible answers.
        before: (K,) the probability of each.
        after: (N, K) the same without each word. Not a number for what cannot be left out: special
            tokens, words of the answer itself, and an only word.
    """

    inputs: dict[str, np.ndarray]
    words: list[WordRead | SpecialRead]
    read_at: int | None
    answers: tuple[str, ...]
    before: np.ndarray
    after: np.ndarray

    @property
    def changes(self) -> np.ndarray:
        """(N, K): change of each probability without a word; negative if the word supported it."""
        return self.after - self.before


class PlacedExample(NamedTuple):
    """A text as a model reads it, and where in the logits its answer stands."""

    example: Encoded
    place: Any = None
    temperature: float = 1.0
    """What its logits are divided by; see `TrainedModel.temperature`."""


def measure_effects(
    trained: TrainedModel,
    whole: PlacedExample,
    parts: Sequence[tuple[WordRead | SpecialRead, PlacedExample | None]],
    measure: Callable[[np.ndarray, Any], np.ndarray],
    answers: Sequence[str],
    read_at: int | None,
) -> WordEffects:
    """Asks a model about a text, and about the text without each of its words.

    Args:
        trained: The model.
        whole: The text.
        parts: The words, each with the text without it; `None` for those that are not left out.
        measure: Returns the K probabilities, given an example's logits, divided by its
            temperature, and its place.
        answers: Names of the K answers.
        read_at: See `WordEffects`.

    Raises:
        InputError: The text is longer than the model's context.
    """
    context = trained.context
    require_room(trained, whole.example.length)
    # A word that begins the text because another was left out may have more tokens than before.
    parts = [
        (word, each if each and each.example.length <= context else None) for word, each in parts
    ]
    asked = [whole, *(reading for _, reading in parts if reading)]
    length = max(reading.example.length for reading in asked)
    batch = collate([each.example for each in asked], length, trained.tokenizer.pad_id)
    measured = (
        measure(
            unpadded(logits, length, reading.example.length) / reading.temperature, reading.place
        )
        for reading, logits in zip(
            asked, explain.eager_logits(trained.model, batch.inputs), strict=True
        )
    )
    before = next(measured)
    unknown = np.full_like(before, np.nan)
    return WordEffects(
        inputs={name: np.array([ids]) for name, ids in whole.example.inputs.items()},
        words=[word for word, _ in parts],
        read_at=read_at,
        answers=tuple(answers),
        before=before,
        after=np.stack([next(measured) if reading else unknown for _, reading in parts]),
    )


def enclosed(
    tokenizer: Tokenizer,
    words: Sequence[WordRead | SpecialRead],
    readings: Sequence[PlacedExample | None],
    length: int,
) -> list[tuple[WordRead | SpecialRead, PlacedExample | None]]:
    """The words of a text between the start token and the end token that its model reads."""
    return [
        *((special_word(tokenizer, token_id, 0), None) for token_id in tokenizer.start_ids),
        *zip(words, readings, strict=True),
        *((special_word(tokenizer, token_id, length - 1), None) for token_id in tokenizer.end_ids),
    ]


def word_attention(trained: TrainedModel, effects: WordEffects) -> np.ndarray:
    """How much each token looks at each word: at all tokens of the word together.

    Args:
        trained: The model.
        effects: The effects, with what the model read.

    Returns:
        (layers, H, T, N); rows sum to 1.
    """
    trace = explain.trace_arrays(trained.model, effects.inputs)
    scores = (trace.encoder or trace.decoder).attention_scores()[:, 0]
    return np.add.reduceat(scores, [word.first for word in effects.words], axis=-1)

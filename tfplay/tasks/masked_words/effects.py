"""How each word of a text influences the answer for a mask."""

from dataclasses import replace

from tfplay.decoding.filters import probabilities
from tfplay.tasks.batches import Encoded
from tfplay.tasks.masked_words.fill import (
    BLANK,
    MASK,
    likeliest_tokens,
    mask_blanks,
    readable_tokens,
    with_blanks,
    without_masks,
)
from tfplay.tasks.trained_model import TrainedModel
from tfplay.tasks.word_effects import PlacedExample, WordEffects, enclosed, measure_effects
from tfplay.tasks.words_read import without, words_read
from tfplay.text import Piece


def mask_effects(trained: TrainedModel, text: str, mask: int = 0, top: int = 5) -> WordEffects:
    """How each word influences the likeliest tokens for a mask.

    Args:
        trained: A model that learned masked words.
        text: A text with `[MASK]` in it.
        mask: Index of the mask, from 0.
        top: How many tokens (K).

    Raises:
        InputError: There is no mask, or the text is longer than the model reads.
    """
    tokenizer, text = trained.tokenizer, with_blanks(text)

    def read(text: str) -> tuple[PlacedExample, list[Piece]]:
        blanked = mask_blanks(tokenizer, text)
        example = Encoded({"token_ids": blanked.token_ids}, 0)
        temperature = trained.temperature(without_masks(text))
        return PlacedExample(example, blanked.masked[mask], temperature), blanked.pieces

    whole, pieces = read(text)
    words = words_read(text, pieces, first=1)
    readings = [
        None if BLANK in word.text else read(without(text, word.place))[0] for word in words
    ]
    shown = [word._replace(text=word.text.replace(BLANK, MASK)) for word in words]
    effects = measure_effects(
        trained,
        whole,
        enclosed(tokenizer, shown, readings, whole.example.length),
        lambda logits, position: probabilities(logits[position]),
        (),
        read_at=whole.place,
    )
    best = likeliest_tokens(effects.before, top)
    return replace(
        effects,
        answers=tuple(readable_tokens(tokenizer, best)),
        before=effects.before[best],
        after=effects.after[:, best],
    )

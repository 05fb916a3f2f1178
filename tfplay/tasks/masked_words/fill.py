"""Filling masks in a text with a trained model."""

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from tfplay.cutting import quoted
from tfplay.decoding.filters import probabilities
from tfplay.errors import InputError
from tfplay.tasks.batches import Encoded
from tfplay.tasks.prediction import predict
from tfplay.tasks.trained_model import TrainedModel
from tfplay.text import Pair, Piece, Tokenizer
from tfplay.text.limits import longest_text, require_length
from tfplay.text.words import normalize
from tfplay.trust import Judgement

MASK = "[MASK]"
"""How people write a mask."""

BLANK = "\ua95f"
"""Marks the place of a mask in a text: a mark of punctuation that hardly any text has (Rejang's
section mark), so that no token spans it and its neighbours, and BERT's cleaning leaves it."""


class Candidate(NamedTuple):
    """A token that may stand behind a mask."""

    token: str
    probability: float


class Blanked(NamedTuple):
    """A text as token ids with masks in some places."""

    token_ids: list[int]
    masked: list[int]
    """Positions of the mask tokens."""
    hidden_ids: list[int]
    """The tokens that they hide."""
    pieces: list[Piece]
    """The text's token at each position, without the start token and the end token."""


def fill(trained: TrainedModel, text: str, top: int = 5) -> list[list[Candidate]]:
    """The candidates for each mask of a text, the likeliest first.

    Each mask stands for one token. Several masks are filled at once, none knowing of another's
    answer.

    Args:
        trained: A model that learned masked words.
        text: A text with `[MASK]` in it.
        top: How many candidates for each mask.

    Raises:
        InputError: There is no mask, or the text is longer than the model reads.

    Example:
        >>> fill(trained, "We are [MASK].", top=2)
        [[Candidate(token=..., probability=...), Candidate(token=..., probability=...)]]
    """
    if not 1 <= top <= trained.tokenizer.vocabulary_size:
        raise InputError(
            f"top is {top}; it must be from 1 to {trained.tokenizer.vocabulary_size}, "
            "the size of the vocabulary."
        )
    logits = mask_logits(trained, text) / trained.temperature(without_masks(text))
    return [_candidates(trained.tokenizer, row, top) for row in logits]


def judge_filled(
    trained: TrainedModel, text: str, answers: Sequence[Sequence[Candidate]]
) -> Judgement | None:
    """What is to be said of the likeliest words for the masks; `None` if that was never measured.

    Args:
        trained: The model.
        text: The text with its masks.
        answers: The result of `fill`.
    """
    best = [candidates[0].probability for candidates in answers]
    return trained.judge(without_masks(text), float(np.exp(np.mean(np.log(best)))))


def mask_logits(trained: TrainedModel, text: str) -> np.ndarray:
    """The logits (M, V) of the token behind each of the M masks of a text; see `fill`."""
    require_length(text, longest_text(trained.context) + len(MASK))
    blanked = mask_blanks(trained.tokenizer, with_blanks(text))
    [logits] = predict(trained, [Encoded({"token_ids": blanked.token_ids}, 0)])
    return logits[blanked.masked]


def without_masks(text: str) -> str:
    """What can be read of a text around its masks."""
    return text.replace(MASK, " ").replace(BLANK, " ")


def with_blanks(text: str) -> str:
    """The text in its composed form (NFC), with a blank for each `[MASK]`.

    Raises:
        InputError: There is none.
    """
    text = normalize(text)
    if MASK not in text:
        raise InputError(f"There is no {MASK} in the text; put one where a word is missing.")
    return text.replace(MASK, BLANK)


def mask_blanks(tokenizer: Tokenizer, text: str) -> Blanked:
    """A text with one mask token for each blank in it."""
    places = [range(start, start + 1) for start, each in enumerate(text) if each == BLANK]
    return _blank(tokenizer, text, places, one_mask_each=True)


def likeliest_tokens(logits: np.ndarray, top: int) -> list[int]:
    """The ids of the tokens with the highest logits or probabilities (V,), the highest first."""
    return np.argsort(-logits, kind="stable")[:top].tolist()


def readable_tokens(tokenizer: Tokenizer, token_ids: Sequence[int]) -> list[str]:
    """Tokens that may stand behind a mask, as people read them.

    The space that byte pairs have before a word belongs to the mask and is left out.
    """
    return [label.removeprefix("␣") or label for label in tokenizer.labels(token_ids)]


def cloze_accuracy(trained: TrainedModel, examples: Sequence[Pair]) -> float:
    """Share of texts with a mask that the model fills with the right word, from 0 to 1.

    There are as many masks as the answer has tokens, and the likeliest token of each must be right.

    Args:
        trained: A model that learned masked words.
        examples: Each a text with one `[MASK]`, and the word behind it.

    Raises:
        InputError: There is no example, a text has not exactly one mask, or is too long.
    """
    if not examples:
        raise InputError("There is no text with a mask to fill.")
    blanked = [_blank_answer(trained.tokenizer, example) for example in examples]
    answers = _likeliest(trained, blanked)
    right = [answer == each.hidden_ids for answer, each in zip(answers, blanked, strict=True)]
    return float(np.mean(right))


def fill_words(trained: TrainedModel, examples: Sequence[Pair]) -> list[str]:
    """The model's word for the mask of each text, in as many tokens as the answer has.

    Args:
        trained: A model that learned masked words.
        examples: Each a text with one `[MASK]`, and the word behind it.

    Raises:
        InputError: A text has not exactly one mask, or is too long.
    """
    blanked = [_blank_answer(trained.tokenizer, example) for example in examples]
    answers = _likeliest(trained, blanked)
    return [trained.tokenizer.detokenize(answer).strip() for answer in answers]


def _likeliest(trained: TrainedModel, blanked: Sequence[Blanked]) -> list[list[int]]:
    """The likeliest token for every mask of each text."""
    logits = predict(trained, [Encoded({"token_ids": each.token_ids}, 0) for each in blanked])
    return [
        rows[each.masked].argmax(axis=-1).tolist()
        for rows, each in zip(logits, blanked, strict=True)
    ]


def _blank_answer(tokenizer: Tokenizer, example: Pair) -> Blanked:
    text, answer = normalize(example.source), normalize(example.target)
    before, mask, after = text.partition(MASK)
    if not mask or MASK in after:
        raise InputError(f"{quoted(text)} must have exactly one {MASK}.")
    if not answer:
        raise InputError(f"There is no answer to {quoted(text)}.")
    place = range(len(before), len(before) + len(answer))
    return _blank(tokenizer, before + answer + after, [place], one_mask_each=False)


def _blank(
    tokenizer: Tokenizer, text: str, places: Sequence[range], one_mask_each: bool
) -> Blanked:
    """Masks the tokens at some places, between a start token and an end token.

    So each token around a mask is the one it would be beside a word; and where the space before a
    word belongs to its first token, as for byte pairs, the mask stands for the space too.

    Args:
        tokenizer: The model's tokenizer.
        text: The text, with something in each place.
        places: Ranges of characters, in order.
        one_mask_each: Whether a place gets one mask rather than one for each of its tokens.
    """
    if tokenizer.space_in_word:
        places = [
            range(place.start - text.endswith(" ", 0, place.start), place.stop) for place in places
        ]
    blanked, mask_id = Blanked([*tokenizer.start_ids], [], [], []), tokenizer.special_id("mask")
    last_place = None
    stops = [place.stop for place in places]
    for piece in tokenizer.pieces(text):
        number = bisect_right(stops, piece.start)  # the first that ends behind the piece's start
        place = places[number] if number < len(places) else None
        if place is not None and piece.end <= place.start:
            place = None
        if place is None:
            blanked.token_ids.append(piece.token_id)
            blanked.pieces.append(piece)
        elif place != last_place or not one_mask_each:
            blanked.masked.append(len(blanked.token_ids))
            blanked.hidden_ids.append(piece.token_id)
            blanked.token_ids.append(mask_id)
            blanked.pieces.append(Piece(MASK, mask_id, place.start, place.stop))
        last_place = place
    blanked.token_ids.extend(tokenizer.end_ids)
    return blanked


def _candidates(tokenizer: Tokenizer, logits: np.ndarray, top: int) -> list[Candidate]:
    likely = probabilities(logits)
    best = likeliest_tokens(logits, top)
    return [
        Candidate(token, float(likely[token_id]))
        for token, token_id in zip(readable_tokens(tokenizer, best), best, strict=True)
    ]

"""What each word, or each patch of a picture, does for an answer: one function a task."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from tfplay.decoding.filters import probabilities
from tfplay.errors import InputError
from tfplay.explain import eager_logits, without_patches
from tfplay.tasks.answering import PassageReader, covering
from tfplay.tasks.base import TrainedModel
from tfplay.tasks.batches import IGNORED, Encoded
from tfplay.tasks.classification import encode_texts
from tfplay.tasks.filling import (
    BLANK,
    MASK,
    likeliest_tokens,
    mask_blanks,
    readable_tokens,
    with_blanks,
)
from tfplay.tasks.passage_words import passage_words, words_between
from tfplay.tasks.tagger import Tags, encode_words, read_together, spans_of, tokenize_sentences
from tfplay.tasks.word_effects import Reading, WordEffects, measure_effects
from tfplay.tasks.words_read import WordRead, special_word, without, words_read
from tfplay.text import Piece, Tokenizer
from tfplay.text.typed import Place, TypedText
from tfplay.text.words import normalize


def class_effects(trained: TrainedModel, text: str) -> WordEffects:
    """What each word does for the probability of every class.

    Args:
        trained: A model that learned classification.
        text: What to classify; of one that is too long, the words that the model reads.

    Raises:
        InputError: The text is empty.

    Example:
        >>> effects = class_effects(trained, "Not bad at all.")
        >>> effects.words[1].text, effects.changes[1]  # without "Not"
        ('Not', array([0.9, -0.9]))
    """
    text = normalize(text)
    if not text.strip():
        raise InputError("There is nothing to classify: the text is empty.")
    tokenizer, context = trained.tokenizer, trained.context
    pieces = tokenizer.pieces(text)
    text = text[: pieces[: 2 * context][-1].end]  # what may be read once a word is gone
    words = words_read(text, pieces[: context - 2], first=1)
    shorter = [without(text, word.place) for word in words] if len(words) > 1 else []
    whole, *readings = (
        Reading(Encoded({"token_ids": token_ids}, 0))
        for token_ids in encode_texts(tokenizer, [text, *shorter], context)
    )
    last = whole.example.length - 1
    usual = "last" if trained.architecture == "decoder-only" else "first"
    return measure_effects(
        trained,
        whole,
        _enclosed(tokenizer, words, readings or [None], whole.example.length),
        lambda logits, _: probabilities(logits),
        trained.labels,
        read_at={"first": 0, "last": last}.get(trained.model.config.pooling or usual),
    )


def mask_effects(trained: TrainedModel, text: str, mask: int = 0, top: int = 5) -> WordEffects:
    """What each word does for the likeliest tokens behind a mask.

    Args:
        trained: A model that learned masked words.
        text: A text with `[MASK]` in it.
        mask: Which of the masks, from 0.
        top: How many tokens (K).

    Raises:
        InputError: There is no mask, or the text is longer than the model reads.
    """
    tokenizer, text = trained.tokenizer, with_blanks(text)

    def read(text: str) -> tuple[Reading, list[Piece]]:
        blanked = mask_blanks(tokenizer, text)
        example = Encoded({"token_ids": blanked.token_ids}, 0)
        return Reading(example, blanked.masked[mask]), blanked.pieces

    whole, pieces = read(text)
    words = words_read(text, pieces, first=1)
    readings = [
        None if BLANK in word.text else read(without(text, word.place))[0] for word in words
    ]
    shown = [word._replace(text=word.text.replace(BLANK, MASK)) for word in words]
    effects = measure_effects(
        trained,
        whole,
        _enclosed(tokenizer, shown, readings, whole.example.length),
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


def entity_effects(trained: TrainedModel, tags: Tags, number: int) -> WordEffects:
    """What each word around an entity does for it.

    The probability of an entity is the least among the tags of its words, as in `Entity.score`.

    Args:
        trained: A model that learned tagging.
        tags: What `tag` found.
        number: Which of its entities, from 0.
    """
    tokenizer = trained.tokenizer
    span = spans_of(tags.tags)[number]
    sentence, part = read_together(trained, tags, span.first)
    own = range(span.first, min(span.stop, part.stop))
    classes = [trained.labels.index(tags.tags[word]) for word in own]

    def read(token_ids: list[list[int]], left_out: int | None) -> Reading:
        is_shorter = left_out is not None
        first = part.start - sentence.start
        kept = token_ids[first : first + len(part) - is_shorter]
        room = trained.context - 2
        example = encode_words(tokenizer, [ids[:room] for ids in kept], [0] * len(kept))
        [positions] = np.nonzero(np.array(example.labels) != IGNORED)
        before = span.first - part.start - (is_shorter and left_out < span.first)
        return Reading(example, positions[before : before + len(own)])

    left_out = [None, *(word for word in part if word not in own)]
    sentences = [[tags.words[word] for word in sentence if word != each] for each in left_out]
    spellings = tokenize_sentences(tokenizer, sentences)
    readings = dict(zip(left_out, map(read, spellings, left_out), strict=True))
    whole = readings.pop(None)
    [positions] = np.nonzero(np.array(whole.example.labels) != IGNORED)
    words = [
        WordRead(tags.words[word], int(position), tags.places[word])
        for word, position in zip(part, positions, strict=True)
    ]
    return measure_effects(
        trained,
        whole,
        _enclosed(tokenizer, words, [readings.get(word) for word in part], whole.example.length),
        lambda logits, at: probabilities(logits[at])[range(len(own)), classes].min(keepdims=True),
        [tags.entities[number].text],
        read_at=int(whole.place[0]),
    )


class _Asked(NamedTuple):
    """A question on a passage, and where in it the answer stands, all of it composed (NFC)."""

    question: str
    context: str
    place: Place


class _AnswerTokens(NamedTuple):
    """Where an answer is read."""

    offset: int
    """Tokens before the passage."""
    first_word: slice
    """Tokens of the answer's first word, from the passage's first."""
    last_word: slice


def answer_effects(trained: TrainedModel, question: str, context: str, place: Place) -> WordEffects:
    """What each word of a question and of its passage does for an answer.

    The probability of an answer is that of `Answer.probability`.

    Args:
        trained: A model that learned to answer from passages.
        question: The question.
        context: The passage; of one that is too long, the part around the answer is read by itself.
        place: The answer's first character in the passage, and one past its last.
    """
    typed = TypedText(context)
    asked = _Asked(normalize(question), typed.composed, typed.place_composed(place))
    asked = _part_read(trained, asked)
    [whole] = _read_asked(trained, [asked])
    offset = whole.place.offset
    question_pieces, passage_pieces = trained.tokenizer.pieces_batch(asked[:2])
    question_words = words_read(asked.question, question_pieces[: offset - 2], first=1)
    words_of_passage = words_read(asked.context, passage_pieces, first=offset)
    shorter = [
        *(_without_question_word(asked, word) for word in question_words),
        None,  # the special token between
        *(_without_passage_word(asked, word) for word in words_of_passage),
    ]
    readings = iter(_read_asked(trained, [each for each in shorter if each]))
    between = special_word(trained.tokenizer, trained.tokenizer.end_id, offset - 1)
    return measure_effects(
        trained,
        whole,
        _enclosed(
            trained.tokenizer,
            [*question_words, between, *words_of_passage],
            [next(readings) if each else None for each in shorter],
            whole.example.length,
        ),
        _span_probability,
        [typed.typed[slice(*place)]],
        read_at=offset + whole.place.first_word.start,
    )


def _part_read(trained: TrainedModel, asked: _Asked) -> _Asked:
    """With the part of the passage that the model reads with the answer nearest to its middle."""
    question, context, (start, end) = asked
    reader = PassageReader(trained.tokenizer, trained.context, [(question, context)])
    pieces = reader.pieces(context)
    window = reader.window_around(
        reader.question_ids(question), pieces, *covering(pieces, asked.place)
    )
    beginning = pieces[window.start].start
    part = context[beginning : pieces[window.stop - 1].end]
    return _Asked(question, part, (start - beginning, end - beginning))


def _without_question_word(asked: _Asked, word: WordRead) -> _Asked | None:
    shorter = without(asked.question, word.place)
    return asked._replace(question=shorter) if shorter.strip() else None


def _without_passage_word(asked: _Asked, word: WordRead) -> _Asked | None:
    """`None` if the word is the answer's own."""
    start, end = asked.place
    if word.place[0] < end and word.place[1] > start:
        return None
    shorter = without(asked.context, word.place)
    lost = len(asked.context) - len(shorter) if word.place[0] < start else 0
    return asked._replace(context=shorter, place=(start - lost, end - lost))


def _read_asked(trained: TrainedModel, asked: Sequence[_Asked]) -> list[Reading]:
    """Each with where its answer is read."""
    reader = PassageReader(trained.tokenizer, trained.context, [each[:2] for each in asked])
    readings = []
    for question, context, place in asked:
        question_ids, pieces = reader.question_ids(question), reader.pieces(context)
        example = reader.encode(question_ids, pieces, range(len(pieces)))
        first, last = words_between(passage_words(context, pieces), place)
        tokens = _AnswerTokens(len(question_ids) + 2, first.tokens, last.tokens)
        readings.append(Reading(example, tokens))
    return readings


def _span_probability(logits: np.ndarray, tokens: _AnswerTokens) -> np.ndarray:
    starts, ends = probabilities(logits[:, tokens.offset : -1])
    return np.array([starts[tokens.first_word].sum() * ends[tokens.last_word].sum()])


def patch_effects(trained: TrainedModel, image: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """What each patch of a picture does for the probability of every class.

    Args:
        trained: A model that learned to classify pictures.
        image: (height, width, channels), from 0 (black) to 1.

    Returns:
        The probabilities (classes,), and what they are with each patch black: (rows, columns,
        classes).
    """
    patch_size = trained.model.config.patch_size
    covered = without_patches(image, patch_size)
    images = np.concatenate([image[None], covered]).astype("float32")
    whole, *without = map(probabilities, eager_logits(trained.model, {"images": images}))
    rows, columns = image.shape[0] // patch_size, image.shape[1] // patch_size
    return whole, np.reshape(without, (rows, columns, -1))


def _enclosed(
    tokenizer: Tokenizer,
    words: Sequence[WordRead],
    readings: Sequence[Reading | None],
    length: int,
) -> list[tuple[WordRead, Reading | None]]:
    """The words of a text between the start token and the end token that its model reads."""
    return [
        (special_word(tokenizer, tokenizer.start_id, 0), None),
        *zip(words, readings, strict=True),
        (special_word(tokenizer, tokenizer.end_id, length - 1), None),
    ]

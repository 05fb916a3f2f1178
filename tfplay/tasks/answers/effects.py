"""What each word of a question and of its passage does for an answer."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from tfplay.decoding.filters import probabilities
from tfplay.tasks.answers.answer import PassageReader, covering, text_asked
from tfplay.tasks.answers.words import passage_words, words_between
from tfplay.tasks.trained_model import TrainedModel
from tfplay.tasks.word_effects import PlacedExample, WordEffects, enclosed, measure_effects
from tfplay.tasks.words_read import WordRead, special_word, without, words_read
from tfplay.text.typed import Place, TypedText
from tfplay.text.words import normalize


class _Asked(NamedTuple):
    """A question about a passage, and the place of the answer, all composed (NFC)."""

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

    The probability of an answer is that of `PassageAnswer.probability`.

    Args:
        trained: A model that learned to answer from passages.
        question: The question.
        context: The passage; if it is too long, only the part around the answer is read.
        place: The answer's first character in the passage, and one past its last.
    """
    typed, temperature = TypedText(context), trained.temperature(text_asked(question, context))
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
        enclosed(
            trained.tokenizer,
            [*question_words, between, *words_of_passage],
            [next(readings) if each else None for each in shorter],
            whole.example.length,
        ),
        lambda logits, tokens: _span_probability(logits / temperature, tokens),
        [typed.typed[slice(*place)]],
        read_at=offset + whole.place.first_word.start,
    )


def _part_read(trained: TrainedModel, asked: _Asked) -> _Asked:
    """The question with the window of its passage that has the answer nearest to its middle."""
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
    """The question without one word; `None` if the word belongs to the answer."""
    start, end = asked.place
    if word.place[0] < end and word.place[1] > start:
        return None
    shorter = without(asked.context, word.place)
    lost = len(asked.context) - len(shorter) if word.place[0] < start else 0
    return asked._replace(context=shorter, place=(start - lost, end - lost))


def _read_asked(trained: TrainedModel, asked: Sequence[_Asked]) -> list[PlacedExample]:
    """The examples, each with the place of its answer."""
    reader = PassageReader(trained.tokenizer, trained.context, [each[:2] for each in asked])
    readings = []
    for question, context, place in asked:
        question_ids, pieces = reader.question_ids(question), reader.pieces(context)
        example = reader.encode(question_ids, pieces, range(len(pieces)))
        first, last = words_between(passage_words(context, pieces), place)
        tokens = _AnswerTokens(len(question_ids) + 2, first.tokens, last.tokens)
        readings.append(PlacedExample(example, tokens))
    return readings


def _span_probability(logits: np.ndarray, tokens: _AnswerTokens) -> np.ndarray:
    starts, ends = probabilities(logits[:, tokens.offset : -1])
    return np.array([starts[tokens.first_word].sum() * ends[tokens.last_word].sum()])

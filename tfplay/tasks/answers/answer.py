"""Answering questions from a passage with a trained model."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from tfplay.cutting import quoted
from tfplay.decoding.filters import probabilities
from tfplay.errors import InputError
from tfplay.tasks.answers.words import best_words, passage_words
from tfplay.tasks.batches import Encoded
from tfplay.tasks.prediction import predict
from tfplay.tasks.trained_model import TrainedModel
from tfplay.text import Piece, Question, Tokenizer
from tfplay.text.typed import Place, TypedText

NUM_SPECIAL_TOKENS = 3
"""Start before the question, end after it, end after the passage."""

NUM_SEGMENTS = 3
"""Segments: the question, the passage, and tokens of the passage that the question has too."""


@dataclass(frozen=True)
class PassageAnswer:
    """Where in a passage the answer to a question stands.

    Attributes:
        text: The answer: whole words, as they are typed in the passage.
        start: The answer's first character in the passage as it is typed.
        end: One past the answer's last character.
        probability: Probability that it starts with a token of its first word, times that
            it ends with one of its last.
        tokens: The passage's P tokens, and where they stand in it as it is typed.
        windows: The tokens that the model read at once; a short passage is one window.
        start_probabilities: (P,): that the answer starts with each token.
        end_probabilities: (P,): that it ends with each.
    """

    text: str
    start: int
    end: int
    probability: float
    tokens: list[Piece]
    windows: list[range]
    start_probabilities: np.ndarray
    end_probabilities: np.ndarray

    @property
    def certainty(self) -> float:
        """How sure the model was: the geometric mean of where it begins and where it ends."""
        return self.probability**0.5


class PassageReader:
    """Makes arrays of questions and passages.

    Args:
        tokenizer: The model's tokenizer.
        context: The most tokens the model reads at once. A question gets at most half of them.
        asked: Pairs of a question and its passage; all are tokenized at once.
    """

    def __init__(self, tokenizer: Tokenizer, context: int, asked: Sequence[tuple[str, str]]):
        self.tokenizer = tokenizer
        self.context = context
        questions = list(dict.fromkeys(question for question, _ in asked))
        passages = list(dict.fromkeys(passage for _, passage in asked))
        self._questions = dict(zip(questions, tokenizer.tokenize_batch(questions), strict=True))
        self._pieces = dict(zip(passages, tokenizer.pieces_batch(passages), strict=True))

    def encode_with_answer(self, example: Question) -> Encoded:
        """The window that has the answer nearest to its middle, and the answer's tokens in it.

        If the answer fits no window, the whole passage, which is too long.
        """
        question_ids = self.question_ids(example.question)
        pieces = self.pieces(example.context)
        typed_place = (example.start, example.start + len(example.answer))
        place = TypedText(example.context).place_composed(typed_place)
        first, last = covering(pieces, place)
        window = self.window_around(question_ids, pieces, first, last)
        offset = len(question_ids) + 2 - window.start
        return self.encode(question_ids, pieces, window, (first + offset, last + offset))

    def window_around(
        self, question_ids: list[int], pieces: Sequence[Piece], first: int, last: int
    ) -> range:
        """The window that has these tokens nearest to its middle; the whole if they fit none."""

        def margin(window: range) -> int:
            return min(first - window.start, window.stop - 1 - last)

        window = max(self.windows(question_ids, pieces), key=margin)
        return window if margin(window) >= 0 else range(len(pieces))

    def encode(
        self,
        question_ids: list[int],
        pieces: Sequence[Piece],
        window: range,
        labels: tuple[int, int] = (0, 0),
    ) -> Encoded:
        """Start, question, end, the window of the passage, end; see `segments`."""
        question = [self.tokenizer.start_id, *question_ids, self.tokenizer.end_id]
        passage = [*(pieces[index].token_id for index in window), self.tokenizer.end_id]
        inputs = {"token_ids": question + passage, "segment_ids": segments(question, passage)}
        return Encoded(inputs, labels)

    def question_ids(self, question: str) -> list[int]:
        """The question's tokens; only the beginning of a very long question."""
        return self._questions[question][: (self.context - NUM_SPECIAL_TOKENS) // 2]

    def pieces(self, passage: str) -> list[Piece]:
        """The passage's tokens, and where they stand in its composed form (NFC)."""
        return self._pieces[passage]

    def windows(self, question_ids: list[int], pieces: Sequence[Piece]) -> list[range]:
        """Windows of the passage that fit beside the question, each half over the one before."""
        room = max(1, self.context - NUM_SPECIAL_TOKENS - len(question_ids))
        last = max(0, len(pieces) - room)
        starts = [*range(0, last, max(1, room // 2)), last]
        return [range(start, min(start + room, len(pieces))) for start in starts]


def covering(pieces: Sequence[Piece], place: Place) -> tuple[int, int]:
    """The first and the last token of a part of the text."""
    start, end = place
    covered = [i for i, each in enumerate(pieces) if each.start < end and each.end > start]
    return covered[0], covered[-1]


def segments(question: Sequence[int], passage: Sequence[int]) -> list[int]:
    """Segment ids: 0 for the question, 1 for the passage, 2 for its tokens that both have.

    Where question and passage meet is thus given and need not be learned (the "exact match" of
    Chen et al., 2017, arXiv:1704.00051, section 3.2).

    Args:
        question: Token ids, with the special ones around them.
        passage: Token ids, with the special one at the end.
    """
    asked = set(question[1:-1])
    return [0] * len(question) + [2 if token_id in asked else 1 for token_id in passage]


def answer(trained: TrainedModel, question: str, context: str) -> PassageAnswer:
    """Finds the answer to a question in a passage of any length.

    Args:
        trained: A model that learned to answer from passages.
        question: The question.
        context: The passage.

    Raises:
        InputError: The question or the passage is empty, or has no token of the model's.

    Example:
        >>> answer(trained, "Where does Mia live?", "Mia has a dog. She lives in Rome.").text
        'Rome'
    """
    return answer_all(trained, [(question, context)])[0]


def answer_all(trained: TrainedModel, questions: Sequence[tuple[str, str]]) -> list[PassageAnswer]:
    """Finds the answers to many questions, each with its passage; see `answer`."""
    for question, context in questions:
        for what, text in (("question", question), ("passage", context)):
            if not text.strip():
                raise InputError(f"There is nothing to answer: the {what} is empty.")
    reader = PassageReader(trained.tokenizer, trained.context, questions)
    asked, encoded = [], []
    for question, context in questions:
        question_ids, pieces = reader.question_ids(question), reader.pieces(context)
        windows = reader.windows(question_ids, pieces)
        if not pieces:
            raise InputError(
                f"There is nothing to answer: the passage {quoted(context)} has no token that this "
                "model reads."
            )
        asked.append((context, pieces, windows, len(question_ids) + 2))
        encoded += [reader.encode(question_ids, pieces, window) for window in windows]
    logits = iter(predict(trained, encoded))
    return [
        _best_answer(
            context,
            pieces,
            windows,
            _merge(windows, [next(logits)[:, offset:-1] for _ in windows], len(pieces)),
            trained.temperature(text_asked(question, context)),
        )
        for question, (context, pieces, windows, offset) in zip(
            (question for question, _ in questions), asked, strict=True
        )
    ]


def text_asked(question: str, context: str) -> str:
    """All that a model reads for an answer, as one text."""
    return f"{question}\n{context}"


def _merge(windows: Sequence[range], logits: Sequence[np.ndarray], num_tokens: int) -> np.ndarray:
    """Logits (2, P) of a passage: each token's come from the window with most context around it.

    Args:
        windows: The tokens that each window shows.
        logits: The logits (2, tokens) of each window.
        num_tokens: Number of tokens of the passage (P).
    """
    merged = np.empty((2, num_tokens), dtype="float32")
    margins = np.full(num_tokens, -1)
    for window, values in zip(windows, logits, strict=True):
        tokens = np.array(window)
        margin = np.minimum(tokens - window.start, window.stop - 1 - tokens)
        wider = margin > margins[tokens]
        merged[:, tokens[wider]] = values[:, wider]
        margins[tokens[wider]] = margin[wider]
    return merged


def _best_answer(
    context: str,
    pieces: list[Piece],
    windows: list[range],
    logits: np.ndarray,
    temperature: float,
) -> PassageAnswer:
    """The best words by the model's own probabilities, with calibrated ones."""
    typed = TypedText(context)
    words = passage_words(typed.composed, pieces)
    if not words:
        raise InputError(f"There is nothing to answer: the passage {quoted(context)} has no word.")
    first, last, _ = best_words(words, *probabilities(logits))
    starts, ends = probabilities(logits / temperature)
    probability = float(starts[words[first].tokens].sum() * ends[words[last].tokens].sum())
    start, end = typed.place_typed((words[first].place[0], words[last].place[1]))
    return PassageAnswer(
        text=typed.typed[start:end],
        start=start,
        end=end,
        probability=probability,
        tokens=[_typed(piece, typed) for piece in pieces],
        windows=windows,
        start_probabilities=starts,
        end_probabilities=ends,
    )


def _typed(piece: Piece, text: TypedText) -> Piece:
    start, end = text.place_typed((piece.start, piece.end))
    return replace(piece, start=start, end=end)

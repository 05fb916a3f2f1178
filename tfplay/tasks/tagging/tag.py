"""Tagging words with a trained model, and finding the spans that tags mark."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise, starmap
from typing import NamedTuple

import numpy as np

from tfplay.decoding.filters import probabilities
from tfplay.errors import InputError
from tfplay.tasks.batches import IGNORED, Encoded
from tfplay.tasks.prediction import predict
from tfplay.tasks.trained_model import TrainedModel
from tfplay.text import Tokenizer
from tfplay.text.typed import TypedText, word_places

SENTENCE_ENDS = (".", "!", "?", "…", "।")


class Span(NamedTuple):
    """A span: words that belong together."""

    label: str
    first: int
    stop: int
    """One past the last word."""


class Entity(NamedTuple):
    """A span of a text."""

    text: str
    label: str
    start: int
    """First character, in `Tags.text`."""
    end: int
    """One past the last character."""
    score: float
    """The least probability among the tags of its words."""


@dataclass(frozen=True)
class Tags:
    """Words and a model's prediction for each.

    Attributes:
        text: The text as it is typed; words that came as a list have spaces between.
        words: The N words of the text.
        places: The first character of each word and one past its last.
        sentences: The words of each sentence.
        tags: The likeliest tag of each.
        probabilities: (N, classes): those of each class, in the order of the model's labels.
        entities: The spans that the tags mark.
    """

    text: str
    words: list[str]
    places: list[tuple[int, int]]
    sentences: list[range]
    tags: list[str]
    probabilities: np.ndarray
    entities: list[Entity]

    @property
    def certainty(self) -> float:
        """How sure the model was: the geometric mean of the probabilities of the tags."""
        return float(np.exp(np.log(self.probabilities.max(axis=-1)).mean()))


def tag(trained: TrainedModel, text: str | Sequence[str]) -> Tags:
    """Tags the words of a text of any length, sentence by sentence.

    Args:
        trained: A model that learned tagging.
        text: A text, or its words.

    Raises:
        InputError: There is no word.

    Example:
        >>> tag(trained, "Ada Lovelace lived in London.").entities[0]
        Entity(text='Ada Lovelace', label='PER', start=0, end=12, score=0.9...)
    """
    if isinstance(text, str):
        typed = TypedText(text)
        text = typed.typed
        places = [typed.place_typed(place) for place in word_places(typed.composed)]
    else:
        ends = np.cumsum([len(word) + 1 for word in text], dtype=int) - 1
        places = [(end - len(word), end) for word, end in zip(text, ends.tolist(), strict=True)]
        text = " ".join(text)
    if not places:
        raise InputError("There is nothing to tag: the text is empty.")

    words = [text[start:end] for start, end in places]
    sentences = _sentences(text, places)
    ends = np.cumsum([len(sentence) for sentence in sentences]).tolist()
    likely = np.concatenate(tag_probabilities(trained, sentences))
    tags = [trained.labels[index] for index in likely.argmax(axis=-1)]
    entities = []
    for label, first, stop in spans_of(tags):
        start, end = places[first][0], places[stop - 1][1]
        score = float(likely[first:stop].max(axis=-1).min())
        entities.append(Entity(text[start:end], label, start, end, score))
    return Tags(
        text, words, places, list(starmap(range, pairwise([0, *ends]))), tags, likely, entities
    )


def read_together(trained: TrainedModel, tags: Tags, word: int) -> tuple[range, range]:
    """The sentence that a word is in, and those of its words that the model read with that word.

    They are the same words unless the sentence is longer than the model's context.
    """
    sentence = next(sentence for sentence in tags.sentences if word in sentence)
    words = tags.words[sentence.start : sentence.stop]
    [token_ids] = tokenize_sentences(trained.tokenizer, [words])
    lengths = [len(part) for part in _parts(token_ids, trained.context - 2)]
    ends = accumulate(lengths, initial=sentence.start)
    return sentence, next(range(*each) for each in pairwise(ends) if word < each[1])


def _sentences(text: str, places: Sequence[tuple[int, int]]) -> list[list[str]]:
    """The words of each sentence: it ends with its mark if space follows, or with its line."""
    sentences: list[list[str]] = [[]]
    last_end = places[0][0]
    for start, end in places:
        gap = text[last_end:start]
        if "\n" in gap or (gap and sentences[-1][-1] in SENTENCE_ENDS):
            sentences.append([])
        sentences[-1].append(text[start:end])
        last_end = end
    return sentences


def tag_probabilities(
    trained: TrainedModel, sentences: Sequence[Sequence[str]]
) -> list[np.ndarray]:
    """The probability (N, classes) of each tag for the N words of each sentence.

    A sentence that is longer than the model's context is read in parts.
    """
    encoded, ends, temperatures = [], [], []
    for words, spelled in zip(
        sentences, tokenize_sentences(trained.tokenizer, sentences), strict=True
    ):
        for part in _parts(spelled, trained.context - 2):
            encoded.append(encode_words(trained.tokenizer, part, [0] * len(part)))
            temperatures.append(trained.temperature(" ".join(words)))
        ends.append(len(encoded))
    parts = [
        probabilities(logits[np.array(example.labels) != IGNORED] / temperature)
        for logits, example, temperature in zip(
            predict(trained, encoded), encoded, temperatures, strict=True
        )
    ]
    return [np.concatenate(parts[start:end]) for start, end in pairwise([0, *ends])]


def tokenize_sentences(
    tokenizer: Tokenizer, sentences: Sequence[Sequence[str]]
) -> list[list[list[int]]]:
    """The token ids of each word of each sentence, spelled as after a space unless it is first."""
    token_ids = iter(
        tokenizer.tokenize_batch(
            " " + word if index else word for words in sentences for index, word in enumerate(words)
        )
    )
    # What is no letter at all, such as an odd space, has no tokens; but every word needs one.
    return [
        [next(token_ids) or [tokenizer.special_id("unknown")] for _ in words] for words in sentences
    ]


def encode_words(
    tokenizer: Tokenizer, words: Sequence[Sequence[int]], labels: Sequence[int]
) -> Encoded:
    """A start token, the tokens of N words and an end token; only a word's first has a label.

    Start and end are left out where the vocabulary has none.
    """
    start, end = tokenizer.start_ids, tokenizer.end_ids
    token_ids, label_ids = [*start], [IGNORED] * len(start)
    for word, label in zip(words, labels, strict=True):
        token_ids += word
        label_ids += [label, *[IGNORED] * (len(word) - 1)]
    return Encoded({"token_ids": token_ids + end}, label_ids + [IGNORED] * len(end))


def _parts(words: Sequence[list[int]], room: int) -> Iterator[list[list[int]]]:
    """The words in runs of at most `room` tokens; of a longer word the rest is left out."""
    part: list[list[int]] = []
    length = 0
    for word in words:
        word = word[:room]
        if length + len(word) > room:
            yield part
            part, length = [], 0
        part.append(word)
        length += len(word)
    yield part


def spans_of(tags: Sequence[str]) -> list[Span]:
    """The spans that IOB2 tags mark, in order.

    As the official script of CoNLL-2000 reads them, an "I-" that continues nothing of its kind
    begins a span. Tags without "B-" and "I-" mark none.

    Example:
        >>> spans_of(["B-PER", "I-PER", "O", "B-LOC"])
        [Span(label='PER', first=0, stop=2), Span(label='LOC', first=3, stop=4)]
    """
    spans: list[Span] = []
    for index, each in enumerate(tags):
        mark, _, label = each.partition("-")
        if mark not in ("B", "I") or not label:
            continue
        if mark == "I" and spans and (spans[-1].label, spans[-1].stop) == (label, index):
            spans[-1] = spans[-1]._replace(stop=index + 1)
        else:
            spans.append(Span(label, index, index + 1))
    return spans

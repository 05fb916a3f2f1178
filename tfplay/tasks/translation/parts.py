"""Texts longer than a translator's context: cut into parts that fit, and joined again."""

from collections.abc import Iterator, Sequence

import regex

from tfplay.tasks.batches import BATCH_SIZE
from tfplay.tasks.trained_model import TrainedModel
from tfplay.tasks.translation.translate import longest_source, translate_all
from tfplay.text.limits import longest_text
from tfplay.text.sentences import split_sentences

_SPACE_AFTER_A_WORD = regex.compile(r"(?<=\S)\s+(?=\S)")


def split_to_fit(trained: TrainedModel, text: str) -> list[str]:
    """The text if the model can read it at once, otherwise its sentences.

    A sentence that is still too long is cut between words, one without spaces wherever it must.

    Args:
        trained: A model that learned translation.
        text: Any text.

    Returns:
        Parts, each with the space after it, that make up the text; no parts for an empty text.

    Example:
        >>> split_to_fit(trained, "We are friends. " * 100)[0]
        'We are friends. '
    """
    if not text.strip():
        return []
    if _fits(trained, text):
        return [text]
    return [part for sentence in split_sentences(text) for part in _halve(trained, sentence)]


def join_parts(parts: Sequence[str], translations: Sequence[str]) -> str:
    """The translations of parts as one text, with the line breaks that stood between the parts."""
    spaced = []
    for part, translation in zip(parts, translations, strict=True):
        space = part[len(part.rstrip()) :]
        spaced.append(translation + (space if "\n" in space else " "))
    return "".join(spaced).strip()


def translate_texts(trained: TrainedModel, texts: Sequence[str]) -> Iterator[list[str]]:
    """Translates many texts of any length greedily, some at a time.

    Args:
        trained: A model that learned translation.
        texts: An empty one has an empty translation.

    Yields:
        The translations of the next few texts, in order.
    """
    for start in range(0, len(texts), BATCH_SIZE):
        parts = [split_to_fit(trained, text) for text in texts[start : start + BATCH_SIZE]]
        translated = iter(translate_all(trained, [part for each in parts for part in each]))
        yield [join_parts(each, [next(translated) for _ in each]) for each in parts]


def _fits(trained: TrainedModel, text: str) -> bool:
    """Whether a text can be read at once; a decoder-only model needs as much room to answer."""
    longest = longest_source(trained)
    if trained.architecture == "decoder-only":
        longest = max(1, longest // 2)
    text = " ".join(text.split())
    return (
        len(text) <= longest_text(longest)
        and len(trained.source_tokenizer.tokenize(text)) <= longest
    )


def _halve(trained: TrainedModel, text: str) -> list[str]:
    """The text, cut in halves again and again until each part fits."""
    if len(text.strip()) <= 1 or _fits(trained, text):
        return [text]
    middle = (len(text) - len(text.lstrip()) + len(text.rstrip())) // 2
    between_words = [space.end() for space in _SPACE_AFTER_A_WORD.finditer(text)]
    cut = min(between_words, key=lambda place: abs(place - middle), default=middle)
    return [*_halve(trained, text[:cut]), *_halve(trained, text[cut:])]

"""What each word of a text does for its class."""

from tfplay.decoding.filters import probabilities
from tfplay.errors import InputError
from tfplay.tasks.batches import Encoded
from tfplay.tasks.classification.classify import encode_texts
from tfplay.tasks.trained_model import TrainedModel
from tfplay.tasks.word_effects import PlacedExample, WordEffects, enclosed, measure_effects
from tfplay.tasks.words_read import without, words_read
from tfplay.text.words import normalize


def class_effects(trained: TrainedModel, text: str) -> WordEffects:
    """What each word does for the probability of every class.

    Args:
        trained: A model that learned classification.
        text: What to classify; only the words that the model reads, if it is too long.

    Raises:
        InputError: The text is empty.

    Example:
        >>> effects = class_effects(trained, "Not bad at all.")
        >>> effects.words[1].text, effects.changes[1]  # without "Not"
        ('Not', array([...]))
    """
    text = normalize(text)
    if not text.strip():
        raise InputError("There is nothing to classify: the text is empty.")
    tokenizer, context = trained.tokenizer, trained.context
    pieces = tokenizer.pieces(text)
    text = text[: pieces[: 2 * context][-1].end]  # readable once a word is left out
    words = words_read(text, pieces[: context - 2], first=len(tokenizer.start_ids))
    asked = [text, *(without(text, word.place) for word in words if len(words) > 1)]
    whole, *readings = (
        PlacedExample(Encoded({"token_ids": token_ids}, 0), temperature=trained.temperature(each))
        for each, token_ids in zip(asked, encode_texts(tokenizer, asked, context), strict=True)
    )
    last = whole.example.length - 1
    usual = "last" if trained.architecture == "decoder-only" else "first"
    return measure_effects(
        trained,
        whole,
        enclosed(tokenizer, words, [*readings] or [None], whole.example.length),
        lambda logits, _: probabilities(logits),
        trained.labels,
        read_at={"first": 0, "last": last}.get(trained.model.config.pooling or usual),
    )

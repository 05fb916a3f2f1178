"""Classifying texts with a trained model."""

from collections.abc import Sequence

from tfplay.decoding.filters import probabilities
from tfplay.errors import InputError
from tfplay.tasks.batches import Encoded
from tfplay.tasks.prediction import predict
from tfplay.tasks.trained_model import TrainedModel
from tfplay.text import Tokenizer
from tfplay.text.limits import longest_text


def classify(trained: TrainedModel, texts: Sequence[str]) -> list[dict[str, float]]:
    """The probability of each class, for each text.

    Args:
        trained: A model that learned classification.
        texts: What to classify; the model reads only the beginning of a text that is too long.

    Raises:
        InputError: A text is empty.

    Example:
        >>> classify(trained, ["Not bad at all."])
        [{'negative': ..., 'positive': ...}]
    """
    if not all(text.strip() for text in texts):
        raise InputError("There is nothing to classify: the text is empty.")
    encoded = encode_texts(trained.tokenizer, texts, trained.context)
    logits = predict(trained, [Encoded({"token_ids": token_ids}, 0) for token_ids in encoded])
    likely = [
        probabilities(row / trained.temperature(text))
        for text, row in zip(texts, logits, strict=True)
    ]
    return [dict(zip(trained.labels, row.tolist(), strict=True)) for row in likely]


def encode_texts(tokenizer: Tokenizer, texts: Sequence[str], context: int) -> list[list[int]]:
    """A start token, as many tokens of the text as there is room for, an end token.

    Start and end are left out where the vocabulary has none.
    """
    beginnings = (text[: longest_text(context)] for text in texts)
    return [
        [*tokenizer.start_ids, *token_ids[: context - 2], *tokenizer.end_ids]
        for token_ids in tokenizer.tokenize_batch(beginnings)
    ]

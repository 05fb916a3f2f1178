"""What a language model might write next, and what it writes."""

import numpy as np
import streamlit as st

from tfplay import decoding
from tfplay.app.model.judgement import show_judgement
from tfplay.app.model.loading import load_trained
from tfplay.config import DecodingConfig
from tfplay.counters import TOKENS
from tfplay.errors import InputError
from tfplay.store import Model
from tfplay.tasks import TrainedModel, judge_continuation

MOST_CANDIDATES = 10


def next_tokens(model: Model, text: str, config: DecodingConfig) -> list[tuple[str, float]]:
    """The likeliest next tokens with their probabilities, after temperature and filters.

    Args:
        model: One that learned to write.
        text: What is there already.
        config: How the next token is chosen.

    Raises:
        InputError: The text is empty, or leaves no room in the model's context.
    """
    trained = load_trained(model)
    prompt_ids = _prompt_ids(trained, text)
    # Not compiled: that would take a second for every step of the slider.
    logits = np.asarray(trained.model({"token_ids": prompt_ids}))[:, -1]
    [likely] = decoding.probabilities(decoding.filter_logits(logits, prompt_ids, config))
    best = np.argsort(-likely, kind="stable")[:MOST_CANDIDATES].tolist()
    found = zip(trained.tokenizer.labels(best), likely[best].tolist(), strict=True)
    return [(label, probability) for label, probability in found if probability > 0]


def write_on(model: Model, text: str, config: DecodingConfig) -> None:
    """Writes the text and what the model adds, as it grows; arguments as in `next_tokens`.

    Raises:
        InputError: The text is empty, or leaves no room in the model's context.
    """
    trained = load_trained(model)
    prompt_ids = _prompt_ids(trained, text)
    place, token_ids = st.empty(), prompt_ids[0].tolist()
    for written in decoding.generate_steps(trained.model, prompt_ids, config):
        token_ids.append(int(written.token_ids[0]))
        TOKENS.inc()
        place.text(trained.tokenizer.detokenize(token_ids))
    prompt = prompt_ids[0].tolist()
    show_judgement(judge_continuation(trained, text, prompt, token_ids[len(prompt) :]))


def _prompt_ids(trained: TrainedModel, text: str) -> np.ndarray:
    """(1, P): the text's tokens, which must leave room for one more."""
    token_ids = trained.tokenizer.tokenize(text)
    if not token_ids:
        raise InputError("There is nothing to go on with: the text is empty.")
    if len(token_ids) >= trained.context:
        raise InputError(
            f"The text has {len(token_ids)} tokens and leaves no room in this model's context of "
            f"{trained.context}."
        )
    return np.array([token_ids], dtype="int32")

"""What a language model might write next, and what it writes."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from tfplay.app.loading import run_trained
from tfplay.config import DecodingConfig
from tfplay.errors import InputError
from tfplay.store import Run

if TYPE_CHECKING:  # Keras takes seconds to import
    from tfplay.decoding import Step

MOST_CANDIDATES = 10


def next_tokens(run: Run, text: str, config: DecodingConfig) -> list[tuple[str, float]]:
    """The likeliest next tokens with their probabilities, after temperature and filters.

    Raises:
        InputError: The text is empty, or leaves no room in the model's context.
    """
    step = next(_steps(run, text, config))
    [probabilities] = step.probabilities
    best = np.argsort(-probabilities, kind="stable")[:MOST_CANDIDATES].tolist()
    labels = run_trained(run).tokenizer.labels(best)
    found = zip(labels, probabilities[best].tolist(), strict=True)
    return [(label, probability) for label, probability in found if probability > 0]


def write_on(run: Run, text: str, config: DecodingConfig) -> None:
    """Writes the text and what the model adds, as it grows.

    Raises:
        InputError: The text is empty, or leaves no room in the model's context.
    """
    tokenizer = run_trained(run).tokenizer
    place, token_ids = st.empty(), tokenizer.tokenize(text)
    for step in _steps(run, text, config):
        token_ids.append(int(step.token_ids[0]))
        place.text(tokenizer.detokenize(token_ids))


def _steps(run: Run, text: str, config: DecodingConfig) -> Iterator["Step"]:
    from tfplay.decoding import generate_steps

    trained = run_trained(run)
    prompt_ids = trained.tokenizer.tokenize(text)
    if not prompt_ids:
        raise InputError("There is nothing to go on with: the text is empty.")
    if len(prompt_ids) >= trained.context:
        raise InputError(
            f"The text has {len(prompt_ids)} tokens and leaves no room in this model's context of "
            f"{trained.context}."
        )
    return generate_steps(trained.model, np.array([prompt_ids]), config)

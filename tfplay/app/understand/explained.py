"""What an answer rests on, computed once for each text and model, and remembered."""

from typing import Any, NamedTuple

import numpy as np
import streamlit as st

from tfplay.app.lesson.attention import picture_attention_maps
from tfplay.app.model.loading import BY_VERSION, load_trained
from tfplay.store import Model
from tfplay.tasks import TASKS, WordEffects, patch_effects, word_attention


class Explained(NamedTuple):
    """The words of a text as a model reads them, and what each does for its answer."""

    effects: WordEffects
    attention: np.ndarray
    """(layers, H, T, N): how much each token attends to each word; rows sum to 1."""


@st.cache_data(max_entries=32, show_spinner=False, hash_funcs=BY_VERSION)
def explained(model: Model, *asked: Any) -> Explained:
    """Asks the model about a text, and about the text without each of its words.

    Args:
        model: One that reads text.
        *asked: The text, and what else its task's effects take: the number of a mask or of an
            entity; for "answers" question, passage and the answer's place.

    Raises:
        InputError: A text is empty or too long.
    """
    trained = load_trained(model)
    effects = TASKS[trained.task].effects(trained, *asked)
    return Explained(effects, word_attention(trained, effects))


@st.cache_data(max_entries=32, show_spinner=False, hash_funcs=BY_VERSION)
def explained_picture(
    model: Model, pixels: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Asks the model about a picture, and about the picture with each of its patches black.

    Args:
        model: One that reads pictures.
        pixels: (height, width), or (height, width, channels), from 0 (black) to 1.

    Returns:
        The probabilities (classes,), what they are without each patch (rows, columns, classes), and
        the attention (layers, H, tokens, tokens) between the patches, [CLS] first if there is one.
    """
    before, after = patch_effects(load_trained(model), with_channels(model, pixels))
    maps = picture_attention_maps(model, pixels)
    return before, after, maps["Self-attention"].attention_scores


def with_channels(model: Model, pixels: np.ndarray) -> np.ndarray:
    """Pixels as the model takes them, (height, width, channels), also grey ones without that."""
    if pixels.ndim == 3:
        return pixels
    return np.repeat(pixels[..., None], model.config.image_channels, axis=-1)

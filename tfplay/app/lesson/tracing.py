"""Every value on the way of the sentence through the model, computed once."""

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import streamlit as st

from tfplay import explain
from tfplay.app.lesson.subject import Subject
from tfplay.app.model.loading import BY_VERSION
from tfplay.tasks import TASKS, Reading

if TYPE_CHECKING:  # Keras takes seconds to import
    from tfplay.models import Trace


class Traced(NamedTuple):
    """A sentence's way through a model."""

    trace: "Trace"
    """Its arrays are shared by all who look at them: not to be changed."""
    inputs: dict[str, np.ndarray]
    """As the model takes them, (1, T) each."""
    tokens: list[str]
    """What the model reads; an encoder-decoder's source."""
    target_tokens: list[str]
    """What the decoder of an encoder-decoder is given, its start token first; else the tokens."""
    written_tokens: list[str]
    """What it is to write at each of them: the same shifted left, then the end token."""

    @property
    def reading(self) -> Reading:
        """All but the trace."""
        return Reading(*self[1:])


@st.cache_resource(max_entries=12, show_spinner="Running the model …", hash_funcs=BY_VERSION)
def traced(subject: Subject) -> Traced:
    """The sentence's way through the model: one forward pass, whoever asks how often.

    Args:
        subject: A model that reads text.

    Raises:
        InputError: A text is empty, or longer than the model's context.

    Example:
        >>> with errors_shown():
        ...     found = traced(subject)
        >>> found.trace.decoder.blocks[0].self_attention.attention_scores  # (1, H, T, T)
    """
    trained = subject.load()
    reading = TASKS[trained.task].read_typed(trained, subject.text, subject.second)
    return Traced(explain.trace_arrays(trained.model, reading.inputs), *reading)

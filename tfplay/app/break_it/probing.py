"""What the models of an experiment do on validation examples, each measured once."""

import streamlit as st

from tfplay.app.model.data import data_of
from tfplay.app.model.loading import BY_FOLDER, BY_VERSION
from tfplay.app.model.model_code import load_model_code
from tfplay.experiments import Behaviour
from tfplay.experiments.probe import attention_entropy, frequency_loss, probe_model
from tfplay.store import Model, Run
from tfplay.tasks import Batch, validation_sample

SAMPLED_TOKENS = 1000
"""Of the validation examples about so many tokens are read."""


def probe_of(run: Run) -> Behaviour | None:
    """What the run's trained model does; `None` if there is none.

    Raises:
        InputError: Its data or its model is damaged.
    """
    if not run.is_usable:
        return None
    load_model_code()
    return _probe(run.model)


@st.cache_data(
    max_entries=100, show_spinner="Measuring what the model does …", hash_funcs=BY_VERSION
)
def _probe(model: Model) -> Behaviour:
    return probe_model(model.load().model, _sample(model))


@st.cache_data(max_entries=100, show_spinner=False, hash_funcs=BY_FOLDER)
def frequency_loss_of(model: Model) -> float:
    """The loss, in nats, of whoever knows only how often each answer occurs in a model's data."""
    return frequency_loss(data_of(model), _sample(model))


@st.cache_data(
    max_entries=1000,
    show_spinner="Measuring attention after each snapshot …",
    hash_funcs=BY_VERSION,
)
def entropy_of(model: Model) -> float:
    """Mean entropy of a model's attention, in bits."""
    load_model_code()
    return attention_entropy(model.load().model, _sample(model))


def _sample(model: Model) -> list[Batch]:
    return validation_sample(data_of(model), SAMPLED_TOKENS)

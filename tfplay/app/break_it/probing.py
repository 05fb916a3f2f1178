"""What the models of an experiment do on validation examples, each measured once."""

import streamlit as st

from tfplay.app.model.data import data_of, validation_sample
from tfplay.app.model.model_code import load_model_code
from tfplay.experiments import Behaviour, Trial
from tfplay.experiments.probe import attention_entropy, frequency_loss, probe_model
from tfplay.store import Model, Run
from tfplay.tasks import Batch

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
    return _probe(run.model, run.model.version)


def trial_frequency_loss(trial: Trial) -> float:
    """The loss, in nats, of whoever knows only how often each answer occurs in the trial's data."""
    model = trial.intact.model
    return _frequency_loss(model, model.version)


def entropy_after(run: Run, step: int) -> float:
    """Mean entropy of attention, in bits, after a step that left a snapshot."""
    load_model_code()
    model = run.model.at(step)
    return _entropy(model, model.version)


@st.cache_data(max_entries=100, show_spinner="Measuring what the model does …")
def _probe(_model: Model, version: tuple) -> Behaviour:
    return probe_model(_model.load().model, _sample(_model))


@st.cache_data(max_entries=100, show_spinner=False)
def _frequency_loss(_model: Model, version: tuple) -> float:
    return frequency_loss(data_of(_model), _sample(_model))


@st.cache_data(max_entries=1000, show_spinner="Measuring attention after each snapshot …")
def _entropy(_model: Model, version: tuple) -> float:
    return attention_entropy(_model.load().model, _sample(_model))


def _sample(model: Model) -> list[Batch]:
    return validation_sample(data_of(model), SAMPLED_TOKENS)

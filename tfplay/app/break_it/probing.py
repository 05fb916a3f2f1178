"""What the models of an experiment do on validation examples, each measured once."""

from pathlib import Path

import streamlit as st

from tfplay.app.model.data import run_data, validation_sample
from tfplay.app.model.loading import written_at
from tfplay.app.model.model_code import load_model_code
from tfplay.experiments import Behaviour, Trial
from tfplay.experiments.probe import attention_entropy, frequency_loss, probe_model
from tfplay.store import Run, open_run
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
    return _probe(run.path, written_at(run))


def trial_frequency_loss(trial: Trial) -> float:
    """The loss, in nats, of whoever knows only how often each answer occurs in the trial's data."""
    return _frequency_loss(trial.intact.path, written_at(trial.intact))


def entropy_after(run: Run, step: int) -> float:
    """Mean entropy of attention, in bits, after a step that left a snapshot."""
    load_model_code()
    return _entropy(run.path, step, written_at(run, step))


@st.cache_data(max_entries=100, show_spinner="Measuring what the model does …")
def _probe(path: Path, changed: float) -> Behaviour:
    run = open_run(path)
    return probe_model(run.load_model(), _sample(run))


@st.cache_data(max_entries=100, show_spinner=False)
def _frequency_loss(path: Path, changed: float) -> float:
    run = open_run(path)
    return frequency_loss(run_data(run), _sample(run))


@st.cache_data(max_entries=1000, show_spinner="Measuring attention after each snapshot …")
def _entropy(path: Path, step: int, changed: float) -> float:
    run = open_run(path)
    return attention_entropy(run.load_model(step), _sample(run))


def _sample(run: Run) -> list[Batch]:
    return validation_sample(run_data(run), SAMPLED_TOKENS)

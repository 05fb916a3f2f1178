"""What a training by a recipe will take, told before it begins."""

from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import streamlit as st

from tfplay.app.train.data_input import Data
from tfplay.config import ModelConfig, TrainingConfig, count_parameters
from tfplay.estimates import TrainingMemory
from tfplay.estimates.duration import as_past_training, estimate_step_seconds
from tfplay.estimates.machine import machine, measure_products_per_second
from tfplay.hosting import LimitError
from tfplay.jobs.fitting import fits, require_allowed, training_memory, why_it_does_not_fit
from tfplay.recipes import Recipe
from tfplay.store import list_runs, open_model
from tfplay.store.past import DeviceHistory, device_history, step_multiply_adds, validation_steps
from tfplay.tasks import TASKS
from tfplay.tasks.sampling import sample_data


class Time(NamedTuple):
    """How long a training will take, in seconds."""

    step: float
    start: float
    """To read the data and compile."""
    total: float
    """From the start to the last step, validations counted in."""


class Estimate(NamedTuple):
    """What a training will take."""

    config: ModelConfig
    """The model."""
    is_exact: bool
    """Whether the model is known exactly; else its vocabulary may turn out smaller."""
    learning: int
    """How many of its numbers learn."""
    step_multiply_adds: int
    """Of one step, forward and backward."""
    step_tokens: float
    """Tokens in one step, without padding; pixels of images."""
    memory: TrainingMemory
    time: Time | None
    """`None` on a GPU that has trained nothing yet."""
    history: DeviceHistory
    """What the time rests on; without any training it is a measurement."""

    refusal: str | None
    """Why it is not allowed here, or the memory is not enough; `None` if nothing is against it."""


def estimate(recipe: Recipe, data: Data | None) -> Estimate:
    """Estimates a training; without data, on sequences as long as the context.

    Raises:
        InputError: The recipe is impossible, or the data is not what its task needs.
    """
    config, training = recipe.model_config(), recipe.training
    stacks = 2 if config.architecture == "encoder-decoder" else 1
    tokens = float(config.max_sequence_length * stacks)
    longest, counts, is_exact = (config.max_sequence_length,) * 2, {}, False
    if data:
        sample = _sample(recipe, data)
        config = recipe.model_config(**sample.model_changes)
        tokens, longest, counts = sample.tokens, sample.longest, sample.data
        is_exact = sample.share == 1
    memory = training_memory(config, training, longest, recipe.start)
    batch_size = training.batch_size
    step_tokens = batch_size * tokens
    multiply_adds = step_multiply_adds(config, batch_size, step_tokens)
    history = device_history(list_runs())
    validations = training.steps // training.evaluate_every + 1
    steps = training.steps + validations * validation_steps(counts, config, batch_size)
    return Estimate(
        config,
        is_exact,
        recipe.start.count_learning(config) if recipe.start else count_parameters(config),
        multiply_adds,
        step_tokens,
        memory,
        _time(multiply_adds, steps, history, machine().has_gpu),
        history,
        _refusal(config, training, memory),
    )


def _refusal(config: ModelConfig, training: TrainingConfig, memory: TrainingMemory) -> str | None:
    """Why the operator does not allow the training, or this machine's memory is not enough."""
    try:
        require_allowed(config, training)
    except LimitError as error:
        return str(error)
    return None if fits(memory) else why_it_does_not_fit(memory, config, training)


def _time(multiply_adds: int, steps: float, history: DeviceHistory, has_gpu: bool) -> Time | None:
    past = history.trainings
    if not past and has_gpu:
        return None  # to measure it, this process would have to take hold of it
    past = past or [as_past_training(_measured_speed())]
    step = estimate_step_seconds(multiply_adds, past)
    start = median(training.start_seconds for training in past)
    return Time(step, start, start + steps * step)


def _sample(recipe: Recipe, data: Data) -> Any:
    return _cached_sample(
        recipe.task,
        data.fingerprint,
        recipe.start and recipe.start.model,
        data,
        columns=data.columns,
        **recipe.data_settings(),
    )


@st.cache_data(max_entries=64, show_spinner="Looking at the data …")
def _cached_sample(
    task: str, fingerprint: str, start: str | None, _data: Data, **settings: Any
) -> Any:
    if start:
        settings["tokenizer"] = open_model(start).load_tokenizer()
    with TemporaryDirectory() as folder:
        path = Path(folder, _data.name)
        _data.write(path)
        return sample_data(TASKS[task], path, **settings)


_measured_speed = st.cache_data(show_spinner=False)(measure_products_per_second)

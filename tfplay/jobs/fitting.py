"""Whether a training is more than this machine's memory or its operator allows.

What is not begun cannot crash the machine.
"""

import os
from itertools import islice
from pathlib import Path

from tfplay.config import ModelConfig, TrainingConfig, count_parameters
from tfplay.errors import InputError
from tfplay.estimates import TrainingMemory, count_training_memory
from tfplay.estimates.machine import machine
from tfplay.hosting import limits_here
from tfplay.recipes import Recipe, Start
from tfplay.store import starting_tokenizer
from tfplay.tasks import TASKS
from tfplay.tasks.sampling import SAMPLED_BATCHES, DataSample, longest_positions, sample_data

PROGRAM_BYTES = 700_000_000
"""What Python and TensorFlow take before there is a model."""


def training_memory(
    config: ModelConfig,
    training: TrainingConfig,
    longest: tuple[int, int],
    start: Start | None = None,
) -> TrainingMemory:
    """The memory that a training takes here.

    Args:
        config: The model.
        training: How it is trained.
        longest: Positions of the longest sequence, and of an encoder-decoder's longest source.
        start: The model it starts from, of which perhaps not all learns.
    """
    has_gpu = machine().has_gpu
    is_mixed = training.precision == "mixed_bfloat16" or (training.precision == "auto" and has_gpu)
    learning = start and start.count_learning(config)
    batch_size = -(-training.batch_size // _parts_of_a_batch(has_gpu))
    return count_training_memory(config, batch_size, *longest, is_mixed, has_gpu, learning)


def fits(memory: TrainingMemory) -> bool:
    """Whether this machine has as much, and what the program itself takes."""
    return memory.total + PROGRAM_BYTES < machine().memory


def require_fitting_recipe(recipe: Recipe, data_path: Path) -> None:
    """Raises an `InputError` if a training by the recipe needs more memory than there is.

    The data is looked at only if the training would not fit with the longest sequences and the
    largest vocabulary that the recipe allows.

    Args:
        recipe: What is to be trained.
        data_path: The data file.
    """
    config = recipe.model_config()
    longest = (config.max_sequence_length,) * 2
    if fits(training_memory(config, recipe.training, longest, recipe.start)):
        return
    sample = _sample(recipe, data_path)
    config = recipe.model_config(**sample.model_changes)
    require_fitting(config, recipe, sample.longest)


def require_allowed_recipe(recipe: Recipe, data_path: Path) -> None:
    """Raises a `LimitError` if a training by the recipe is more than this server allows.

    The data is looked at only if the model would be too large with the largest vocabulary that the
    recipe allows.

    Args:
        recipe: What is to be trained.
        data_path: The data file.
    """
    limits = limits_here()
    if limits is None:
        return
    config = recipe.model_config()
    if count_parameters(config) > limits.parameters:
        config = recipe.model_config(**_sample(recipe, data_path).model_changes)
    require_allowed(config, recipe.training)


def require_allowed(config: ModelConfig, training: TrainingConfig) -> None:
    """Raises a `LimitError` if such a model, trained so, is more than this server allows."""
    limits = limits_here()
    if limits is None:
        return
    limits.require("steps", training.steps, "steps of a training")
    tokens = training.batch_size * config.max_sequence_length
    limits.require("batch_tokens", tokens, "tokens in a batch (batch size x context)")
    limits.require("parameters", count_parameters(config), "parameters of a model to train")


def require_fitting_data(config: ModelConfig, recipe: Recipe, data: object) -> None:
    """Raises an `InputError` if a training needs more memory than there is.

    Args:
        config: The model, as it will be.
        recipe: How it is trained.
        data: Its `TaskData`.
    """
    training = recipe.training
    longest = (config.max_sequence_length,) * 2
    if fits(training_memory(config, training, longest, recipe.start)):
        return
    batches = list(islice(data.training_batches(16, training.seed), SAMPLED_BATCHES))
    require_fitting(config, recipe, longest_positions(batches))


def require_fitting(config: ModelConfig, recipe: Recipe, longest: tuple[int, int]) -> None:
    """Raises an `InputError` that has both numbers and says what to make smaller."""
    memory = training_memory(config, recipe.training, longest, recipe.start)
    if not fits(memory):
        raise InputError(why_it_does_not_fit(memory, config, recipe.training))


def why_it_does_not_fit(
    memory: TrainingMemory, config: ModelConfig, training: TrainingConfig
) -> str:
    """One sentence with what a training needs, what there is, and what would need less."""
    left = machine().memory - PROGRAM_BYTES - (memory.total - memory.activations)
    batch_size = training.batch_size * left // memory.activations if left > 0 else 0
    if batch_size >= 1:
        advice = (
            f"a batch of {batch_size:,} instead of {training.batch_size:,} would fit, "
            "or a shorter context or a smaller model"
        )
    elif left > 0:
        advice = (
            f"make the context shorter (max_sequence_length is {config.max_sequence_length:,}), "
            "or the model smaller"
        )
    else:
        advice = (
            f"make the model smaller (hidden_dim is {config.hidden_dim:,}, num_layers "
            f"{config.num_layers:,}, the vocabulary {config.vocabulary_size:,})"
        )
    return (
        f"This training does not fit: it needs about {_gigabytes(memory.total + PROGRAM_BYTES)} "
        f"of memory, and there are {_gigabytes(machine().memory)}; {advice}."
    )


def _sample(recipe: Recipe, data_path: Path) -> DataSample:
    """What the data is like for this recipe."""
    settings = recipe.data_settings() | {"tokenizer": starting_tokenizer(recipe)}
    return sample_data(TASKS[recipe.task], data_path, **settings)


def _parts_of_a_batch(has_gpu: bool) -> int:
    """In how many parts a batch is cut whose memory is not this device's alone."""
    names = ["KERAS_DISTRIBUTION_NUM_PROCESSES", *(["TFPLAY_DEVICES"] if has_gpu else [])]
    parts = 1
    for name in names:
        value = os.environ.get(name, "")
        parts *= int(value) if value.isdecimal() and int(value) else 1
    return parts


def _gigabytes(num_bytes: int) -> str:
    return f"{num_bytes / 1e9:,.1f} GB"

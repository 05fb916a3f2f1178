"""Training a transformer and a GRU on the same sequences, and measuring where they differ."""

import time
from collections.abc import Callable
from datetime import date
from statistics import median

import keras
import numpy as np

import tfplay
from tfplay.experiments.recurrence.networks import Network, build_gru, build_transformer
from tfplay.experiments.recurrence.recall import RecallTask, draw_sequences
from tfplay.experiments.recurrence.result import (
    GRU,
    STEPS,
    TRANSFORMER,
    NetworkMeasures,
    RecurrenceResult,
)
from tfplay.explain.gradients import gradient
from tfplay.jobs.devices import describe_device
from tfplay.tasks import IGNORED

BATCH_SIZE = 64
LEARNING_RATE = 3e-3
SEED, TEST_SEED = 0, 1
TESTED = 256
TESTS = 10

SAID_WHERE_TIMED = (16, 64, 256)
"""Symbols said in the sequences whose training steps are timed; these are twice as long."""

WARM_STEPS, TIMED_STEPS, TIMED_BATCH = 2, 5, 16

Report = Callable[[str, float], object]
"""Is told what is being done, and how much of it is done, from 0 to 1."""


def measure_recurrence(
    task: RecallTask, steps: int = STEPS, report: Report = lambda what, share: None
) -> RecurrenceResult:
    """Trains both networks on the same sequences in the same order, and measures them.

    Args:
        task: What they learn.
        steps: Training steps of each.
        report: Called after every step; what it raises ends the measuring.

    Example::

        result = measure_recurrence(RecallTask(), 500)
        result.networks["GRU"].recall[-1]  # by distance
    """
    builders = {TRANSFORMER: build_transformer, GRU: build_gru}
    settings = task._asdict() | {
        "steps": steps,
        "batch_size": BATCH_SIZE,
        "learning_rate": LEARNING_RATE,
        "seed": SEED,
    }
    return RecurrenceResult(
        settings,
        task.distances.tolist(),
        {name: _measure(name, build, task, steps, report) for name, build in builders.items()},
        date.today().isoformat(),
        describe_device(),
        tfplay.__version__,
    )


def _measure(
    name: str, build: Callable[[RecallTask], Network], task: RecallTask, steps: int, report: Report
) -> NetworkMeasures:
    keras.utils.set_random_seed(SEED)
    network = build(task)
    gradients = gradients_by_distance(network, task)
    tests = {}
    for step in _train(network.model, task, steps):
        report(f"Training the {name}: step {step} of {steps}", step / steps)
        if step % max(1, steps // TESTS) == 0 or step == steps:
            tests[step] = recall_by_distance(network.model, task)
    seconds = {}
    for said in SAID_WHERE_TIMED:
        longer = task._replace(num_said=said)
        report(f"Timing the {name} on {longer.length} tokens", 1.0)
        seconds[longer.length] = seconds_per_token(build(longer).model, longer)
    parameters = network.model.count_params()
    return NetworkMeasures(parameters, list(tests), list(tests.values()), gradients, seconds)


def _compile(model: keras.Model) -> None:
    model.compile(
        optimizer=keras.optimizers.Adam(LEARNING_RATE, global_clipnorm=1.0),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True, ignore_class=IGNORED),
        run_eagerly=False,
        jit_compile=False,  # compiling a few hundred steps takes longer than it saves
    )


def _train(model: keras.Model, task: RecallTask, steps: int):
    """Makes one step each time the next is asked for, and gives its number."""
    _compile(model)
    random = np.random.default_rng(SEED)
    for step in range(1, steps + 1):
        model.train_on_batch(*draw_sequences(task, BATCH_SIZE, random))
        yield step


def recall_by_distance(model: keras.Model, task: RecallTask) -> list[float]:
    """The share of right answers at each of `task.distances`, on sequences not trained on."""
    token_ids, labels = draw_sequences(task, TESTED, np.random.default_rng(TEST_SEED))
    answers = keras.ops.convert_to_numpy(model(token_ids)).argmax(axis=-1)
    return (answers == labels)[:, task.num_said :].mean(axis=0).tolist()


def gradients_by_distance(network: Network, task: RecallTask) -> list[float]:
    """The gradient's mean L2 norm at the vector of what was said, by how long ago it was.

    It is the gradient of the loss of the last answer, which was said first of all: what comes later
    lies on its way back to the beginning.
    """
    token_ids, labels = draw_sequences(task, TESTED, np.random.default_rng(TEST_SEED))
    vectors = keras.ops.convert_to_numpy(network.embed(token_ids))
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True, reduction="sum")

    def last_loss(arrays: dict) -> object:
        return loss(labels[:, -1], network.onward(arrays["vectors"])[:, -1])

    slopes = gradient(last_loss, {"vectors": vectors})["vectors"]
    norms = np.linalg.norm(slopes, axis=-1).mean(axis=0)
    return norms[::-1][task.distances].tolist()


def seconds_per_token(model: keras.Model, task: RecallTask) -> float:
    """How long a training step takes, in seconds a token: the median of some."""
    _compile(model)
    random = np.random.default_rng(SEED)
    taken = []
    for _ in range(WARM_STEPS + TIMED_STEPS):
        batch = draw_sequences(task, TIMED_BATCH, random)
        start = time.perf_counter()
        model.train_on_batch(*batch)
        taken.append(time.perf_counter() - start)
    return median(taken[WARM_STEPS:]) / (TIMED_BATCH * task.length)

"""What the Train page promises, against what trainings take.

    python -m tests.benchmarks.estimates            # a real run beside its estimate
    python -m tests.benchmarks.estimates --speed    # speed of training against matrix products
    python -m tests.benchmarks.estimates --memory   # memory that XLA reserves, against the formula

prints progress on stderr and one JSON object on stdout. Speed is told by processor time, so that a
busy machine does not matter.
"""

import argparse
import json
import os
import sys
import time
from collections.abc import Iterator
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from tfplay.config import ModelConfig, TrainingConfig, preset
from tfplay.estimates import count_multiply_adds, count_training_memory
from tfplay.models import build_model

WARM_UP_STEPS = 3

_TRANSLATOR = {"vocabulary_size": 1500, "hidden_dim": 128, "dropout": 0.1}

# Name, architecture, changes, batch size, sequence length.
MODELS = (
    ("tiny", "decoder-only", {"vocabulary_size": 65}, 1, 2),
    ("tiny", "decoder-only", {"vocabulary_size": 65}, 12, 32),
    ("small", "decoder-only", {"vocabulary_size": 65}, 12, 64),
    ("tiny", "encoder-decoder", _TRANSLATOR, 32, 16),
    ("tiny", "encoder-decoder", _TRANSLATOR, 64, 32),
    ("small", "decoder-only", {"vocabulary_size": 2000}, 32, 64),
    ("small", "decoder-only", {"vocabulary_size": 2000, "dropout": 0.1}, 32, 128),
    ("medium", "decoder-only", {"vocabulary_size": 200, "activation": "swiglu"}, 16, 128),
    ("medium", "decoder-only", {"vocabulary_size": 200, "num_heads": 4}, 16, 256),
    ("gpt2-small", "decoder-only", {"dropout": 0.0}, 1, 128),
)
"""From one that is all overhead to one that is all multiplication."""


class RandomTokens:
    """Training data of one shape."""

    def __init__(self, config: ModelConfig, length: int) -> None:
        self.config, self.length = config, length

    def training_batches(self, batch_size: int, seed: int, first: int = 0) -> Iterator[Any]:
        from tfplay.tasks import Batch

        random = np.random.default_rng(seed)
        while True:
            shape = (batch_size, self.length + 1)
            ids = random.integers(self.config.vocabulary_size, size=shape, dtype="int32")
            yield Batch(as_inputs(self.config, ids[:, :-1]), ids[:, 1:])

    def validation_batches(self, batch_size: int) -> list[Any]:
        return []


def as_inputs(config: ModelConfig, token_ids: np.ndarray) -> dict[str, np.ndarray]:
    """What a model of this architecture reads; an encoder-decoder's source is as its target."""
    if config.architecture != "encoder-decoder":
        return {"token_ids": token_ids}
    mask = np.ones(token_ids.shape, bool)
    sides = ("encoder", "decoder")
    ids = {f"{side}_token_ids": token_ids for side in sides}
    masks = {f"{side}_padding_mask": mask for side in sides}
    return ids | masks


def measure_speeds(models: int, steps: int) -> dict[str, Any]:
    """Multiply-adds a second of processor time, in training and in matrix products alone."""
    from tfplay.estimates.machine import measure_products_per_second
    from tfplay.training import build_for_training, train

    products = measure_products_per_second() / len(os.sched_getaffinity(0))
    results = []
    for name, architecture, changes, batch_size, length in MODELS[:models]:
        config = preset(name, architecture, **changes)
        training = TrainingConfig(steps=steps, batch_size=batch_size, evaluate_every=steps)
        multiply_adds = 3 * batch_size * count_multiply_adds(config, length).total
        seconds, last = [], time.process_time()

        def on_step(progress: Any, seconds: list[float] = seconds) -> None:
            nonlocal last
            seconds.append(time.process_time() - last)
            last = time.process_time()

        train(build_for_training(config, training), RandomTokens(config, length), training, on_step)
        step = median(seconds[WARM_UP_STEPS:])
        results.append(
            {
                "model": f"{name} {architecture}, {batch_size} x {length}",
                "multiply_adds": multiply_adds,
                "processor_seconds": round(step, 5),
                "efficiency": round(multiply_adds / step / products, 3),
            }
        )
        print(results[-1], file=sys.stderr, flush=True)
    return {"products_per_processor_second": round(products), "trainings": results}


def measure_memory(models: int) -> dict[str, Any]:
    """Bytes that XLA reserves for a step's activations, and the formula's. It needs JAX."""
    import jax
    import keras

    results = []
    for name, architecture, changes, batch_size, length in MODELS[1:models]:
        config = preset(name, architecture, **changes)
        model = build_model(config)
        ids = np.ones((batch_size, length), "int32")
        weights = [weight.value for weight in model.trainable_variables]
        states = [weight.value for weight in model.non_trainable_variables]

        def loss(weights, states, ids, model=model, config=config):
            inputs = as_inputs(config, ids)
            logits, states = model.stateless_call(weights, states, inputs, training=True)
            losses = keras.ops.sparse_categorical_crossentropy(ids, logits, from_logits=True)
            return keras.ops.mean(losses), states

        step = jax.jit(jax.value_and_grad(loss, has_aux=True)).lower(weights, states, ids)
        reserved = step.compile().memory_analysis().temp_size_in_bytes
        estimated = count_training_memory(config, batch_size, length).activations
        shape = f"{name} {architecture}, {batch_size} x {length}"
        results.append({"model": shape, "reserved": reserved, "estimated": estimated})
        results[-1]["ratio"] = round(estimated / reserved, 2)
        print(results[-1], file=sys.stderr, flush=True)
    return {"activations": results}


def compare_runs(steps: int) -> dict[str, Any]:
    """Estimates a run as the Train page does, trains it, and estimates it again from itself."""
    from tfplay.app.train.data_input import corpus_data
    from tfplay.app.train.estimates import estimate
    from tfplay.jobs.training import train_run
    from tfplay.recipes.text import with_corpus
    from tfplay.store import create_run, default_recipe, home, write_corpus

    results = []
    with TemporaryDirectory() as folder:
        os.environ["TFPLAY_HOME"] = folder
        for task, corpus in (("translation", "dates"), ("language-model", "source-code")):
            recipe = with_corpus(default_recipe(task, "data"), corpus)
            recipe = recipe.with_changes({"steps": steps, "evaluate_every": steps})
            data = corpus_data(corpus, recipe.examples)
            before = estimate(recipe, data)
            run = create_run(recipe, write_corpus(corpus, recipe.examples, home()))
            with run.hold():
                result = train_run(run)
            step_seconds = result["seconds"] / result["steps"]
            results.append(
                {
                    "task": task,
                    "estimated_seconds": round(before.time.total, 1),
                    "rested_on_trainings": len(before.history.trainings),
                    "seconds": round(result["seconds"], 1),
                    "estimated_step": round(before.time.step, 4),
                    "step": round(before.step_tokens / result["tokens_per_second"], 4),
                    "all_in_all_a_step": round(step_seconds, 4),
                }
            )
            print(results[-1], file=sys.stderr, flush=True)
    return {"runs": results}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--speed", action="store_true")
    parser.add_argument("--memory", action="store_true")
    parser.add_argument("--models", type=int, default=len(MODELS), help="how many of them")
    parser.add_argument("--steps", type=int, default=0, help="steps of each training")
    options = parser.parse_args()
    if options.memory:
        print(json.dumps(measure_memory(options.models)))
    elif options.speed:
        print(json.dumps(measure_speeds(options.models, options.steps or 12)))
    else:
        print(json.dumps(compare_runs(options.steps or 150)))


if __name__ == "__main__":
    main()

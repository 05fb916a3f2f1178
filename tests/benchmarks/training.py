"""Training speed: ours against the same model in plain eager PyTorch.

The model is the small CPU setting of https://github.com/karpathy/nanoGPT on Tiny Shakespeare's
shape: 65 characters, 4 layers, 4 heads, width 128, context 64, batch 12, no dropout, no biases. The
tokens are random, because the speed does not depend on them. Both sides take turns, every run in a
process of its own, as a process may be unlucky with its cores for its whole life: CPU time over
wall time tells which were.

    python -m tests.benchmarks.training --torch-python PATH

prints progress on stderr and one JSON object on stdout. PyTorch need not be installed beside
TFPlay: PATH may be any Python that has it.
"""

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from tests.benchmarks.torch_model import Shape, make_torch_model, make_torch_optimizer

ROOT = Path(__file__).resolve().parents[2]

VOCABULARY, LAYERS, HEADS, WIDTH, CONTEXT, BATCH = 65, 4, 4, 128, 64, 12
SHAPE = Shape(VOCABULARY, LAYERS, HEADS, WIDTH, CONTEXT, use_bias=False, activation="none")
WARM_UP_STEPS = 20

Measurement = dict[str, float]


class Timer:
    """Times all steps after the warm-up."""

    def __init__(self) -> None:
        self.steps = 0

    def step_done(self) -> None:
        self.steps += 1
        if self.steps == WARM_UP_STEPS:
            self.wall, self.cpu = time.perf_counter(), time.process_time()

    def measurement(self, parameters: int) -> Measurement:
        wall, cpu = time.perf_counter() - self.wall, time.process_time() - self.cpu
        tokens = (self.steps - WARM_UP_STEPS) * BATCH * CONTEXT
        return {
            "tokens_per_second": round(tokens / wall),
            "cpu_per_wall": round(cpu / wall, 2),
            "parameters": parameters,
        }


def measure_tfplay(steps: int) -> Measurement:
    from tfplay.config import TrainingConfig, preset
    from tfplay.tasks import LanguageModelData
    from tfplay.training import build_for_training, train

    shape = preset(
        "small",
        "decoder-only",
        vocabulary_size=VOCABULARY,
        num_layers=LAYERS,
        num_heads=HEADS,
        hidden_dim=WIDTH,
        max_sequence_length=CONTEXT,
        use_bias=False,
    )
    config = TrainingConfig(steps=steps, batch_size=BATCH, evaluate_every=steps)
    data = LanguageModelData(
        tokenizer=None,
        training_ids=random_tokens(),
        validation_ids=np.zeros(0, dtype="int32"),
        window_length=CONTEXT,
    )
    model = build_for_training(shape, config)
    timer = Timer()
    train(model, data, config, on_step=lambda progress: timer.step_done())
    return timer.measurement(model.count_params())


def measure_torch(steps: int) -> Measurement:
    try:
        import torch
    except ModuleNotFoundError as error:
        raise SystemExit(
            f"{sys.executable} has no PyTorch; --torch-python may name a Python that has."
        ) from error
    from torch.nn import functional

    model = make_torch_model(SHAPE)
    optimizer = make_torch_optimizer(model)
    tokens = torch.from_numpy(random_tokens()).long()
    offsets = torch.arange(CONTEXT + 1)
    timer = Timer()
    for _ in range(steps):
        windows = tokens[torch.randint(len(tokens) - CONTEXT, (BATCH, 1)) + offsets]
        logits = model(windows[:, :-1])
        loss = functional.cross_entropy(logits.flatten(0, 1), windows[:, 1:].flatten())
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        loss.item()
        timer.step_done()
    return timer.measurement(sum(weight.numel() for weight in model.parameters()))


def random_tokens() -> np.ndarray:
    return np.random.default_rng(0).integers(VOCABULARY, size=100_000, dtype="int32")


SIDES: dict[str, Callable[[int], Measurement]] = {"tfplay": measure_tfplay, "torch": measure_torch}


def run_in_fresh_process(side: str, python: str, steps: int) -> Measurement:
    command = [python, "-m", "tests.benchmarks.training", "--side", side, "--steps", str(steps)]
    outcome = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if outcome.returncode:
        raise SystemExit(outcome.stderr)
    return json.loads(outcome.stdout.splitlines()[-1])


def compare(rounds: int, steps: int, torch_python: str) -> dict[str, Any]:
    """Both sides in turns, and their medians."""
    pythons = {"tfplay": sys.executable, "torch": torch_python}
    runs = {side: [] for side in SIDES}
    for number in range(1, rounds + 1):
        for side, python in pythons.items():
            measurement = run_in_fresh_process(side, python, steps)
            print(f"round {number}, {side}: {measurement}", file=sys.stderr, flush=True)
            runs[side].append(measurement)
    medians = {
        side: median(run["tokens_per_second"] for run in side_runs)
        for side, side_runs in runs.items()
    }
    return {
        "runs": runs,
        "median_tokens_per_second": medians,
        "ratio": round(medians["tfplay"] / medians["torch"], 3),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=4, help="runs of each side")
    parser.add_argument("--steps", type=int, default=300, help="steps in a run")
    parser.add_argument("--torch-python", default=sys.executable, help="a Python with PyTorch")
    parser.add_argument("--side", choices=SIDES, help="measure this side only, in this process")
    options = parser.parse_args()
    if options.side:
        print(json.dumps(SIDES[options.side](options.steps)))
    else:
        print(json.dumps(compare(options.rounds, options.steps, options.torch_python)))


if __name__ == "__main__":
    main()

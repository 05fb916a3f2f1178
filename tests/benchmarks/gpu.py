"""Training speed on a GPU: `gpt2-small` of ours beside nanoGPT's model under `torch.compile`.

Context 1024, mixed bfloat16, no dropout, the same AdamW and gradient clipping on random tokens,
because the speed does not depend on them. Both sides take turns, every run in a process of its own:

    KERAS_BACKEND=jax python -m tests.benchmarks.gpu

prints progress on stderr and one JSON object on stdout: tokens a second, and the model FLOP
utilisation, the share of the card's peak that the model's own arithmetic makes up (Chowdhery et
al., 2022, arXiv:2204.02311, appendix B): 6 N + 12 L E T operations a token, N without the position
embeddings. It needs a Python that has PyTorch and Keras with a backend that sees the GPU.
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

SHAPE = Shape(50_257, 12, 12, 768, 1024, use_bias=True, activation="tanh")
WARM_UP_STEPS = 10
PEAK_TFLOPS = 989.0
"""Dense bfloat16 of an H100 or H200 (SXM), from NVIDIA's data sheet; `--peak` for other cards."""

Measurement = dict[str, Any]


class Timer:
    """Times all steps after the warm-up; a step has ended when its loss is known."""

    def __init__(self) -> None:
        self.steps = 0

    def step_done(self) -> None:
        self.steps += 1
        if self.steps == WARM_UP_STEPS:
            self.start = time.perf_counter()

    def measurement(self, batch_size: int, device: str, parameters: int) -> Measurement:
        seconds = time.perf_counter() - self.start
        tokens = (self.steps - WARM_UP_STEPS) * batch_size * SHAPE.context
        return {
            "tokens_per_second": round(tokens / seconds),
            "device": device,
            "parameters": parameters,
        }


def measure_tfplay(steps: int, batch_size: int) -> Measurement:
    import keras

    from tfplay.config import TrainingConfig, preset
    from tfplay.tasks import LanguageModelData
    from tfplay.training import build_for_training, train

    config = TrainingConfig(
        steps=steps, batch_size=batch_size, evaluate_every=steps, precision="mixed_bfloat16"
    )
    data = LanguageModelData(
        tokenizer=None,
        training_ids=random_tokens(),
        validation_ids=np.zeros(0, dtype="int32"),
        window_length=SHAPE.context,
    )
    model = build_for_training(preset("gpt2-small", dropout=0.0), config)
    timer = Timer()
    train(model, data, config, on_step=lambda progress: timer.step_done())
    device = f"{keras.backend.backend()}: {keras.ops.zeros(()).device}"
    return timer.measurement(batch_size, device, model.count_params())


def measure_torch(steps: int, batch_size: int) -> Measurement:
    import torch
    from torch.nn import functional

    torch.set_float32_matmul_precision("high")
    plain = make_torch_model(SHAPE).cuda()
    model = torch.compile(plain)
    optimizer = make_torch_optimizer(plain, fused=True)
    tokens = torch.from_numpy(random_tokens()).long().cuda()
    offsets = torch.arange(SHAPE.context + 1, device="cuda")
    timer = Timer()
    for _ in range(steps):
        starts = torch.randint(len(tokens) - SHAPE.context, (batch_size, 1), device="cuda")
        windows = tokens[starts + offsets]
        with torch.autocast("cuda", torch.bfloat16):
            logits = model(windows[:, :-1])
            loss = functional.cross_entropy(logits.flatten(0, 1), windows[:, 1:].flatten())
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(plain.parameters(), 1.0)
        optimizer.step()
        loss.item()
        timer.step_done()
    parameters = sum(weight.numel() for weight in plain.parameters())
    return timer.measurement(batch_size, torch.cuda.get_device_name(), parameters)


def random_tokens() -> np.ndarray:
    return np.random.default_rng(0).integers(SHAPE.vocabulary_size, size=1_000_000, dtype="int32")


def utilisation(measurement: Measurement, peak_tflops: float) -> float:
    """The share of the card's peak that the model's arithmetic makes up."""
    counted = measurement["parameters"] - SHAPE.context * SHAPE.hidden_dim
    attention = 12 * SHAPE.num_layers * SHAPE.hidden_dim * SHAPE.context
    operations = (6 * counted + attention) * measurement["tokens_per_second"]
    return round(operations / (peak_tflops * 1e12), 4)


SIDES: dict[str, Callable[[int, int], Measurement]] = {
    "tfplay": measure_tfplay,
    "nanoGPT's model, torch.compile": measure_torch,
}


def run_in_fresh_process(side: str, steps: int, batch_size: int) -> Measurement:
    command = [sys.executable, "-m", "tests.benchmarks.gpu", "--side", side]
    command += ["--steps", str(steps), "--batch-size", str(batch_size)]
    outcome = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if outcome.returncode:
        raise SystemExit(outcome.stderr)
    return json.loads(outcome.stdout.splitlines()[-1])


def compare(rounds: int, steps: int, batch_size: int, peak_tflops: float) -> dict[str, Any]:
    """Both sides in turns, and their medians."""
    runs = {side: [] for side in SIDES}
    for number in range(1, rounds + 1):
        for side, side_runs in runs.items():
            measurement = run_in_fresh_process(side, steps, batch_size)
            measurement["utilisation"] = utilisation(measurement, peak_tflops)
            print(f"round {number}, {side}: {measurement}", file=sys.stderr, flush=True)
            side_runs.append(measurement)
    medians = [
        {figure: median(run[figure] for run in side_runs) for figure in _FIGURES}
        for side_runs in runs.values()
    ]
    ratio = medians[0]["tokens_per_second"] / medians[1]["tokens_per_second"]
    return {
        "runs": runs,
        "medians": dict(zip(SIDES, medians, strict=True)),
        "ratio": round(ratio, 3),
    }


_FIGURES = ("tokens_per_second", "utilisation")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3, help="runs of each side")
    parser.add_argument("--steps", type=int, default=60, help="steps in a run")
    parser.add_argument("--batch-size", type=int, default=32, help="sequences in a step")
    parser.add_argument("--peak", type=float, default=PEAK_TFLOPS, help="of the card, in TFLOP/s")
    parser.add_argument("--side", choices=SIDES, help="measure this side only, in this process")
    options = parser.parse_args()
    if options.side:
        print(json.dumps(SIDES[options.side](options.steps, options.batch_size)))
    else:
        print(json.dumps(compare(options.rounds, options.steps, options.batch_size, options.peak)))


if __name__ == "__main__":
    main()

"""Greedy decoding of 248 tokens: ours beside keras-nlp's GPT2CausalLM of that shape.

Run: python tests/benchmarks/decoding.py

Prints one JSON object. keras-nlp is measured as it comes and compiled with XLA, which it leaves off
on a CPU. Each batch size is measured in fresh processes in which the sides take turns; beside each
figure stands CPU time / wall time, for a machine that keeps a process on one core halves its speed.
"""

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable

SHAPE = {"num_layers": 4, "num_heads": 4, "hidden_dim": 256, "vocabulary_size": 5000}
CONTEXT = 256
PROMPT_LENGTH = 8
NEW_TOKENS = CONTEXT - PROMPT_LENGTH
PROCESSES = 2
ROUNDS = 3


def measure(batch_size: int) -> dict[str, list[dict[str, float]]]:
    """Tokens per second of all sides, in turns, after one round that compiles."""
    import numpy as np

    prompts = np.random.default_rng(0).integers(0, SHAPE["vocabulary_size"], (batch_size, CONTEXT))
    sides = {
        "tfplay": tfplay_side(prompts),
        "keras-nlp": keras_nlp_side(prompts),
        "keras-nlp with XLA": keras_nlp_side(prompts, jit_compile=True),
    }
    for decode in sides.values():
        decode()
    runs = {name: [] for name in sides}
    for _ in range(ROUNDS):
        for name, decode in sides.items():
            wall, cpu = time.perf_counter(), time.process_time()
            decode()
            wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
            figures = {"tokens_per_second": batch_size * NEW_TOKENS / wall, "cpu_wall": cpu / wall}
            runs[name].append(figures)
    return runs


def tfplay_side(prompts) -> Callable[[], None]:
    from tfplay.config import DecodingConfig, preset
    from tfplay.decoding import generate
    from tfplay.models import build_model

    model = build_model(preset("small", "decoder-only", max_sequence_length=CONTEXT, **SHAPE))
    config = DecodingConfig("greedy", max_new_tokens=NEW_TOKENS)

    def decode() -> None:
        answers = generate(model, prompts[:, :PROMPT_LENGTH], config)
        assert all(len(answer) == NEW_TOKENS for answer in answers)

    return decode


def keras_nlp_side(prompts, **compile_options) -> Callable[[], None]:
    import keras_nlp
    import numpy as np

    backbone = keras_nlp.models.GPT2Backbone(
        intermediate_dim=4 * SHAPE["hidden_dim"],
        max_sequence_length=CONTEXT,
        dropout=0.0,
        **SHAPE,
    )
    model = keras_nlp.models.GPT2CausalLM(backbone=backbone, preprocessor=None)
    model.compile(sampler="greedy", **compile_options)
    is_prompt = np.arange(CONTEXT) < PROMPT_LENGTH
    inputs = {
        "token_ids": prompts.astype("int32"),
        "padding_mask": np.broadcast_to(is_prompt, prompts.shape),
    }

    def decode() -> None:
        answers = model.generate(inputs, stop_token_ids=None)
        assert answers["token_ids"].shape == prompts.shape

    return decode


def main() -> None:
    report = {"shape": SHAPE | {"context": CONTEXT, "new_tokens": NEW_TOKENS}}
    for batch_size in (1, 32):
        runs: dict[str, list[dict[str, float]]] = {}
        for _ in range(PROCESSES):
            command = [sys.executable, __file__, str(batch_size)]
            printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
            for name, figures in json.loads(printed.splitlines()[-1]).items():
                runs.setdefault(name, []).extend(figures)
        medians = {
            name: statistics.median(run["tokens_per_second"] for run in figures)
            for name, figures in runs.items()
        }
        report[f"batch_{batch_size}"] = {
            "median_tokens_per_second": medians,
            "ratio": {
                name: medians["tfplay"] / median
                for name, median in medians.items()
                if name != "tfplay"
            },
            "runs": runs,
        }
    print(json.dumps(report))


if __name__ == "__main__":
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    if len(sys.argv) > 1:
        print(json.dumps(measure(int(sys.argv[1]))))
    else:
        main()

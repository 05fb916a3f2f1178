"""Published models in our layers: how far from the reference, how fast, in how much memory.

Run: python tests/benchmarks/published.py [--reference PYTHON] [--rounds N]

Prints one JSON object. `parity` is the largest difference of logits from the golden arrays, for
each family. `smollm2` is SmolLM2-135M-Instruct, fetched by `python -m tfplay models fetch smollm2`:
each round is a process of its own. `--reference` names a Python that has `transformers`, `torch`,
`accelerate` and `gguf`: it decodes the same weights in float32, in turns with ours, and `ratio` is
ours divided by its.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

PROMPT, NEW = 200, 56
"""Tokens: together a context of 256."""
HEADS_AT, HEAD_AT = 128, 512
"""Tokens at which all heads, and one head, are traced."""


def parity() -> dict[str, float]:
    """The largest difference of a real token's logits from the reference's, by family."""
    import tempfile

    import numpy as np

    from tests.checkpoints.published import GOLDEN, write_checkpoint
    from tests.checkpoints.test_families import golden, inputs_of, real
    from tfplay.checkpoints.opening import open_checkpoint

    found = {}
    for path in sorted(GOLDEN.glob("*.npz")):
        with tempfile.TemporaryDirectory() as folder:
            write_checkpoint(path.stem, Path(folder))
            model = open_checkpoint(folder).load_model()
        arrays = golden(path.stem)
        logits = np.asarray(model(inputs_of(arrays)))
        difference = np.abs(real(logits, arrays) - real(arrays["logits"], arrays)).max()
        found[path.stem] = float(f"{difference:.1e}")
    return found


def ours() -> dict[str, float]:
    """Seconds and tokens a second of SmolLM2 in our layers, in this process."""
    import numpy as np
    import psutil

    from tfplay import explain
    from tfplay.config import DecodingConfig
    from tfplay.decoding import generate_steps
    from tfplay.store import open_model

    prompt = np.random.default_rng(0).integers(3, 40_000, (1, PROMPT))
    started = time.perf_counter()
    model = open_model("smollm2").load().model
    loaded = time.perf_counter() - started

    def decode() -> tuple[float, float]:
        start = time.perf_counter()
        times = [start]
        for _ in generate_steps(model, prompt, DecodingConfig(max_new_tokens=NEW)):
            times.append(time.perf_counter())
        steps = [after - before for before, after in zip(times[1:], times[2:], strict=False)]
        return times[1] - start, statistics.median(steps)

    cold, _ = decode()
    warm, step = decode()

    def traced(length: int) -> float:
        ids = np.resize(prompt, (1, length)).astype("int32")
        trace = explain.compiled_trace(model)
        trace({"token_ids": ids})
        start = time.perf_counter()
        trace({"token_ids": ids})
        return time.perf_counter() - start

    return {
        "load_seconds": loaded,
        "cold_first_token_seconds": loaded + cold,
        "prompt_seconds": warm,
        "tokens_per_second": 1 / step,
        "all_heads_seconds": traced(HEADS_AT),
        "memory_mb": psutil.Process().memory_info().rss / 1e6,
    }


REFERENCE = f"""
import json, statistics, sys, time
import torch
from transformers import AutoModelForCausalLM

folder, name = sys.argv[1:]
model = AutoModelForCausalLM.from_pretrained(folder, gguf_file=name, dtype=torch.float32).eval()
prompt = torch.randint(3, 40_000, (1, {PROMPT}), generator=torch.Generator().manual_seed(0))

@torch.no_grad()
def decode():
    times = [time.perf_counter()]
    token, cache = prompt, None
    for _ in range({NEW}):
        output = model(token, past_key_values=cache, use_cache=True)
        token, cache = output.logits[:, -1].argmax(-1)[:, None], output.past_key_values
        times.append(time.perf_counter())
    steps = [after - before for before, after in zip(times[1:], times[2:])]
    return times[1] - times[0], statistics.median(steps)

decode()
prompt_seconds, step = decode()
print(json.dumps({{"prompt_seconds": prompt_seconds, "tokens_per_second": 1 / step}}))
"""


def theirs(python: str) -> dict[str, float]:
    """The same of the reference, in a process of its Python."""
    from tfplay.store import open_model

    [path] = open_model("smollm2").weights_path.glob("*.gguf")
    command = [python, "-c", REFERENCE, str(path.parent), path.name]
    return json.loads(subprocess.run(command, capture_output=True, check=True).stdout)


def medians(runs: list[dict[str, float]]) -> dict[str, float]:
    return {name: round(statistics.median(run[name] for run in runs), 3) for name in runs[0]}


def main() -> None:
    from tfplay.store import find_opened

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reference", metavar="PYTHON")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(ours()))
        return
    if find_opened("smollm2") is None:
        print(json.dumps({"parity": parity(), "smollm2": "not fetched"}))
        return
    own, others = [], []
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    for _ in range(options.rounds):
        command = [sys.executable, __file__, "--one"]
        run = subprocess.run(command, capture_output=True, check=True, env=environment)
        own.append(json.loads(run.stdout.splitlines()[-1]))
        if options.reference:
            others.append(theirs(options.reference))
    found = {"parity": parity(), "smollm2": medians(own)}
    if others:
        found["reference"] = medians(others)
        found["ratio"] = {
            "tokens_per_second": round(
                found["smollm2"]["tokens_per_second"] / found["reference"]["tokens_per_second"], 2
            ),
            "prompt_speed": round(
                found["reference"]["prompt_seconds"] / found["smollm2"]["prompt_seconds"], 2
            ),
        }
    print(json.dumps(found))


if __name__ == "__main__":
    main()

"""What looking at a training costs: snapshots, gradient norms, scores and answers, on and off.

    python -m tests.benchmarks.snapshots --rounds 5

Both sides train the same recipe in a fresh process each, in turns. Printed is JSON: for each side
the seconds of every run, and for the medians how much slower training is with all of it:

- `steady`: from the first validation, with which everything is compiled, to the last step;
- `whole`: of all that a worker does, with reading, compiling and the scores at the end.

`cpu_share` is CPU time by wall time; a run with far less than the others had not its processors.
"""

import argparse
import json
import subprocess
import sys
import time
from dataclasses import asdict
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SIDES = ("off", "on")

Measurement = dict[str, float]


def measure(side: str, task: str, steps: int) -> Measurement:
    """Trains once, in this process."""
    from tfplay.jobs import training
    from tfplay.store import create_run, default_recipe
    from tfplay.tasks import TASKS
    from tfplay.text.corpora import CORPORA

    if side == "off":
        _switch_off()
    corpus = next(each for each in CORPORA.values() if each.task == task)
    with TemporaryDirectory() as folder:
        data = Path(folder, corpus.name + TASKS[task].about.formats[0])
        TASKS[task].write(data, corpus.examples("training", 3000, 0))
        recipe = default_recipe(task, data.name).with_changes({"steps": steps})
        run = create_run(recipe, data, Path(folder, "run"))
        start, cpu_start = time.perf_counter(), time.process_time()
        with run.hold():
            training.train_run(run)
        whole = time.perf_counter() - start
        cpu_share = (time.process_time() - cpu_start) / whole
        rows = run.metrics()
    first = next(row for row in rows if row["step"] > recipe.training.evaluate_every)
    tokens = rows[-1]["tokens"] - first["tokens"]
    steady = rows[-1]["seconds"] - first["seconds"]
    return {
        "steady_seconds": round(steady, 2),
        "steady_tokens_per_second": round(tokens / steady),
        "whole_seconds": round(whole, 2),
        "cpu_share": round(cpu_share, 2),
    }


def _switch_off() -> None:
    """Training as it is without being looked at: only the losses are written."""
    import keras

    from tfplay.jobs import training
    from tfplay.training import preparation

    class LossesOnly(training.Recorder):
        def begin(self) -> None:
            pass

        def on_step(self, progress: Any) -> None:
            self.run.add_metrics(asdict(progress))

        def end(self, steps: int) -> None:
            pass

    training.Recorder = LossesOnly
    preparation.MeasuredAdamW = keras.optimizers.AdamW


def measure_in_fresh_process(side: str, task: str, steps: int) -> Measurement:
    command = [sys.executable, "-m", "tests.benchmarks.snapshots", "--side", side]
    command += ["--task", task, "--steps", str(steps)]
    outcome = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if outcome.returncode:
        raise SystemExit(outcome.stderr)
    return json.loads(outcome.stdout.splitlines()[-1])


def compare(task: str, rounds: int, steps: int) -> dict[str, Any]:
    """Both sides in turns, and how much longer the one takes."""
    runs = {side: [] for side in SIDES}
    for number in range(rounds):
        for side in SIDES if number % 2 else reversed(SIDES):
            measurement = measure_in_fresh_process(side, task, steps)
            print(f"round {number + 1}, {side}: {measurement}", file=sys.stderr, flush=True)
            runs[side].append(measurement)

    def cost(name: str) -> float:
        off, on = (median(run[name] for run in runs[side]) for side in SIDES)
        return round(on / off - 1, 3)

    return {
        "task": task,
        "steps": steps,
        "runs": runs,
        "steady_cost": cost("steady_seconds"),
        "whole_cost": cost("whole_seconds"),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5, help="runs of each side")
    parser.add_argument("--steps", type=int, default=1000, help="steps in a run")
    parser.add_argument("--task", default="translation", help="with its own recipe")
    parser.add_argument("--side", choices=SIDES, help="measure this side only, in this process")
    options = parser.parse_args()
    if options.side:
        print(json.dumps(measure(options.side, options.task, options.steps)))
    else:
        print(json.dumps(compare(options.task, options.rounds, options.steps)))


if __name__ == "__main__":
    main()

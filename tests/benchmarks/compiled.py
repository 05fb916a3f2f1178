"""How much sooner the second training of a shape compiles, with what the first one left.

    python -m tests.benchmarks.compiled

Prints one JSON object. The recipe is the Train page's default: translation on the sample of dates.
In each round a place of its own sees two trainings: "cold" compiles, "warm" reads what was
compiled. Told are the seconds from the first step, which is not compiled, to the second, by the
clock and of the worker's processor time, all rounds and their median. The clock depends on what
else the machine does; its load average is printed beside it.
"""

import argparse
import json
import os
import sys
import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import psutil

from tests.benchmarks.jobs import FOREVER, default_training, wait_for_step
from tests.jobs.processes import end_jobs, wait_for_end
from tfplay import jobs
from tfplay.recipes import Recipe
from tfplay.store import home

SIDES = ("cold", "warm")


def main() -> None:
    """Prints the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--task", default="translation")
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        data, recipe = default_training(options.task, Path(folder))
        recipe = recipe.with_changes({"steps": FOREVER})
        rounds = [one_round(recipe, data) for _ in range(options.rounds)]
    sides = {side: summary([each[side] for each in rounds]) for side in SIDES}
    figures = {"cores": os.cpu_count(), "load_average": round(os.getloadavg()[0], 1)}
    print(json.dumps(figures | sides, indent=1))


def one_round(recipe: Recipe, data: Path) -> dict[str, dict[str, float]]:
    """A cold and a warm training in a place of their own."""
    with TemporaryDirectory() as place:
        os.environ["TFPLAY_HOME"] = place
        figures = {side: second_step(recipe, data) for side in SIDES}
        end_jobs(home())
    print(figures, file=sys.stderr, flush=True)
    return figures


def second_step(recipe: Recipe, data: Path) -> dict[str, float]:
    """Seconds from a training's first step to its second, by the clock and of the processor."""
    run = jobs.start(recipe, data)
    wait_for_step(run, 1)
    worker = psutil.Process(run.status().pid)
    start, used = time.perf_counter(), processor_seconds(worker)
    wait_for_step(run, 2)
    figures = {
        "clock": round(time.perf_counter() - start, 2),
        "processor": round(processor_seconds(worker) - used, 2),
    }
    jobs.stop(run)
    wait_for_end(run)
    worker.wait()  # it notes what it compiled
    return figures


def processor_seconds(process: psutil.Process) -> float:
    """What all its threads have used."""
    times = process.cpu_times()
    return times.user + times.system


def summary(figures: list[dict[str, float]]) -> dict[str, dict[str, object]]:
    """Of each clock, the median and all rounds."""
    return {
        clock: {
            "median": median(each[clock] for each in figures),
            "rounds": [each[clock] for each in figures],
        }
        for clock in figures[0]
    }


if __name__ == "__main__":
    main()

"""How soon a training shows its first loss, how soon it stops, and whether the app stays usable.

    python -m tests.benchmarks.jobs

Prints one JSON object: seconds, each a list of all rounds and their median. The recipe is the Train
page's default: translation on the sample of dates. "Cold" is with neither supervisor nor worker;
"warm" with a worker that is ready, as the Train page has it made. Stops are asked for within the
first compilation and in the middle of training. Page switches are made in a real browser while a
training runs. The figures depend on the machine and on what else it does: its cores and its load
average before and after are printed beside them.
"""

import argparse
import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from typing import Any

from tests.browser.app_server import running_app, running_chromium
from tests.jobs.processes import end_jobs, wait_until
from tfplay import jobs
from tfplay.app.train.sample_data import samples_of
from tfplay.recipes import Recipe, default_recipe
from tfplay.store import Run, home, open_model, write_corpus

EXAMPLES = 4000
FOREVER = 1_000_000
STEPS_BEFORE_STOP = 20
SECONDS_ON_A_PAGE = 1.0
PAGES = ("Tokens", "Runs", "Translate", "Train")


def main() -> None:
    """Prints the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--switches", type=int, default=40)
    parser.add_argument("--task", default="translation")
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        data, recipe = default_training(options.task, Path(folder))
        recipe = recipe.with_changes({"steps": FOREVER})
        figures = {
            "cores": os.cpu_count(),
            "load_average_before": os.getloadavg()[0],
            "first_loss_cold": measure(options.rounds, lambda: first_loss(recipe, data)),
            "first_loss_warm": measure(options.rounds, lambda: first_loss(recipe, data, True)),
            "stop_while_compiling": measure(options.rounds, lambda: stop_after(recipe, data, 1)),
            "stop_while_training": measure(
                options.rounds, lambda: stop_after(recipe, data, STEPS_BEFORE_STOP)
            ),
            "page_switch": page_switches(recipe, data, options.switches),
            "load_average_after": os.getloadavg()[0],
        }
    print(json.dumps(figures, indent=1))


def default_training(task: str, folder: Path) -> tuple[Path, Recipe]:
    """What the Train page proposes: its first sample, and the task's recipe."""
    data = write_corpus(next(iter(samples_of(task))), EXAMPLES, folder)
    return data, default_recipe(task, data.name)


def measure(rounds: int, work: Callable[[], float]) -> dict[str, Any]:
    """Seconds of each round, in a place of its own, and their median."""
    seconds = []
    for _ in range(rounds):
        with TemporaryDirectory() as place:
            os.environ["TFPLAY_HOME"] = place
            seconds.append(round(work(), 2))
            end_jobs(home())
        print(seconds, file=sys.stderr, flush=True)
    return {"median": median(seconds), "rounds": seconds}


def first_loss(recipe: Recipe, data: Path, is_warm: bool = False) -> float:
    """From asking for a training to its first line of metrics."""
    if is_warm:
        jobs.prepare()
        log = home() / "supervisor.log"
        wait_until(lambda: log.exists() and "A worker is ready." in log.read_text())
    start = time.perf_counter()
    run = jobs.start(recipe, data)
    wait_for_step(run, 1)
    return time.perf_counter() - start


def stop_after(recipe: Recipe, data: Path, step: int) -> float:
    """From asking a training to stop, after a step, to a model that can be used."""
    run = jobs.start(recipe, data)
    wait_for_step(run, step)
    start = time.perf_counter()
    jobs.stop(run)
    wait_until(lambda: not run.status().is_active)
    seconds = time.perf_counter() - start
    open_model(run.id).load()
    return seconds


def page_switches(recipe: Recipe, data: Path, switches: int) -> dict[str, Any]:
    """From a click in the navigation to the page's title, while a training runs.

    The first visit to each page is told apart: the browser loads what draws tables and charts. A
    visitor who clicks again at the sight of a title waits for the browser to draw what is under it.
    """
    with TemporaryDirectory() as place:
        os.environ["TFPLAY_HOME"] = place
        with running_app(home()) as address, running_chromium() as browser:
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            page.goto(address)
            run = jobs.start(recipe, data)
            wait_for_step(run, STEPS_BEFORE_STOP)
            figures = {
                "first_visits": visit(page, len(PAGES), SECONDS_ON_A_PAGE),
                "after_a_second": visit(page, switches, SECONDS_ON_A_PAGE),
                "at_once": visit(page, switches, 0.0),
                "was_training": run.status().state == "running",
            }
        end_jobs(home())
    return figures


def visit(page: Any, switches: int, pause: float) -> dict[str, Any]:
    """Goes round the pages, and stays for so many seconds on each."""
    seconds: dict[str, list[float]] = {name: [] for name in PAGES}
    for number in range(switches):
        name = PAGES[number % len(PAGES)]
        seconds[name].append(switch(page, name))
        time.sleep(pause)
    every = [each for of_page in seconds.values() for each in of_page]
    return {
        "p95": round(quantiles(every, n=20)[-1], 3),
        "median": round(median(every), 3),
        "longest": {name: round(max(of_page), 3) for name, of_page in seconds.items()},
    }


def switch(page: Any, name: str) -> float:
    start = time.perf_counter()
    page.get_by_test_id("stSidebarNav").get_by_role("link", name=name, exact=True).click()
    page.get_by_role("heading", name=name, exact=True, level=1).wait_for(timeout=120_000)
    return time.perf_counter() - start


def wait_for_step(run: Run, step: int) -> None:
    def has_come() -> bool:
        status = run.status()
        assert status.is_active, status.message
        metrics = run.metrics()
        return bool(metrics) and metrics[-1]["step"] >= step

    wait_until(has_come, seconds=600)


if __name__ == "__main__":
    main()

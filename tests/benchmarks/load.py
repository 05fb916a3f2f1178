"""How the app bears a crowd: sessions that click through its pages beside a training.

    python -m tests.benchmarks.load --sessions 30 --seconds 300

Prints one JSON object: how many pages were opened and how many failed, the median and the 95th
percentile of the seconds until a page is whole, and the server's memory in MB: before the crowd,
once every page was open and every model loaded; in the middle; in the end; and a minute after all
have left. Sessions wait 2 to 6 seconds between two pages, as somebody does who looks at them.
`load_average` is of the whole machine in the end.
"""

import argparse
import json
import os
import random
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import psutil

from tests.browser.app_server import ROOT, running_app
from tests.jobs.processes import end_jobs, wait_until
from tests.jobs.samples import smallest_recipe, write_text
from tests.websocket_visitor import Visitor
from tfplay.jobs.queue import JobQueue
from tfplay.store import create_run

PAGES = tuple(path.stem for path in sorted((ROOT / "pages").glob("*/*.py")))
SECONDS_TO_LEAVE = 60


def address_of(page: str) -> str:
    """What stands in the address of the page with this file name."""
    return "" if page == "start" else page


def click_through(address: str, until: float, seed: int) -> tuple[list[float], list[str]]:
    """Opens pages until it is time; returns the seconds of each and what went wrong."""
    draw = random.Random(seed)
    seconds, errors = [], []
    with Visitor(address) as visitor:
        while time.monotonic() < until:
            try:
                shown = visitor.open(address_of(draw.choice(PAGES)))
            except (OSError, TimeoutError) as error:
                errors.append(type(error).__name__)
                break
            seconds.append(shown.seconds)
            errors += shown.errors
            time.sleep(draw.uniform(2, 6))
    return seconds, errors


def begin_training(home: Path) -> None:
    """Lets a training wait that goes on for ever; the server's supervisor finds it."""
    home.mkdir(parents=True, exist_ok=True)
    data = write_text(home)
    recipe = smallest_recipe("language-model", data, steps=1_000_000, hidden_dim=129)
    run = create_run(recipe, data)
    JobQueue(home).add(run.path)
    wait_until(lambda: run.metrics() or not run.status().is_active)


def server_of(home: Path) -> psutil.Process:
    """The app's process among this one's children."""
    children = psutil.Process().children()
    return next(each for each in children if "streamlit" in " ".join(each.cmdline()))


def measure(address: str, home: Path, sessions: int, seconds: int) -> dict[str, object]:
    """Lets a crowd in and out again."""
    server = server_of(home)

    def megabytes() -> int:
        return round(server.memory_info().rss / 1e6)

    with Visitor(address) as first:
        for page in PAGES:
            first.open(address_of(page))
    begin_training(home)
    memory = {"before": megabytes()}
    begun = time.monotonic()
    with ThreadPoolExecutor(sessions) as crowd:
        each = [
            crowd.submit(click_through, address, begun + seconds, seed) for seed in range(sessions)
        ]
        time.sleep(seconds / 2)
        memory["middle"] = megabytes()
        time.sleep(max(0, begun + seconds - 1 - time.monotonic()))
        memory["end"] = megabytes()
        outcomes = [visit.result() for visit in each]
    time.sleep(SECONDS_TO_LEAVE)
    memory["a_minute_after"] = megabytes()
    times = [took for visit, _ in outcomes for took in visit]
    return {
        "sessions": sessions,
        "pages": len(times),
        "errors": sum(len(errors) for _, errors in outcomes),
        "first_errors": [error for _, errors in outcomes for error in errors][:3],
        "median_seconds": round(float(np.median(times)), 2),
        "p95_seconds": round(float(np.percentile(times, 95)), 2),
        "memory_mb": memory,
        "load_average": os.getloadavg()[0],
        "processors": os.cpu_count(),
    }


def main() -> None:
    """Prints the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sessions", type=int, default=30)
    parser.add_argument("--seconds", type=int, default=300)
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        home = Path(folder, "home")
        os.environ["TFPLAY_HOME"] = str(home)
        try:
            with running_app(home) as address:
                print(
                    json.dumps(measure(address, home, options.sessions, options.seconds), indent=1)
                )
        finally:
            end_jobs(home)


if __name__ == "__main__":
    main()

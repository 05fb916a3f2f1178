"""One visit from start to end: `python -m tests.jobs.visit` prints as JSON what came of it.

It opens the app's first page, trains, and stops the training once there is a loss.
"""

import json
import tempfile
from pathlib import Path

import psutil

from tests.jobs.processes import end_jobs, wait_for_end, wait_until
from tests.jobs.samples import smallest_recipe, write_text
from tests.pages.app import open_app
from tfplay.home import home
from tfplay.jobs import can_resume, start, stop
from tfplay.store import lock


def main() -> None:
    app = open_app()
    with tempfile.TemporaryDirectory() as folder:
        data = write_text(Path(folder))
        changes = {"steps": 1_000_000, "validation_fraction": 0.0, "snapshots": 0}
        run = start(smallest_recipe("language-model", data, **changes), data)
        try:
            wait_until(lambda: run.metrics() or not run.status().is_active)
            worker = psutil.Process(run.status().pid).environ()["PYTHONPATH"]
            is_held = run.is_held
            stop(run)
            status = wait_for_end(run)
        finally:
            end_jobs(home())
    visit = {
        "has_fork": hasattr(lock.os, "fork"),
        "worker_finds": worker,
        "errors": [each.message for each in app.exception],
        "links": len(app.get("page_link")),
        "was_held": is_held,
        "is_held": run.is_held,
        "state": status.state,
        "message": status.message,
        "loss": run.metrics()[0]["loss"],
        "checkpoint_steps": run.checkpoint.figures()["step"],
        "can_resume": can_resume(run),
    }
    print(json.dumps(visit))


if __name__ == "__main__":
    main()

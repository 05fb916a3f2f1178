"""Jobs on a Ray cluster, through its Jobs API.

`TFPLAY_RAY_ADDRESS` is the address of the cluster's dashboard, such as http://10.0.0.1:8265, and
`TFPLAY_HOME` a folder that the app and all nodes of the cluster see under the same path. The nodes
have TFPlay's requirements; TFPlay itself goes along with each job. Per job are requested:

- `TFPLAY_RAY_GPUS` (0): one run uses them all;
- `TFPLAY_RAY_CPUS` (1);
- `TFPLAY_RAY_MEMORY_GB` (4).

A cluster that asks for a token gets the one that Ray's own settings name: `RAY_AUTH_MODE=token` and
`RAY_AUTH_TOKEN` or `RAY_AUTH_TOKEN_PATH`. Ray gives a job up that has waited for 15 minutes, unless
`RAY_JOB_START_TIMEOUT_SECONDS` of the head node says otherwise.
"""

from __future__ import annotations

import os
import shlex
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import tfplay
from tfplay.errors import InputError
from tfplay.store import Run

if TYPE_CHECKING:  # an optional extra
    from ray.job_submission import JobDetails, JobSubmissionClient

SECONDS_TO_STOP = 30.0
"""Who was asked to stop has so long to save its model before Ray ends it."""

SECONDS_TO_ANSWER = 5.0
"""A cluster that takes longer is not there; Ray's client would wait for minutes."""

SECONDS_LEFT_ALONE = 10.0
"""What Ray says about a run is believed once the run itself has said nothing for so long."""

_RUN = "tfplay_run"
"""The metadata of a job that says whose it is."""

_PASSED_ON = ("KERAS_BACKEND", "TFPLAY_HOME")


class RayExecutor:
    """Fills the protocol `Executor`: Ray keeps the queue and starts the workers.

    Args:
        address: Of the cluster's dashboard.
    """

    def __init__(self, address: str) -> None:
        self.address = address

    def submit(self, run: Run) -> None:
        """Submits a job that trains the run.

        Raises:
            InputError: The cluster cannot be reached or refuses the job, or a setting is no number.
        """
        gpus = _setting("TFPLAY_RAY_GPUS", 0)
        environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
        worker = shlex.join(["python", "-m", "tfplay.jobs.worker", str(run.path)])
        job = {
            "entrypoint": f"{worker} > {shlex.quote(str(run.path / 'log.txt'))} 2>&1",
            "metadata": {_RUN: run.id},
            "runtime_env": {
                "py_modules": [str(Path(tfplay.__file__).parent)],
                "excludes": ["zoo/models"],
                "env_vars": environment | {"TFPLAY_DEVICES": f"{max(gpus, 1):.0f}"},
            },
            "entrypoint_num_gpus": gpus,
            "entrypoint_num_cpus": _setting("TFPLAY_RAY_CPUS", 1),
            "entrypoint_memory": int(_setting("TFPLAY_RAY_MEMORY_GB", 4) * 2**30),
        }
        with self._connection() as client:
            client.submit_job(**job)

    def stop(self, run: Run) -> None:
        """Takes a waiting run out of the queue; a running one ends after its current step.

        Raises:
            InputError: The cluster cannot be reached.
        """
        if not run.status().is_active:
            return
        run.request_stop()
        with self._connection() as client:
            job = _job_of(run, client.list_jobs())
            if job is None or job.status == "PENDING":
                _end(run, "stopped", "Stopped before it began.")
                self._end_job(job)
            else:
                threading.Timer(SECONDS_TO_STOP, self._end_job, [job]).start()

    def place_in_queue(self, run: Run) -> int | None:
        """How many of Ray's jobs wait before this one; `None` if it is not waiting.

        A run whose job has ended without a word ends here, with what Ray says about it.

        Raises:
            InputError: The cluster cannot be reached.
        """
        if not run.status().is_active:
            return None
        with self._connection() as client:
            jobs = client.list_jobs()
        job = _job_of(run, jobs)
        if job is None and _is_left_alone(run):
            _end(run, "lost", f"The Ray cluster at {self.address} does not know this run any more.")
        elif job and job.status.is_terminal() and _is_left_alone(run):
            state = "failed" if run.status().state == "queued" else "lost"
            _end(run, state, f"Ray ended its job: {_sentence(job.message)}")
        elif job and job.status == "PENDING":
            waiting = [other for other in jobs if other.status == "PENDING"]
            return sum(other.start_time < job.start_time for other in waiting)
        return None

    def prepare(self) -> None:
        """Nothing: which node a run will come to is for Ray to say."""

    def keep_going(self) -> None:
        """Ray looks after its jobs itself."""

    def _end_job(self, job: JobDetails | None) -> None:
        """Ends a job that has not ended by itself."""
        if job is not None:
            with self._connection() as client:
                client.stop_job(job.submission_id)

    @contextmanager
    def _connection(self) -> Iterator[JobSubmissionClient]:
        """Whatever goes wrong with the cluster, in one sentence."""
        try:
            from ray.exceptions import AuthenticationError
            from ray.job_submission import JobSubmissionClient
        except ImportError as error:
            raise InputError(
                "TFPLAY_RAY_ADDRESS is set but Ray is not installed; pip install 'tfplay[ray]' "
                "installs it."
            ) from error
        url = urlsplit(self.address if "://" in self.address else f"http://{self.address}")
        try:
            port = url.port or (443 if url.scheme == "https" else 80)
            socket.create_connection((url.hostname, port), SECONDS_TO_ANSWER).close()
            yield JobSubmissionClient(self.address)
        except AuthenticationError as error:
            raise InputError(
                f"The Ray cluster at {self.address} refuses the token: RAY_AUTH_MODE should be "
                "token, and RAY_AUTH_TOKEN the cluster's."
            ) from error
        except (OSError, ValueError) as error:  # those of requests too
            raise InputError(
                f"No Ray cluster answers at {self.address!r}; TFPLAY_RAY_ADDRESS should be the "
                "address of its dashboard, such as http://10.0.0.1:8265."
            ) from error
        except RuntimeError as error:
            refusal = _sentence(str(error))
            raise InputError(f"The Ray cluster at {self.address} refuses: {refusal}") from error


def _setting(name: str, default: float) -> float:
    """A number, zero or more, from the environment."""
    value = os.environ.get(name) or default
    try:
        number = float(value)
    except ValueError:
        number = -1.0
    if number < 0:
        raise InputError(f"{name} is {value!r}; it should be a number, zero or more.")
    return number


def _job_of(run: Run, jobs: list[JobDetails]) -> JobDetails | None:
    """The latest job that was submitted for the run."""
    own = [job for job in jobs if (job.metadata or {}).get(_RUN) == run.id]
    return max(own, key=lambda job: job.start_time, default=None)


def _is_left_alone(run: Run) -> bool:
    """Whether nobody is just about to submit the run, or to say how it ended."""
    return time.time() - (run.path / "status.json").stat().st_mtime > SECONDS_LEFT_ALONE


def _end(run: Run, state: str, message: str) -> None:
    """Says how a run has ended whose worker cannot, unless it just did."""
    status = run.status()
    if status.is_active:
        run.write_status(replace(status, state=state, message=message))


def _sentence(text: str) -> str:
    """What Ray says, without the logs and traces that may follow."""
    return text.partition("\n")[0].partition(", last available logs")[0].rstrip(".: ") + "."

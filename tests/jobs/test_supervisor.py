"""The supervisor goes on whatever happens to its disk and its queue, and is looked after itself."""

import os
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.jobs.processes import (
    end_jobs,
    kill,
    supervisor_of,
    wait_for_end,
    wait_for_first_steps,
    wait_for_state,
    wait_until,
)
from tests.jobs.samples import smallest_recipe, write_text
from tests.store.test_files import largest_file
from tfplay.errors import InputError
from tfplay.jobs import looked_after, resume, start, stop
from tfplay.jobs.local import SUPERVISOR_LOCK, LocalExecutor, start_process
from tfplay.jobs.queue import JobQueue
from tfplay.jobs.supervisor import Complaints
from tfplay.store import Status, create_run
from tfplay.store.lock import is_held, last_holder


@pytest.fixture
def home(tfplay_home):
    tfplay_home.mkdir()
    return tfplay_home


def log(home):
    return (home / "supervisor.log").read_text()


def start_supervisor(home):
    start_process("tfplay.jobs.supervisor")
    wait_until(lambda: is_held(home, SUPERVISOR_LOCK) and last_holder(home, SUPERVISOR_LOCK))
    return supervisor_of(home)


def is_alive(pid):
    return Path(f"/proc/{pid}").exists()


def test_a_broken_queue_is_told_once_and_a_mended_one_is_used(home):
    path = home / "queue.sqlite3"
    path.write_bytes(b"this was a database once" * 100)
    pid = start_supervisor(home)
    wait_until(lambda: "cannot be used: file is not a database" in log(home))
    time.sleep(1.0)
    assert is_alive(pid)
    assert log(home).count("cannot be used: file is not a database") == 1
    path.unlink()
    JobQueue(home).add(home / "runs" / "gone")
    wait_until(lambda: not JobQueue(home).jobs())  # of a run that is gone nothing is left to do
    assert supervisor_of(home) == pid
    assert "It works again." in log(home)


def test_a_disk_without_room_for_a_word_does_not_end_it(home):
    (home / "queue.sqlite3").write_bytes(b"broken" * 100)
    with largest_file(0):
        process = start_process("tfplay.jobs.supervisor")
        wait_until(lambda: is_held(home, SUPERVISOR_LOCK))
        time.sleep(2.0)
        assert process.poll() is None
        assert log(home) == ""
        process.kill()
        wait_until(lambda: not is_held(home, SUPERVISOR_LOCK))
    (home / "queue.sqlite3").unlink()


def test_what_was_not_told_for_want_of_room_is_told_later(capfd, monkeypatch):
    complaints, is_full = Complaints(), True
    write = os.write

    def write_if_there_is_room(descriptor, data):
        if is_full:
            raise OSError(28, "No space left on device")
        return write(descriptor, data)

    monkeypatch.setattr("tfplay.jobs.supervisor.os.write", write_if_there_is_room)
    complaints.tell(InputError("The queue is broken."))
    is_full = False
    for _ in range(3):
        complaints.tell(InputError("The queue is broken."))
    complaints.tell(InputError("It is broken otherwise."))
    complaints.all_is_well()
    complaints.all_is_well()
    told = [line[20:] for line in capfd.readouterr().err.splitlines()]
    assert told == ["The queue is broken.", "It is broken otherwise.", "It works again."]


def test_a_log_does_not_grow_for_ever(home):
    (home / "supervisor.log").write_bytes(b"x" * 1_000_001)
    start_supervisor(home)
    assert (home / "supervisor.log").stat().st_size < 1_000_000


def test_a_server_starts_the_supervisor_and_starts_it_again(home):
    queue = JobQueue(home)
    with looked_after():
        time.sleep(0.5)
        assert not is_held(home, SUPERVISOR_LOCK)  # there is nothing to do
    queue.add(home / "runs" / "gone")
    with looked_after():
        wait_until(lambda: not queue.jobs(), seconds=30)
        first = supervisor_of(home)
        kill(first)
        wait_until(lambda: not is_held(home, SUPERVISOR_LOCK))
        queue.add(home / "runs" / "gone too")
        wait_until(lambda: not queue.jobs(), seconds=30)
        assert supervisor_of(home) != first


def test_of_two_servers_on_one_home_one_supervisor_comes(home):
    JobQueue(home).add(home / "runs" / "gone")
    server = (
        "import time\nfrom tfplay.jobs import looked_after\nwith looked_after():\n    time.sleep(6)"
    )
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    servers = [subprocess.Popen([sys.executable, "-c", server], env=environment) for _ in range(2)]
    wait_until(lambda: not JobQueue(home).jobs())
    pid = supervisor_of(home)
    for each in servers:
        each.wait()
    assert supervisor_of(home) == pid
    assert is_alive(pid)


def test_a_run_that_a_new_queue_does_not_know_can_be_stopped(home, tmp_path):
    data = write_text(tmp_path)
    run = create_run(smallest_recipe("language-model", data), data)
    LocalExecutor().stop(run)
    assert run.status().state == "stopped"


@contextmanager
def mounted(folder, options):
    """A small disk of its own; only root may have one."""
    folder.mkdir(parents=True, exist_ok=True)
    command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
    if subprocess.run(command, capture_output=True).returncode:
        pytest.skip("only root may mount a disk")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def test_when_a_full_disk_has_room_again_the_run_goes_on(home, tmp_path):
    data = write_text(tmp_path)
    with mounted(home, "size=8m"):
        changes = {"steps": 1_000_000, "validation_fraction": 0.0, "snapshots": 0}
        run = start(smallest_recipe("language-model", data, **changes), data)
        wait_for_first_steps(run)
        supervisor = supervisor_of(home)
        ballast = home / "ballast"
        with pytest.raises(OSError, match="No space left"), ballast.open("wb", 0) as stream:
            while stream.write(bytes(4096)):
                pass
        status = wait_for_end(run)
        assert status.state in ("failed", "lost"), status
        wait_until(lambda: not run.is_held)
        time.sleep(1.0)
        assert supervisor_of(home) == supervisor
        assert is_alive(supervisor)
        assert not list(run.path.glob(".saving*"))
        ballast.unlink()
        wait_until(lambda: not JobQueue(home).jobs())
        before = run.checkpoint.figures()["step"]
        resume(run)
        wait_for_state(run, "running")
        wait_until(lambda: run.metrics() and run.metrics()[-1]["step"] > before)
        stop(run)
        assert wait_for_end(run).state == "stopped"
        end_jobs(home)


def test_a_locked_queue_is_told_within_three_seconds_and_nothing_is_lost(home, tmp_path):
    import sqlite3

    data = write_text(tmp_path)
    run = create_run(smallest_recipe("language-model", data), data)
    ending = Status("stopped", "Stopped after 3 steps.")
    run.write_status(ending)
    queue = JobQueue(home)
    queue.add(home / "runs" / "first")
    holder = sqlite3.connect(queue.path, isolation_level=None)
    holder.execute("PRAGMA locking_mode = EXCLUSIVE")
    holder.execute("BEGIN EXCLUSIVE")
    for work in (lambda: resume(run), lambda: stop(run), queue.jobs):
        begin = time.monotonic()
        with pytest.raises(InputError, match="queue.sqlite3 cannot be used: database is locked"):
            work()
        assert time.monotonic() - begin < 3
    assert run.status() == ending
    holder.execute("COMMIT")
    holder.close()
    assert [job.run.name for job in queue.jobs()] == ["first"]


def test_a_read_only_home_is_told_in_a_sentence(tmp_path, monkeypatch):
    data = write_text(tmp_path)
    place = tmp_path / "read-only"
    with mounted(place, "size=1m,ro"):
        monkeypatch.setenv("TFPLAY_HOME", str(place))
        for work in (
            lambda: start(smallest_recipe("language-model", data), data),
            LocalExecutor().prepare,
        ):
            with pytest.raises(InputError, match="cannot be written: .*[Rr]ead-only"):
                work()


def test_a_home_below_a_file_is_told_in_a_sentence(tmp_path, monkeypatch):
    data = write_text(tmp_path)
    monkeypatch.setenv("TFPLAY_HOME", str(data / "home"))
    for work in (
        lambda: start(smallest_recipe("language-model", data), data),
        LocalExecutor().prepare,
        JobQueue(data / "home").jobs,
    ):
        with pytest.raises(InputError, match="Not a directory"):
            work()

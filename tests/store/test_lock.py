"""One holder at a time, also where the system has no file locks."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.jobs.processes import wait_until
from tfplay.store import lock
from tfplay.store.lock import hold, is_held, last_holder, try_to_hold

ROOT = Path(__file__).resolve().parents[2]
WITHOUT = "import sys\nfor name in ('fcntl', 'resource', 'pwd', 'grp'): sys.modules[name] = None\n"
HOLD = (
    "import sys, time\nfrom pathlib import Path\nfrom tfplay.store.lock import hold\n"
    "with hold(Path(sys.argv[1])):\n    time.sleep(60)\n"
)


@pytest.fixture(params=[True, False], ids=["file locks", "no file locks"])
def has_file_locks(request, monkeypatch):
    if not request.param:
        monkeypatch.setattr(lock, "fcntl", None)
    return request.param


@pytest.fixture
def holder(tmp_path, has_file_locks):
    code = HOLD if has_file_locks else WITHOUT + HOLD
    process = subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], cwd=ROOT)
    wait_until(lambda: is_held(tmp_path))
    yield process
    process.kill()
    process.wait()


def test_of_two_processes_one_holds_a_lock_until_it_ends(tmp_path, holder):
    wait_until(lambda: last_holder(tmp_path) is not None)
    assert last_holder(tmp_path)[1] == holder.pid
    assert try_to_hold(tmp_path / "lock") is None
    holder.kill()
    holder.wait()
    assert not is_held(tmp_path)
    with hold(tmp_path):
        assert last_holder(tmp_path)[1] == os.getpid()
    assert last_holder(tmp_path) is None
    assert not is_held(tmp_path)


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"machine", b"x" * 10_000, b"a -7 b"])
def test_a_damaged_lock_is_held_by_nobody(tmp_path, has_file_locks, content):
    (tmp_path / "lock").write_bytes(content)
    assert last_holder(tmp_path) is None
    assert not is_held(tmp_path)


def test_a_lock_that_is_a_folder_is_held_by_nobody(tmp_path, has_file_locks):
    (tmp_path / "lock").mkdir()
    assert last_holder(tmp_path) is None
    assert not is_held(tmp_path)


def test_runs_and_jobs_are_imported_where_modules_of_unix_are_missing():
    modules = "tfplay.store, tfplay.jobs.local, tfplay.jobs.supervisor, tfplay.jobs.worker"
    code = f"{WITHOUT}import {modules}"
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)

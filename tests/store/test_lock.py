"""One holder at a time, whoever asks, and however a holder ends."""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from filelock import lock_descriptor

from tests.jobs.processes import wait_until
from tfplay.store.lock import hold, is_held, last_holder, try_to_hold

ROOT = Path(__file__).resolve().parents[2]
HOLD = (
    "import sys, time\nfrom pathlib import Path\nfrom tfplay.store.lock import hold\n"
    "with hold(Path(sys.argv[1])):\n    time.sleep(60)\n"
)


@pytest.fixture
def holder(tmp_path):
    process = subprocess.Popen([sys.executable, "-c", HOLD, str(tmp_path)], cwd=ROOT)
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
    assert last_holder(tmp_path)[1] == holder.pid
    with hold(tmp_path):
        assert last_holder(tmp_path)[1] == os.getpid()
    assert last_holder(tmp_path) is None
    assert not is_held(tmp_path)


def test_who_waits_for_a_lock_has_it_once_its_holder_ends(tmp_path, holder):
    with ThreadPoolExecutor() as pool:
        waiting = pool.submit(try_holding, tmp_path)
        time.sleep(0.1)
        assert not waiting.done()
        holder.kill()
        assert waiting.result(timeout=10) == os.getpid()


def try_holding(folder):
    with hold(folder):
        return last_holder(folder)[1]


def test_who_asks_is_never_taken_for_a_holder(tmp_path):
    with hold(tmp_path):
        pass
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: is_held(tmp_path), range(2000)))
        assert not any(answers)
        pool.map(lambda _: is_held(tmp_path), range(2000))
        for _ in range(200):
            descriptor = try_to_hold(tmp_path / "lock")
            assert descriptor is not None
            os.close(descriptor)


def test_a_holder_is_seen_by_all_who_ask_at_once(tmp_path, holder):
    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(lambda _: is_held(tmp_path), range(500)))


def test_who_was_frozen_while_asking_keeps_nobody_from_it(tmp_path):
    with hold(tmp_path):
        pass
    with open(tmp_path / "lock.turn", "r+b") as frozen:
        assert lock_descriptor(frozen.fileno(), blocking=False)
        begin = time.monotonic()
        assert not is_held(tmp_path)
        with hold(tmp_path):
            pass
        assert time.monotonic() - begin < 3


def test_threads_hold_a_lock_one_after_another(tmp_path):
    inside = []

    def work(number):
        with hold(tmp_path):
            inside.append(number)
            time.sleep(0.002)
            return inside.pop() == number and not inside

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(work, range(8)))


def test_who_asks_makes_no_files(tmp_path):
    assert not is_held(tmp_path)
    assert last_holder(tmp_path) is None
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"machine", b"x" * 10_000, b" a -7 b"])
def test_a_damaged_lock_is_held_by_nobody(tmp_path, content):
    with hold(tmp_path):
        pass
    (tmp_path / "lock").write_bytes(content)
    assert last_holder(tmp_path) is None
    assert not is_held(tmp_path)


def test_a_lock_that_is_a_folder_is_held_by_nobody(tmp_path):
    (tmp_path / "lock").mkdir()
    (tmp_path / "lock.turn").touch()
    assert last_holder(tmp_path) is None
    assert not is_held(tmp_path)

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tfplay.errors import InputError
from tfplay.jobs.queue import Job, JobQueue

A, B, C = Path("/runs/a"), Path("/runs/b"), Path("/runs/c")


@pytest.fixture
def queue(tmp_path):
    return JobQueue(tmp_path / "deep")


def test_jobs_are_in_order_of_arrival(queue):
    for run in (B, A, C):
        queue.add(run)
    assert queue.jobs() == [Job(B), Job(A), Job(C)]


def test_a_job_that_is_claimed_keeps_its_place_until_it_ends(queue):
    queue.add(A)
    queue.add(B)
    assert queue.claim(A, "0", 7)
    assert not queue.claim(A, "1", 11)
    assert not queue.withdraw(A)
    assert queue.jobs() == [Job(A, "0", 7), Job(B)]
    queue.give_back(Job(A, "0", 7))
    assert queue.jobs() == [Job(A), Job(B)]


def test_a_job_that_waits_can_be_withdrawn_once(queue):
    queue.add(A)
    assert queue.withdraw(A)
    assert not queue.withdraw(A)
    assert not queue.claim(A, "0", 7)
    assert queue.jobs() == []


def test_a_job_added_again_waits_behind_all_others_and_outlives_its_former_end(queue):
    queue.add(A)
    queue.claim(A, "0", 7)
    queue.add(B)
    queue.add(A)
    queue.remove(Job(A, "0", 7))
    assert queue.jobs() == [Job(B), Job(A)]


def test_many_may_add_at_once_to_a_queue_that_is_not_there_yet(queue):
    runs = {Path(f"/runs/{number}") for number in range(40)}
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda run: JobQueue(queue.folder).add(run), runs))
    jobs = queue.jobs()
    assert len(jobs) == 40
    assert {job.run for job in jobs} == runs


def test_a_damaged_queue_is_told_in_a_sentence(queue):
    queue.add(A)
    queue.path.write_bytes(b"not a database, but long enough to be taken for the head of one" * 9)
    with pytest.raises(InputError, match=r"queue\.sqlite3 cannot be used: file is not a database"):
        queue.jobs()

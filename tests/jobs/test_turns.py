"""Visitors take turns: nobody waits because somebody else added many."""

import sqlite3
from collections import Counter
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from tfplay.jobs.queue import Job, JobQueue

VISITORS = "abc"
EVENTS = st.lists(st.sampled_from([*VISITORS, "begin"]), max_size=14)


def runs_of(jobs):
    return [job.run.name for job in jobs]


def begin_next(queue, pid):
    """The owner of the job whose turn it is, which begins and ends."""
    job = queue.turns()[0]
    assert queue.claim(job.run, "0", pid)
    queue.remove(Job(job.run, "0", pid, job.owner))
    return job.owner


@settings(max_examples=25)
@given(EVENTS)
def test_while_a_visitor_waits_each_other_begins_once_at_most(tmp_path_factory, events):
    queue = JobQueue(tmp_path_factory.mktemp("queue"))
    waiting, begun = Counter(), {each: Counter() for each in VISITORS}
    for number, event in enumerate([*events, *["begin"] * 14], start=1):
        if event != "begin":
            queue.add(Path(f"/runs/{number}"), event)
            waiting[event] += 1
        elif waiting.total():
            owner = begin_next(queue, number)
            waiting[owner] -= 1
            for other in VISITORS:
                begun[other][owner] += waiting[other] > 0
            begun[owner].clear()
            assert all(count <= 1 for counts in begun.values() for count in counts.values())
    assert not queue.jobs()


@settings(max_examples=25)
@given(EVENTS)
def test_the_order_that_is_told_is_the_order_in_which_they_begin(tmp_path_factory, events):
    queue = JobQueue(tmp_path_factory.mktemp("queue"))
    for number, event in enumerate(events):
        if event != "begin":
            queue.add(Path(f"/runs/{number}"), event)
        elif queue.turns():
            begin_next(queue, number)
    told = [job.owner for job in queue.turns()]
    assert [begin_next(queue, number) for number in range(len(told))] == told


def test_one_job_of_a_patient_visitor_comes_before_the_second_of_a_greedy_one(tmp_path):
    queue = JobQueue(tmp_path)
    for number in range(100):
        queue.add(Path(f"/runs/greedy-{number}"), "greedy")
    assert begin_next(queue, 1) == "greedy"
    queue.add(Path("/runs/patient"), "patient")
    assert runs_of(queue.turns())[:2] == ["patient", "greedy-1"]


def test_a_queue_of_an_earlier_version_goes_on_with_its_jobs(tmp_path):
    with sqlite3.connect(tmp_path / "queue.sqlite3") as database:
        database.execute(
            "CREATE TABLE jobs (number INTEGER PRIMARY KEY AUTOINCREMENT, "
            "run TEXT NOT NULL UNIQUE, device TEXT, pid INTEGER)"
        )
        database.execute("INSERT INTO jobs (run) VALUES ('/runs/old')")
    database.close()
    queue = JobQueue(tmp_path)
    assert queue.longest_wait() == 0
    queue.add(Path("/runs/new"), "a")
    assert runs_of(queue.turns()) == ["old", "new"]
    assert 0 < queue.longest_wait() < 60

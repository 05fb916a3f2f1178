"""What a visitor may train where strangers share a server: refused before anything is queued."""

import time

import pytest

from tests.jobs.samples import smallest_recipe, write_text
from tests.training.conftest import uncompiled  # noqa: F401 - a fixture
from tfplay.errors import InputError
from tfplay.hosting import LimitError
from tfplay.jobs import place_in_queue, start, stop
from tfplay.jobs.fitting import require_allowed_recipe
from tfplay.jobs.local import LocalExecutor
from tfplay.jobs.queue import JobQueue
from tfplay.jobs.supervisor import Supervisor
from tfplay.jobs.training import train_run
from tfplay.store import create_run, list_runs

MINE, OTHERS = "a-secret-of-more-than-22-letters", "another-secret-of-22-letters"
TASK = "language-model"


@pytest.fixture(autouse=True)
def hosted(monkeypatch):
    monkeypatch.setenv("TFPLAY_HOSTED", "1")
    monkeypatch.setattr(LocalExecutor, "prepare", lambda executor: None)  # nothing is worked on


@pytest.fixture
def data(tmp_path):
    return write_text(tmp_path)


def start_smallest(data, owner=MINE, **changes):
    return start(smallest_recipe(TASK, data, **changes), data, owner)


@pytest.mark.parametrize(
    ("changes", "limit", "told"),
    [
        ({"steps": 9_000}, "steps", "9,000 steps of a training are too many here; the most is "),
        ({"batch_size": 2_000}, "batch_tokens", "32,000 tokens in a batch"),
        ({"hidden_dim": 3_000}, "parameters", "parameters of a model to train are too many here"),
    ],
)
def test_too_large_a_training_is_refused_with_both_numbers_and_nothing_is_kept(
    data, changes, limit, told
):
    with pytest.raises(LimitError, match=told) as refused:
        start_smallest(data, **changes)
    assert refused.value.limit == limit
    assert list_runs() == []


def test_the_operator_trains_without_limits(data):
    run = start_smallest(data, owner=None, steps=9_000)
    assert place_in_queue(run) == 0


def test_a_vocabulary_that_the_data_does_not_fill_is_not_counted(data, monkeypatch):
    monkeypatch.setenv("TFPLAY_HOSTED_PARAMETERS", "100000")
    recipe = smallest_recipe(TASK, data).with_changes({"vocabulary_size": 30_000})
    require_allowed_recipe(recipe, data)


def test_a_thousand_starts_leave_as_many_waiting_as_a_visitor_may_have(data, monkeypatch):
    monkeypatch.setenv("TFPLAY_HOSTED_WAITING_JOBS", "3")
    refused = 0
    for _ in range(8):
        try:
            start_smallest(data)
        except LimitError as error:
            refused += 1
            assert str(error) == "You have 3 of at most 3 trainings waiting here."
    assert refused == 5
    assert len(list_runs()) == 3
    patient = start_smallest(data, OTHERS)
    assert place_in_queue(patient) == 1  # behind the first of the greedy one, who came before
    stop(list_runs()[-1])
    start_smallest(data)


def test_of_one_visitor_only_so_many_begin_at_once(data, tfplay_home):
    mine = [start_smallest(data) for _ in range(3)]
    other = start_smallest(data, OTHERS)
    queue = JobQueue(tfplay_home)
    queue.claim(mine[0].path, "0", 7)
    supervisor = Supervisor(queue, ["0", "1", "2"])
    at_work = [job for job in queue.jobs() if job.pid]
    assert [job.run for job in supervisor._next(at_work)] == [other.path]


def test_a_training_that_takes_too_long_is_asked_to_stop_and_says_why(data, tfplay_home):
    run, operators = start_smallest(data), start_smallest(data, owner=None)
    queue = JobQueue(tfplay_home)
    supervisor = Supervisor(queue, ["0"])
    for each in (run, operators):
        queue.claim(each.path, "0", 7)
        with each.hold():
            [job] = [job for job in queue.jobs() if job.run == each.path]
            supervisor._look_after(job)
            assert not each.stop_requested
            supervisor.noticed["at work", each.path] = time.monotonic() - 21 * 60
            supervisor._look_after(job)
    assert run.stop_requested
    assert not operators.stop_requested
    assert train_run(run) is None
    assert run.stop_reason == "20 minutes are the most at once here; it can go on in its next turn."


@pytest.mark.usefixtures("uncompiled")
def test_a_model_that_turns_out_too_large_is_not_trained(data, monkeypatch):
    run = create_run(smallest_recipe(TASK, data), data, owner=MINE)
    monkeypatch.setenv("TFPLAY_HOSTED_PARAMETERS", "1000")
    with pytest.raises(InputError, match="the most is 1,000"):
        train_run(run)
    assert run.status().state == "failed"

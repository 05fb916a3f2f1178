"""What does not fit into this machine's memory is refused, with both numbers and what to change."""

import re

import pytest

from tests.jobs.samples import smallest_recipe, write_text
from tfplay.__main__ import main
from tfplay.errors import InputError
from tfplay.estimates.machine import Machine
from tfplay.jobs import resume, start
from tfplay.jobs.fitting import PROGRAM_BYTES, training_memory
from tfplay.jobs.training import train_run
from tfplay.store import Status, create_run, list_runs


@pytest.fixture
def data(tmp_path):
    return write_text(tmp_path)


@pytest.fixture
def small_machine(monkeypatch):
    """A machine with 30 MB besides what the program takes."""

    def set_memory(num_bytes):
        small = Machine(PROGRAM_BYTES + num_bytes, has_gpu=False)
        monkeypatch.setattr("tfplay.jobs.fitting.machine", lambda: small)

    set_memory(30_000_000)
    return set_memory


def large(data, **changes):
    return smallest_recipe("language-model", data, batch_size=2048, **changes)


def advised_batch(sentence):
    return int(re.search(r"a batch of ([\d,]+) instead of 2,048", sentence)[1].replace(",", ""))


def test_the_queue_refuses_and_leaves_no_run(data, small_machine):
    with pytest.raises(InputError) as error:
        start(large(data), data)
    sentence = str(error.value)
    assert re.match(
        r"This training does not fit: it needs about [\d.]+ GB of memory, and there are 0\.7 GB; ",
        sentence,
    )
    assert list_runs() == []


def test_the_batch_that_is_advised_fits_and_the_next_larger_does_not(data, small_machine):
    recipe = large(data)
    with pytest.raises(InputError) as error:
        start(recipe, data)
    batch_size = advised_batch(str(error.value))
    config = recipe.model_config(vocabulary_size=16)
    room = {
        size: training_memory(
            config, recipe.with_changes({"batch_size": size}).training, (16, 16)
        ).total
        for size in (batch_size, batch_size + 1)
    }
    assert room[batch_size] <= 30_000_000 < room[batch_size + 1]


def test_resuming_is_refused_too_and_the_run_stays_as_it_was(data, small_machine, tfplay_home):
    run = create_run(large(data), data)
    ending = Status("stopped", "Stopped after 3 steps.")
    run.write_status(ending)
    with pytest.raises(InputError, match="does not fit"):
        resume(run)
    assert run.status() == ending


def test_a_worker_refuses_before_it_builds_anything(data, small_machine, monkeypatch):
    monkeypatch.setattr("tfplay.training.build_for_training", lambda *_: 1 / 0)
    run = create_run(large(data), data)
    with run.hold(), pytest.raises(InputError, match="does not fit"):
        train_run(run)
    assert run.status().state == "failed"
    assert run.status().message.startswith("This training does not fit")


def test_the_command_line_refuses(data, small_machine, tmp_path, capsys):
    options = ["train", "--task", "language-model", "--data", str(data), "--batch-size", "60000"]
    assert main([*options, "--out", str(tmp_path / "out")]) == 2
    assert "This training does not fit" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_short_data_may_fit_where_the_longest_sequences_would_not(tmp_path, small_machine):
    data = tmp_path / "pairs.tsv"
    data.write_text("".join(f"{number}\tnumber {number}\n" for number in range(100)))
    recipe = smallest_recipe("translation", data, batch_size=32, max_sequence_length=4000)
    config = recipe.model_config()
    assert training_memory(config, recipe.training, (4000, 4000)).total > 10**9
    from tfplay.jobs.fitting import require_fitting_recipe

    require_fitting_recipe(recipe, data)


def test_a_model_too_large_for_any_batch_is_told_so(data, small_machine):
    small_machine(100)
    with pytest.raises(InputError, match="make the model smaller .hidden_dim is 33, num_layers 1"):
        start(large(data), data)

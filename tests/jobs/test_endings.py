"""What a learner reads when a run could not go on."""

import errno
import math
import signal

import pytest

from tests.jobs.samples import smallest_recipe, write_text
from tests.store.damages import PROGRESS
from tfplay.errors import DivergenceError, InputError
from tfplay.jobs.endings import OUT_OF_MEMORY, ending_of, explain_failure
from tfplay.store import create_run


@pytest.fixture
def run(tmp_path):
    data = write_text(tmp_path)
    return create_run(smallest_recipe("language-model", data), data)


class ResourceExhaustedError(Exception):
    """Named as TensorFlow's."""


@pytest.mark.parametrize(
    "error",
    [
        MemoryError(),
        ResourceExhaustedError("OOM when allocating tensor with shape[64,1024]"),
        RuntimeError("RESOURCE_EXHAUSTED: Out of memory while trying to allocate 7 bytes."),
        RuntimeError("CUDA out of memory. Tried to allocate 2.00 GiB."),
    ],
)
def test_memory_that_ran_out_is_told_with_what_would_need_less(run, error):
    assert explain_failure(error, run) == f"{OUT_OF_MEMORY} This was tiny with 5 a batch."


def test_a_full_disk_is_told_with_the_file(run):
    error = OSError(errno.ENOSPC, "No space left on device", "model.keras")
    assert explain_failure(error, run) == "The disk is full: model.keras cannot be written."


def test_bad_input_is_told_as_it_stands_whatever_its_words(run):
    sentence = "The file 'The loss became out of memory.txt' is empty."
    assert explain_failure(InputError(sentence), run) == sentence


def test_a_loss_that_is_no_number_is_told_with_the_part_whose_gradient_grew_most(run):
    for step, norm in enumerate((0.5, 0.5, 0.5, 7000.0, math.nan)):
        norms = {"embeddings": 11.0, "decoder_block_0": norm, "head": 13.0}
        run.add_metrics(PROGRESS | {"step": step, "steps": 10_000, "gradient_norms": norms})
    sentence = explain_failure(DivergenceError("The loss became nan at step 5."), run)
    assert sentence.endswith("grown most in decoder block 1: to 7e+03, where 0.5 was usual.")


@pytest.mark.parametrize(
    ("exit_code", "for_memory", "state", "word"),
    [
        (-signal.SIGKILL, True, "failed", "Memory ran out"),
        (-signal.SIGKILL, False, "lost", "killed"),
        (-signal.SIGABRT, False, "failed", "SIGABRT"),
        (-signal.SIGSEGV, True, "failed", "SIGSEGV"),
        (1, False, "lost", "without a word"),
        (None, True, "lost", "without a word"),
    ],
)
def test_a_process_that_ended_without_a_word_is_told_by_its_exit(
    run, exit_code, for_memory, state, word
):
    ending = ending_of(run, exit_code, for_memory)
    assert ending.state == state
    assert word in ending.message

"""How a run ended, in a sentence that a learner understands."""

import errno
import math
import signal
from pathlib import Path
from statistics import median
from typing import Any

from tfplay.errors import DivergenceError, InputError
from tfplay.store import Run, Status

NO_MODEL_YET = "It was stopped before there was a model to keep."

OUT_OF_MEMORY = (
    "Memory ran out: the model and its batches need more than there is. A smaller batch, a shorter "
    "context or a smaller model needs less."
)
NO_ANSWER = (
    "Its process did not answer any more and was ended; it can go on from its last checkpoint."
)

_KILLED = -9
"""The exit code of a process that SIGKILL ended, which not every system has."""

_MEMORY_SIGNS = (
    "RESOURCE_EXHAUSTED",
    "ResourceExhausted",
    "OutOfMemoryError",
    "out of memory",
    "failed to allocate",
    "Unable to allocate",
)
"""In the errors of libraries, which tell it in words alone: XLA's and CUDA's are RuntimeErrors."""
_DISK_SIGNS = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def explain_failure(error: BaseException, run: Run) -> str:
    """Why training could not go on.

    Args:
        error: What was raised.
        run: What was trained.
    """
    if isinstance(error, DivergenceError):
        return _about_loss(error, run)
    if isinstance(error, InputError):
        return str(error)
    text = f"{type(error).__name__}: {error}"
    if isinstance(error, MemoryError) or any(sign in text for sign in _MEMORY_SIGNS):
        recipe = run.recipe
        return (
            f"{OUT_OF_MEMORY} This was {recipe.preset} with {recipe.training.batch_size} a batch."
        )
    if isinstance(error, OSError) and error.errno in _DISK_SIGNS:
        return f"The disk is full: {error.filename or run.path} cannot be written."
    return f"TFPlay failed, and log.txt says where: {text}"


def _about_loss(error: DivergenceError, run: Run) -> str:
    """The loss is no number: the part of the model whose gradient grew most says where to look."""
    measured = [line["gradient_norms"] for line in run.metrics() if line.get("gradient_norms")]
    norms = [line for line in measured if all(map(math.isfinite, line.values()))]
    if not norms:
        return str(error)
    last = norms[-1]
    usual = {part: median(each[part] for each in norms) for part in last}
    part = max(last, key=lambda name: last[name] / (usual[name] or 1.0))
    return (
        f"{error} Before that the gradient had grown most in {_part_name(part)}: to "
        f"{last[part]:.3g}, where {usual[part]:.3g} was usual."
    )


def _part_name(part: str) -> str:
    """As people count: "decoder block 1" for "decoder_block_0"."""
    stack, is_block, index = part.partition("_block_")
    return f"{stack} block {int(index) + 1}" if is_block else part


def ending_of(run: Run, exit_code: int | None, was_killed_for_memory: bool = False) -> Status:
    """The status of a run whose process ended without saying how.

    Args:
        run: What was trained.
        exit_code: Of the process, negative for a signal; `None` if it is not known.
        was_killed_for_memory: Whether the system ended a process for want of memory meanwhile.
    """
    if was_killed_for_memory and exit_code == _KILLED:
        return Status("failed", f"{OUT_OF_MEMORY} The system ended its process.")
    if exit_code is not None and exit_code < 0 and exit_code != _KILLED:
        name = signal.Signals(-exit_code).name
        return Status(
            "failed",
            f"Its process crashed ({name}), most often because a library failed or memory ran out; "
            "log.txt may say more.",
        )
    if exit_code == _KILLED:
        return Status("lost", "Its process was killed; it can go on from its last checkpoint.")
    return Status("lost", "Its process ended without a word; log.txt may say why.")


def stopped_at_once(run: Run) -> Status:
    """Makes the newest checkpoint the model of a run that waits, or is too busy to stop."""
    figures = run.keep_checkpoint()
    if figures is None:
        return Status("stopped", NO_MODEL_YET)
    step = figures["step"]
    message = f"Stopped at once; the model after {step} steps is kept. {run.stop_reason}".rstrip()
    return Status("stopped", message, result=_result(run, figures))


def _result(run: Run, figures: dict[str, Any]) -> dict[str, Any]:
    """What a checkpoint knows of a training's result."""
    last = figures["recent"][-1] if figures["recent"] else {}
    validation = figures["validation"]["last"]
    return {
        "run": str(run.path),
        "id": run.id,
        "parameters": run.config.parameters,
        "steps": figures["step"],
        "seconds": figures["seconds"],
        "tokens_per_second": last.get("tokens_per_second"),
        "train_loss": last.get("loss"),
        "validation_loss": validation and validation[0],
        "stopped_early": "request",
    }


def times_out_of_memory() -> int:
    """How often the system has ended a process for want of memory since it started."""
    try:
        lines = Path("/proc/vmstat").read_text().splitlines()
    except OSError:  # not on Linux
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith("oom_kill "))

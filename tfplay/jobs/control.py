"""Starting, stopping and resuming runs, wherever they are worked on."""

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from tfplay.classroom import require_unlocked
from tfplay.errors import InputError
from tfplay.jobs.executor import executor
from tfplay.jobs.fitting import require_allowed_recipe
from tfplay.recipes import Recipe
from tfplay.store import Run, create_run, delete_run
from tfplay.store.allowance import require_room
from tfplay.store.digest import digest

SECONDS_BETWEEN_LOOKS = 2.0


def start(recipe: Recipe, data_path: Path, owner: str | None = None) -> Run:
    """Queues a training and returns at once; it begins when its turn comes.

    Args:
        recipe: What to train, and how.
        data_path: The data file; the run keeps a copy.
        owner: The secret of the visitor whose run it is; `None` is everybody's.

    Returns:
        The run; its `status()` and `metrics()` tell how it stands, here and in any other process.

    Raises:
        InputError: The recipe is impossible, training is locked in the visitor's class, the run
            cannot be written, or the cluster refuses it.
        LimitError: The training is more than a visitor may start where strangers share a server.

    Example::

        run = start(default_recipe("translation", "hin.tsv"), Path("hin.tsv"))
        run.status().state  # "queued"
    """
    recipe.model_config()  # an impossible one is told before anything is written
    if owner is not None:
        require_unlocked("training", digest(owner))
        require_allowed_recipe(recipe, data_path)
        require_room(owner)
    run = create_run(recipe, data_path, owner=owner)
    try:
        executor().submit(run)
    except InputError:
        delete_run(run)
        raise
    return run


def stop(run: Run) -> None:
    """Takes a waiting run out of the queue, or ends a running one within two seconds.

    What was learned is kept.
    """
    executor().stop(run)


def can_resume(run: Run) -> bool:
    """Whether the run was interrupted, and nothing that it has learned would be lost."""
    is_interrupted = run.status().state in ("lost", "failed", "stopped")
    return is_interrupted and (run.checkpoint.path.exists() or not run.metrics())


def resume(run: Run) -> None:
    """Queues an interrupted run, which goes on from its last checkpoint.

    Raises:
        InputError: It is not one that can go on, something of it is damaged or gone, training is
            locked in its owner's class, or the cluster refuses it.
    """
    with run.ending():  # a supervisor that is just noting how it ended comes before or after
        ending = run.status()
        if run.config.owner is not None:
            require_unlocked("training", run.config.owner)
            require_allowed_recipe(run.recipe, run.data_path)
        make_ready_to_resume(run)
        try:
            executor().submit(run)
        except InputError:
            run.write_status(ending)
            raise


def make_ready_to_resume(run: Run) -> None:
    """Lets an interrupted run wait as if it were new.

    Raises:
        InputError: It is not one that can go on, or its checkpoint is damaged, or its data gone.
    """
    if not can_resume(run):
        state = run.status().state
        raise InputError(f"{run.title} is {state}; only an interrupted run can be resumed.")
    if not run.data_path.is_file():
        raise InputError(f"The data {run.data_path.name} that {run.title} learns from is gone.")
    run.checkpoint.require_whole()
    run.take_back_stop()
    run.write_status(
        replace(run.status(), state="queued", message="Waiting to go on.", result=None, reason=None)
    )


def place_in_queue(run: Run) -> int | None:
    """How many runs come before this one; `None` if it is not waiting."""
    return executor().place_in_queue(run)


@contextmanager
def looked_after() -> Iterator[None]:
    """Within it, whatever ended that should work on runs is started again; a server's whole life.

    The first look is at once: runs may wait, or may have lost their supervisor, since the machine
    was started.
    """
    ended = threading.Event()

    def look() -> None:
        told = None
        while not ended.is_set():
            try:
                executor().keep_going()
                told = None
            except (InputError, OSError) as error:  # a broken queue, for example: pages tell it too
                if str(error) != told:
                    told = str(error)
                    print(told, file=sys.stderr)
            ended.wait(SECONDS_BETWEEN_LOOKS)

    threading.Thread(target=look, name="trainings", daemon=True).start()
    try:
        yield
    finally:
        ended.set()


def prepare() -> None:
    """Gets ready for a run that will probably come soon; returns at once."""
    executor().prepare()

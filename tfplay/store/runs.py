"""Where runs are made, found and deleted."""

import os
import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from tfplay.cutting import cut_text
from tfplay.errors import InputError
from tfplay.home import home, keep_private
from tfplay.recipes.recipe import Recipe
from tfplay.store.digest import digest
from tfplay.store.files import write_json, writing_told
from tfplay.store.run import SHIPPED, NotWholeError, Run
from tfplay.store.status import Status
from tfplay.text.files import draft

LONGEST_NAME = 80
"""Characters; a table shows no more."""
_ID = re.compile(r"\w[\w.-]{0,99}")


def create_run(
    recipe: Recipe, data_path: str | Path, folder: Path | None = None, owner: str | None = None
) -> Run:
    """Makes a run folder, with a copy of the data.

    Args:
        recipe: What to train, on what, and how.
        data_path: The data file.
        folder: Where; it must be new or empty. `None` is a new one in `home()`.
        owner: The secret of the visitor whose it is, of which a digest is kept; `None` is nobody.

    Returns:
        The run, waiting to be trained.

    Raises:
        InputError: The data is no file, the folder is not empty, or it cannot be written.
    """
    data_path = Path(data_path)
    if not data_path.is_file() or not os.access(data_path, os.R_OK):
        raise InputError(f"The data {data_path} is not a file that can be read.")
    created = datetime.now().astimezone()
    path = Path(folder or _runs_folder() / _new_id(created)).absolute()
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise InputError(f"{path} is not an empty folder; a run needs one of its own.")
    with draft(path) as place:
        (place / "data").mkdir(parents=True)
        shutil.copyfile(data_path, place / "data" / recipe.data_name)
        config = {
            "created": created.isoformat(),
            "recipe": recipe.to_json(),
            "owner": owner and digest(owner),
        }
        write_json(place / "config.json", config)
        Run(place).write_status(Status())
    return Run(path)


def open_run(name: str | Path) -> Run:
    """Opens a run.

    Args:
        name: Its id, a shipped model's name, or the path of its folder.

    Raises:
        InputError: There is no such run, or its folder was cut short.

    Example:
        >>> run = open_run("translator")
        >>> run.status().state
        'done'
    """
    for path in (Path(name), _runs_folder() / name, SHIPPED / name):
        if path.is_dir():
            return Run(path)
    shipped = ", ".join(run.id for run in list_shipped())
    raise InputError(
        f"There is no model {str(name)!r}: it is no folder, no id of a run, and none of those "
        f"that came with TFPlay ({shipped})."
    )


def find_run(run_id: str) -> Run | None:
    """The run of this id, or the shipped model of this name; `None` if there is none.

    Unlike `open_run` it takes no path: somebody far away may ask.
    """
    if not _ID.fullmatch(run_id):
        return None
    for path in (_runs_folder() / run_id, SHIPPED / run_id):
        with suppress(InputError):
            return Run(path)
    return None


class DamagedRun(NamedTuple):
    """A run folder that cannot be opened."""

    name: str
    """The folder's."""
    owner: str | None
    """The secret of the visitor whose it is; `None` if it is everybody's, or cannot be told."""
    reason: str
    """What is wrong, in a sentence."""


def list_runs() -> list[Run]:
    """The runs in `home()`, newest first; `list_damaged` has those that are not whole."""
    return sorted(_whole(_runs_folder()), key=lambda run: run.created, reverse=True)


def list_damaged() -> list[DamagedRun]:
    """The run folders in `home()` that are not whole, by name."""
    return sorted(found for found in _found(_runs_folder()) if isinstance(found, DamagedRun))


def list_shipped() -> list[Run]:
    """The models that came with TFPlay, by name."""
    return sorted(_whole(SHIPPED), key=lambda run: run.id)


def _whole(folder: Path) -> list[Run]:
    return [found for found in _found(folder) if isinstance(found, Run)]


def _found(folder: Path) -> Iterator[Run | DamagedRun]:
    for path in folder.glob("[!.]*"):
        owner = None
        try:
            run = Run(path)
            owner = run.config.owner
            run.status()
            yield run
        except InputError as error:
            if path.is_dir():  # it may just have been deleted
                reason = error.reason if isinstance(error, NotWholeError) else str(error)
                yield DamagedRun(path.name, owner, reason)


def secure_home() -> None:
    """Makes what earlier versions kept private, and digests of the secrets of runs' owners."""
    if home().is_dir():
        keep_private(home())
    for run in list_runs():
        if not run.config.has_hidden_owner:
            with suppress(InputError):  # a read-only disk keeps it as it is
                run.note({"owner": run.config.owner})


def delete_run(run: Run) -> None:
    """Deletes a run's folder.

    Raises:
        InputError: It is being trained, came with TFPlay, or is on a read-only disk.
    """
    _require_own(run)
    if run.is_held:
        raise InputError(f"{run.title} is being trained; stop it first.")
    with writing_told(run.path):
        shutil.rmtree(run.path)


def rename_run(run: Run, name: str) -> None:
    """Names a run; an empty name gives it back the title that its recipe makes.

    Raises:
        InputError: The name is too long, or the run came with TFPlay.
    """
    _require_own(run)
    name = " ".join(name.split())
    if len(name) > LONGEST_NAME:
        raise InputError(
            f"The name {cut_text(name, 20)!r} has {len(name)} characters; "
            f"the most is {LONGEST_NAME}."
        )
    run.note({"name": name})


def pin_run(run: Run, is_pinned: bool) -> None:
    """Lets a run stand before the others, or no longer.

    Raises:
        InputError: The run came with TFPlay.
    """
    _require_own(run)
    run.note({"pinned": is_pinned})


def _require_own(run: Run) -> None:
    if run.is_shipped:
        raise InputError(f"{run.title} came with TFPlay and stays as it is.")


def _runs_folder() -> Path:
    return home() / "runs"


def _new_id(created: datetime) -> str:
    """An id that sorts by time and that nobody guesses: whoever has it may see the run."""
    return f"{created:%Y%m%d-%H%M%S}-{secrets.token_hex(6)}"

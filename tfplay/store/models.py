"""Where models are found."""

from pathlib import Path

from tfplay.store.model import ABOUT, Model
from tfplay.store.opened import find_opened, models_folder, read_model
from tfplay.store.runs import find_run, open_run


def open_model(name: str | Path) -> Model:
    """Opens a model.

    Args:
        name: The name of a model that was shipped, fetched or added; the id of the run it came of;
            or the path of its folder.

    Raises:
        InputError: There is no such model, or its folder was cut short.

    Example:
        >>> trained = open_model("translator").load()
    """
    for path in (Path(name), models_folder() / name):
        if (path / ABOUT).is_file():
            return read_model(path)
    return open_run(name).model


def find_model(model_id: str) -> Model | None:
    """The model of this id, as far as it has come; `None` if there is none.

    Unlike `open_model` it takes no path: somebody far away may ask.
    """
    if opened := find_opened(model_id):
        return opened
    run = find_run(model_id)
    return run.model if run and run.config.model else None

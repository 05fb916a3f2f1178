"""A snapshot's model made one's own."""

import hashlib
import shutil

from tfplay.sharing.snapshot import Snapshot
from tfplay.store import Model
from tfplay.store.allowance import require_room
from tfplay.store.digest import digest
from tfplay.store.files import write_json
from tfplay.store.model import ABOUT
from tfplay.store.opened import models_folder, read_model
from tfplay.text.files import draft
from tfplay.untrusted import read_record


def copy_model(snapshot: Snapshot, model: Model, owner: str) -> Model:
    """A copy of a model of a snapshot's, which stays when the snapshot goes.

    Args:
        snapshot: The snapshot.
        model: One of its models; one that came with TFPlay is everybody's and needs no copy.
        owner: The secret of the visitor whose the copy is, of which a digest is kept. Nobody else
            can guess the copy's name, and the same visitor gets the same copy again.

    Raises:
        InputError: It cannot be written, for example to a full disk.
        LimitError: The visitor keeps as much as they may.
    """
    if model.origin == "shipped":
        return model
    words = f"{owner} {model.id} {snapshot.is_downloadable}"
    folder = models_folder() / f"copy-{hashlib.sha256(words.encode()).hexdigest()[:24]}"
    if not folder.exists():
        require_room(owner)
        with draft(folder) as place:
            shutil.copytree(model.path, place)
            own = {"owner": digest(owner), "downloadable": snapshot.is_downloadable}
            write_json(place / ABOUT, read_record(place / ABOUT) | own)
    return read_model(folder)

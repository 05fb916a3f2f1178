"""A process with a home of its own that gives away and deletes snapshots of one model, in turn."""

import os
from multiprocessing import get_context
from pathlib import Path

from tests.sharing.models import own
from tfplay.sharing import View, delete_snapshot, keep_snapshot

TURNS = 6


def kept_by(homes: list[Path]) -> list[str]:
    """What servers with these homes leave in one storage that all of them use at once.

    Returns:
        The ids of the snapshots that none of them deleted, one a server.
    """
    context = get_context("forkserver")
    context.set_forkserver_preload([__name__])
    with context.Pool(len(homes)) as pool:
        return pool.map(_give_and_take, [(home, dict(os.environ)) for home in homes], chunksize=1)


def _give_and_take(place: tuple[Path, dict[str, str]]) -> str:
    home, environment = place
    os.environ.update(environment | {"TFPLAY_HOME": str(home)})
    model = own("digits")
    for _ in range(TURNS):
        kept, secret = keep_snapshot(View("attention"), model, "For a moment")
        delete_snapshot(kept.id, secret)
    return keep_snapshot(View("attention"), model, "To stay")[0].id

"""A process that gives away one snapshot after the other, until it is killed.

All are forked from one that has imported the store, which takes longer than a snapshot.
"""

from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from tests.sharing.models import own
from tfplay.sharing import View, keep_snapshot


def start_writer() -> tuple[BaseProcess, Connection]:
    """A process that writes, and where it tells the id of each snapshot once that is kept."""
    context = get_context("forkserver")
    context.set_forkserver_preload([__name__])
    told, tells = context.Pipe(duplex=False)
    process = context.Process(target=_write, args=(tells,))
    process.start()
    return process, told


def _write(tells: Connection) -> None:
    models = [own("digits"), own("learning")]
    tells.send("begun")
    while True:
        for model in models:
            kept, secret = keep_snapshot(View("attention"), model, "One of many")
            tells.send((kept.id, secret))

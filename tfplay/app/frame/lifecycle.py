"""What the server does besides answering pages: it looks after trainings, and tidies up."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import anyio

from tfplay import jobs
from tfplay.classroom import forget_ended, lessons_taken
from tfplay.errors import InputError
from tfplay.store.expiry import expire_old

LOG = logging.getLogger(__name__)
SECONDS_BETWEEN_TIDYING = 3600.0


@asynccontextmanager
async def trainings_go_on(app: Any) -> AsyncIterator[dict[str, Any]]:
    """As long as the server runs, what waits or trains is looked after; `st.App` takes it.

    Classes that have ended are deleted and, where strangers share it, what they left for long.
    """
    tidying = asyncio.create_task(_tidy())
    with jobs.looked_after():
        yield {}
    tidying.cancel()


async def _tidy() -> None:
    while True:
        try:
            await anyio.to_thread.run_sync(forget_ended)
            taken = await anyio.to_thread.run_sync(lessons_taken)
            if deleted := await anyio.to_thread.run_sync(expire_old, taken):
                LOG.info("Deleted %d things that were not changed for long.", len(deleted))
        except (InputError, OSError) as error:  # a full disk, or what a visitor was just deleting
            LOG.warning("%s", error)
        await asyncio.sleep(SECONDS_BETWEEN_TIDYING)

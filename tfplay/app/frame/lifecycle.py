"""What the server does besides answering pages: it looks after trainings."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from tfplay import jobs


@asynccontextmanager
async def trainings_go_on(app: Any) -> AsyncIterator[dict[str, Any]]:
    """As long as the server runs, what waits or trains is looked after; `st.App` takes it."""
    with jobs.looked_after():
        yield {}

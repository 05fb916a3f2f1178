"""What the server does besides answering pages."""

import anyio
import pytest

from tests.server.asgi import wait_for
from tfplay.app.frame import lifecycle
from tfplay.app.frame.lifecycle import trainings_go_on
from tfplay.classroom import find_class, join_class, open_class
from tfplay.classroom.tables import changing, reading
from tfplay.errors import InputError
from tfplay.store.digest import digest


def count_pupils() -> int:
    with reading() as database:
        return database.execute("SELECT COUNT(*) FROM pupils").fetchone()[0]


def test_a_server_that_starts_deletes_the_classes_that_have_ended():
    ended, goes_on = (open_class(digest("teacher"), "next-word") for _ in range(2))
    for number, each in enumerate((ended, goes_on)):
        join_class(each.id, digest(f"pupil {number}"), "Anna")
    with changing() as database:
        database.execute("UPDATE classes SET ends = 0 WHERE id = ?", (ended.id,))

    async def serve() -> None:
        async with trainings_go_on(None):
            with anyio.fail_after(30):
                while count_pupils() > 1:
                    await anyio.sleep(0.05)

    wait_for(serve())
    assert find_class(goes_on.id) == goes_on
    with pytest.raises(InputError, match="has ended"):
        find_class(ended.id)


def test_tidying_goes_on_after_something_was_deleted_meanwhile(monkeypatch):
    looks = []

    def expire(taken):
        looks.append(taken)
        raise FileNotFoundError("a visitor has just deleted it")

    async def serve() -> None:
        async with trainings_go_on(None):
            with anyio.fail_after(30):
                while len(looks) < 2:
                    await anyio.sleep(0.05)

    monkeypatch.setattr(lifecycle, "expire_old", expire)
    monkeypatch.setattr(lifecycle, "SECONDS_BETWEEN_TIDYING", 0.01)
    wait_for(serve())

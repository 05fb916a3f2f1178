import pytest


@pytest.fixture
def uncompiled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Training steps run eagerly."""
    from tests.training.samples import run_eagerly  # it imports Keras, which takes seconds

    run_eagerly(monkeypatch)

from collections.abc import Iterator

import pytest


@pytest.fixture
def without_xla() -> Iterator[None]:
    """Training steps are graphs that XLA does not compile: for more than a few of them."""
    from tests.training.samples import run_without_xla  # it imports Keras, which takes seconds

    with pytest.MonkeyPatch.context() as patch:
        run_without_xla(patch)
        yield


@pytest.fixture
def uncompiled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Training steps run eagerly: for a few of them."""
    from tests.training.samples import run_eagerly  # it imports Keras, which takes seconds

    run_eagerly(monkeypatch)

from collections.abc import Iterator

import pytest


@pytest.fixture(scope="module", autouse=True)
def without_xla() -> Iterator[None]:
    """Training steps are not compiled by XLA."""
    from tests.training.samples import run_without_xla  # it imports Keras, which takes seconds

    with pytest.MonkeyPatch.context() as patch:
        run_without_xla(patch)
        yield

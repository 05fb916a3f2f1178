import pytest

from tfplay.store import open_model
from tfplay.tasks import TrainedModel


@pytest.fixture(scope="session")
def chat_model() -> TrainedModel:
    """The shipped chat model; all tests share what is compiled for it."""
    return open_model("chat").load()

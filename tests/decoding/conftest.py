import keras
import numpy as np
import pytest

from tfplay.config import preset
from tfplay.models import build_model

VOCABULARY_SIZE = 29
CONTEXT = 37


def make_model(architecture: str, **changes) -> keras.Model:
    """A model of prime sizes whose random weights are large enough to have opinions."""
    keras.utils.set_random_seed(0)
    settings = {
        "vocabulary_size": VOCABULARY_SIZE,
        "max_sequence_length": CONTEXT,
        "hidden_dim": 33,
        "num_heads": 3,
        "initializer_range": 0.4,
    }
    return build_model(preset("tiny", architecture, **(settings | changes)))


@pytest.fixture(scope="session")
def decoder() -> keras.Model:
    return make_model("decoder-only")


@pytest.fixture(scope="session")
def translator() -> keras.Model:
    return make_model("encoder-decoder")


@pytest.fixture
def source() -> dict[str, np.ndarray]:
    token_ids = np.random.default_rng(0).integers(0, VOCABULARY_SIZE, (2, 7))
    is_real = np.arange(7) < np.array([[7], [5]])
    return {"encoder_token_ids": token_ids, "encoder_padding_mask": is_real}

"""Models of others are taken away, and brought back."""

import pytest

from tests.checkpoints.published import write_published
from tfplay.errors import InputError
from tfplay.store import (
    Origin,
    add_model,
    bring_back,
    find_opened,
    forget_set_aside,
    list_opened,
    open_model,
    set_aside,
)


@pytest.fixture
def model(tmp_path):
    write_published("gpt2", tmp_path / "gpt2")
    return add_model(tmp_path / "gpt2", "small", Origin("Small GPT-2", "MIT"))


def test_what_was_set_aside_is_brought_back_as_it_was(model):
    set_aside(model)
    assert find_opened("small") is None and list_opened() == []
    assert bring_back("small") == model
    assert list_opened() == [model]
    assert model.is_usable


def test_what_was_forgotten_is_gone_for_good(model):
    set_aside(model)
    forget_set_aside()
    with pytest.raises(InputError, match="gone for good"):
        bring_back("small")
    forget_set_aside()  # nothing is there, and nothing happens


def test_it_is_not_brought_back_over_another_of_its_name(model, tmp_path):
    set_aside(model)
    another = add_model(tmp_path / "gpt2", "small", Origin("Another"))
    with pytest.raises(InputError, match="There is a model 'small' already"):
        bring_back("small")
    assert find_opened("small") == another
    set_aside(another)  # takes the place of the one that was set aside before
    assert bring_back("small") == another


def test_a_model_that_came_along_stays_where_it_is():
    with pytest.raises(InputError, match="was neither fetched nor added"):
        set_aside(open_model("translator"))

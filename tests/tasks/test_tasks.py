from itertools import product

import pytest

from tfplay.errors import InputError
from tfplay.store import default_recipe
from tfplay.tasks import TASKS
from tfplay.tasks.base import learn_tokenizer
from tfplay.text import TOKENIZERS


@pytest.mark.parametrize("task", TASKS.values(), ids=lambda task: task.name)
def test_the_defaults_of_a_task_fit_together(task):
    assert task.default_tokenizer in TOKENIZERS
    assert 0 < task.default_validation_fraction < 1
    for architecture, preset in product(task.architectures, (None, "tiny", "small")):
        config = default_recipe(task.name, "data", preset, architecture).model_config()
        assert config.architecture == architecture
        assert config.head == task.head.get(architecture, "none")


def test_a_task_refuses_an_architecture_that_cannot_do_it():
    recipe = default_recipe("translation", "pairs.tsv", architecture="encoder-only")
    with pytest.raises(InputError, match="not for encoder-only"):
        recipe.model_config()


def test_an_unknown_kind_of_tokenizer_is_refused():
    with pytest.raises(InputError, match="'runes'; there are character, word"):
        learn_tokenizer("runes", ["text"], 100)

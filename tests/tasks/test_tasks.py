import pytest

from tfplay.errors import InputError
from tfplay.models import preset
from tfplay.tasks import TASKS
from tfplay.tasks.base import learn_tokenizer
from tfplay.text import TOKENIZERS


@pytest.mark.parametrize("task", TASKS.values(), ids=lambda task: task.name)
def test_the_defaults_of_a_task_fit_together(task):
    assert task.default_tokenizer in TOKENIZERS
    assert 0 < task.default_validation_fraction < 1
    config = preset(
        task.default_preset,
        task.architecture,
        vocabulary_size=task.default_vocabulary_size,
        **task.default_model,
    )
    assert config.architecture == task.architecture


def test_an_unknown_kind_of_tokenizer_is_refused():
    with pytest.raises(InputError, match="'runes'; there are character, word"):
        learn_tokenizer("runes", ["text"], 100)

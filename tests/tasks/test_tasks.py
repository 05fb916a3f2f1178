from itertools import product
from pathlib import Path

import pytest

from tfplay.errors import InputError
from tfplay.recipes import default_recipe
from tfplay.tasks import TASKS
from tfplay.tasks.data import DataSettings
from tfplay.text import TOKENIZERS
from tfplay.zoo import ZOO
from tfplay.zoo.corpora import ZOO_CORPORA

README = Path(__file__).parents[2] / "README.md"


@pytest.mark.parametrize("task", TASKS.values(), ids=lambda task: task.about.name)
def test_the_defaults_of_a_task_fit_together(task):
    assert task.about.tokenizer in TOKENIZERS
    assert 0 < task.about.validation_fraction < 1
    for architecture, preset in product(task.about.architectures, (None, "tiny", "small")):
        config = default_recipe(task.about.name, "data", preset, architecture).model_config()
        assert config.architecture == architecture
        assert config.head == task.about.heads.get(architecture, "none")


@pytest.mark.parametrize("task", TASKS.values(), ids=lambda task: task.about.name)
def test_where_one_of_several_architectures_is_missing_it_is_said_why(task):
    assert bool(task.about.left_out) == (len(task.about.architectures) > 1)


def readme_line(task):
    about = task.about
    models = [name for name, model in ZOO.items() if ZOO_CORPORA[model.corpus].task == about.name]
    cells = [
        f"`{about.name}`",
        ", ".join(about.architectures),
        f"{about.reads}: " + " ".join(f"`{ending}`" for ending in about.formats),
        ", ".join(f"`{name}`" for name in models),
    ]
    return f"| {' | '.join(cells)} |"


def test_the_readme_has_a_table_of_all_tasks():
    table = "\n".join(["|---|---|---|---|", *map(readme_line, TASKS.values())])
    assert f"{table}\n\n" in README.read_text(encoding="utf-8")


def test_a_task_refuses_an_architecture_that_cannot_do_it():
    recipe = default_recipe("translation", "pairs.tsv", architecture="encoder-only")
    with pytest.raises(InputError, match="not for encoder-only"):
        recipe.model_config()


def test_an_unknown_kind_of_tokenizer_is_refused():
    with pytest.raises(InputError, match="'runes'; there are character, word"):
        DataSettings("encoder-only", "runes", 100, 64, 0.1, 0).learn_tokenizer(["text"])

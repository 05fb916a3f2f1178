import ast
import shlex

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tfplay.__main__ import make_parser
from tfplay.commands.train import make_recipe
from tfplay.config import ACTIVATIONS, NORMALIZATIONS, POSITIONS, PRECISIONS, PRESETS, SCHEDULES
from tfplay.errors import InputError
from tfplay.recipes import DATA_FIELDS, Recipe, default_recipe
from tfplay.recipes.text import (
    recipe_changes,
    recipe_from_query,
    recipe_settings,
    recipe_to_command,
    recipe_to_python,
    recipe_to_query,
    with_corpus,
)
from tfplay.tasks import TASKS
from tfplay.text import TOKENIZERS
from tfplay.text.corpora import CORPORA, fitting_tasks
from tfplay.text.published import PUBLISHED

CHANGES = {
    "tokenizer_kind": st.sampled_from(list(TOKENIZERS)),
    "vocabulary_size": st.integers(10, 9000),
    "validation_fraction": st.floats(0, 0.5),
    "num_layers": st.integers(1, 5),
    "hidden_dim": st.sampled_from([48, 64, 128]),
    "num_heads": st.sampled_from([2, 4, 8]),
    "num_kv_heads": st.sampled_from([None, 1, 2]),
    "intermediate_dim": st.none() | st.integers(1, 999),
    "dropout": st.floats(0, 0.9),
    "position": st.sampled_from(POSITIONS),
    "activation": st.sampled_from(ACTIVATIONS),
    "normalization": st.sampled_from(NORMALIZATIONS),
    "normalize_first": st.booleans(),
    "initializer_range": st.none() | st.floats(0.001, 1),
    "steps": st.integers(1, 10**6),
    "learning_rate": st.floats(1e-8, 1),
    "schedule": st.sampled_from(SCHEDULES),
    "precision": st.sampled_from(PRECISIONS),
    "seed": st.integers(0, 2**32 - 1),
}
FILE_NAMES = st.text(  # at most 255 bytes in UTF-8
    st.characters(exclude_characters="/", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=63
)
COLUMN_NAMES = FILE_NAMES.filter(lambda name: name == name.strip() and not name.isdecimal())
COLUMNS = st.dictionaries(
    st.sampled_from(["source", "target", "text", "label"]),
    st.integers(1, 99) | COLUMN_NAMES,
    min_size=1,
)


@st.composite
def recipes(draw) -> Recipe:
    task = draw(st.sampled_from(list(TASKS)))
    architecture = draw(st.sampled_from(TASKS[task].about.architectures))
    preset = draw(st.sampled_from(PRESETS))
    data_name = draw(FILE_NAMES.filter(lambda name: name not in (".", "..")))
    recipe = default_recipe(task, data_name, preset, architecture)
    recipe = recipe.with_changes(draw(st.fixed_dictionaries({}, optional=CHANGES)))
    corpora = [each for each in CORPORA | PUBLISHED if is_fitting(each, task)]
    if draw(st.booleans()):
        recipe = with_corpus(recipe, draw(st.sampled_from(corpora)), draw(st.integers(1, 9999)))
    elif draw(st.booleans()):
        recipe = recipe.with_changes({"columns": draw(COLUMNS)})
    return recipe


def is_fitting(corpus: str, task: str) -> bool:
    return (CORPORA | PUBLISHED)[corpus].task in fitting_tasks(task)


def possible(recipe: Recipe) -> bool:
    try:
        recipe.model_config()
    except InputError:
        return False
    return True


def meaning(recipe: Recipe):
    """All that decides what a run becomes."""
    data = (
        recipe.corpus,
        recipe.examples,
        recipe.columns,
        *(getattr(recipe, name) for name in DATA_FIELDS),
    )
    return recipe.task, data, recipe.model_config(), recipe.training


@settings(max_examples=60)
@given(recipes().filter(possible))
def test_a_link_gives_the_recipe_back(recipe):
    again = recipe_from_query(recipe_to_query(recipe))
    assert meaning(again) == meaning(recipe)
    assert again.data_name == recipe.data_name
    assert again.preset == recipe.preset
    assert recipe_to_query(again) == recipe_to_query(recipe)


@settings(max_examples=60)
@given(recipes().filter(possible))
def test_a_command_line_gives_the_recipe_back(recipe):
    command = recipe_to_command(recipe).replace("\\\n", "")  # as a shell joins lines
    _, _, _, *arguments = shlex.split(command)
    assert meaning(make_recipe(make_parser().parse_args(arguments))) == meaning(recipe)


@settings(max_examples=60)
@given(recipes().filter(possible))
def test_python_gives_the_recipe_back(recipe):
    made = [
        node
        for node in ast.parse(recipe_to_python(recipe)).body
        if isinstance(node, ast.Assign) and node.targets[0].id == "recipe"
    ]
    names = {"default_recipe": default_recipe}
    exec(ast.unparse(ast.Module(made, [])), names)
    assert meaning(names["recipe"]) == meaning(recipe)


def test_a_part_that_is_not_for_training_is_a_file_like_any_other():
    arguments = ["train", "--task=translation", "--data=dates", "--part=held-out"]
    recipe = make_recipe(make_parser().parse_args(arguments))
    assert (recipe.corpus, recipe.examples, recipe.data_name) == (None, None, "dates.tsv")


def test_a_width_that_the_preset_sets_can_be_left_to_follow_from_others():
    recipe = default_recipe("chat", "chats.jsonl", "llama-like")
    freed = recipe.with_changes({"num_kv_heads": None})
    assert recipe_settings(recipe)["num_kv_heads"] == recipe.model_config().num_kv_heads == 2
    assert recipe_from_query(recipe_to_query(freed)).model_config().num_kv_heads == 4


def test_a_link_says_only_what_the_task_would_not_propose():
    recipe = with_corpus(default_recipe("translation", "any"), "dates")
    assert recipe_to_query(recipe) == {"task": "translation", "corpus": "dates"}
    changed = recipe.with_changes({"steps": 500, "num_layers": 2, "dropout": 0.1})
    assert recipe_changes(changed) == {"steps": 500}  # the others are the proposal's


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({}, "There is no task ''"),
        ({"task": "chess"}, "There is no task 'chess'"),
        ({"task": "chat", "preset": "huge"}, "no preset 'huge'"),
        ({"task": "chat", "architecture": "encoder-only"}, "not for encoder-only"),
        ({"task": "chat", "corpus": "nothing"}, "There is no corpus 'nothing'"),
        ({"task": "chat", "corpus": "dates"}, "'dates' is for translation, not for chat"),
        ({"task": "chat", "corpus": "conversations", "examples": "many"}, "examples is 'many'"),
        ({"task": "chat", "data": "../secret"}, "is not the name of a file"),
        ({"task": "chat", "stepps": "5"}, "no setting 'stepps'"),
        ({"task": "chat", "steps": "9" * 9000}, "steps is '999"),
        ({"task": "chat", "dropout": "NaN"}, "dropout is nan"),
        ({"task": "chat", "num_layers": "[" * 9000}, "num_layers is"),
        ({"task": "chat", "validation_fraction": "7"}, "validation_fraction is 7"),
        ({"task": "chat", "hidden_dim": "100", "num_heads": "7"}, "not divisible by num_heads 7"),
    ],
)
def test_a_bad_link_is_told_in_a_sentence(query, sentence):
    with pytest.raises(InputError, match=sentence) as told:
        recipe_from_query(query)
    assert len(str(told.value)) < 800

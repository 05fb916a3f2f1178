"""A recipe that starts from a model."""

import pytest

from tfplay.config import preset
from tfplay.errors import InputError
from tfplay.recipes import Recipe, Start, default_recipe
from tfplay.recipes.text import (
    recipe_changes,
    recipe_from_query,
    recipe_to_command,
    recipe_to_python,
    recipe_to_query,
)

SHAPE = preset("bert-base", head="masked_lm", num_layers=3).to_json()


def start(**chosen):
    return Start("bert", SHAPE, **chosen)


def recipe(**chosen):
    return default_recipe("classification", "reviews.csv", start=start(**chosen))


def test_the_model_is_made_as_its_base_with_the_tasks_head():
    config = recipe().model_config(num_classes=5)
    assert (config.num_layers, config.hidden_dim, config.position) == (3, 768, "learned")
    assert (config.head, config.num_classes, config.max_sequence_length) == (
        "classification",
        5,
        128,
    )


def test_it_comes_back_from_json_and_recipes_without_it_read_as_before():
    chosen = recipe(learns="lora", rank=4, projections=("query", "up"))
    assert Recipe.from_json(chosen.to_json()) == chosen
    old = default_recipe("chat", "chats.jsonl").to_json()
    del old["start"]
    assert Recipe.from_json(old).start is None


@pytest.mark.parametrize(
    "chosen",
    [
        {},
        {"learns": "head"},
        {"learns": "last_blocks", "blocks": 2},
        {"learns": "lora", "rank": 4, "projections": ("query", "up")},
    ],
)
def test_it_comes_back_from_a_link(chosen):
    written = recipe(**chosen).with_changes({"steps": 7})
    found = recipe_from_query(
        recipe_to_query(written), lambda name, **chosen: Start(name, SHAPE, **chosen)
    )
    assert found == written


def test_a_link_to_a_model_that_is_not_there_is_told():
    with pytest.raises(InputError, match="no model 'bert' to start from"):
        recipe_from_query(recipe_to_query(recipe()))


def test_only_what_was_changed_of_the_proposal_is_told():
    assert recipe_changes(recipe(learns="lora")) == {}
    assert recipe_changes(recipe().with_changes({"seed": 3})) == {"seed": 3}


def test_the_command_and_the_script_name_it():
    written = recipe(learns="lora", rank=4)
    command = recipe_to_command(written)
    assert "--start-from bert" in command
    assert "--learns lora" in command
    assert "--rank 4" in command
    script = recipe_to_python(written)
    assert 'start = start_from_model("bert", learns="lora", rank=4' in script
    compile(script, "script", "exec")


def test_less_is_learned_in_smaller_steps_the_wider_the_model():
    rates = {name: recipe(learns=name).training.learning_rate for name in ("all", "lora", "head")}
    assert rates == {"all": 5e-5, "lora": 2e-4, "head": 1e-3}
    narrow = Start("tiny", preset("tiny", "encoder-only", vocabulary_size=50).to_json())
    assert default_recipe("classification", "x.csv", start=narrow).training.learning_rate == 3e-4


@pytest.mark.parametrize(
    ("task", "changes", "told"),
    [
        ("translation", {}, "bert is encoder-only; the task translation is for"),
        ("classification", {"hidden_dim": 64}, "made as bert, .* hidden_dim stays 768"),
        ("classification", {"max_sequence_length": 1000}, "1,000 is too long for it"),
        ("classification", {"tokenizer_kind": "word"}, "tokenizer_kind cannot be set"),
        ("classification", {"vocabulary_size": 300}, "vocabulary_size cannot be set"),
        ("classification", {"architecture": "decoder-only"}, "architecture cannot be set"),
    ],
)
def test_what_cannot_be_is_told_in_a_sentence(task, changes, told):
    with pytest.raises(InputError, match=told):
        default_recipe(task, "x.csv", start=start()).with_changes(changes).model_config()


def test_a_head_that_is_not_there_cannot_learn_alone():
    gpt = Start("gpt", preset("tiny", "decoder-only", vocabulary_size=50).to_json(), "head")
    with pytest.raises(InputError, match="no head that could learn alone"):
        default_recipe("chat", "chats.jsonl", start=gpt).model_config()


@pytest.mark.parametrize(
    ("chosen", "told"),
    [
        ({"learns": "nothing"}, "learns is 'nothing'"),
        ({"learns": "last_blocks", "blocks": 4}, "has 3 blocks; its last 4 cannot learn"),
        ({"learns": "lora", "rank": 800}, "rank of 800 is no low one"),
        ({"projections": ("nose",)}, "projections is 'nose'"),
        ({"projections": ()}, "not a list of names"),
    ],
)
def test_an_impossible_start_is_told(chosen, told):
    with pytest.raises(InputError, match=told):
        start(**chosen)


def test_a_model_that_reads_images_is_no_start():
    shape = preset("tiny", "encoder-only", vocabulary_size=0, image_size=8, patch_size=4).to_json()
    with pytest.raises(InputError, match="vit reads images"):
        Start("vit", shape)

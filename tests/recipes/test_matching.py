import pytest
from hypothesis import given
from hypothesis import strategies as st

from tfplay.config import PRESETS, count_parameters, preset
from tfplay.recipes import default_recipe, match_architectures
from tfplay.tasks import TASKS

SEVERAL = [task for task in TASKS if len(TASKS[task].about.architectures) > 1]
PAIRS = [
    (task, name, architecture)
    for task in SEVERAL
    for name in PRESETS
    for architecture in TASKS[task].about.architectures
    if name in ("tiny", "small", "medium") or preset(name).architecture == architecture
]


def matched(recipe, **known):
    """Both models' configurations."""
    [other] = match_architectures(recipe, **known)
    return recipe.model_config(**known), other.model_config(**known)


@pytest.mark.parametrize(("task", "size", "architecture"), PAIRS)
def test_every_preset_of_every_task_finds_its_match(task, size, architecture):
    own, other = matched(default_recipe(task, "data", size, architecture))
    assert other.architecture != own.architecture
    assert count_parameters(other) == pytest.approx(count_parameters(own), rel=0.03)
    assert other.hidden_dim == other.num_heads * other.head_dim
    assert other.num_heads == own.num_heads


@given(
    heads=st.sampled_from([1, 2, 3, 4, 8]),
    head_dim=st.sampled_from([8, 16, 22]),
    num_layers=st.integers(1, 6),
    vocabulary_size=st.integers(50, 5000),
    activation=st.sampled_from(["gelu", "swiglu"]),
    position=st.sampled_from(["learned", "rotary"]),
)
def test_any_shape_finds_a_match_that_can_be_built(heads, head_dim, vocabulary_size, **changes):
    shape = {"num_heads": heads, "hidden_dim": heads * head_dim, **changes}
    recipe = default_recipe("translation", "data").with_changes(shape)
    own, other = matched(recipe, vocabulary_size=vocabulary_size)
    assert other.head_dim % 2 == 0
    assert other.hidden_dim == other.num_heads * other.head_dim
    assert count_parameters(other) == pytest.approx(count_parameters(own), rel=0.1)


def test_a_decoder_reads_both_sentences_and_needs_twice_the_context():
    own, other = matched(default_recipe("translation", "data"))
    assert other.max_sequence_length == 2 * own.max_sequence_length


def test_everything_else_stays():
    recipe = default_recipe("classification", "data").with_changes({"seed": 7, "dropout": 0.3})
    [other] = match_architectures(recipe)
    assert other.training == recipe.training
    assert other.model_config().dropout == 0.3


def test_a_task_of_one_architecture_has_no_match():
    assert match_architectures(default_recipe("tagging", "data")) == []

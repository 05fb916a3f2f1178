"""The form in which a visitor writes a recipe: few choices at first, the others under "more"."""

from typing import Any

import streamlit as st

from tfplay.app.model_code import load_model_code
from tfplay.errors import InputError
from tfplay.store import Recipe, default_recipe
from tfplay.text import TOKENIZERS

# Label, lowest, highest, step; a dictionary for each column.
_FURTHER_FIELDS = (
    {
        "num_layers": ("Layers", 1, 48, 1),
        "num_heads": ("Heads", 1, 64, 1),
        "hidden_dim": ("Width", 2, 4096, 16),
        "max_sequence_length": ("Context, in tokens", 2, 8192, 16),
    },
    {
        "batch_size": ("Batch size", 1, 4096, 1),
        "learning_rate": ("Learning rate", 1e-6, 1.0, 1e-4),
        "warmup_steps": ("Warm-up steps", 0, 100_000, 10),
        "dropout": ("Dropout", 0.0, 0.9, 0.05),
    },
    {
        "vocabulary_size": ("Largest vocabulary", 10, 200_000, 100),
        "validation_fraction": ("Part kept for validation", 0.0, 0.5, 0.05),
        "evaluate_every": ("Steps between validations", 1, 100_000, 10),
        "seed": ("Seed", 0, 2**31 - 1, 1),
    },
)

_TEXT_FIELDS = ("max_sequence_length", "vocabulary_size")
"""What pictures have no use for: their patches decide the context."""


def edit_recipe(task: str, data_name: str) -> Recipe:
    """Lets the visitor change the recipe that the task proposes.

    Raises:
        InputError: The values do not go together.
    """
    load_model_code()
    architecture = _choose_architecture(task)
    proposed = default_recipe(task, data_name).preset
    left, right = st.columns(2)
    preset = left.segmented_control(
        "Size of the model",
        _fitting_presets(task, architecture),
        default=proposed,
        required=True,
        key=f"{task} preset",
        help="From tiny, which trains in a minute, to the published shapes, which want a GPU.",
    )
    recipe = default_recipe(task, data_name, preset, architecture)
    key = f"{task} {preset}"  # each proposal has widgets of its own, that begin with its values
    steps = right.number_input(
        "Steps", 1, 1_000_000, recipe.training.steps, step=100, key=f"{task} steps"
    )
    with st.expander("More"):
        changes = _further_changes(recipe, key)
    return recipe.with_changes({"steps": steps, **changes})


def _choose_architecture(task: str) -> str:
    from tfplay.tasks import TASKS

    architectures = TASKS[task].architectures
    if len(architectures) == 1:
        return architectures[0]
    return st.segmented_control(
        "Architecture",
        architectures,
        default=architectures[0],
        required=True,
        key=f"{task} architecture",
        help="The same task, learned by different transformers: compare them on the page Runs.",
    )


def _fitting_presets(task: str, architecture: str) -> list[str]:
    from tfplay.models import PRESETS

    recipes = {name: default_recipe(task, "any", name, architecture) for name in PRESETS}
    return [name for name, recipe in recipes.items() if _fits(recipe)]


def _fits(recipe: Recipe) -> bool:
    try:
        recipe.model_config()
    except InputError:
        return False
    return True


def _further_changes(recipe: Recipe, key: str) -> dict[str, Any]:
    """What the visitor set otherwise than the recipe proposes."""
    proposed = recipe.model_config().to_json() | recipe.training.to_json() | recipe.to_json()
    reads_text = recipe.vocabulary_size > 0
    changes = {}
    for column, fields in zip(st.columns(3, gap="large"), _FURTHER_FIELDS, strict=True):
        for name, (label, low, high, step) in fields.items():
            if name in _TEXT_FIELDS and not reads_text:
                continue
            form = "%g" if isinstance(step, float) else None
            changes[name] = column.number_input(
                label, low, high, proposed[name], step, form, key=f"{key} {name}"
            )
    if reads_text:
        kinds = list(TOKENIZERS)
        changes["tokenizer_kind"] = st.segmented_control(
            "Tokenizer", kinds, default=recipe.tokenizer_kind, required=True, key=f"{key} tokenizer"
        )
    return {name: value for name, value in changes.items() if value != proposed[name]}

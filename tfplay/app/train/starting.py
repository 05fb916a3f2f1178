"""Where a training starts from: from scratch, or from a model that exists."""

from dataclasses import replace

import streamlit as st

from tfplay.app.frame.layout import plain
from tfplay.app.frame.state import begin_with
from tfplay.app.model.choosing import model_labels, models_at_hand
from tfplay.app.recipe.fields import FIELDS
from tfplay.app.train.state import forget_widgets
from tfplay.recipes import LEARNS, Recipe, Start, default_recipe
from tfplay.recipes.text import recipe_changes
from tfplay.store import Model, start_from_model
from tfplay.tasks import TASKS

SCRATCH = ""
_LABELS = {
    "all": "All weights",
    "last_blocks": "Last blocks",
    "head": "Head",
    "lora": "A low-rank change",
}
_HELP = (
    "All weights: the most can be learned, and the most forgotten. Last blocks, and what follows "
    "them: the others stay as they are. Head: only what answers. A low-rank change (LoRA): beside "
    "some matrices two narrow ones learn, whose product is added to them in the end."
)


def choose_start(recipe: Recipe) -> Recipe:
    """Lets the visitor choose a model to start from, and what of it learns."""
    models = _fitting_models(recipe.task)
    if not models:
        return recipe if recipe.start is None else _started(recipe, None)
    labels = {SCRATCH: "Scratch: weights drawn at random", **model_labels(models.values())}
    before = recipe.start.model if recipe.start else SCRATCH
    chosen = st.selectbox(
        "Start from",
        list(labels),
        format_func=labels.get,
        key=begin_with(f"{recipe.task} start", before if before in labels else SCRATCH, labels),
        help="A model that learned something already needs fewer examples and steps.",
    )
    if chosen == SCRATCH:
        return recipe if recipe.start is None else _started(recipe, None)
    start = _choose_learning(recipe, models[chosen])
    return recipe if start == recipe.start else _started(recipe, start)


def _fitting_models(task: str) -> dict[str, Model]:
    """Models that the visitor may see and that can learn the task, by id."""
    architectures = TASKS[task].about.architectures
    return {
        model.id: model
        for model in models_at_hand()
        if TASKS[task].about.reads_text
        and model.reads_text
        and model.config.architecture in architectures
        and model.is_usable
    }


def _choose_learning(recipe: Recipe, model: Model) -> Start:
    """Lets the visitor choose what of the model learns, and tells what stays."""
    task, start = recipe.task, recipe.start or start_from_model(model)
    config = model.config
    has_head = TASKS[task].about.heads.get(config.architecture, "none") != "none"
    with st.container(horizontal=True, gap="medium"):
        learns = st.segmented_control(
            "What learns",
            [name for name in LEARNS if name != "head" or has_head],
            required=True,
            format_func=_LABELS.get,
            key=begin_with(f"{task} learns", start.learns),
            help=_HELP,
        )
        chosen = {"learns": learns, "projections": start.projections}
        if learns == "last_blocks":
            key = begin_with(f"{task} blocks", min(start.blocks, config.num_layers))
            chosen["blocks"] = st.number_input("Blocks", 1, config.num_layers, key=key, width=140)
        if learns == "lora":
            key = begin_with(f"{task} rank", min(start.rank, config.hidden_dim))
            chosen["rank"] = st.number_input("Rank", 1, config.hidden_dim, key=key, width=140)
    st.caption(
        f"The shape of the model and its {config.vocabulary_size:,} tokens are those of "
        f"{plain(model.title)}: {config.num_layers} blocks, {config.hidden_dim:,} wide, "
        f"{model.parameters:,} parameters."
    )
    return start_from_model(model, **chosen)


def _started(recipe: Recipe, start: Start | None) -> Recipe:
    """The recipe with another start, which proposes its own settings; the seed stays."""
    forget_widgets(recipe.task, [*FIELDS, "preset", "architecture"])
    seed = {name: value for name, value in recipe_changes(recipe).items() if name == "seed"}
    return replace(
        default_recipe(recipe.task, recipe.data_name, start=start).with_changes(seed),
        corpus=recipe.corpus,
        examples=recipe.examples,
        columns=recipe.columns,
    )

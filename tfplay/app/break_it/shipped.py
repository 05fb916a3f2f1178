"""An experiment's result that came with TFPlay: real trainings, shown without Keras."""

import streamlit as st

from tfplay.app.break_it.pictures import (
    depth,
    draw_entropy,
    draw_gradients,
    draw_losses,
    draw_samples,
)
from tfplay.app.frame.layout import plain
from tfplay.app.widgets.chart import show_words
from tfplay.experiments import Experiment, TrainingRecord, finding


def shipped_view(experiment: Experiment, intact: TrainingRecord, broken: TrainingRecord) -> None:
    """What was measured of both trainings, and the sentence that it makes."""
    records = {"intact": intact, experiment.broken: broken}
    metrics = {name: record.metrics for name, record in records.items()}
    early = {name: record.measures.gradient_norms for name, record in records.items()}
    st.caption(
        f"**{experiment.title}.** {experiment.description} Shown are trainings **that came with "
        f"TFPlay**: {broken.measures.parameters:,} parameters, {broken.recipe.training.steps:,} "
        f"steps, seed {broken.recipe.training.seed}, of {broken.made}."
    )
    told = finding(experiment, intact.measures, broken.measures, intact.frequency_loss)
    with st.container(key="finding"):
        show_words(f"**{plain(told)}**", "finding")
    left, right = st.columns(2)
    with left:
        draw_losses(metrics)
    with right:
        draw_gradients(metrics, early)
    show_words(_source(intact, broken), "source", st.caption)
    draw_entropy({name: record.entropy for name, record in records.items()})
    draw_samples({name: record.samples for name, record in records.items()})


def _source(intact: TrainingRecord, broken: TrainingRecord) -> str:
    """Which models were trained how, when and on what, in a few words."""
    recipe, config = intact.recipe, intact.recipe.model_config()
    sizes = dict.fromkeys(f"{each.measures.parameters:,}" for each in (intact, broken))
    seconds = " and ".join(f"{each.seconds:.0f}" for each in (intact, broken))
    return (
        f"Really trained: two {config.architecture} models of "
        f"{' and '.join(sizes)} parameters, {depth(config)}, {recipe.training.steps:,} steps each "
        f"on {plain(recipe.data_name)}, from seed {recipe.training.seed}, on {broken.made}, in "
        f"{seconds} seconds, {plain(broken.device)}, by "
        f"`python -m tfplay experiments train {recipe.corpus} --again`."
    )

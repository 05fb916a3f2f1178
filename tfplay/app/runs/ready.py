"""Trainings that came with TFPlay over each other, for whoever has trained nothing yet."""

import streamlit as st

from tfplay import figures
from tfplay.app.frame.layout import controls, plain
from tfplay.app.frame.state import choose_one
from tfplay.app.runs.comparison import QUANTITIES
from tfplay.app.widgets.chart import show_chart, show_words
from tfplay.experiments import EXERCISES, TrainingRecord, families

SHOWN = ("validation_loss", "loss", "validation_accuracy", "accuracy", "learning_rate")


def ready_comparison() -> None:
    """Curves of trainings that differ from an intact one in one thing each."""
    subjects = {name: each for name in EXERCISES if (each := families(name))}
    with controls("ready"):
        subject = choose_one(
            *("Subject", list(subjects), next(iter(subjects)), "ready subject", st.selectbox),
            link="subject",
            format_func=lambda name: EXERCISES[name].title,
        )
        in_common = list(subjects[subject])
        usual = max(in_common, key=lambda name: len(subjects[subject][name]))
        family = choose_one(
            *("Models of", in_common, usual, f"ready {subject}", st.selectbox, "models")
        )
        quantity = choose_one(
            *("Quantity", SHOWN, SHOWN[0], "ready quantity", st.selectbox, "quantity"),
            format_func=lambda key: QUANTITIES[key][0],
        )
    records = subjects[subject][family]
    metrics = {name: record.metrics for name, record in records.items()}
    title, axis = QUANTITIES[quantity]
    chart = figures.comparison_chart(metrics, quantity, axis)
    show_chart(chart, key="ready", alt=f"{title} of the trainings that came with TFPlay")
    st.dataframe(
        [_row(name, record) for name, record in records.items()],
        hide_index=True,
        column_config={
            "Parameters": st.column_config.NumberColumn(format="localized"),
            "Loss at the end": st.column_config.NumberColumn(format="%.2f"),
            "Seconds": st.column_config.NumberColumn(format="%.0f"),
        },
    )
    show_words(_source(records["intact"], subject), "source", st.caption)


def _row(name: str, record: TrainingRecord) -> dict[str, str | float | None]:
    return {
        "Training": name,
        "Parameters": record.measures.parameters,
        "Loss at the end": record.measures.last_loss,
        "Seconds": record.seconds,
        "Made": record.made,
    }


def _source(intact: TrainingRecord, subject: str) -> str:
    recipe = intact.recipe
    return (
        f"**Came with TFPlay** and was really trained: {recipe.training.steps:,} steps each on "
        f"{plain(recipe.data_name)} from seed {recipe.training.seed}, {plain(intact.device)}, by "
        f"`python -m tfplay experiments train {subject} --again`. Break it shows each beside the "
        "intact one."
    )

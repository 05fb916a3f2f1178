"""What is drawn of an experiment's two trainings, whether they were just made or shipped."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from tfplay import figures
from tfplay.app.frame.state import choose_one
from tfplay.app.widgets.chart import show_chart
from tfplay.config import ModelConfig
from tfplay.experiments.measures import some

FIRST_STEPS = "the first steps"
MOST_STEPS = 24
"""So many steps can be chosen to look at the gradient."""

Norms = Mapping[str, float]
"""A gradient's norm by the part of the model."""


def depth(config: ModelConfig) -> str:
    """How a model is stacked, in words."""
    place = "pre-norm" if config.normalize_first else "post-norm"
    return f"{config.num_layers} blocks deep ({place})"


def draw_losses(metrics: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
    """The losses over the steps.

    Args:
        metrics: Lines of metrics by the training's name.
    """
    if not any(metrics.values()):
        return
    st.markdown("##### Loss")
    validated = any(row["validation_loss"] is not None for rows in metrics.values() for row in rows)
    kind = "validation_loss" if validated else "loss"
    alt = "The losses of the two runs over the steps"
    show_chart(figures.comparison_chart(metrics, kind), key="losses", alt=alt)
    st.caption("On validation examples." if validated else "On the examples trained on.")


def draw_gradients(
    metrics: Mapping[str, Sequence[Mapping[str, Any]]], early: Mapping[str, Norms]
) -> None:
    """The gradient in each part of the model, at a step that the visitor chooses.

    Args:
        metrics: Lines of metrics by the training's name.
        early: The median over the first steps, which is shown at first.
    """
    by_step = {
        name: {row["step"]: row["gradient_norms"] for row in rows if row.get("gradient_norms")}
        for name, rows in metrics.items()
    }
    if not any(by_step.values()):
        return
    st.markdown("##### Gradient in each block")
    steps = sorted(set().union(*by_step.values()))
    options = [FIRST_STEPS, *some(steps, MOST_STEPS)]
    place = st.empty()  # the picture comes before its control
    looks = {"draw": st.select_slider, "link": "at"}
    chosen = choose_one("At step", options, FIRST_STEPS, "at step", **looks)
    norms = early
    if chosen != FIRST_STEPS:
        norms = {name: norms[chosen] for name, norms in by_step.items() if chosen in norms}
    alt = "Norm of the gradient in each block of the two models"
    with place:
        show_chart(figures.gradient_profile(norms), key="gradients", alt=alt)
    st.caption(
        "How strongly each part is told to change, on a logarithmic scale. The gradient starts at "
        "the head, on the right, and goes backwards through the blocks to the left: a line that "
        "falls to the left is a vanishing gradient, one that rises an exploding one."
    )


def draw_entropy(entropy: Mapping[str, Mapping[int, float]]) -> None:
    """How spread out attention is, from the first weights to the last.

    Args:
        entropy: Bits by step, by the training's name.
    """
    steps = sorted(set.intersection(*map(set, entropy.values())))
    if not steps:
        return
    lines = {name: [bits[step] for step in steps] for name, bits in entropy.items()}
    st.markdown("##### Entropy of attention")
    alt = "Mean entropy of attention of the two models over the steps"
    figure = figures.lines_over_steps(steps, lines, "entropy (bits)")
    show_chart(figure, key="entropy", alt=alt)
    st.caption(
        "Mean over all heads and validation examples: 0 bits is all attention on one token, n bits "
        "as much as spreading it evenly over 2ⁿ tokens."
    )


def draw_samples(samples: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
    """What the models answer to the same examples.

    Args:
        samples: Answers by the training's name, as `tfplay.tasks.Sample` has them.
    """
    if not all(samples.values()):
        return
    st.markdown("##### What they answer")
    for answers in zip(*samples.values(), strict=False):
        with st.container(border=True):
            st.caption("given")
            st.text(answers[0]["input"])
            if answers[0]["wanted"] is not None:
                st.caption("wanted")
                st.text(answers[0]["wanted"])
            columns = st.columns(len(samples))
            for column, name, answer in zip(columns, samples, answers, strict=True):
                column.caption(name)
                column.text(answer["output"])

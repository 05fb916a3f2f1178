"""The model card of a shipped model: what it is, where it comes from, what it can and cannot do."""

import os
import platform
from typing import Any

from tfplay.store import Run
from tfplay.text.corpora import CORPORA
from tfplay.zoo.entries import ZooModel


def model_card(entry: ZooModel, run: Run, result: dict[str, Any], figures: dict[str, float]) -> str:
    """The card, in Markdown; every number in it was measured.

    Args:
        entry: The model.
        run: The run it was trained in.
        result: The result of the training.
        figures: What was measured on examples that the model was not trained on.
    """
    config, corpus = run.model.config, CORPORA[entry.corpus]
    training = run.recipe.training
    rows = "\n".join(
        f"| {figure.name} | {figure.part} | {figures[figure.name]:.4g} "
        f"| {_wanted(figure.at_least)} |"
        for figure in entry.figures
    )
    return f"""\
# {entry.title}

| | |
|---|---|
| architecture | {config.architecture}, {config.num_layers} layers, {config.num_heads} heads, \
width {config.hidden_dim}, context {config.max_sequence_length} |
| parameters | {run.config.parameters:,} |
| task | {run.recipe.task} |
| corpus | `{corpus.name}`: {corpus.explanation} |
| trained on | {entry.examples:,} examples of its part "training", drawn by seed 0 |
| training | {result["steps"]:,} steps of {training.batch_size} examples, seed {training.seed}, \
{result["seconds"] / 60:.1f} minutes on {_machine()} |
| validation loss | {result["validation_loss"]:.4f} |
| made by | `python -m tfplay zoo train {entry.name}` |
| licence | Apache-2.0, as TFPlay; the corpus was written for it |

## What it can do

Measured on examples that it was not trained on; `python -m tfplay zoo evaluate {entry.name}` \
measures it again.

| figure | part of the corpus | measured | asked for |
|---|---|---|---|
{rows}

## What it cannot do

{entry.limits}
"""


def _wanted(at_least: float | None) -> str:
    return "" if at_least is None else f"at least {at_least:g}"


def _machine() -> str:
    return f"{os.cpu_count()} CPU cores ({platform.machine()})"

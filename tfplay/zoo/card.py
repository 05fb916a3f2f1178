"""The model card of a shipped model: what it is, where it comes from, what it can and cannot do."""

import os
import platform
from typing import Any

from tfplay.checkpoints.catalogue import CATALOGUE
from tfplay.store import Run
from tfplay.text.published import PUBLISHED
from tfplay.zoo.corpora import ZOO_CORPORA
from tfplay.zoo.entry import SmallEncoder, ZooModel


def model_card(entry: ZooModel, run: Run, result: dict[str, Any], figures: dict[str, float]) -> str:
    """The card, in Markdown; every number in it was measured.

    Args:
        entry: The model.
        run: The run it was trained in.
        result: The result of the training.
        figures: What was measured on examples that the model was not trained on.
    """
    config, corpus = run.model.config, ZOO_CORPORA[entry.corpus]
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
{_start(entry.encoder)}\
| corpus | `{corpus.name}`: {corpus.explanation} |
| trained on | {entry.examples:,} examples of its part "training", drawn by seed 0{_added(entry)} |
| training | {result["steps"]:,} steps of {training.batch_size} examples, seed {training.seed}, \
{result["seconds"] / 60:.1f} minutes on {_machine()} |
| validation loss | {result["validation_loss"]:.4f} |
| made by | `python -m tfplay zoo train {entry.name}` |
| licence | {entry.licence}{_attributed(entry)} |

## What it can do

Measured on examples that it was not trained on; `python -m tfplay zoo evaluate {entry.name}` \
measures it again.

| figure | part of the corpus | measured | asked for |
|---|---|---|---|
{rows}

## What it cannot do

{entry.limits}
"""


def trust_section(entry: ZooModel, record: dict[str, Any]) -> str:
    """The card's last section: what was measured of the model's doubts and its probabilities.

    Args:
        entry: The model.
        record: The result of `tfplay.zoo.measure_trust`.
    """
    kinds = {"own": f"`{entry.corpus}`, held out", "real": record.get("real", {}).get("data", "")}
    rows = "\n".join(
        f"| {kinds[kind]} | {each['texts']:,} | {each['right']:.1%} | "
        f"{_percent(each['warned_wrong'])} | {_percent(each['warned_right'])} | "
        f"{each.get('calibration_error', 0):.3f} |"
        for kind, each in record.items()
    )
    score = ""
    if "real" in record:
        real = record["real"]
        score = f"\nOn `{real['data']}`, real text, its {real['metric']} is {real['score']:.4g}.\n"
    diagrams = "\n\n".join(
        f"### How often it is right, by how sure it is: {kinds[kind]}\n\n{_diagram(each['bins'])}"
        for kind, each in record.items()
        if "bins" in each
    )
    return f"""
## How far to trust it

An answer is warned of ("Unlike what it learned; probably wrong.") by how much of the text was not \
in the training, and by how sure the model was; `python -m tfplay zoo trust {entry.name}` learns \
that again. The calibration error is the mean distance between how sure it was and how often it \
was right.
{score}
| text | texts | answered right | warned of, when wrong | warned of, when right \
| calibration error |
|---|---|---|---|---|---|
{rows}

{diagrams}
"""


def _diagram(bins: list[list[float]]) -> str:
    """A reliability diagram as a table, with the bins that have answers."""
    rows = "\n".join(
        f"| {low:.0%} to {high:.0%} | {count:,} | {certainty:.1%} | {accuracy:.1%} |"
        for low, high, count, certainty, accuracy in bins
        if count
    )
    return f"""\
| how sure | answers | mean probability | right |
|---|---|---|---|
{rows}"""


def _percent(share: float | None) -> str:
    return "none" if share is None else f"{share:.1%}"


def _start(encoder: SmallEncoder | None) -> str:
    if encoder is None:
        return ""
    published = CATALOGUE[encoder.name]
    return (
        f"| started from | {published.title} ({published.licence}, {published.page}): its first "
        f"{encoder.layers} layers and {encoder.tokens:,} of its tokens |\n"
        "| weights | 8-bit whole numbers, with a scale for each row of a matrix |\n"
    )


def _added(entry: ZooModel) -> str:
    """What else it learned from."""
    return "".join(
        f"; {f'{added.examples:,} examples' if added.examples else 'the training part'} of "
        f"`{added.corpus}`{f', each {added.times} times' if added.times > 1 else ''}"
        for added in entry.additions
    )


def _attributed(entry: ZooModel) -> str:
    """Who else wrote what it learned from, as licences ask for."""
    return "".join(
        f"; {corpus.title}: sentences by the contributors of tatoeba.org, "
        f"[{corpus.licence}]({corpus.licence_url}), taken from {corpus.page}; "
        "only the weights learned from them are here"
        for added in entry.additions
        if (corpus := PUBLISHED.get(added.corpus))
    )


def _wanted(at_least: float | None) -> str:
    return "" if at_least is None else f"at least {at_least:g}"


def _machine() -> str:
    return f"{os.cpu_count()} CPU cores ({platform.machine()})"

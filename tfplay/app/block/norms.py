"""Layer norm: mean and deviation of each token's row before and after."""

import streamlit as st

from tfplay import explain, figures
from tfplay.app.block.chosen_block import LAYER_KEY, ChosenBlock
from tfplay.app.block.names import PARTS
from tfplay.app.frame.layout import controls, fragment
from tfplay.app.frame.state import choose_one
from tfplay.app.lesson import below_picture, exports, source_caption, tries
from tfplay.app.widgets.chart import show_chart

NORM = "block norm"
WORDS = (
    "Each token's row is brought to mean 0 and deviation 1 by itself, whatever its neighbours are. "
    "A learned gain and shift for every column follow, so that what leaves the norm has neither "
    "exactly. Lecture notes that stop at the division leave these two out."
)
FORMULA = r"\frac{x - \mu}{\sqrt{\sigma^2 + \epsilon}} \odot \gamma + \beta"


@fragment
def norms_view(chosen: ChosenBlock) -> None:
    """Every norm of the block, before and after, token by token."""
    norms = {
        f"{'before' if chosen.block.normalize_first else 'after'} {PARTS[step.part].lower()}": step
        for step in chosen.steps(explain.Switches())
        if step.name == "normalized"
    }
    last = len(chosen.stack_trace.blocks)
    if not norms:
        st.info("This model has no normalisation.")
        return
    with controls("norms"):
        name = choose_one("Norm", list(norms), next(iter(norms)), NORM, link="norm")
    norm = norms[name].operation
    stages = {
        "before": norm.x,
        "divided": norm.standardized(),
        "after gain and shift": norm.result(),
    }
    spreads = {stage: (x.mean(axis=-1), x.std(axis=-1)) for stage, x in stages.items()}
    figure = figures.means_and_deviations(chosen.tokens, spreads)
    show_chart(figure, key="norms", alt="Mean and deviation of each token before and after")
    rows = [
        {"position": place + 1, "token": token}
        | {
            f"{what}, {stage}": float(values[place])
            for stage, pair in spreads.items()
            for what, values in zip(("mean", "deviation"), pair, strict=True)
        }
        for place, token in enumerate(chosen.tokens)
    ]
    with below_picture("norms", WORDS, FORMULA):
        exports("norms", figure, rows)
    tries(
        {"The first block's norms": {LAYER_KEY: 1}, "The last block's": {LAYER_KEY: last}}
        | {f"The norm {name}": {NORM: name} for name in list(norms)[-1:]}
    )
    source_caption(
        chosen.subject,
        f"the norm {name} of the {chosen.stack}'s block {chosen.layer + 1}; a dot is the mean of a "
        "token's row, its bar one standard deviation to each side.",
    )

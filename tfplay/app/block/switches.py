"""Switches that change the forward pass of one block, and what the model answers then."""

import streamlit as st

from tfplay import explain
from tfplay.app.block.answers import answer_at, answer_places, changed_places, usual_place
from tfplay.app.block.chosen_block import ChosenBlock
from tfplay.app.frame.layout import metrics_row, plain
from tfplay.app.frame.state import choose_one, kept_number, kept_toggle
from tfplay.app.lesson import source_caption
from tfplay.app.lesson.heads import ALL, choose_number
from tfplay.app.widgets.bars import bars

SCALE, MASK, RESIDUAL = "block scaling off", "block mask off", "block residual off"
MIX, HEAD, ACTIVATION = "block W_O off", "block only head", "block activation"
STEP, CELL, SHOWN_HEAD = "block step", "block cell", "block shown head"
TEMPERATURE, PLACE = "block temperature", "block place"
OWN_ACTIVATION = "the model's own"
OFF = {
    SCALE: False,
    MASK: False,
    RESIDUAL: False,
    MIX: False,
    HEAD: ALL,
    ACTIVATION: OWN_ACTIVATION,
}
"""Every switch as it leaves the block alone, by the key of its widget."""


def choose_switches(chosen: ChosenBlock) -> "explain.Switches":
    """Lets the visitor break the block on the spot; a switch that it cannot have is not shown."""
    block, attention = chosen.block, chosen.block.self_attention
    with st.container(horizontal=True, gap="medium"):
        no_scale = attention.scale_attention and kept_toggle(
            "No scaling by √d", False, "no_scaling", SCALE
        )
        is_masked = getattr(block, "use_causal_mask", False)
        no_mask = is_masked and kept_toggle("No mask", False, "no_mask", MASK)
        no_residual = block.self_attention_residual.use_residual and kept_toggle(
            "No residual", False, "no_residual", RESIDUAL
        )
        is_square = attention.num_heads * attention.head_dim == attention.output_dense.units
        no_mixing = is_square and kept_toggle("W_O is the identity", False, "no_mixing", MIX)
    left, right = st.columns(2)
    with left:
        only = choose_number(
            *("Heads that are used", attention.num_heads, ALL, HEAD, [ALL]),
            numbers_first=False,
            link="only_head",
        )
    with right:
        activations = [OWN_ACTIVATION, *explain.ACTIVATIONS]
        activation = choose_one(
            *("Activation", activations, OWN_ACTIVATION, ACTIVATION, st.selectbox),
            link="activation",
        )
    return explain.Switches(
        scale_attention=not no_scale,
        use_mask=not no_mask,
        use_residual=not no_residual,
        mix_heads=not no_mixing,
        only_head=None if only == ALL else only - 1,
        activation=None if activation == OWN_ACTIVATION else activation,
    )


def answers_view(
    chosen: ChosenBlock, steps: "tuple[explain.BlockStep, ...]", switches: "explain.Switches"
) -> None:
    """The model's true answer, and beside it what it answers with the block as it is switched."""
    is_changed = switches != explain.Switches()
    true = chosen.traced.trace.logits
    logits = chosen.answer(steps[-1].values) if is_changed else true
    left, right = st.columns(2)
    places = answer_places(chosen)
    with left:
        place = _choose_place(chosen, places)
    with right:
        temperature = kept_number(
            "Temperature of the output softmax",
            **{"low": 0.1, "high": 3.0, "usual": 1.0, "step": 0.1},
            name="temperature",
            key=TEMPERATURE,
            help="softmax(logits / T): low makes the model sure, high makes it daring.",
        )
    titles = {"The model's own answer": true}
    if is_changed:
        titles["With the block changed"] = logits
    for column, (title, each) in zip(st.columns(2), titles.items(), strict=False):
        answer = answer_at(chosen, each, place, temperature)
        with column:
            st.markdown(f"**{title}** · {answer.entropy:.2f} bits of doubt")
            bars(list(zip(answer.names, answer.probabilities, strict=True)), f"{title} bars", title)
    if is_changed:
        count, total = changed_places(true, logits)
        where = plain(places[place])
        st.markdown(
            f"The likeliest answer is another one at **{count} of {total}** places; shown is the "
            f"one at “{where}”."
            if total > 1
            else f"The answer {'is another' if count else 'stays'}."
        )
    entropy_view(chosen, steps)
    source_caption(
        chosen.subject,
        f"the {chosen.stack}'s block {chosen.layer + 1}, computed anew with the switches as they "
        "stand, then the rest of the model as it is.",
    )


def entropy_view(chosen: ChosenBlock, steps: "tuple[explain.BlockStep, ...]") -> None:
    """How spread this block's attention is, with the switches and without."""

    def mean_bits(these: "tuple[explain.BlockStep, ...]") -> tuple[float, float]:
        scores = explain.find_step(these, "self_attention", "softmax").values
        return float(explain.entropy(scores).mean()), float(scores.max(axis=-1).mean())

    bits, largest = mean_bits(steps)
    own_bits, own_largest = mean_bits(chosen.steps(explain.Switches()))
    metrics_row(
        {
            "Attention entropy": f"{bits:.2f} bits",
            "as the model is": f"{own_bits:.2f} bits",
            "Largest share of a row": f"{largest:.0%}",
            "as the model is ": f"{own_largest:.0%}",
        }
    )


def _choose_place(chosen: ChosenBlock, places: list[str]) -> int:
    if len(places) == 1:
        return 0
    key = f"{PLACE} of {chosen.subject.model.id}, {len(places)} tokens"
    return choose_one(
        *("Its answer at", range(len(places)), usual_place(chosen), key, st.selectbox),
        link="answer_at",
        format_func=lambda place: f"{place + 1} · {places[place]}",
    )

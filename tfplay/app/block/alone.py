"""The feed-forward network works on each token alone; attention does not."""

from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from tfplay import explain
from tfplay.app.block.chosen_block import LAYER_KEY, ChosenBlock
from tfplay.app.block.switches import MASK, OFF
from tfplay.app.frame.address import begin_linked, keep_linked
from tfplay.app.frame.layout import fragment
from tfplay.app.frame.state import whole_number
from tfplay.app.lesson import below_picture, exports, source_caption, tries

if TYPE_CHECKING:  # Keras takes seconds to import
    from tfplay.layers.transformer_block import TransformerBlock

SEED = "block shuffle"
WORDS = (
    "The feed-forward network reads one row at a time. Shuffle the rows before it and put its "
    "answers back in order: they are the same numbers. Attention depends on the other rows, and a "
    "mask on where they stand. P is any reordering of the rows."
)
FORMULA = r"\mathrm{FFN}(PX) = P\,\mathrm{FFN}(X)"


@fragment
def alone_view(chosen: ChosenBlock) -> None:
    """Shuffles the tokens before a block, and gives it each token alone."""
    begin_linked("shuffle", SEED, 0, whole_number)
    count = keep_linked("shuffle", SEED, 0)
    order = np.random.default_rng(count).permutation(len(chosen.x))
    st.text(" ".join(chosen.tokens[place] for place in order))
    rows = alone_rows(chosen, order, is_masked=not st.session_state.get(MASK))
    st.dataframe(
        rows,
        hide_index=True,
        column_config={
            name: st.column_config.NumberColumn(format="%.3g")
            for name in ("shuffled", "each token alone", "size of its numbers")
        },
    )
    with below_picture("each token alone", WORDS, FORMULA):
        exports("each token alone", table=rows)
    tries(
        {
            "Shuffle again": {SEED: count + 1},
            "Allow the future, then shuffle": OFF | {MASK: True, SEED: count + 1},
            "Shuffle in the last block": {LAYER_KEY: len(chosen.stack_trace.blocks)},
        }
    )
    source_caption(
        chosen.subject,
        "the largest change of any number in the sublayer's output; 0 (or a rounding error near "
        "1e-6) means that nothing changed. “each token alone”: the block reads one token and no "
        "other.",
    )


def alone_rows(
    chosen: ChosenBlock, order: np.ndarray, is_masked: bool = True
) -> list[dict[str, object]]:
    """For each sublayer, how much its answer changes if the tokens are shuffled, or come alone.

    Args:
        chosen: The block and its sentence.
        order: (T,) a reordering of the tokens.
        is_masked: Whether the block's mask, if it has one, counts.
    """
    whole = _answers(chosen, chosen.x, is_masked)
    shuffled = _answers(chosen, chosen.x[order], is_masked)
    alone = _answers_alone(chosen.block, chosen.x)
    back = np.argsort(order)
    return [
        {
            "sublayer": name,
            "shuffled": float(np.abs(shuffled[name][back] - answer).max()),
            "each token alone": float(np.abs(alone[name] - answer).max()),
            "size of its numbers": float(np.abs(answer).max()),
        }
        for name, answer in whole.items()
    ]


def _answers(chosen: ChosenBlock, x: np.ndarray, is_masked: bool) -> dict[str, np.ndarray]:
    """What attention and the feed-forward network each answer to the rows (T, E) themselves."""
    block = chosen.block
    steps = explain.block_steps(
        block, x, chosen.encoder_output, explain.Switches(use_mask=is_masked)
    )
    answers = {"self-attention": explain.find_step(steps, "self_attention", "mixed").values}
    if block.use_feed_forward:
        answers["feed-forward network"] = np.asarray(block.feed_forward(x[None]))[0]
    return answers


def _answers_alone(block: "TransformerBlock", x: np.ndarray) -> dict[str, np.ndarray]:
    """The same, each of the rows (T, E) read as a sequence of its own."""
    rows = x[:, None]
    read, attention = block.self_attention_residual.prepare(rows), block.self_attention
    attended, _ = attention.attend(read, attention.project_keys_and_values(read))
    answers = {"self-attention": np.asarray(attended)[:, 0]}
    if block.use_feed_forward:
        answers["feed-forward network"] = np.asarray(block.feed_forward(rows))[:, 0]
    return answers

"""What each turn cost: with a key-value cache, without one, and with an encoder."""

import streamlit as st

from tfplay import figures
from tfplay.app.chat.xray.subject import XraySubject
from tfplay.app.frame.layout import metrics_row
from tfplay.app.model.loading import load_trained
from tfplay.app.widgets.chart import show_chart
from tfplay.chat.costs import Cost, ReplyTurn, conversation_turns, count_turn, measure_turn
from tfplay.chat.xray import ReplyXray

WAYS = ("with the cache", "encoding all again each turn", "without a cache")
MOST_TURNS = 8


def show_costs(subject: XraySubject, _: ReplyXray) -> None:
    """Multiply-adds counted for each turn, and milliseconds measured on demand."""
    st.markdown(
        "The keys and values of a token never change, since it looks at earlier ones only: kept in "
        "a **cache**, only new tokens are computed. Without a cache the whole sequence is computed "
        "again for every token. An **encoder-decoder**, whose encoder looks ahead as well as back, "
        "would have to encode the entire transcript again at each turn before its first word."
    )
    kept = subject.messages[: subject.reply + 1]
    trained = load_trained(subject.model)
    turns = conversation_turns(trained, kept, subject.config.max_new_tokens)[-MOST_TURNS:]
    config = trained.model.config
    _chart(subject, turns, [count_turn(config, turn) for turn in turns], "multiply-adds")
    st.caption(
        "Counted from the model's sizes: all matrix products of the blocks, and the logits of each "
        "newest position. For the encoder the whole transcript goes through the blocks once a "
        "turn, and the reply is written with the cache; its decoder's attention to the transcript "
        "would come on top. When the oldest messages fall out of the context all positions shift, "
        "and what the cache kept can no longer be used."
    )
    measured = st.session_state.setdefault("measured turns", {})
    wanted = (*subject.identity, subject.reply)
    if st.button(
        "Measure it now, on this machine", icon=":material/timer:", key=f"{subject.key} measure it"
    ):
        with st.spinner("Writing each reply again, several times in each way …"):
            measured[wanted] = [measure_turn(trained, turn) for turn in turns]
    if wanted in measured:
        _show_measured(subject, turns, measured[wanted])


def _show_measured(subject: XraySubject, turns: list[ReplyTurn], costs: list[Cost]) -> None:
    _chart(subject, turns, costs, "milliseconds")
    written, cost = turns[-1].written_ids.shape[1], costs[-1]
    metrics_row(
        {
            "Reading what is new": f"{cost.reading:,.1f} ms",
            "Encoding all again": f"{cost.encoding:,.1f} ms",
            "Writing with the cache": f"{1000 * written / cost.writing:,.0f} tokens/s",
            "Without a cache": f"{1000 * written / cost.whole:,.0f} tokens/s",
        }
    )
    st.caption(
        f"Medians of 5 interleaved repeats; the numbers are those of the last turn, which wrote "
        f"{written} tokens. Encoding is timed with this model's own blocks over the whole "
        "transcript: an encoder of the same size multiplies as much, whatever its mask."
    )


def _chart(subject: XraySubject, turns: list[ReplyTurn], costs: list[Cost], unit: str) -> None:
    names = [subject.name(turn.message) for turn in turns]
    totals = [(cost.cached, cost.encoded, cost.whole) for cost in costs]
    ways = dict(zip(WAYS, zip(*totals, strict=True), strict=True))
    show_chart(
        figures.turn_costs(names, ways, unit),
        key=f"{subject.key} {unit}",
        alt=f"{unit} of {len(turns)} turns: {', '.join(WAYS)}",
    )

"""Where in the conversation a token of a reply came from, message by message."""

import streamlit as st

from tfplay.app.chat.xray.subject import XraySubject, chosen_place, groups
from tfplay.app.frame.layout import plain
from tfplay.app.frame.state import choose_one
from tfplay.app.frame.strip import choose_token
from tfplay.app.lesson.heads import AVERAGE, choose_head
from tfplay.app.widgets.bars import bars
from tfplay.app.widgets.token_strip import token_strip
from tfplay.chat.xray import ReplyXray

SCORES, WEIGHED, ROLLOUT = "Attention scores", "What was passed on", "Rollout"
MEANINGS = {
    SCORES: "The number is the attention score, averaged over {which}: of all the attention that "
    "the position before the token pays, the share that goes to each token it read.",
    WEIGHED: "The number is the attention score times the length of the vector that the head "
    "passes on from there, averaged over {which} and divided by the sum (Kobayashi et al., 2020): "
    "a token that is looked at but has nothing to say counts little.",
    ROLLOUT: "The number follows attention through all layers down to the tokens, half of it at "
    "each layer staying with the position itself, averaged over heads (Abnar and Zuidema, 2020).",
}
FORMULAS = {
    SCORES: r"\operatorname*{mean}_{l,h}\; a^{(l,h)}_{t-1,s}",
    WEIGHED: r"\frac{\sum_{l,h} a^{(l,h)}_{t-1,s}\,\lVert v^{(l,h)}_s W_O^{(l,h)}\rVert}"
    r"{\sum_{s'}\sum_{l,h} a^{(l,h)}_{t-1,s'}\,\lVert v^{(l,h)}_{s'} W_O^{(l,h)}\rVert}",
    ROLLOUT: r"\Big[\prod_{l=L}^{1} \tfrac{1}{2}\big(\bar A^{(l)} + I\big)\Big]_{t-1,s}",
}


def show_looking(subject: XraySubject, xray: ReplyXray) -> None:
    """The messages by how much of its attention a chosen token's prediction gave to each."""
    st.markdown(
        "A token is predicted from the position before it. Choose one to see what that position "
        "looked at: which message, and which of its tokens."
    )
    place = choose_token(
        xray.written,
        f"{subject.key} reply tokens",
        "token",
        chosen_place(xray),
        shades=[0.0] * len(xray.written),
        label="The reply's tokens",
    )
    measure, layer, head = _choose_measure(subject, xray)
    weights = xray.sources.rollout[place]
    if measure != ROLLOUT:
        weights = xray.sources.mean_scores(layer, head, weigh=measure == WEIGHED)[place]
    shares = xray.by_message(weights)
    best = int(shares.argmax())
    st.markdown(
        f"For **{plain(xray.written[place])}** the model looked most at "
        f"**{plain(subject.name(xray.spans[best].message))}**: **{shares[best]:.0%}**."
    )
    quotes = [subject.quote(span.message) for span in xray.spans]
    rows = list(zip(quotes, shares, strict=True))
    bars(rows, f"{subject.key} messages", "How much of the attention went to each message")
    _tell_of_heads(subject, xray, place)
    st.latex(FORMULAS[measure])
    st.caption(MEANINGS[measure].format(which=_which(layer, head)))
    read = xray.reply_start + place
    *earlier, (name, _) = groups(subject, xray.spans)
    token_strip(
        xray.tokens[:read],
        f"{subject.key} read tokens",
        shades=weights[:read] / weights.max(),
        notes=[f"{weight:.1%}" for weight in weights[:read]],
        groups=[*earlier, (name, read - xray.spans[-1].start)],
        selected=int(weights.argmax()),
        label="The tokens that were read",
    )
    st.caption(
        "What had been read when the token was chosen; the stronger the colour, the more it counts."
    )


def _choose_measure(subject: XraySubject, xray: ReplyXray) -> tuple[str, int | None, int | None]:
    """The measure, and the layer and head, from 1; `None` is the average over all."""
    key = subject.key
    with st.container(horizontal=True, gap="medium"):
        measure = choose_one("Measure", list(MEANINGS), SCORES, f"{key} measure", link="measure")
        if measure == ROLLOUT:
            return measure, None, None
        layer, head = choose_head(
            *xray.sources.attention_scores.shape[:2],
            key,
            layer=AVERAGE,
            layers_as_one=[AVERAGE],
            numbers_first=False,
            draw=st.selectbox,
            width=130,
        )
    return measure, *(None if chosen == AVERAGE else chosen for chosen in (layer, head))


def _tell_of_heads(subject: XraySubject, xray: ReplyXray, place: int) -> None:
    """Names the head that looked most at one earlier message, and lets the visitor choose it."""
    found = xray.strongest_head(place)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(
            f"Of all heads, head {found.head} of layer {found.layer} looked most at one earlier "
            f"message: {found.share:.0%} at {plain(subject.name(found.message))}.",
            width="stretch",
        )
        chosen = {
            f"{subject.key} measure": SCORES,
            f"{subject.key} layer": found.layer,
            f"{subject.key} head": found.head,
        }
        st.button(
            "Show this head",
            key=f"{subject.key} show head",
            on_click=st.session_state.update,
            args=(chosen,),
        )


def _which(layer: int | None, head: int | None) -> str:
    layers = "all layers" if layer is None else f"layer {layer}"
    return f"{layers} and " + ("all heads" if head is None else f"head {head}")

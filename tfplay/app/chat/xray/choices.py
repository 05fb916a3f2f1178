"""What each token of a reply was chosen from, and what else might have stood in its place."""

import numpy as np
import streamlit as st

from tfplay.app.chat.xray.subject import XraySubject, chosen_place
from tfplay.app.frame.layout import metrics_row, plain
from tfplay.app.frame.state import choose_one, kept_number
from tfplay.app.frame.strip import choose_token
from tfplay.app.model.decoding_settings import LIMITS
from tfplay.app.widgets.bars import bars
from tfplay.app.widgets.live_slider import live_slider
from tfplay.chat.xray import ReplyXray
from tfplay.config import DecodingConfig

FULL_ENTROPY = 4.0  # bits: as many as 16 equally likely tokens have
COLOURS = {
    "Probability": "The stronger the colour, the less likely the model found the token.",
    "Entropy": "The stronger the colour, the less decided the model was; full from 4 bits on, as "
    "undecided as between 16 equally likely tokens.",
}
SLIDERS = ("temperature", "top_k", "top_p", "repetition_penalty")


def show_choices(subject: XraySubject, xray: ReplyXray) -> str | None:
    """The reply's tokens, the candidates for one of them, and how settings change their chances.

    Returns:
        The beginning of another reply, if the visitor wants one.
    """
    st.markdown(
        "At every step the model gives each token of its vocabulary a probability. Choose a token "
        "of the reply to see what else might have stood there; the sliders change the chances of "
        "the candidates without asking the model again."
    )
    probabilities, entropies = xray.probabilities(), xray.entropies()
    key = f"{subject.key} colour"
    colour = choose_one("Colour", list(COLOURS), "Probability", key, link="colour")
    shades = 1 - probabilities if colour == "Probability" else entropies / FULL_ENTROPY
    place = choose_token(
        xray.written,
        f"{subject.key} reply tokens",
        "token",
        chosen_place(xray),
        shades=np.clip(shades, 0, 1),
        notes=[
            f"probability {probability:.1%}, entropy {entropy:.2f} bits"
            for probability, entropy in zip(probabilities, entropies, strict=True)
        ],
        label="The reply's tokens",
    )
    st.caption(f"{COLOURS[colour]} Both are the model's own, before temperature and filters.")
    settings, chances = st.columns([2, 3], gap="large")
    with settings:
        config = _settings(subject)
    with chances:
        return _candidates(subject, xray, place, config)


def _settings(subject: XraySubject) -> DecodingConfig:
    """Temperature and filters, which begin with those of the chat."""
    given = {name: getattr(subject.config, name) for name in SLIDERS}
    if subject.config.strategy == "greedy":
        given["temperature"] = 0.0
    chosen = {
        name: kept_number(
            name.replace("_", " ").capitalize(),
            **LIMITS[name],
            usual=given[name],
            name=f"xray_{name}",
            key=f"{subject.key} {name}",
            draw=live_slider,
        )
        for name in SLIDERS
    }
    if not chosen["temperature"]:
        return DecodingConfig("greedy", **chosen | {"temperature": 1.0})
    return DecodingConfig("sampling", **chosen)


def _candidates(
    subject: XraySubject, xray: ReplyXray, place: int, config: DecodingConfig
) -> str | None:
    likely = xray.distribution(place, config)
    candidates = xray.candidates(place, config)
    token = xray.written[place]
    bits = np.sum(likely * np.log2(1 / np.where(likely > 0, likely, 1)))
    metrics_row(
        {
            f"Chance of {plain(token)}": f"{likely[xray.written_ids[place]]:.1%}",
            "May be chosen": f"{np.count_nonzero(likely):,} of {len(likely):,}",
            "Entropy": f"{bits:.2f} bits",
        }
    )
    ids, written_id = [each.token_id for each in candidates], xray.written_ids[place]
    others = [
        token_id if token_id != written_id and xray.text_with(place, token_id) is not None else None
        for token_id in ids
    ]
    chosen = bars(
        [(each.token, each.probability) for each in candidates],
        f"{subject.key} bars",
        "The likeliest tokens",
        marked=ids.index(written_id) if written_id in ids else None,
        choices=others,
        hint="Write the reply again from",
    )
    st.caption("Choose another token, and the reply is written again from there.")
    return None if chosen is None else xray.text_with(place, chosen)

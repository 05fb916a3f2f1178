import re

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.app import shown_text
from tests.pages.shown import choose_row
from tfplay.chat.xray import xray_reply
from tfplay.config import DecodingConfig
from tfplay.explain.sources import trace_sources
from tfplay.store import open_model

MESSAGES = [
    {"role": "user", "content": "My name is Zorimel."},
    {"role": "assistant", "content": "Nice to *meet* you."},
    {"role": "user", "content": "What is my name?"},
    {"role": "assistant", "content": "Your name is Zorimel."},
]
CONFIG = DecodingConfig("sampling", temperature=0.7, top_k=40)


def page():
    import streamlit as st

    from tests.app.chat.test_xray import CONFIG, MESSAGES
    from tfplay.app.chat.xray import reply_xray
    from tfplay.store import open_model

    wanted = reply_xray(open_model("chat"), MESSAGES, "xray", CONFIG)
    st.session_state["asked"] = st.session_state.get("asked") or wanted


@pytest.fixture
def app():
    app = AppTest.from_function(page, default_timeout=120).run()
    assert not app.exception
    return app


@pytest.fixture
def passes(monkeypatch):
    """Every time that any model is asked, by a call or for its trace."""
    asked = []
    traced = lambda *a: asked.append(1) or trace_sources(*a)  # noqa: E731
    monkeypatch.setattr("tfplay.explain.trace_sources", traced)
    for name in ("__call__", "trace", "call_with_cache"):
        from tfplay.models import DecoderOnly

        real = getattr(DecoderOnly, name)
        counted = lambda self, *a, real=real, **k: asked.append(1) or real(self, *a, **k)  # noqa: E731
        monkeypatch.setattr(DecoderOnly, name, counted)
    return asked


def open_view(app, name):
    app.segmented_control(key="xray view").set_value(name).run()
    assert not app.exception
    return shown_text(app)


def move_sliders(app, temperature, top_p, penalty):
    for name, value in (
        ("temperature", temperature),
        ("top_p", top_p),
        ("repetition_penalty", penalty),
    ):
        app.session_state[f"xray {name}"] = value
    app.run()


def metric(app, label):
    return next(each.value for each in app.metric if each.label.startswith(label))


def test_moving_the_sliders_changes_the_chances_and_asks_no_model(app, passes):
    xray = xray_reply(open_model("chat").load(), MESSAGES, 3)
    place = int(xray.probabilities().argmin())
    passes.clear()
    for temperature, top_p, penalty in ((0.7, 1.0, 1.0), (1.8, 1.0, 1.0), (1.8, 0.9, 1.5)):
        move_sliders(app, temperature, top_p, penalty)
        assert not app.exception
        config = DecodingConfig("sampling", 64, temperature, 40, top_p, penalty)
        chances = xray.distribution(place, config)
        assert metric(app, "Chance") == f"{chances[xray.written_ids[place]]:.1%}"
        assert metric(app, "May be chosen").startswith(f"{(chances > 0).sum():,} of")
    move_sliders(app, 0.0, 0.9, 1.5)
    assert metric(app, "May be chosen").startswith("1 of")
    assert not passes


def test_every_view_opens_and_one_pass_is_enough_for_all(app, passes):
    head, layer = re.search(
        r"head (\d) of layer (\d) looked most", open_view(app, "Attention")
    ).groups()
    app.button(key="xray show head").click().run()
    assert f"layer {layer} and head {head}" in shown_text(app)
    for measure in ("What was passed on", "Rollout"):
        app.segmented_control(key="xray measure").set_value(measure).run()
        assert not app.exception
    open_view(app, "Context")
    text = open_view(app, "Cost")
    assert "Counted" in text
    open_view(app, "Choices")
    assert not passes
    app.selectbox(key="xray reply").set_value(1).run()
    assert not app.exception
    assert len(passes) == 1


def test_another_token_leads_to_another_beginning(app):
    trained = open_model("chat").load()
    xray = xray_reply(trained, MESSAGES, 3)
    place = int(xray.probabilities().argmin())
    candidate = next(
        candidate
        for candidate in xray.candidates(place, CONFIG)
        if candidate.token_id != xray.written_ids[place]
        and xray.text_with(place, candidate.token_id)
    )
    choose_row(app, "xray bars", candidate.token)
    asked = app.session_state["asked"]
    assert asked == (3, xray.text_with(place, candidate.token_id))

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from tfplay import explain
from tfplay.app.lesson import TEXT_TASKS, Subject, traced
from tfplay.app.widgets.csv_button import as_csv
from tfplay.errors import InputError


def lesson() -> None:
    """A page that shows what it looks into, and how often the model ran for it."""
    import plotly.graph_objects as go
    import streamlit as st

    from tfplay.app.frame.address import open_address
    from tfplay.app.lesson import choose_subject, exports, source_caption, traced, tries

    open_address("lesson")
    subject = choose_subject()
    tries({"Say it twice": {subject.text_key: "the cat the cat"}})
    tokens = {len(traced(subject).tokens), len(traced(subject).target_tokens)}
    st.text(
        " | ".join([subject.model.id, str(subject.model.step), subject.text, subject.second, "."])
    )
    source_caption(subject, f"{max(tokens)} tokens.")
    exports("tokens", go.Figure(), [{"tokens": len(tokens)}])


def opened(**query: str) -> AppTest:
    app = AppTest.from_function(lesson, default_timeout=60)
    for name, value in query.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


@pytest.fixture
def forward_passes(monkeypatch):
    """Grows with each."""
    counted, real = [], explain.trace_arrays
    monkeypatch.setattr(explain, "trace_arrays", lambda *args: counted.append(1) or real(*args))
    return counted


def test_a_sentence_and_a_model_need_one_forward_pass_whoever_asks(trained_runs, forward_passes):
    run = trained_runs["language-model"]
    app = opened(run=run.id, text="a cat on a mat")
    app.run()
    assert len(forward_passes) == 1
    assert traced(Subject(run.model.at(5), "a cat on a mat", "")).tokens == list("a␣cat␣on␣a␣mat")
    assert len(forward_passes) == 1
    app.text_area[0].set_value("a dog on a mat").run()
    assert len(forward_passes) == 2
    app.select_slider[0].set_value(0).run()
    assert len(forward_passes) == 3


def test_an_address_opens_what_it_says_and_the_address_follows_the_choice(trained_runs):
    run, other = trained_runs["language-model"], trained_runs["translation"]
    app = opened(run=run.id, step="3", text="the dog", second="")
    assert app.text[0].value == f"{run.id} | 3 | the dog |  | ."
    app.button(key="try Say it twice").click().run()
    assert app.text[0].value == f"{run.id} | 3 | the cat the cat |  | ."
    assert app.query_params["text"] == "the cat the cat"
    app.selectbox[0].set_value(other.id).run()
    assert app.query_params["run"] == other.id
    assert app.text[0].value != f"{other.id} | 3 | the cat the cat |  | ."
    app.text_input[0].set_value("संख्या").run()
    assert app.query_params["second"] == "संख्या"
    assert app.text[0].value.endswith(" | संख्या | .")
    app.selectbox[0].set_value(run.id).run()
    assert "second" not in app.query_params
    assert app.text[0].value == f"{run.id} | 3 | the cat the cat |  | ."


@pytest.mark.parametrize("task", TEXT_TASKS)
def test_the_tokens_fit_the_trace_of_every_task(trained_runs, task):
    run = trained_runs[task]
    second = "where?" if task == "answers" else "123"
    found = traced(Subject(run.model, "number 7 [MASK]", second))
    first = found.trace.encoder or found.trace.decoder
    last = found.trace.decoder or found.trace.encoder
    assert first.embeddings.shape[1] == len(found.tokens)
    assert last.embeddings.shape[1] == len(found.target_tokens) == len(found.written_tokens)
    assert sum(ids.size for ids in found.inputs.values()) >= len(found.tokens)
    again = run.model.load().model.trace(found.inputs)
    np.testing.assert_allclose(found.trace.logits, np.asarray(again.logits), atol=1e-6)


def test_an_empty_text_is_told_in_a_sentence(trained_runs):
    with pytest.raises(InputError, match="empty"):
        traced(Subject(trained_runs["chat"].model, " ", ""))


def test_numbers_are_exported_as_csv_and_made_only_when_wanted():
    rows = [{"token": 'a, "b"', "score": 0.5}]
    assert as_csv(rows) == as_csv(lambda: rows) == '\ufefftoken,score\r\n"a, ""b""",0.5\r\n'

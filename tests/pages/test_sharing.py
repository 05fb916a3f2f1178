"""Snapshots on the pages: made, opened by others, made one's own, and closed to all else."""

import json
import shutil

import pytest
import streamlit as st

from tests.pages.app import open_page, shown_text, unopened_app
from tests.pages.shown import component
from tfplay.app.frame import navigation as pages
from tfplay.app.model.pictures import pictures_of
from tfplay.app.sharing import giving
from tfplay.app.sharing.frozen import chart_titles, frozen_view
from tfplay.errors import InputError
from tfplay.sharing import (
    View,
    copy_model,
    delete_snapshot,
    find_snapshot,
    keep_snapshot,
    snapshot_model,
)
from tfplay.sharing.pixels import as_data
from tfplay.store import delete_run, list_opened, list_runs, open_run, rename_run
from tfplay.store.conversations import Conversation, Conversations

HOSTILE = "<b>bold</b> **strong** [x](y) \u202eevil\x07"
SECRET = "a-secret-of-more-than-22-letters"
VIEW = View("attention", {"view": "Sinks", "text": "it was good"})


def button(app, label):
    [found] = [each for each in app.button if each.label == label]
    return found


def other_model_choice(app):
    return next(each for each in app.selectbox if each.label == "The other model")


def numbers(app):
    """All that the page's charts draw."""
    return [json.loads(each.proto.spec)["data"] for each in app.get("plotly_chart")]


def opened(page, **query):
    app = unopened_app(query).switch_page(page).run(timeout=300)
    assert not app.exception
    return app


@pytest.fixture
def model(own_runs):
    return own_runs["classification"].model


@pytest.fixture
def give_away(monkeypatch):
    """Presses Share, and fills in the form that AppTest cannot: the snapshot and its secret."""
    made = []

    def give(conversation, model):
        model = model or giving._model_seen()
        other = giving._other_model(giving._choices())
        view = giving._view_seen(model, conversation)
        made.append(keep_snapshot(view, model, "Given", other=other))

    def give_charts():
        page = st.session_state["name of the page"]
        view = frozen_view(page, list(chart_titles())[:1])
        made.append(keep_snapshot(view, None, "Given"))

    def press(app):
        next(each for each in app.button if each.label == "Share").click().run(timeout=120)
        assert not app.exception
        return made[-1]

    monkeypatch.setattr(giving, "_share", give)
    monkeypatch.setattr(giving, "_share_charts", give_charts)
    return press


def test_what_one_sees_opens_elsewhere_as_it_was_to_be_looked_at(model, give_away):
    app = opened(pages.ATTENTION, run=model.id, view="Sinks", text="it was good")
    kept, _ = give_away(app)
    delete_run(next(run for run in list_runs() if run.id == model.id))
    theirs = opened(pages.START, s=kept.id)  # whatever page the link was put on
    assert theirs.title[0].value == "Attention"
    assert theirs.query_params["view"] == "Sinks"
    [text] = theirs.text_area
    assert (text.value, text.disabled) == ("it was good", True)
    assert len(next(each for each in theirs.selectbox if each.label == "Model").options) == 1
    assert "A snapshot made on" in shown_text(theirs)
    assert not {each.label for each in theirs.button} & {"Delete this snapshot for good"}


def test_two_models_side_by_side_open_elsewhere_and_are_made_ones_own(model, own_runs, give_away):
    second = own_runs["classification"].path.with_name("second")
    shutil.copytree(model.path, second)
    rename_run(open_run("second"), "Another")
    query = {"view": "Compare", "with": "Another model", "text": "it was good"}
    app = opened(pages.ATTENTION, run=model.id, other_model="second", **query)
    kept, _ = give_away(app)
    assert kept.other
    shutil.rmtree(second)
    theirs = opened(pages.ATTENTION, s=kept.id)
    assert other_model_choice(theirs).value == kept.other
    assert numbers(theirs) == numbers(app)
    button(theirs, "Make it mine").click().run(timeout=120)
    assert not theirs.exception
    shown = {theirs.query_params["run"], other_model_choice(theirs).value}
    assert shown == {each.id for each in list_opened()}
    assert len(shown) == 2


def test_a_third_model_is_not_given_away(model, own_runs, give_away):
    ids = {"other_model": own_runs["chat"].id, "third": own_runs["tagging"].id}
    app = opened(pages.ATTENTION, run=model.id, **ids)
    with pytest.raises(IndexError):  # nothing was made
        give_away(app)
    assert "has room for one of them" in shown_text(app)


def test_a_picture_of_private_data_is_seen_elsewhere_and_taken_along(own_runs, give_away):
    run = own_runs["images"]
    app = opened(pages.UNDERSTAND, run=run.id, source="given", label="top", picture="3")
    seen, pixels = component(app, "picture")["pixels"], pictures_of(run.model)
    kept, _ = give_away(app)
    delete_run(run)
    theirs = opened(pages.UNDERSTAND, s=kept.id)
    assert component(theirs, "picture")["pixels"] == seen
    assert not theirs.pills
    record = json.dumps(find_snapshot(kept.id).to_json())
    carried = [as_data(each.pixels.mean(axis=-1))["numbers"] in record for each in pixels]
    assert carried.count(True) == 1
    button(theirs, "Make it mine").click().run(timeout=120)
    assert not theirs.exception
    assert component(theirs, "picture")["pixels"] == seen
    assert "The picture of the snapshot" in shown_text(theirs)


@pytest.mark.parametrize("page", [pages.BREAK_IT, pages.RUNS, pages.LEARNED])
def test_charts_of_a_page_of_measurements_open_elsewhere_frozen(page, give_away):
    app = opened(page)
    kept, _ = give_away(app)
    words = [part["words"] for part in kept.view.frozen if "words" in part]
    theirs = opened(page, s=kept.id)
    assert theirs.title[0].value == app.title[0].value
    assert numbers(theirs) == numbers(app)[:1]
    assert all(each in shown_text(theirs) for each in words)
    assert not kept.view.choices
    assert "Make it mine" not in {each.label for each in theirs.button}


def test_the_demonstration_on_start_opens_elsewhere_with_its_sentence(give_away):
    app = opened(pages.START, architecture="decoder-only", text="The dog sat.")
    kept, _ = give_away(app)
    theirs = opened(pages.TOKENS, s=kept.id)
    assert component(theirs, "flow") == component(app, "flow")
    assert theirs.text_area[0].disabled


def test_a_snapshot_made_in_a_lesson_leads_nobody_into_it(give_away):
    app = opened(pages.ATTENTION, run="sentiment", lesson="next-word", lesson_step="3")
    kept, _ = give_away(app)
    assert not {"lesson", "lesson_step"} & set(kept.view.choices)


def test_make_it_mine_gives_a_copy_that_can_be_changed_and_that_others_do_not_see(model):
    kept, _ = keep_snapshot(VIEW, model, "Theirs")
    app = opened(pages.ATTENTION, s=kept.id)
    button(app, "Make it mine").click().run(timeout=120)
    assert not app.exception
    [copy] = list_opened()
    assert app.query_params["run"] == copy.id
    assert "s" not in app.query_params
    assert not app.text_area[0].disabled
    app.text_area[0].set_value("it was bad").run(timeout=120)
    assert not app.exception
    assert find_snapshot(kept.id) == kept
    delete_run(next(run for run in list_runs() if run.id == model.id))  # it has the same title
    others = opened(pages.MODELS)
    assert not any(copy.title in each for each in _model_choice(others).options)


def test_a_copy_is_changed_by_its_owner_alone_also_where_strangers_share_the_server(
    model, monkeypatch
):
    kept, _ = keep_snapshot(VIEW, model, "Theirs")
    copy = copy_model(kept, snapshot_model(kept), SECRET)
    monkeypatch.setenv("TFPLAY_HOSTED", "1")
    for visitor, is_owner in ((SECRET, True), ("another-visitor-of-this-server", False)):
        app = unopened_app({"run": copy.id})
        app.session_state["visitor"] = visitor
        app.switch_page(pages.MODELS).run(timeout=120)
        assert _model_choice(app).value == copy.id
        assert ("Delete for good" in {each.label for each in app.button}) == is_owner
    assert "lets others use it here, not download it" in shown_text(app)


def _model_choice(app):
    return next(each for each in app.selectbox if each.label == "Model")


def test_a_private_model_is_not_reached_past_its_snapshot(model):
    kept, _ = keep_snapshot(VIEW, model, "Theirs")
    delete_run(next(run for run in list_runs() if run.id == model.id))
    app = opened(pages.ATTENTION, run=kept.model)
    assert f"There is no run {kept.model}" in shown_text(app).replace("\\", "")


@pytest.mark.parametrize("snapshot_id", ["0" * 32, "../records", "", "\u202e", "x" * 30_000])
def test_a_link_to_no_snapshot_says_so(snapshot_id, trained_runs):
    app = opened(pages.ATTENTION, s=snapshot_id)
    assert "There is no snapshot at this address" in shown_text(app)


def test_one_that_was_deleted_says_so(model):
    kept, secret = keep_snapshot(VIEW, model, "Gone")
    delete_snapshot(kept.id, secret)
    assert "This snapshot was deleted" in shown_text(opened(pages.ATTENTION, s=kept.id))


def test_only_the_secret_link_offers_to_delete_and_only_a_press_does(model):
    kept, secret = keep_snapshot(VIEW, model, "Mine")
    wrong = opened(pages.ATTENTION, s=kept.id, delete="guessed")
    assert "Delete this snapshot for good" not in {each.label for each in wrong.button}
    app = opened(pages.ATTENTION, s=kept.id, delete=secret)
    assert "delete" not in app.query_params  # nor in what is copied from the address bar
    assert find_snapshot(kept.id) == kept
    button(app, "Delete this snapshot for good").click().run()
    assert "This snapshot was deleted" in shown_text(app)
    with pytest.raises(InputError):
        find_snapshot(kept.id)


def test_title_and_note_are_shown_letter_by_letter(model):
    kept, _ = keep_snapshot(VIEW, model, HOSTILE, HOSTILE)
    app = opened(pages.ATTENTION, s=kept.id)
    assert app.markdown[0].value == (
        r"**\<b\>bold\</b\> \*\*strong\*\* \[x\]\(y\) \[U\+202E\]evil␇**"
    )
    assert app.text[0].value == "<b>bold</b> **strong** [x](y) [U+202E]evil␇"


def test_a_conversation_is_given_away_as_it_is_shown_and_nothing_else_of_it(own_runs, give_away):
    chat = own_runs["chat"].model
    app = open_page(pages.CHAT, run=chat.id)
    said = Conversation(name="My name for it")
    question = said.add("user", "say 7", after=None)
    facts = {"read": 3, "written": 2, "context": 48, "temperature": 0, "finish_reason": "stop"}
    facts |= {"run": chat.id, "model": chat.title}
    said.add("assistant", "an answer that was not shown", after=question.id, **facts)
    said.add("assistant", "7 it is", after=question.id, **facts)
    mine = Conversations(app.session_state["visitor"])
    other = Conversation()
    other.add("user", "another conversation", after=None)
    mine.add(other)
    app.query_params["conversation"] = mine.add(said)
    app.run(timeout=120)
    kept, _ = give_away(app)
    record = str(find_snapshot(kept.id).to_json())
    assert "7 it is" in record
    for hidden in ("not shown", "another", "My name", app.session_state["visitor"], chat.id):
        assert hidden not in record
    assert "conversation" not in kept.view.choices

    theirs = opened(pages.CHAT, s=kept.id)
    assert not theirs.chat_input
    assert not theirs.sidebar.button
    button(theirs, "Make it mine").click().run(timeout=120)
    assert not theirs.exception
    [entry] = Conversations(theirs.session_state["visitor"]).list()
    turns = Conversations(theirs.session_state["visitor"]).open(entry.id).turns
    assert [turn.content for turn in turns.values()] == ["say 7", "7 it is"]
    assert theirs.chat_input

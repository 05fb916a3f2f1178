import json
import re

import pytest
import streamlit as st

from tests.pages.app import open_page, shown_text
from tfplay.app.chat.transcript import NOT_BY_MODEL
from tfplay.app.chat.xray import ContinueFrom
from tfplay.chat.distress import ANSWERS, NO_XRAY
from tfplay.home import home
from tfplay.store.conversations import Conversation, Conversations, to_branches_json
from tfplay.store.files import write_json

PAGE = "pages/use/chat.py"
QUESTION = "**hi** <b>"
SECRET = "a-secret-of-more-than-22-letters"
TASKS_OF_CHAT = ("language-model", "chat")
TALK = [{"role": ("user", "assistant")[n % 2], "content": f"message {n}"} for n in range(200)]


@pytest.fixture(autouse=True)
def visitor(monkeypatch):
    """The browser that comes back."""
    come_as(SECRET, monkeypatch)


@pytest.fixture
def app(shipped_runs):
    app = open_page(PAGE, run=shipped_runs["language-model"].id)
    next(slider for slider in app.slider if slider.label.startswith("Longest")).set_value(8)
    return app.run()


@pytest.fixture
def mine(shipped_runs):
    return Conversations(SECRET)


def come_as(secret, monkeypatch):
    monkeypatch.setattr(type(st.context), "cookies", {"tfplay_visitor": secret})


def transcript(app) -> dict:
    """What the component that shows the conversation was given."""
    drawn = [json.loads(element.proto.json) for element in app.get("bidi_component")]
    return next(data for data in drawn if "turns" in data)


def spoken(app) -> list[str]:
    return [turn["text"] for turn in transcript(app)["turns"]]


def say(app, text):
    app.chat_input[0].set_value(text).run()
    assert not app.exception
    return app


def press(app, do, place, **what):
    """Presses what the component offers at a turn."""
    turn = transcript(app)["turns"][place]
    assert do == "show" or do in turn["actions"]
    app.session_state["chat request"] = {"do": do, "turn": turn["id"], **what}
    app.run()
    assert not app.exception


def listed(app) -> list[str]:
    keys = [button for button in app.sidebar.button if button.key]
    return [button.label for button in keys if button.key.startswith("conversation ")]


@pytest.mark.usefixtures("nothing_shipped")
def test_without_a_language_model_it_says_what_to_do():
    assert "no model to chat with yet" in shown_text(open_page(PAGE))


def test_it_says_that_the_model_learned_plain_text(app):
    assert "not to converse" in shown_text(app)


def test_a_conversation_is_named_by_its_first_message_and_survives_a_reload(app):
    assert "conversation" not in app.query_params  # nothing is kept of one without a message
    say(app, QUESTION)
    said = spoken(app)
    assert said[0] == QUESTION  # as it was written; the component shows it as text
    assert listed(app) == [r"\*\*hi\*\* \<b\>"]
    assert transcript(app)["turns"][1]["facts"] == ""  # it was not cut
    conversation = app.query_params["conversation"]
    assert spoken(open_page(PAGE, conversation=conversation)) == said


def test_another_visitor_sees_nothing_of_it_even_with_its_link(app, monkeypatch):
    say(app, QUESTION)
    come_as("another-secret-of-enough-letters", monkeypatch)
    other = open_page(PAGE, conversation=app.query_params["conversation"])
    assert "only they can open it" in shown_text(other)
    assert spoken(other) == [] == listed(other)
    assert "conversation" not in other.query_params


def test_another_reply_and_another_question_are_branches_that_can_be_walked(app):
    say(app, "the cat")
    first = spoken(app)
    press(app, "regenerate", 1)
    assert len(transcript(app)["turns"][1]["siblings"]) == 2
    press(app, "edit", 0, text="the dog")
    assert spoken(app)[0] == "the dog"
    question = transcript(app)["turns"][0]
    assert len(question["siblings"]) == 2
    app.session_state["chat request"] = {"do": "show", "turn": question["siblings"][0]}
    app.run()
    reply = transcript(app)["turns"][1]
    app.session_state["chat request"] = {"do": "show", "turn": reply["siblings"][0]}
    app.run()
    assert spoken(app) == first


def test_under_a_reply_its_xray_opens_and_another_token_begins_a_branch(app):
    say(app, "the cat")
    assert app.get("progress")[0].proto.text.startswith("Room for about ")
    press(app, "xray", 1)
    assert transcript(app)["turns"][1]["xray"]
    assert re.search(r"8 tokens · .* tokens/s · first after .* s", shown_text(app))
    key = f"X-ray {app.query_params['conversation']} 1"
    assert app.session_state[f"{key} view"] == "Choices"
    app.session_state[f"{key} continue"] = ContinueFrom(1, "the dog")
    app.run()
    assert not app.exception
    reply = transcript(app)["turns"][1]
    assert reply["text"].startswith("the dog")
    assert (len(reply["siblings"]), reply["xray"]) == (2, False)


def test_a_model_of_another_size_answers_the_same_message_beside_it(app, mine, shipped_runs):
    assert not any(box.key == "other chat model" for box in app.selectbox)  # nothing is said yet
    say(app, "the cat")
    kept = mine.open(app.query_params["conversation"])
    other = shipped_runs["chat"]
    assert app.selectbox(key="other chat model").value == other.id
    next(button for button in app.button if button.label.startswith("Let it answer")).click().run()
    assert not app.exception
    parameters = [each.value for each in app.metric if each.label == "Parameters"]
    assert parameters == [f"{shipped_runs[task].model.parameters:,}" for task in TASKS_OF_CHAT]
    assert "times the parameters of" in shown_text(app)
    assert mine.open(app.query_params["conversation"]).turns == kept.turns


def test_a_message_and_a_conversation_are_deleted(app, mine):
    say(app, "the cat")
    press(app, "remove", 1)
    assert spoken(app) == ["the cat"]
    press(app, "reply", 0)
    assert len(spoken(app)) == 2
    app.button(key="delete conversation").click().run()
    assert spoken(app) == [] == listed(app)
    assert mine.list() == []


def test_the_same_seed_gives_the_same_answer(app):
    answers = []
    for _ in range(2):
        answers.append(spoken(say(app, "hi"))[1])
        new = next(button for button in app.sidebar.button if button.label == "New chat")
        new.click().run()
        assert spoken(app) == []
    assert answers[0] == answers[1]
    assert len(listed(app)) == 2


def test_a_conversation_is_found_by_a_word_renamed_and_opened(app, mine):
    conversation_id = mine.add(Conversation.of_messages(TALK[:3]))
    say(app, "the cat")
    app.sidebar.text_input[0].set_value("message 2").run()
    assert listed(app) == ["message 0"]
    app.button(key=f"conversation {conversation_id}").click().run()
    assert spoken(app) == ["message 0", "message 1", "message 2"]
    [name] = [box for box in app.text_input if box.label == "Name"]
    name.set_value("A talk of three")
    next(button for button in app.button if button.label == "Rename").click().run()
    assert mine.open(conversation_id).name == "A talk of three"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (" ", "The message is empty"),
        ("hi " * 100, "this model's context"),
        ("h" * 50_000, "0,000 characters"),  # cut by the box, or not
    ],
)
def test_a_message_that_will_not_do_is_told_in_a_sentence_and_can_be_mended(app, text, named):
    say(app, text)
    assert named in app.run().error[0].value  # until something else is asked for
    assert spoken(app) == [] == listed(app)
    assert app.chat_input[0].value in (None, text)
    assert spoken(say(app, "the cat"))[0] == "the cat"
    assert not app.error
    said = spoken(app)
    press(app, "edit", 0, text=text)
    assert named in app.error[0].value
    assert spoken(app) == said


def test_a_text_of_which_the_vocabulary_has_nothing_is_told_in_a_sentence():
    app = open_page(PAGE, run="learning")
    assert "vocabulary has nothing of '🙂🙂'" in say(app, "🙂🙂").error[0].value
    assert spoken(app) == []


def test_a_long_conversation_shows_its_end_and_more_when_asked(app, mine):
    app.query_params["conversation"] = mine.add(Conversation.of_messages(TALK))
    app.run()
    shown = transcript(app)
    assert (len(shown["turns"]), shown["earlier"]) == (40, 160)
    assert shown["turns"][-1]["text"] == "message 199"
    app.session_state["chat request"] = {"do": "earlier"}
    app.run()
    assert (len(transcript(app)["turns"]), transcript(app)["earlier"]) == (80, 120)
    say(app, "the cat")  # the model forgets most of it, and the page says where
    [mark] = [turn for turn in transcript(app)["turns"] if turn["mark"]]
    assert mark["role"] in ("user", "assistant")
    told = app.get("progress")[0].proto.text
    assert re.match(r"The first \d{3} messages are forgotten, .* tokens are used\.$", told)


def test_a_conversation_of_before_there_were_visitors_still_opens(shipped_runs):
    write_json(home() / "conversations" / "0123456789abcdef.json", TALK[:2])
    app = open_page(PAGE, conversation="0123456789abcdef")
    assert spoken(app) == ["message 0", "message 1"] and listed(app) == ["message 0"]


def test_an_address_cannot_lead_to_another_file(shipped_runs):
    app = open_page(PAGE, conversation="../../secret")
    assert "conversation" not in app.query_params
    assert spoken(app) == []


def test_a_damaged_conversation_is_told_in_a_sentence_and_a_new_one_begins(app, mine):
    say(app, "the cat")
    [path] = (home() / "conversations").rglob("*.json")
    path.write_text('{"messages": [')
    assert "cut short or damaged" in app.run().error[0].value
    assert spoken(app) == [] == listed(app)
    next(button for button in app.sidebar.button if button.label == "Delete").click().run()
    assert not app.exception
    assert not path.exists()


def test_a_file_is_imported_as_a_conversation_of_its_own(app):
    say(app, "the cat")
    uploader = app.sidebar.get("file_uploader")[0]
    uploader.set_value(("cut.json", b'[{"role": "us', "application/json")).run()
    assert "is cut short or damaged" in app.error[0].value
    assert len(listed(app)) == 1
    data = json.dumps({"messages": [{"role": "system", "content": "Be kind."}, *TALK[:2]]})
    uploader = app.sidebar.get("file_uploader")[0]
    uploader.set_value(("talk.json", data.encode(), "application/json")).run()
    assert spoken(app) == ["message 0", "message 1"]
    assert app.selectbox(key="system message").value == "Be kind."
    talk = Conversation.of_messages(TALK[:2])
    talk.add("assistant", "another", after=0)
    uploader = app.sidebar.get("file_uploader")[0]
    uploader.set_value(("all.json", to_branches_json(talk).encode(), "application/json")).run()
    assert spoken(app) == ["message 0", "another"]
    assert transcript(app)["turns"][1]["siblings"] == [1, 2]
    assert "JSON with all branches" in [each.proto.label for each in app.get("download_button")]


def test_with_nothing_trained_the_shipped_chat_model_replies_to_a_suggestion(shipped_runs):
    app = open_page(PAGE)
    assert app.query_params["run"] == shipped_runs["chat"].id
    assert "not to converse" not in shown_text(app)
    app.button(key=f"suggestion 0 of {shipped_runs['chat'].id}").click().run()
    assert not app.exception
    assert spoken(app)[0] == "say 7"
    assert "suggestion" not in " ".join(button.key or "" for button in app.button)


def test_a_model_that_learned_to_chat_is_proposed_before_one_that_did_not(trained_runs):
    newest = max(trained_runs["chat"], trained_runs["language-model"], key=lambda run: run.created)
    assert newest.recipe.task == "language-model"
    assert open_page(PAGE).query_params["run"] == trained_runs["chat"].id


def test_a_chat_model_answers_greedily_unless_asked_otherwise(shipped_runs):
    app = open_page(PAGE)
    [temperature] = [slider for slider in app.slider if slider.label == "Temperature"]
    assert temperature.value == 0


def test_how_it_answers_is_kept_in_the_address_as_far_as_it_can_be(shipped_runs):
    asked = {"temperature": "0.35", "top_k": "9000", "top_p": "nan", "longest": "many", "seed": "7"}
    app = open_page(PAGE, **asked)
    values = {each.label: each.value for each in (*app.slider, *app.number_input)}
    assert values == {
        "Temperature": 0.35,
        "Top k": 40,
        "Top p": 1.0,
        "Longest answer, in tokens": 120,
        "Seed": 7,
    }
    next(slider for slider in app.slider if slider.label == "Top k").set_value(5).run()
    next(slider for slider in app.slider if slider.label == "Temperature").set_value(0.0).run()
    kept = {name: app.query_params.get(name) for name in asked}
    assert kept == dict.fromkeys(asked) | {"top_k": "5", "seed": "7"}
    app.switch_page("pages/use/translate.py").run()
    app.query_params.clear()
    app.switch_page(PAGE).run()
    assert app.query_params["top_k"] == "5"


def test_a_system_message_belongs_to_its_conversation(shipped_runs, mine):
    app = open_page(PAGE, run=shipped_runs["chat"].id)
    app.selectbox(key="system message").set_value("You are a pirate.").run()
    say(app, "hi")
    [entry] = mine.list()
    kept = mine.open(entry.id)
    assert [each["role"] for each in kept.messages(kept.last)] == ["system", "user", "assistant"]
    next(button for button in app.sidebar.button if button.label == "New chat").click().run()
    assert app.selectbox(key="system message").value is None
    app.button(key=f"conversation {entry.id}").click().run()
    app.selectbox(key="system message").set_value(None).run()
    assert mine.open(entry.id).system == ""


def test_a_stopped_reply_is_kept_as_far_as_it_came(app, monkeypatch):
    def break_off(*_args):
        yield "half a "
        yield "reply"
        st.stop()

    monkeypatch.setattr("tfplay.chat.reply.Reply._generate", break_off)
    say(app, "hi")
    assert spoken(app.run()) == ["hi", "half a reply"]
    assert "stopped" in transcript(app)["turns"][1]["facts"]


def test_control_characters_are_spelled_out(app):
    assert spoken(say(app, "a\x07b \u202eevil"))[0] == "a␇b [U+202E]evil"


def test_distress_is_answered_before_any_model_is_loaded_and_marked(app, mine, monkeypatch):
    monkeypatch.setattr("tfplay.app.chat.replying.load_trained", None)  # nobody may call it
    say(app, "I want to die")
    asked, answered = transcript(app)["turns"]
    assert answered["text"] == ANSWERS["english"]
    assert answered["facts"] == answered["speaker"] == NOT_BY_MODEL
    assert asked["speaker"] == ""
    assert "regenerate" not in answered["actions"]
    [entry] = mine.list()
    kept = mine.open(entry.id)
    assert ANSWERS["english"] in to_branches_json(kept)
    press(app, "xray", 1)
    assert not app.exception
    assert NO_XRAY in shown_text(app)

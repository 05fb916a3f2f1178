import pytest

from tests.pages.app import open_page, shown_text

PAGE = "pages/use/chat.py"
QUESTION = "**hi** <b>"


@pytest.fixture
def app(trained_runs):
    app = open_page(PAGE, run=trained_runs["language-model"].id)
    next(slider for slider in app.slider if slider.label.startswith("Longest")).set_value(8)
    return app.run()


def spoken(app) -> list[str]:
    return [text.value for message in app.chat_message for text in message.text]


@pytest.mark.usefixtures("nothing_shipped")
def test_without_a_language_model_it_says_what_to_do():
    assert "no model to chat with yet" in shown_text(open_page(PAGE))


def test_it_says_that_the_model_learned_plain_text(app):
    assert "not to converse" in shown_text(app)


def test_a_conversation_survives_a_reload(app):
    app.chat_input[0].set_value(QUESTION).run()
    assert not app.exception
    said = spoken(app)
    assert said[0] == QUESTION  # as it was written, not as Markdown
    conversation = app.query_params["conversation"]
    assert spoken(open_page(PAGE, conversation=conversation)) == [text for text in said if text]


def test_clear_forgets_the_conversation(app):
    app.chat_input[0].set_value(QUESTION).run()
    next(button for button in app.button if button.label.startswith("Clear")).click().run()
    assert spoken(app) == []
    conversation = app.query_params["conversation"]
    assert spoken(open_page(PAGE, conversation=conversation)) == []


def test_the_same_seed_gives_the_same_answer(app):
    answers = []
    for _ in range(2):
        app.chat_input[0].set_value("hi").run()
        answers.append(spoken(app)[1])
        next(button for button in app.button if button.label.startswith("Clear")).click().run()
    assert answers[0] == answers[1]


def test_a_message_longer_than_the_context_is_told_in_a_sentence(app):
    app.chat_input[0].set_value("hi " * 100).run()
    assert not app.exception
    assert "this model's context" in app.error[0].value


def test_an_address_cannot_lead_to_another_file(trained_runs):
    app = open_page(PAGE, conversation="../../secret")
    conversation = app.query_params["conversation"]
    assert conversation != "../../secret"


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


def test_a_system_message_is_chosen_or_written(shipped_runs, monkeypatch):
    heard = []
    monkeypatch.setattr(
        "tfplay.chat.Reply",
        lambda trained, messages, config, memory: heard.append(messages) or iter(["aye"]),
    )
    app = open_page(PAGE)
    app.selectbox(key="system for chat").set_value("You are a pirate.").run()
    app.chat_input[0].set_value("hi").run()
    assert not app.exception
    assert heard[0][0] == {"role": "system", "content": "You are a pirate."}
    assert [message["role"] for message in heard[0]] == ["system", "user"]

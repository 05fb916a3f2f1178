"""The shipped chat model counts with the window in which it was measured to remember."""

import pytest

from tfplay.chat import Client, Reply, make_prompt
from tfplay.chat.reply import reply_room
from tfplay.config import DecodingConfig
from tfplay.store import open_run
from tfplay.tasks.chat.format import encode_messages
from tfplay.zoo.window import AT_LEAST, filled_to, usable_window

GREEDY = DecodingConfig(max_new_tokens=16)
NAMES = ("Ada", "Ravi", "Maria", "Tom", "Mira", "Kavita", "Zorimel", "Belor")
QUESTION = {"role": "user", "content": "What is my name?"}
TALK = [
    ("What is 27 plus 45?", "27 plus 45 is 72."),
    ("Hello!", "Hello! How can I help?"),
    ("What is softmax?", "Softmax turns numbers into probabilities."),
    ("How are you?", "I am well, thank you. And you?"),
]


def fact(name):
    return [
        {"role": "user", "content": f"My name is {name}."},
        {"role": "assistant", "content": f"Nice to meet you, {name}."},
    ]


def talk(count):
    """So many turns about other things."""
    pairs = (TALK[number % len(TALK)] for number in range(count))
    roles = ("user", "assistant")
    return [
        {"role": role, "content": text}
        for pair in pairs
        for role, text in zip(roles, pair, strict=True)
    ]


def recalled(chat_model, conversations):
    """How many of the conversations, one for each name, are answered with it."""
    replies = ["".join(Reply(chat_model, messages, GREEDY)) for messages in conversations]
    return sum(name in reply for name, reply in zip(NAMES, replies, strict=True))


def longest_talk(chat_model, name):
    """The most turns between a fact and the question with which nothing falls out."""
    room = reply_room(chat_model, GREEDY.max_new_tokens)
    count = 0
    while not make_prompt(chat_model, [*fact(name), *talk(count + 1), QUESTION], room).forgotten:
        count += 1
    return count


def test_its_window_is_its_whole_context_and_stands_on_its_card(chat_model):
    run = open_run("chat")
    assert chat_model.context == run.model.window == run.model.config.max_sequence_length
    card = (run.path / "README.md").read_text(encoding="utf-8")
    assert f"| usable window, in tokens | recall-6 | {run.model.window} |" in card


def test_what_is_told_within_the_window_is_recalled(chat_model):
    count = longest_talk(chat_model, "Zorimel")
    assert count >= 5
    for turns in (0, count // 2, count - 1):
        told = [[*fact(name), *talk(turns), QUESTION] for name in NAMES]
        assert recalled(chat_model, told) == len(NAMES), turns


@pytest.mark.parametrize("before", [20, 60])
def test_what_is_told_late_in_a_long_conversation_is_recalled(chat_model, before):
    told = [[*talk(before), *fact(name), *talk(2), QUESTION] for name in NAMES]
    for messages in told:
        prompt = make_prompt(chat_model, messages, reply_room(chat_model, 16))
        assert prompt.forgotten
        assert len(prompt.token_ids) + reply_room(chat_model, 16) <= chat_model.context
    assert recalled(chat_model, told) == len(NAMES)


def test_a_reply_never_grows_beyond_the_window(chat_model):
    messages = [*talk(20), {"role": "user", "content": "Hello!"}]
    reply = Reply(chat_model, messages, DecodingConfig("sampling", 500, temperature=30.0, seed=1))
    "".join(reply)
    assert len(reply.prompt.token_ids) + len(reply.token_ids) <= chat_model.context
    usage = Client(chat_model).chat.completions.create(messages=messages, temperature=0).usage
    assert usage.total_tokens <= chat_model.context


@pytest.mark.parametrize("most", [1, 64, 200])
def test_a_long_conversation_is_filled_to_a_length_and_keeps_what_is_told_and_asked(
    chat_model, most
):
    conversation = [*fact("Ada"), *fact("Zorimel"), *talk(30), *fact("Ravi")]
    shorter = filled_to(chat_model, conversation, most)
    assert shorter[:4] == conversation[:4]
    assert shorter[-2:] == conversation[-2:]
    assert shorter[:-2] == conversation[: len(shorter) - 2]

    def length(turns):
        messages = [*conversation[: 2 * turns], *conversation[-2:]]
        return len(encode_messages(chat_model.tokenizer, messages)) - 1

    turns = len(shorter) // 2 - 1
    assert turns == 2 or length(turns) <= most < length(turns + 1)


def test_the_window_ends_before_the_first_length_at_which_too_little_is_recalled():
    assert usable_window({8: 1.0, 16: AT_LEAST, 24: AT_LEAST - 0.01, 32: 1.0}) == 16
    assert usable_window({8: 1.0, 16: 0.0}) == 8
    assert usable_window({8: 0.0, 16: 0.0, 24: 1.0}) == 0

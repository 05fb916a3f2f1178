import json

import pytest

from tfplay.errors import InputError
from tfplay.text import Report, check_conversation, read_conversations

SYSTEM = {"role": "system", "content": "You are a pirate."}
USER = {"role": "user", "content": "Hello!"}
ASSISTANT = {"role": "assistant", "content": "Ahoy!"}


@pytest.mark.parametrize("messages", [[USER, ASSISTANT], [SYSTEM, USER, ASSISTANT, USER]])
def test_a_line_is_a_list_or_has_one_under_messages(tmp_path, messages):
    file = tmp_path / "a.jsonl"
    file.write_text(f"{json.dumps(messages)}\n\n{json.dumps({'id': 7, 'messages': messages})}\n")
    assert read_conversations(file) == [messages, messages]


def test_contents_are_composed_and_only_role_and_content_kept(tmp_path):
    file = tmp_path / "a.jsonl"
    file.write_text(json.dumps([USER | {"content": " cafe\u0301\n", "name": "Ada"}, ASSISTANT]))
    assert read_conversations(file) == [[USER | {"content": "caf\u00e9"}, ASSISTANT]]


@pytest.mark.parametrize(
    ("messages", "complaint"),
    [
        ([USER, ASSISTANT, ASSISTANT], "message 3 is the assistant's, but should be the user's"),
        ([USER, USER], "message 2 is the user's, but should be the assistant's"),
        ([ASSISTANT, USER], "message 1 is the assistant's, but should be the user's"),
        ([SYSTEM, ASSISTANT], "message 2 is the assistant's, but should be the user's"),
        ([USER, SYSTEM], "message 2 is the system's, but should be the assistant's"),
        ([SYSTEM, SYSTEM, USER], "message 2 is the system's, but should be the user's"),
        ([SYSTEM], "has no message of the user"),
        ([], "has no message of the user"),
        ([USER | {"role": "bot"}], "message 1 has the role 'bot'; it must be one of system, user"),
        ([{"content": "Hello!"}], "message 1 has the role None"),
        (["Hello!"], "message 1 has the role None"),
        ([USER, ASSISTANT | {"content": " "}], "message 2 has no text"),
        ([USER, {"role": "assistant"}], "message 2 has no text"),
        ([USER, ASSISTANT | {"content": ["Ahoy!"]}], "message 2 has no text"),
        ({"role": "user"}, "is no list of messages"),
        (None, "is no list of messages"),
    ],
)
def test_messages_that_are_no_conversation_get_one_sentence(messages, complaint):
    with pytest.raises(InputError, match=f"^The conversation.* {complaint}"):
        check_conversation(messages)


@pytest.mark.parametrize("messages", [[USER], [SYSTEM, USER], [SYSTEM, USER, ASSISTANT, USER]])
def test_a_conversation_may_end_with_the_user(messages):
    check_conversation(messages)


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        (json.dumps([ASSISTANT, USER]), r"a\.jsonl, line 2, message 1 is the assistant's"),
        (json.dumps([USER | {"role": "wizard"}]), r"a\.jsonl, line 2, message 1 has the role 'wiz"),
        (json.dumps([USER]), r"a\.jsonl, line 2: the assistant never speaks"),
        (json.dumps({"turns": [USER, ASSISTANT]}), r"a\.jsonl, line 2 is no list of messages"),
        (json.dumps([USER, ASSISTANT])[:-3], r"a\.jsonl, line 2 is cut short or is not JSON"),
        ('"Hello!"', r"a\.jsonl, line 2 is no list of messages"),
    ],
)
def test_a_line_that_will_not_do_gets_one_sentence(tmp_path, line, complaint):
    (tmp_path / "a.jsonl").write_text(f"{json.dumps([USER, ASSISTANT])}\n{line}\n")
    with pytest.raises(InputError, match=complaint):
        read_conversations(tmp_path / "a.jsonl")


def test_only_json_lines_are_read(tmp_path):
    with pytest.raises(InputError, match=r"a\.txt must end in \.jsonl, \.json"):
        read_conversations(tmp_path / "a.txt")


HUMAN, GPT = {"from": "human", "value": "Hello!"}, {"from": "gpt", "value": "Ahoy!"}
CALL, TOOL = {"role": "assistant", "content": None}, {"role": "tool", "content": "3"}
CHATGPT = {
    "a": {
        "parent": None,
        "message": {"author": {"role": "user"}, "content": {"parts": ["Hello!"]}},
    },
    "b": {"parent": "a", "message": {"role": "assistant", "content": {"parts": ["Ahoy!"]}}},
}
WEBUI = {"a": {"parentId": None, **USER}, "b": {"parentId": "a", **ASSISTANT}}


@pytest.mark.parametrize(
    "value",
    [
        {"conversations": [HUMAN, GPT]},
        {"instruction": "Hello!", "input": "", "output": "Ahoy!"},
        {"prompt": "Hello!", "response": "Ahoy!"},
        {"messages": [USER, CALL, TOOL, ASSISTANT]},
        {"messages": [USER | {"content": [{"type": "text", "text": "Hello!"}]}, ASSISTANT]},
        {"mapping": CHATGPT, "current_node": "b"},
        {"chat": {"title": "", "history": {"currentId": "b", "messages": WEBUI}}},
    ],
    ids=["ShareGPT", "Alpaca", "prompt", "tools", "parts", "ChatGPT", "Open WebUI"],
)
@pytest.mark.parametrize("name", ["a.jsonl", "list.json", "one.json"])
def test_other_forms_of_conversations_are_read(tmp_path, name, value):
    (tmp_path / name).write_text(json.dumps([value, value] if name == "list.json" else value))
    assert read_conversations(tmp_path / name)[0] == [USER, ASSISTANT]


def test_that_tools_were_left_out_is_told(tmp_path):
    lines = [{"messages": [USER, ASSISTANT]}, {"messages": [USER, CALL, TOOL, ASSISTANT]}]
    (tmp_path / "a.json").write_text("\n".join(map(json.dumps, lines)))  # JSON lines all the same
    report = Report()
    assert read_conversations(tmp_path / "a.json", report) == [[USER, ASSISTANT]] * 2
    assert report.text("conversation") == (
        "2 conversations read. Messages without text, and those of tools, were left out."
    )


def test_a_bad_line_does_not_cost_the_others(tmp_path):
    good = json.dumps([USER, ASSISTANT])
    (tmp_path / "a.jsonl").write_text(f"{good}\n{good}\n{{\n[]\n{good}\n")
    report = Report()
    assert len(read_conversations(tmp_path / "a.jsonl", report)) == 3
    assert sum(report.left_out.values()) == 2

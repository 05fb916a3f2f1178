"""Conversations: branches, folders of different visitors, files of other programs."""

import json

import pytest

from tfplay.errors import InputError
from tfplay.home import home
from tfplay.store.conversations import (
    MAX_BYTES,
    Conversation,
    Conversations,
    read_conversation,
    read_conversations,
    to_branches_json,
    to_markdown,
    to_messages_json,
)
from tfplay.store.files import write_json
from tfplay.text import Report


def say(role, content):
    return {"role": role, "content": content}


TALK = [
    say("system", "Be kind."),
    say("user", "My name is Zorimel."),
    say("assistant", "Hello, Zorimel."),
    say("user", "What is my name?"),
    say("assistant", "Zorimel."),
]


@pytest.fixture
def talk():
    return Conversation.of_messages(TALK)


@pytest.fixture
def mine():
    return Conversations("my secret")


def contents(conversation):
    return [turn.content for turn in conversation.branch(conversation.last)]


def test_messages_come_back_as_they_were_given(talk):
    assert talk.messages(talk.last) == TALK
    assert Conversation.from_json(talk.to_json()) == talk
    assert read_conversation("talk.json", to_messages_json(TALK).encode()) == talk


def test_a_conversation_is_called_by_its_first_message_until_it_has_a_name(talk):
    assert talk.title == "My name is Zorimel."
    assert Conversation.of_messages([say("user", "long " * 99)]).title == "long " * 7 + "long…"
    talk.name = "Names"
    assert talk.title == "Names"


def test_an_edited_message_begins_a_branch_and_both_can_be_walked(talk):
    edited = talk.add("user", "I am Ada.", after=None)
    talk.add("assistant", "Hello, Ada.", after=edited.id)
    assert contents(talk) == ["I am Ada.", "Hello, Ada."]
    first, second = talk.following(None)
    talk.show(first)
    assert talk.messages(talk.last) == TALK
    talk.show(second)
    assert contents(talk) == ["I am Ada.", "Hello, Ada."]


def test_a_message_is_deleted_alone(talk):
    talk.remove(1)
    assert contents(talk) == ["My name is Zorimel.", "What is my name?", "Zorimel."]
    talk.remove(3)
    assert contents(talk) == ["My name is Zorimel.", "What is my name?"]


def test_after_the_last_of_two_replies_is_deleted_the_other_shows(talk):
    again = talk.add("assistant", "Ada?", after=2)
    talk.remove(again.id)
    assert contents(talk)[-1] == "Zorimel."


def test_deleting_everything_leaves_an_empty_conversation(talk):
    for turn in list(talk.turns):
        talk.remove(turn)
    assert (talk.turns, talk.last) == ({}, None)


def test_all_branches_come_back_from_a_file_that_others_read_as_messages(talk):
    edited = talk.add("user", "I am Ada.", after=None)
    talk.add("assistant", "Hello, Ada.", after=edited.id, tokens_per_second=1e9)
    talk.name = "Names"
    data = to_branches_json(talk)
    assert json.loads(data)["messages"] == [
        TALK[0],
        say("user", "I am Ada."),
        say("assistant", "Hello, Ada."),
    ]
    again = read_conversation("talk.json", data.encode())
    assert not any(turn.facts for turn in again.turns.values())  # nobody could check them
    again.turns = talk.turns
    assert again == talk


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"turns": []}, "must have turns of user and assistant"),
        ({"turns": {"id": 0}}, "no list of messages"),
        ({"last": 9}, "do not fit together"),
        ({"system": ["Be kind."]}, "no text"),
        ({"parent": 1}, "do not fit together"),
        ({"id": "1"}, "do not fit together"),
        ({"id": 0, "parent": None}, "do not fit together"),
        ({"role": "system"}, "must have turns of user and assistant"),
        ({"content": 3}, "message 2 has no text"),
    ],
)
def test_branches_that_do_not_fit_together_are_told_in_a_sentence(talk, change, named):
    data = json.loads(to_branches_json(talk))
    (data if change.keys() <= data.keys() else data["turns"][1]).update(change)
    with pytest.raises(InputError, match=named):
        read_conversation("talk.json", json.dumps(data).encode())


def test_conversations_are_listed_newest_first_and_found_by_their_words(mine, talk):
    first = mine.add(talk)
    second = mine.add(Conversation.of_messages([say("user", "ÜBER alles")]))
    with mine.change(first) as changed:
        changed.name = "Names"
    assert [entry.id for entry in mine.list()] == [first, second]
    assert [entry.title for entry in mine.list("zorimel NAMES")] == ["Names"]
    assert [entry.id for entry in mine.list("über")] == [second]
    assert mine.list("zorimel über") == []


def test_a_damaged_conversation_is_listed_without_a_title_and_can_be_deleted(mine, talk):
    whole, damaged = mine.add(talk), mine.add(talk)
    [path] = home().rglob(f"{damaged}.json")
    path.write_text('{"messages": [')
    assert {entry.id: entry.title for entry in mine.list("zorimel")} == {
        whole: talk.title,
        damaged: None,
    }
    mine.delete(damaged)
    assert [entry.id for entry in mine.list()] == [whole]


def test_nobody_sees_or_opens_anothers_conversation(mine, talk):
    conversation_id = mine.add(talk)
    theirs = Conversations("another secret")
    assert theirs.list() == []
    assert conversation_id not in theirs
    with pytest.raises(InputError, match="not there any more"):
        theirs.open(conversation_id)
    folders = [path.name for path in (home() / "conversations").iterdir()]
    assert not any("secret" in name for name in folders)


@pytest.mark.parametrize("conversation_id", ["../../secret", "", "0123456789abcdeF", None])
def test_an_id_cannot_lead_to_another_file(mine, conversation_id):
    assert conversation_id not in mine


def test_a_change_that_fails_leaves_the_conversation_as_it_was(mine, talk):
    conversation_id = mine.add(talk)
    with pytest.raises(ZeroDivisionError), mine.change(conversation_id) as changed:
        changed.add("user", "half", after=None)
        _ = 1 / 0
    assert mine.open(conversation_id) == talk


def test_a_conversation_of_before_there_were_owners_becomes_that_of_who_opens_it(mine):
    write_json(home() / "conversations" / "0123456789abcdef.json", TALK[1:])
    assert mine.open("0123456789abcdef").messages(3) == TALK[1:]
    assert "0123456789abcdef" not in Conversations("another secret")


@pytest.mark.parametrize("damage", [{}, {"messages": 3}, {"last": 9}, "text"])
def test_a_damaged_file_is_told_in_a_sentence(mine, talk, damage):
    data = talk.to_json() | damage if isinstance(damage, dict) and damage else damage
    with pytest.raises(InputError, match="damaged"):
        Conversation.from_json(data)


def test_a_turn_that_would_follow_itself_is_damage(talk):
    data = talk.to_json()
    data["messages"][1]["parent"] = 1
    with pytest.raises(InputError, match="damaged"):
        Conversation.from_json(data)


@pytest.mark.parametrize(
    ("data", "named"),
    [
        (b'[{"role": "user", "content": "Hel', "cut short"),
        (b"\xff\xfe", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b"3", "no list of messages"),
        (b'{"text": []}', "no list of messages"),
        (b"[]", "has no conversation; what is understood"),
        (json.dumps([say("wizard", "Hi")]).encode(), "message 1 has the role 'wizard'"),
        (json.dumps([say(["user"], "Hi")]).encode(), "role"),
        (json.dumps([say("user", " ")]).encode(), "message 1 has no text"),
        (json.dumps([*TALK, say("system", "Now shout.")]).encode(), "message 6 is the system's"),
        (json.dumps([say("user", "a")] * 2001).encode(), "2,001 messages"),
        (b" " * (MAX_BYTES + 1), "20.0 MB"),
    ],
)
def test_a_file_that_is_no_conversation_is_explained_in_one_sentence(data, named):
    with pytest.raises(InputError, match=named):
        read_conversation("talk.json", data)


def test_a_file_may_have_its_messages_in_an_object_and_half_a_character_in_them():
    data = b'\xef\xbb\xbf{"model": "x", "messages": [{"role": "user", "content": "a\\ud800"}]}'
    assert contents(read_conversation("talk.json", data)) == ["a\ufffd"]


def test_markdown_shows_letter_by_letter_what_was_said():
    text = to_markdown("a\n# b", [say("user", "# <b>\n```\nx")])
    assert text == "# a # b\n\n## User\n\n````text\n# <b>\n```\nx\n````\n"


def chatgpt(title, current, *nodes):
    """A conversation as ChatGPT exports it; nodes are (id, parent, role, content)."""
    mapping = {"root": {"id": "root", "message": None, "parent": None, "children": []}}
    for node_id, parent, role, content in nodes:
        message = {"id": node_id, "author": {"role": role}, "content": content}
        mapping[node_id] = {"id": node_id, "message": message, "parent": parent, "children": []}
    return {"title": title, "mapping": mapping, "current_node": current}


def parts(*texts):
    return {"content_type": "text", "parts": list(texts)}


def test_an_export_of_chatgpt_becomes_conversations_with_their_branches():
    picture = {"content_type": "multimodal_text", "parts": [{"asset_pointer": "x"}, "What is it?"]}
    first = chatgpt(
        "Pictures",
        "reply",
        ("hidden", "root", "system", parts("")),
        ("asked", "hidden", "user", picture),
        ("call", "asked", "assistant", {"content_type": "code", "text": "look()"}),
        ("tool", "call", "tool", parts("a cat")),
        ("reply", "tool", "assistant", parts("A cat.")),
        ("other", "asked", "assistant", parts("A dog.")),
    )
    second = chatgpt("", "gone", ("a", "root", "user", parts("Hi")))
    found = read_conversations("conversations.json", json.dumps([first, second]).encode())
    assert [each.title for each in found] == ["Pictures", "Hi"]
    assert contents(found[0]) == ["What is it?", "look()\n\nA cat."]
    assert [found[0].turns[turn].content for turn in found[0].following(0)] == [
        "look()\n\nA cat.",
        "A dog.",
    ]
    assert Conversation.from_json(found[0].to_json()) == found[0]
    assert contents(found[1]) == ["Hi"]


def test_an_export_without_its_end_opens_at_the_branch_that_was_written_last():
    for current in (None, "deleted"):
        export = chatgpt(
            "",
            current,
            ("asked", "root", "user", parts("Hi")),
            ("first", "asked", "assistant", parts("Ho")),
            ("later", "first", "user", parts("And?")),
            ("second", "asked", "assistant", parts("Hey")),
        )
        data = json.dumps(export).encode()
        assert contents(read_conversation("c.json", data)) == ["Hi", "Hey"]
        for time, node_id in enumerate(["asked", "first", "second", "later"], start=1_700_000_000):
            export["mapping"][node_id]["message"]["create_time"] = time
        data = json.dumps(export).encode()
        assert contents(read_conversation("c.json", data)) == ["Hi", "Ho", "And?"]


def test_what_an_assistant_says_to_a_tool_is_left_out_and_told():
    export = chatgpt(
        "",
        "reply",
        ("asked", "root", "user", parts("2 + 2?")),
        ("call", "asked", "assistant", {"content_type": "code", "text": "print(2 + 2)"}),
        ("tool", "call", "tool", parts("4")),
        ("reply", "tool", "assistant", parts("Four.")),
    )
    export["mapping"]["call"]["message"]["recipient"] = "python"
    export["mapping"]["reply"]["message"]["recipient"] = "all"
    report = Report()
    [found] = read_conversations("c.json", json.dumps(export).encode(), report)
    assert contents(found) == ["2 + 2?", "Four."]
    assert report.notes == ["Messages without text, and those of tools, were left out."]


@pytest.mark.parametrize("given", [{"system": "Be kind."}, {"params": {"system": "Be kind."}}])
def test_open_webui_says_what_the_system_was_told_with_and_without_branches(given):
    messages = [{"id": "1", "parentId": None, **say("user", "Hi")}]
    messages.append({"id": "2", "parentId": "1", **say("assistant", "Ho")})
    history = {"messages": {message["id"]: message for message in messages}, "currentId": None}
    for said in ({"messages": messages}, {"history": history}):
        data = json.dumps([{"id": "7", "chat": {"title": "A", **given, **said}}]).encode()
        [found] = read_conversations("c.json", data)
        assert (found.system, contents(found)) == ("Be kind.", ["Hi", "Ho"])


def test_an_export_of_open_webui_becomes_a_conversation():
    messages = {
        "1": {"id": "1", "parentId": None, "childrenIds": ["2"], "role": "user", "content": "Hi"},
        "2": {"id": "2", "parentId": "1", "childrenIds": [], "role": "assistant", "content": "Ho"},
    }
    chat = {"title": "Greeting", "history": {"messages": messages, "currentId": "2"}}
    [conversation] = read_conversations("c.json", json.dumps([{"id": 7, "chat": chat}]).encode())
    assert conversation.title == "Greeting"
    assert contents(conversation) == ["Hi", "Ho"]


def test_one_conversation_that_will_not_do_does_not_cost_the_others():
    good, empty = chatgpt("", "a", ("a", "root", "user", parts("Hi"))), chatgpt("Empty", None)
    report = Report()
    found = read_conversations("c.json", json.dumps([good, empty, good]).encode(), report)
    assert [contents(each) for each in found] == [["Hi"], ["Hi"]]
    assert report.left_out == {"without a message": 1}
    told = "3 conversations read, 1 left out: 1 without a message (the first: c.json, "
    assert report.text("conversation").startswith(told)


def test_messages_that_follow_each_other_in_a_ring_are_left_out_and_told():
    ring = chatgpt(
        "",
        "a",
        ("a", "root", "user", parts("Hi")),
        ("b", "c", "user", parts("round")),
        ("c", "b", "user", parts("and round")),
    )
    report = Report()
    [conversation] = read_conversations("c.json", json.dumps(ring).encode(), report)
    assert contents(conversation) == ["Hi"]
    assert report.notes == ["Messages without text, and those of tools, were left out."]


def test_conversations_come_a_line_each_too():
    lines = "\n".join(json.dumps({"messages": TALK}) for _ in range(2))
    assert [each.messages(each.last) for each in read_conversations("c.jsonl", lines.encode())] == [
        TALK,
        TALK,
    ]
    with pytest.raises(InputError, match="2 conversations, not one"):
        read_conversation("c.jsonl", lines.encode())


def test_branches_without_their_end_open_at_the_newest(talk):
    edited = talk.add("user", "I am Ada.", after=None)
    talk.add("assistant", "Hello, Ada.", after=edited.id)
    talk.show(0)
    data = json.loads(to_branches_json(talk))
    del data["last"]
    again = read_conversation("talk.json", json.dumps(data).encode())
    assert contents(again) == ["I am Ada.", "Hello, Ada."]


def test_a_value_of_another_kind_names_the_formats_expected():
    with pytest.raises(InputError, match="ChatGPT.*Open WebUI.*ShareGPT.*Alpaca"):
        read_conversation("c.json", b'{"answer": 42}')

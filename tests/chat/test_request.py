import pytest

from tfplay.chat import ChatRequest, read_request
from tfplay.chat.messages import MOST_MESSAGES
from tfplay.errors import InputError

HELLO = [{"role": "user", "content": "Hello!"}]


def read(**fields) -> ChatRequest:
    return read_request({"messages": HELLO} | fields)


def contents(*messages) -> list[tuple[str, str]]:
    read = read_request({"messages": messages}).messages
    return [(message["role"], message["content"]) for message in read]


def test_null_is_as_good_as_left_out():
    names = (
        "temperature top_p max_tokens max_completion_tokens seed stop stream stream_options "
        "logprobs top_logprobs n tools response_format user logit_bias made_up"
    )
    assert read(**dict.fromkeys(names.split())) == read()
    assert read(stream_options={"include_usage": None}) == read()


def test_what_changes_no_reply_is_let_through():
    harmless = {
        "n": 1,
        "user": "me",
        "metadata": {"a": "b"},
        "store": True,
        "presence_penalty": 0,
        "frequency_penalty": 0.0,
        "logit_bias": {},
        "response_format": {"type": "text"},
        "tools": [],
        "tool_choice": "auto",
        "parallel_tool_calls": False,
        "service_tier": "auto",
        "reasoning_effort": "low",
        "modalities": ["text"],
    }
    assert read(**harmless) == read()


def test_a_reply_as_the_official_client_dumps_it_can_be_replayed():
    dumped = {
        "role": "assistant",
        "content": "Hi",
        "refusal": None,
        "annotations": [],
        "audio": None,
        "function_call": None,
        "tool_calls": None,
    }
    assert contents(*HELLO, dumped)[1] == ("assistant", "Hi")


@pytest.mark.parametrize("content", [None, "", "  ", []])
def test_an_empty_turn_of_the_assistant_keeps_its_place(content):
    messages = [*HELLO, {"role": "assistant", "content": content}, *HELLO]
    assert contents(*messages)[1][1].strip() == ""


def test_a_developer_is_the_system_and_names_are_left_out():
    told = {"role": "developer", "content": "Be kind.", "name": "someone"}
    assert contents(told, *HELLO)[0] == ("system", "Be kind.")


def test_parts_with_text_are_put_on_lines_of_their_own():
    parts = [{"type": "text", "text": "नमस्ते।"}, {"type": "text", "text": "Who are you?"}]
    assert contents({"role": "user", "content": parts}) == [("user", "नमस्ते।\nWho are you?")]


@pytest.mark.parametrize(
    ("message", "named"),
    [
        ({"role": "user", "content": None}, "Message 1 has no text"),
        ({"role": "user"}, "Message 1 has no text"),
        ({"role": "user", "content": 5}, "Message 1 has no text"),
        ({"role": "user", "content": [{"type": "image_url", "image_url": {}}]}, "'image_url'"),
        ({"role": "user", "content": [{"type": "text", "text": None}]}, "no text in one of"),
        ({"role": "user", "content": [{"text": "x"}]}, "type None"),
        ({"role": "user", "content": "\ud83d"}, r"half a character, '\\ud83d'"),
        ({"role": ["user"], "content": "x"}, r"role \['user'\]"),
        ({"role": "assistant", "content": None, "tool_calls": [{"id": "1"}]}, "has tool_calls"),
        ("Hi", "the role None"),
    ],
)
def test_a_message_that_is_no_text_is_told_in_one_sentence(message, named):
    with pytest.raises(InputError, match=named):
        read_request({"messages": [message]})


def test_the_number_of_messages_is_bounded():
    assert len(read(messages=HELLO * MOST_MESSAGES).messages) == MOST_MESSAGES
    with pytest.raises(InputError, match=r"4,097 messages; the most is 4,096"):
        read(messages=HELLO * (MOST_MESSAGES + 1))


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"temperature": -0.1}, "temperature is -0.1"),
        ({"temperature": 2.01}, "temperature is 2.01"),
        ({"temperature": True}, "temperature is True"),
        ({"temperature": float("nan")}, "temperature is nan"),
        ({"top_p": -1e-9}, "top_p is -1e-09"),
        ({"max_tokens": 0}, "max_tokens is 0"),
        ({"max_completion_tokens": 2.0}, "max_completion_tokens is 2.0"),
        ({"seed": 1.5}, "seed is 1.5"),
        ({"seed": 2**64}, "seed is 18446744073709551616"),
        ({"stop": ["a"] * 5}, "at most 4 texts"),
        ({"stop": "a" * 257}, "of 1 to 256 characters"),
        ({"stop": ""}, "stop is ''"),
        ({"stop": [None]}, r"stop is \[None\]"),
        ({"logprobs": 1}, "logprobs is 1"),
        ({"top_logprobs": 3}, "logprobs is not true"),
        ({"top_logprobs": 21, "logprobs": True}, "top_logprobs is 21"),
        ({"n": 2}, "n is 2"),
        ({"response_format": {"type": "json_object"}}, "response_format is"),
        ({"tools": [{}]}, "tools is"),
        ({"tool_choice": "required"}, "tool_choice is 'required'"),
        ({"presence_penalty": 0.5}, "presence_penalty is 0.5"),
        ({"temprature": 0.5}, "temprature is 0.5; our models have no such setting"),
    ],
)
def test_what_cannot_be_is_named(fields, named):
    with pytest.raises(InputError, match=named):
        read(**fields)


@pytest.mark.parametrize("temperature", [0, 1e-9, 0.001])
def test_a_temperature_next_to_zero_takes_the_likeliest_token(temperature):
    assert read(temperature=temperature).decoding(256).strategy == "greedy"


def test_the_limits_themselves_are_possible():
    decoding = read(temperature=2, top_p=0, max_tokens=200_000).decoding(256)
    assert (decoding.strategy, decoding.temperature) == ("sampling", 2)
    assert decoding.top_p <= 1e-6
    assert decoding.max_new_tokens == 256
    assert read(max_tokens=5, max_completion_tokens=7).max_tokens == 7


def test_any_64_bit_seed_is_one_of_its_own_and_short_ones_stay():
    seeds = [-(2**63), -1, 0, 1, 7, 2**32 - 1, 2**32, 2**63 - 1, 2**64 - 2]
    taken = [read(seed=seed).decoding(256).seed for seed in seeds]
    assert len(set(taken)) == len(seeds)
    assert taken == [read(seed=seed).decoding(256).seed for seed in seeds]
    assert taken[2:6] == seeds[2:6]
    assert read().decoding(256).seed != read().decoding(256).seed

"""The common client library, unchanged, against the running app."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from urllib.request import urlopen

import openai
import pytest

from tests.browser.app_server import running_app
from tests.test_project_files import readme_examples
from tfplay.chat import Client

HELLO = [{"role": "user", "content": "My name is Zorimel."}]
SAMPLING = {"model": "chat", "messages": HELLO, "temperature": 0.9, "top_p": 0.8, "seed": 7}


@pytest.fixture(scope="module")
def address(tmp_path_factory) -> Iterator[str]:
    with running_app(tmp_path_factory.mktemp("home")) as address:
        yield address


@pytest.fixture(scope="module")
def create(address):
    client = openai.OpenAI(base_url=f"{address}/v1", api_key="any", max_retries=0, timeout=120)
    return client.chat.completions.create


def test_a_conversation_goes_on_turn_by_turn(create):
    conversation = [*HELLO]
    answer = create(model="chat", messages=conversation, temperature=0)
    conversation.append(answer.choices[0].message)
    conversation.append({"role": "user", "content": "What is my name?"})
    answer = create(model="chat", messages=conversation, temperature=0)
    [choice] = answer.choices
    assert "Zorimel" in choice.message.content
    assert choice.finish_reason == "stop"
    usage = answer.usage
    assert usage.prompt_tokens + usage.completion_tokens == usage.total_tokens


def test_whole_and_streamed_it_gets_what_our_own_client_says(create):
    [choice] = Client("chat").chat.completions.create(**SAMPLING).choices
    assert create(**SAMPLING).choices[0].message.content == choice.message.content
    first, *pieces, last, counted = create(
        **SAMPLING, stream=True, stream_options={"include_usage": True}
    )
    assert first.choices[0].delta.role == "assistant"
    text = "".join(piece.choices[0].delta.content for piece in pieces)
    assert text == choice.message.content
    assert last.choices[0].finish_reason == choice.finish_reason
    assert counted.usage.completion_tokens > 1


def test_two_clients_at_once_do_not_hear_each_other(create):
    names = ("Zorimel", "Quassandra", "Ebbonet", "Tirvoss")

    def ask(name: str) -> str:
        messages = [
            {"role": "user", "content": f"My name is {name}."},
            {"role": "assistant", "content": f"Nice to meet you, {name}!"},
            {"role": "user", "content": "What is my name?"},
        ]
        chunks = create(model="chat", messages=messages, temperature=0, stream=True)
        return "".join(chunk.choices[0].delta.content or "" for chunk in chunks)

    alone = list(map(ask, names))
    with ThreadPoolExecutor() as pool:
        assert list(pool.map(ask, names)) == alone


def test_a_stream_can_be_left_and_another_begun(create):
    for _ in range(3):
        with create(model="text", messages=HELLO, stream=True) as chunks:
            next(iter(chunks))
    assert create(model="text", messages=HELLO, max_tokens=3).usage.completion_tokens == 3


def test_errors_are_those_that_the_library_knows(create):
    with pytest.raises(openai.NotFoundError, match="no model 'gpt-4'") as error:
        create(model="gpt-4", messages=HELLO)
    assert error.value.code == "model_not_found"
    with pytest.raises(openai.BadRequestError, match="it must be one of system, user"):
        create(model="chat", messages=[{"role": "tool", "content": "Hi", "tool_call_id": "1"}])
    with pytest.raises(openai.BadRequestError, match="n is 2"):
        create(model="chat", messages=HELLO, n=2)


def test_the_example_of_the_readme_runs(address, capsys):
    *_, example = readme_examples()
    exec(example.replace("http://localhost:8501", address), {})
    assert capsys.readouterr().out.strip()


def test_the_pages_are_where_they_were(address):
    for path in ("", "/chat", "/_stcore/health"):
        with urlopen(f"{address}{path}") as answer:
            assert answer.status == 200

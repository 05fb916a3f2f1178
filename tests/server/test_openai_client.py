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
    return client_of(address).chat.completions.create


def client_of(address, key="any"):
    """One that takes nothing but what its own types say."""
    return openai.OpenAI(
        base_url=f"{address}/v1",
        api_key=key,
        max_retries=0,
        timeout=300,
        _strict_response_validation=True,
    )


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
    short = create(model="text", messages=HELLO, max_tokens=3, temperature=0)
    assert short.usage.completion_tokens == 3


def test_errors_are_those_that_the_library_knows(create):
    with pytest.raises(openai.NotFoundError, match="no model 'gpt-4'") as error:
        create(model="gpt-4", messages=HELLO)
    assert error.value.code == "model_not_found"
    with pytest.raises(openai.BadRequestError, match="it must be one of system, user"):
        create(model="chat", messages=[{"role": "tool", "content": "Hi", "tool_call_id": "1"}])
    with pytest.raises(openai.BadRequestError, match="n is 2"):
        create(model="chat", messages=HELLO, n=2)


def test_an_empty_reply_is_appended_as_it_came_and_the_conversation_goes_on(create):
    conversation = [{"role": "developer", "content": "Be kind."}, *HELLO]
    first = create(model="chat", messages=conversation, temperature=0)
    stop = [first.choices[0].message.content[0]]
    empty = create(model="chat", messages=conversation, temperature=0, stop=stop).choices[0]
    assert (empty.message.content, empty.finish_reason) == ("", "stop")
    for replayed in (empty.message, empty.message.model_dump()):
        turns = [*conversation, replayed, {"role": "user", "content": "What is my name?"}]
        answer = create(model="chat", messages=turns, temperature=0)
        assert answer.choices[0].message.content
        assert answer.usage.prompt_tokens > first.usage.prompt_tokens


def test_log_probabilities_are_those_that_the_library_knows(create):
    asked = {"model": "chat", "messages": HELLO, "temperature": 0, "top_logprobs": 3}
    whole = create(**asked, logprobs=True).choices[0]
    tokens = whole.logprobs.content
    assert "".join(token.token for token in tokens) == whole.message.content
    assert all(token.token == token.top_logprobs[0].token for token in tokens)
    streamed = [
        token
        for chunk in create(**asked, logprobs=True, stream=True)
        if chunk.choices[0].logprobs
        for token in chunk.choices[0].logprobs.content
    ]
    assert streamed == tokens


def test_the_models_are_those_that_the_library_knows(address):
    models = client_of(address).models
    listed = {model.id: model for model in models.list()}
    assert listed["chat"] == models.retrieve("chat")
    with pytest.raises(openai.NotFoundError):
        models.retrieve("gpt-4")


def test_a_page_of_another_site_is_refused(address):
    foreign = client_of(address).with_options(default_headers={"Origin": "http://evil.example"})
    with pytest.raises(openai.PermissionDeniedError, match=r"http://evil\.example"):
        foreign.models.list()


def test_the_key_and_the_rate_are_minded(tmp_path, monkeypatch):
    monkeypatch.setenv("TFPLAY_API_KEY", "sesame")
    monkeypatch.setenv("TFPLAY_API_RATE", "5")
    with running_app(tmp_path) as address:
        for _ in range(2):
            with pytest.raises(openai.AuthenticationError, match="Incorrect API key"):
                client_of(address).models.retrieve("chat")
        models = client_of(address, "sesame").models
        assert models.retrieve("chat").id == "chat"
        with pytest.raises(openai.RateLimitError, match="5 requests within a minute") as error:
            for number in range(5):  # another address is the same visitor
                forged = {"X-Forwarded-For": f"203.0.113.{number}"}
                models.retrieve("chat", extra_headers=forged)
        assert int(error.value.response.headers["retry-after"]) > 0


def test_the_example_of_the_readme_runs(address, capsys):
    *_, example = readme_examples()
    exec(example.replace("http://localhost:8501", address), {})
    assert capsys.readouterr().out.strip()


def test_the_pages_are_where_they_were(address):
    for path in ("", "/chat", "/_stcore/health"):
        with urlopen(f"{address}{path}") as answer:
            assert answer.status == 200

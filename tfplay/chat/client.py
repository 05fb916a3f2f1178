"""A model of ours, asked as the common client library asks a server of chat completions."""

import secrets
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from tfplay.chat.reply import Reply
from tfplay.config import DecodingConfig
from tfplay.config.base import require_integer, require_switch
from tfplay.decoding import Memory
from tfplay.errors import InputError
from tfplay.store import open_run
from tfplay.tasks import TrainedModel
from tfplay.text import Message

FinishReason = Literal["stop", "length"]
TASKS = ("chat", "language-model")
MOST_TOKENS = 131_072
NOT_BY_MODEL = "not-written-by-the-model"
"""Stands as `system_fingerprint` where others name the model's configuration."""


@dataclass(frozen=True)
class ChatMessage:
    """What was said, by whom; of a chunk, what is new of it."""

    role: str | None = None
    content: str | None = None


@dataclass(frozen=True)
class Choice:
    """The reply."""

    index: int
    message: ChatMessage
    finish_reason: FinishReason


@dataclass(frozen=True)
class Usage:
    """Tokens read and written."""

    prompt_tokens: int
    completion_tokens: int
    total_tokens: int


@dataclass(frozen=True)
class ChatCompletion:
    """A whole reply, in the shape of the common client library."""

    id: str
    created: int
    model: str
    choices: list[Choice]
    usage: Usage
    object: str = "chat.completion"
    system_fingerprint: str | None = None
    """`NOT_BY_MODEL` if no model was asked: the text is that of `tfplay.chat.distress`."""

    def model_dump(self) -> dict[str, Any]:
        """As JSON."""
        return asdict(self)


@dataclass(frozen=True)
class ChunkChoice:
    """What a chunk adds to the reply; the last adds nothing and says why it ended."""

    index: int
    delta: ChatMessage
    finish_reason: FinishReason | None = None


@dataclass(frozen=True)
class ChatCompletionChunk:
    """A piece of a reply; one with the usage comes last and has no choices."""

    id: str
    created: int
    model: str
    choices: list[ChunkChoice]
    usage: Usage | None = None
    object: str = "chat.completion.chunk"
    system_fingerprint: str | None = None

    def model_dump(self) -> dict[str, Any]:
        """As JSON."""
        return asdict(self)


class Client:
    """Chat with a model by the names that people know from the common client library.

    Args:
        model: A shipped model's name, a run's id, or the path of its folder; or a trained model.

    Attributes:
        chat: Has `completions.create`.

    Raises:
        InputError: There is no such model, or it is none to chat with.

    Example:
        >>> client = Client("chat")
        >>> answer = client.chat.completions.create(messages=[{"role": "user", "content": "Hi!"}])
        >>> answer.choices[0].message.content
    """

    def __init__(self, model: str | Path | TrainedModel = "chat"):
        is_trained = isinstance(model, TrainedModel)
        self.chat = Chat(Completions(model, model.task) if is_trained else _open(model))


@dataclass(frozen=True)
class Chat:
    """Where the common client library has its completions."""

    completions: "Completions"


@dataclass(frozen=True)
class Completions:
    """Makes replies.

    Attributes:
        trained: The model.
        model: What it is called.
        memory: What earlier turns computed, to be used again.
        others: Models that `create` was asked for besides.

    Raises:
        InputError: The model is none to chat with.
    """

    trained: TrainedModel
    model: str
    memory: Memory = field(default_factory=Memory)
    others: dict[str, "Completions"] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.trained.task not in TASKS:
            raise InputError(
                f"The model learned {self.trained.task}; to chat it must have learned "
                f"{' or '.join(TASKS)}."
            )

    def create(
        self,
        messages: Sequence[Message | ChatMessage],
        *,
        model: str | None = None,
        temperature: float = 1.0,
        top_p: float = 1.0,
        max_tokens: int = 256,
        max_completion_tokens: int | None = None,
        seed: int | None = None,
        stop: str | Sequence[str] | None = None,
        stream: bool = False,
        stream_options: Mapping[str, bool] | None = None,
    ) -> ChatCompletion | Iterator[ChatCompletionChunk]:
        """Replies to a conversation.

        Args:
            messages: Dictionaries of `role` and `content`, or what a reply had as its message; the
                last is answered.
            model: Another model than the client's, by its name, id or path.
            temperature: Divides the logits; 0 takes the likeliest token each time.
            top_p: Sample from the smallest set of tokens whose probabilities reach p.
            max_tokens: The most tokens to generate.
            max_completion_tokens: The newer name of `max_tokens`, and stronger.
            seed: Repeats a reply; `None` is a new one each time.
            stop: A text, or several, before which the reply ends.
            stream: Give chunks as they are generated instead of the whole. Who stops asking for
                them stops the work.
            stream_options: `{"include_usage": True}` for a last chunk with the tokens counted.

        Returns:
            The reply, or an iterator of its chunks: at least one for each token, some of which may
            add no text.

        Raises:
            InputError: The messages are no conversation, or a value is impossible.
        """
        chosen = self if model in (None, self.model) else self._other(model)
        longest = max_tokens if max_completion_tokens is None else max_completion_tokens
        require_integer("max_tokens", longest, 1, MOST_TOKENS)
        require_switch("stream", stream)
        config = DecodingConfig(
            strategy="greedy" if temperature == 0 else "sampling",
            temperature=1.0 if temperature == 0 else temperature,
            top_p=top_p,
            max_new_tokens=longest,
            seed=secrets.randbelow(2**31) if seed is None else seed,
        )
        with_usage = not stream or _wants_usage(stream_options)
        reply = Reply(chosen.trained, _plain(messages), config, _stops(stop), chosen.memory)
        chunks = _chunks(reply, chosen.model, with_usage)
        return chunks if stream else join_chunks(chunks)

    def _other(self, model: str) -> "Completions":
        if model not in self.others:
            self.others[model] = _open(model)
        return self.others[model]


def join_chunks(chunks: Iterable[ChatCompletionChunk]) -> ChatCompletion:
    """The whole reply from all its chunks, the last of them with the usage."""
    *pieces, last, counted = chunks
    text = "".join(piece.choices[0].delta.content for piece in pieces)
    choice = Choice(0, ChatMessage("assistant", text), last.choices[0].finish_reason)
    return ChatCompletion(
        last.id,
        last.created,
        last.model,
        [choice],
        counted.usage,
        system_fingerprint=last.system_fingerprint,
    )


def _chunks(reply: Reply, model: str, with_usage: bool) -> Iterator[ChatCompletionChunk]:
    fingerprint = None if reply.is_by_model else NOT_BY_MODEL
    for chunk in _plain_chunks(reply, model, with_usage):
        yield replace(chunk, system_fingerprint=fingerprint)


def _plain_chunks(reply: Reply, model: str, with_usage: bool) -> Iterator[ChatCompletionChunk]:
    identity = (f"chatcmpl-{secrets.token_hex(12)}", int(time.time()), model)
    yield ChatCompletionChunk(*identity, [ChunkChoice(0, ChatMessage("assistant", ""))])
    for piece in reply:
        yield ChatCompletionChunk(*identity, [ChunkChoice(0, ChatMessage(content=piece))])
    yield ChatCompletionChunk(*identity, [ChunkChoice(0, ChatMessage(), reply.finish_reason)])
    if with_usage:
        read, written = len(reply.prompt.token_ids), len(reply.token_ids)
        yield ChatCompletionChunk(*identity, [], Usage(read, written, read + written))


def _open(model: str | Path) -> Completions:
    return Completions(open_run(model).load(), str(model))


def _plain(messages: Sequence[Message | ChatMessage]) -> Sequence[Message]:
    if not isinstance(messages, list | tuple):
        raise InputError(f"messages is {messages!r:.80}; it must be a list of messages.")
    return [
        asdict(message) if isinstance(message, ChatMessage) else message for message in messages
    ]


def _stops(stop: str | Sequence[str] | None) -> Sequence[str]:
    stops = [stop] if isinstance(stop, str) else [] if stop is None else stop
    is_list = isinstance(stops, list | tuple)
    if not is_list or not all(isinstance(text, str) and text for text in stops):
        raise InputError(
            f"stop is {stop!r:.80}; it must be a text or a list of texts, none of them empty."
        )
    return stops


def _wants_usage(stream_options: Mapping[str, bool] | None) -> bool:
    options = {} if stream_options is None else stream_options
    if not isinstance(options, Mapping):
        raise InputError(f"stream_options is {options!r:.80}; it must be an object.")
    wanted = options.get("include_usage", False)
    require_switch("include_usage", wanted)
    return wanted

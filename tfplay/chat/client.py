"""A model of ours, asked as the common client library asks a server of chat completions."""

import secrets
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from tfplay.chat.reply import Reply
from tfplay.config import DecodingConfig
from tfplay.errors import InputError
from tfplay.store import open_run
from tfplay.tasks import TrainedModel
from tfplay.text import Message

FinishReason = Literal["stop", "length"]
TASKS = ("chat", "language-model")


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
    """A piece of a reply."""

    id: str
    created: int
    model: str
    choices: list[ChunkChoice]
    object: str = "chat.completion.chunk"

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
        trained = model if is_trained else open_run(model).load()
        if trained.task not in TASKS:
            raise InputError(
                f"The model learned {trained.task}; to chat it must have learned "
                f"{' or '.join(TASKS)}."
            )
        self.chat = Chat(Completions(trained, trained.task if is_trained else str(model)))


@dataclass(frozen=True)
class Chat:
    """Where the common client library has its completions."""

    completions: "Completions"


@dataclass(frozen=True)
class Completions:
    """Makes replies."""

    trained: TrainedModel
    model: str

    def create(
        self,
        messages: Sequence[Message],
        *,
        temperature: float = 1.0,
        top_p: float = 1.0,
        max_tokens: int = 256,
        seed: int | None = None,
        stop: str | Sequence[str] | None = None,
        stream: bool = False,
    ) -> ChatCompletion | Iterator[ChatCompletionChunk]:
        """Replies to a conversation.

        Args:
            messages: Dictionaries of `role` and `content`; the last is answered.
            temperature: Divides the logits; 0 takes the likeliest token each time.
            top_p: Sample from the smallest set of tokens whose probabilities reach p.
            max_tokens: The most tokens to generate.
            seed: Repeats a reply; `None` is a new one each time.
            stop: A text, or several, before which the reply ends.
            stream: Give chunks as they are generated instead of the whole.

        Returns:
            The reply, or an iterator of its chunks.

        Raises:
            InputError: The messages are no conversation, or a value is impossible.
        """
        config = DecodingConfig(
            strategy="sampling" if temperature else "greedy",
            temperature=temperature or 1.0,
            top_p=top_p,
            max_new_tokens=max_tokens,
            seed=secrets.randbelow(2**31) if seed is None else seed,
        )
        stops = [stop] if isinstance(stop, str) else stop or ()
        reply = Reply(self.trained, messages, config, stops)
        identity = (f"chatcmpl-{secrets.token_hex(12)}", int(time.time()), self.model)
        return _chunks(reply, identity) if stream else _whole(reply, identity)


def _whole(reply: Reply, identity: tuple[str, int, str]) -> ChatCompletion:
    message = ChatMessage("assistant", "".join(reply))
    read, written = len(reply.prompt.token_ids), len(reply.token_ids)
    usage = Usage(read, written, read + written)
    return ChatCompletion(*identity, [Choice(0, message, reply.finish_reason)], usage)


def _chunks(reply: Reply, identity: tuple[str, int, str]) -> Iterator[ChatCompletionChunk]:
    yield ChatCompletionChunk(*identity, [ChunkChoice(0, ChatMessage("assistant", ""))])
    for piece in reply:
        yield ChatCompletionChunk(*identity, [ChunkChoice(0, ChatMessage(content=piece))])
    yield ChatCompletionChunk(*identity, [ChunkChoice(0, ChatMessage(), reply.finish_reason)])

"""A model of ours, asked as the common client library asks a server of chat completions."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from tfplay import decoding
from tfplay.chat.answer import reply_chunks
from tfplay.chat.completion import ChatCompletion, ChatCompletionChunk, ChatMessage, join_chunks
from tfplay.chat.reply import Reply
from tfplay.chat.request import ChatRequest, read_request
from tfplay.errors import InputError
from tfplay.store import open_model
from tfplay.tasks import TrainedModel
from tfplay.text import Message

TASKS = ("chat", "language-model")


class Client:
    """Chat with a model, under the names of the common client library.

    Args:
        model: A shipped model's name, a run's id, or the path of its folder; or a trained model.

    Attributes:
        chat: Has `completions.create`.

    Raises:
        InputError: There is no such model, or one cannot chat with it.

    Example:
        >>> client = Client("chat")
        >>> messages = [{"role": "user", "content": "Hi!"}]
        >>> answer = client.chat.completions.create(messages=messages, max_tokens=8)
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
        others: Other models that `create` was asked for.

    Raises:
        InputError: One cannot chat with the model.
    """

    trained: TrainedModel
    model: str
    memory: "decoding.Memory" = field(default_factory=lambda: decoding.Memory())
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
        **settings: Any,
    ) -> ChatCompletion | Iterator[ChatCompletionChunk]:
        """Replies to a conversation.

        Args:
            messages: Dictionaries of `role` and `content`, or what a reply had as its message; the
                last is answered.
            model: Another model than the client's, by its name, id or path.
            **settings: Named as in the common client library; `None` counts as left out.
                `temperature` (0 to 2, 1) divides the logits, 0 takes the likeliest token each time;
                `top_p` (0 to 1, 1) samples from the smallest set of tokens whose probabilities
                reach it; `max_tokens` or `max_completion_tokens` (256) is the most to generate, and
                no more than the context has room for; `seed` repeats a reply; `stop` is a text, or
                up to four, before which it ends; `logprobs=True` tells how likely each token was,
                `top_logprobs` (0 to 20) what else might have stood there; `stream=True` gives
                chunks as they are generated, and when the caller stops iterating the work stops;
                `stream_options={"include_usage": True}` adds a chunk with the tokens counted.

        Returns:
            The reply, or an iterator of its chunks: at least one for each token, some of which may
            add no text.

        Raises:
            InputError: The messages are no conversation, or a setting is impossible.
        """
        chosen = self if model in (None, self.model) else self._other(model)
        request = read_request({"messages": messages} | settings)
        if request.stream:
            return chosen.answer(request)
        return join_chunks(chosen.answer(replace(request, include_usage=True)))

    def answer(self, request: ChatRequest) -> Iterator[ChatCompletionChunk]:
        """The chunks of a reply to what was asked.

        Raises:
            InputError: The messages are no conversation, or the last has no room.
        """
        reply = Reply(
            self.trained,
            request.messages,
            request.decoding(self.trained.context),
            request.stop,
            self.memory,
            top_logprobs=request.top_logprobs,
        )
        return reply_chunks(reply, self.model, request.include_usage)

    def _other(self, model: str) -> "Completions":
        if model not in self.others:
            self.others[model] = _open(model)
        return self.others[model]


def _open(model: str | Path) -> Completions:
    return Completions(open_model(model).load(), str(model))

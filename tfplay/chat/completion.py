"""Replies in the shape of the common client library."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, Literal

FinishReason = Literal["stop", "length"]
NOT_BY_MODEL = "not-written-by-the-model"
"""Stands as `system_fingerprint` where others name the model's configuration."""


@dataclass(frozen=True)
class ChatMessage:
    """What was said, and by whom; in a chunk, what is new."""

    role: str | None = None
    content: str | None = None

    def model_dump(self) -> dict[str, Any]:
        """The object in plain JSON types."""
        return asdict(self)


@dataclass(frozen=True)
class TopLogprob:
    """A token that might stand at a position.

    Attributes:
        token: The text of the token; for half a character, the names of its bytes.
        logprob: The natural logarithm of its probability, as the model itself has it: without
            temperature and `top_p`.
        bytes: The text in UTF-8; `None` for a special token, which has none.
    """

    token: str
    logprob: float
    bytes: list[int] | None


@dataclass(frozen=True)
class TokenLogprob(TopLogprob):
    """A token of the reply, with the likeliest ones in its place, the likeliest first."""

    top_logprobs: list[TopLogprob]


@dataclass(frozen=True)
class ChoiceLogprobs:
    """How likely the tokens of a text were."""

    content: list[TokenLogprob]
    refusal: None = None


@dataclass(frozen=True)
class Choice:
    """The reply."""

    index: int
    message: ChatMessage
    finish_reason: FinishReason
    logprobs: ChoiceLogprobs | None = None


@dataclass(frozen=True)
class Usage:
    """Tokens read and written."""

    prompt_tokens: int
    completion_tokens: int
    total_tokens: int


@dataclass(frozen=True)
class ChatCompletion:
    """A whole reply."""

    id: str
    created: int
    model: str
    choices: list[Choice]
    usage: Usage
    object: str = "chat.completion"
    tfplay: dict[str, Any] | None = None
    """A field of our own: the judgement of the reply, the words that are new to the model, and how
    sure it was; `None` if that was never measured."""
    system_fingerprint: str | None = None
    """`NOT_BY_MODEL` if no model was asked: the text is that of `tfplay.chat.distress`."""

    def model_dump(self) -> dict[str, Any]:
        """The object in plain JSON types."""
        return asdict(self)


@dataclass(frozen=True)
class ChunkChoice:
    """What a chunk adds to the reply; the last adds nothing and says why it ended."""

    index: int
    delta: ChatMessage
    finish_reason: FinishReason | None = None
    logprobs: ChoiceLogprobs | None = None


@dataclass(frozen=True)
class ChatCompletionChunk:
    """A piece of a reply; one with the usage comes last and has no choices."""

    id: str
    created: int
    model: str
    choices: list[ChunkChoice]
    usage: Usage | None = None
    object: str = "chat.completion.chunk"
    tfplay: dict[str, Any] | None = None
    """As in `ChatCompletion`; only the chunk has it that says why the reply ended."""
    system_fingerprint: str | None = None

    def model_dump(self) -> dict[str, Any]:
        """The chunk in plain JSON types; a delta has only what is new."""
        dumped = asdict(self)
        if self.tfplay is None:
            del dumped["tfplay"]
        for choice in dumped["choices"]:
            delta = choice["delta"].items()
            choice["delta"] = {name: value for name, value in delta if value is not None}
        return dumped


def join_chunks(chunks: Iterable[ChatCompletionChunk]) -> ChatCompletion:
    """The whole reply from all its chunks, the last of them with the usage."""
    *pieces, last, counted = chunks
    text = "".join(piece.choices[0].delta.content for piece in pieces)
    tokens = [piece.choices[0].logprobs for piece in (*pieces, last)]
    logprobs = None
    if any(tokens):
        logprobs = ChoiceLogprobs([token for some in tokens if some for token in some.content])
    message = ChatMessage("assistant", text)
    choice = Choice(0, message, last.choices[0].finish_reason, logprobs)
    return ChatCompletion(
        last.id,
        last.created,
        last.model,
        [choice],
        counted.usage,
        tfplay=last.tfplay,
        system_fingerprint=last.system_fingerprint,
    )

"""A reply opened up: what the model read, where it looked, what else it might have said."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import NamedTuple

import numpy as np

from tfplay import decoding, explain
from tfplay.chat.distress import NO_XRAY, is_distress_answer, without_distress
from tfplay.chat.prompt import make_prompt, message_lengths, reply_ids
from tfplay.chat.reply import reply_room
from tfplay.config import DecodingConfig
from tfplay.errors import InputError
from tfplay.tasks import TrainedModel
from tfplay.text import Message, Tokenizer


class MessageSpan(NamedTuple):
    """Where a message stands among the tokens that the model read."""

    message: int
    """The message's index in the conversation."""
    start: int
    end: int


class NextToken(NamedTuple):
    """A token that might stand at a position of the reply."""

    token_id: int
    token: str
    probability: float


class HeadLook(NamedTuple):
    """How much of one head's attention went to one message."""

    layer: int
    """The layer, counted from 1."""
    head: int
    """The head, counted from 1."""
    message: int
    """The message's index in the conversation."""
    share: float


@dataclass(frozen=True)
class ReplyXray:
    """A reply with all that the model computed for it, in one pass over the prompt and the reply.

    Attributes:
        tokenizer: The model's.
        token_ids: (N,): the prompt, and the reply after it.
        tokens: The tokens as people read them.
        spans: The messages that the model read, oldest first; the reply is the last.
        forgotten: Indices of the messages that had no room in the context.
        reply_start: How many tokens the prompt has.
        written_ids: The reply's R tokens; a chat model's end token is the last of them.
        sources: The R positions that predicted the reply's tokens. A token is predicted
            from the position before it: there it can be seen where the model looked for it.
    """

    tokenizer: Tokenizer
    token_ids: np.ndarray
    tokens: tuple[str, ...]
    spans: tuple[MessageSpan, ...]
    forgotten: tuple[int, ...]
    reply_start: int
    written_ids: tuple[int, ...]
    sources: "explain.Sources"

    @property
    def written(self) -> list[str]:
        """The reply's R tokens as people read them."""
        return self.tokenizer.labels(self.written_ids)

    def probabilities(self) -> np.ndarray:
        """(R,): how likely the model itself, without temperature and filters, found each token."""
        likely = decoding.probabilities(self.sources.logits.astype("float64"))
        return likely[np.arange(len(likely)), list(self.written_ids)]

    def entropies(self) -> np.ndarray:
        """(R,) in bits: how undecided the model itself was about each token."""
        logarithms = decoding.log_probabilities(self.sources.logits.astype("float64"))
        return -(np.exp(logarithms) * logarithms).sum(axis=-1) / np.log(2)

    def distribution(self, place: int, config: DecodingConfig) -> np.ndarray:
        """(V,): what the reply's token at this place is chosen from; the model is not asked again.

        Args:
            place: Index of one of the R tokens.
            config: Temperature, filters and repetition penalty; greedy decoding is certain.
        """
        before = self.token_ids[None, : self.reply_start + place]
        [filtered] = decoding.filter_logits(self.sources.logits[place, None], before, config)
        if config.strategy == "greedy":
            return np.eye(len(filtered))[filtered.argmax()]
        return decoding.probabilities(filtered.astype("float64"))

    def candidates(self, place: int, config: DecodingConfig, count: int = 10) -> list[NextToken]:
        """The tokens that the model itself finds likeliest, each with its chance under `config`.

        Arguments as in `distribution`; a candidate that the filters leave out has 0.
        """
        best = np.argsort(-self.sources.logits[place], kind="stable")[:count].tolist()
        likely = self.distribution(place, config)[best].tolist()
        labels = self.tokenizer.labels(best)
        return [NextToken(*each) for each in zip(best, labels, likely, strict=True)]

    def text_with(self, place: int, token_id: int) -> str | None:
        """The reply up to a place, with another token there; `None` if that cannot be text.

        An end token adds no text, and half a character is none.
        """
        detokenize = self.tokenizer.detokenize
        before = detokenize(self.written_ids[:place]).lstrip()
        text = detokenize([*self.written_ids[:place], token_id]).lstrip()
        return None if text == before or "\ufffd" in text else text

    def by_message(self, weights: np.ndarray) -> np.ndarray:
        """Sums weights of tokens (..., N) over each of the `spans`."""
        sums = [weights[..., span.start : span.end].sum(axis=-1) for span in self.spans]
        return np.stack(sums, axis=-1)

    def strongest_head(self, place: int) -> HeadLook:
        """The head that gave most of its attention to one message before the reply.

        Args:
            place: Index of one of the R tokens.
        """
        shares = self.by_message(self.sources.attention_scores[:, :, place])[..., :-1]
        layer, head, span = (int(each) for each in np.unravel_index(shares.argmax(), shares.shape))
        message = self.spans[span].message
        return HeadLook(layer + 1, head + 1, message, float(shares[layer, head, span]))


def xray_reply(
    trained: TrainedModel,
    messages: Sequence[Message],
    reply: int,
    max_new_tokens: int | None = None,
) -> ReplyXray:
    """Runs the model once over a conversation up to and with a reply.

    The reply's text is read as the tokenizer reads it.

    Args:
        trained: A decoder-only model that learned chat or language modelling.
        messages: The conversation.
        reply: Index of a message of the assistant.
        max_new_tokens: The longest reply: the room that was kept for it decides what had fallen
            out of the context; `None` is as long as possible.

    Raises:
        InputError: There is no such reply, it does not fit the context, or the model looks ahead.

    Example:
        >>> xray = xray_reply(trained, messages, reply=2)
        >>> xray.by_message(xray.sources.mean_scores()[0])  # where the first token looked
    """
    _check(trained, messages, reply)
    messages = without_distress(messages)
    room = reply_room(trained, max_new_tokens or trained.context)
    prompt = make_prompt(trained, messages[:reply], room)
    written_ids = reply_ids(trained, messages[reply]["content"])
    token_ids = np.append(prompt.token_ids, written_ids).astype("int32")
    if trained.task == "chat":
        written_ids = [*written_ids, trained.tokenizer.end_id]
    start = len(prompt.token_ids)
    predicting = slice(start - 1, start - 1 + len(written_ids))
    indices = range(reply)
    system = [index for index in indices if messages[index]["role"] == "system"]
    turns = [index for index in indices if messages[index]["role"] != "system"]
    kept = [*system, *turns[prompt.forgotten :]]
    lengths = message_lengths(trained, [messages[index] for index in kept])
    edges = [*accumulate(lengths[:-1], initial=0), len(token_ids)]
    return ReplyXray(
        trained.tokenizer,
        token_ids,
        tuple(trained.tokenizer.labels(token_ids.tolist())),
        tuple(
            MessageSpan(message, *edge)
            for message, edge in zip([*kept, reply], pairwise(edges), strict=True)
        ),
        tuple(turns[: prompt.forgotten]),
        start,
        tuple(written_ids),
        explain.trace_sources(trained.model, token_ids, predicting),
    )


def _check(trained: TrainedModel, messages: Sequence[Message], reply: int) -> None:
    if reply not in range(len(messages)) or messages[reply]["role"] != "assistant":
        raise InputError(f"Message {reply + 1} is no reply of the assistant.")
    if is_distress_answer(messages[reply]):
        raise InputError(NO_XRAY)
    if not trained.model.config.use_causal_mask:
        raise InputError(
            "This model has no causal mask: every token changes what it computed for those before, "
            "so what it did while it wrote cannot be read off the finished reply."
        )

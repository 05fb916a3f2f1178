"""What each turn of a conversation costs: with a key-value cache, without, and with an encoder."""

from collections.abc import Callable, Sequence
from functools import partial
from statistics import median
from time import perf_counter
from typing import NamedTuple

import numpy as np

from tfplay import decoding
from tfplay.chat.distress import is_distress_answer
from tfplay.chat.prompt import make_prompt, reply_ids
from tfplay.chat.reply import reply_room
from tfplay.config import ModelConfig
from tfplay.estimates import count_multiply_adds
from tfplay.tasks import TrainedModel
from tfplay.text import Message


class ReplyTurn(NamedTuple):
    """A reply and what was read for it."""

    message: int
    """Index of the reply in the conversation."""
    prompt_ids: np.ndarray
    """(1, P)."""
    written_ids: np.ndarray
    """(1, R): the reply."""
    known: int
    """How many of the prompt's tokens the cache holds from the turn before."""


class Cost(NamedTuple):
    """The costs of one turn, in multiply-adds or in milliseconds."""

    reading: float
    """What is new in the prompt, with the keys and values of all tokens before in a cache."""
    writing: float
    """The reply, with the cache."""
    encoding: float
    """The whole prompt through the blocks, as an encoder would have to at each turn."""
    whole: float
    """The turn without a cache: the whole sequence computed again for every token."""

    @property
    def cached(self) -> float:
        """The turn with the cache."""
        return self.reading + self.writing

    @property
    def encoded(self) -> float:
        """The turn with the whole transcript encoded again."""
        return self.encoding + self.writing


def conversation_turns(
    trained: TrainedModel, messages: Sequence[Message], max_new_tokens: int | None = None
) -> list[ReplyTurn]:
    """The replies of a conversation, each with what the model read for it.

    Args:
        trained: A decoder-only model that learned chat or language modelling.
        messages: The conversation.
        max_new_tokens: The longest reply, which decides what falls out of the context; `None` is as
            long as possible.

    Raises:
        InputError: A prompt does not fit the context.
    """
    room = reply_room(trained, max_new_tokens or trained.context)
    turns, held = [], np.zeros((1, 0), dtype="int32")
    for index, message in enumerate(messages):
        if message["role"] == "assistant" and not is_distress_answer(message):
            prompt_ids = make_prompt(trained, messages[:index], room).token_ids[None]
            written_ids = np.array([reply_ids(trained, message["content"])], dtype="int32")
            written_ids = written_ids[:, : trained.context - prompt_ids.shape[1]]
            known = min(decoding.common_length(held, prompt_ids), prompt_ids.shape[1] - 1)
            turns.append(ReplyTurn(index, prompt_ids, written_ids, known))
            held = np.concatenate([prompt_ids, written_ids], axis=1)
    return turns


def count_turn(config: ModelConfig, turn: ReplyTurn) -> Cost:
    """Counts a turn's multiply-adds; the logits are those of the newest position alone."""

    def blocks(length: int, known: int = 0) -> int:
        return count_multiply_adds(config, length, cached_length=known).blocks

    read, last = turn.prompt_ids.shape[1], turn.prompt_ids.shape[1] + turn.written_ids.shape[1]
    logits = (last - read + 1) * count_multiply_adds(config, 1).head
    return Cost(
        blocks(read - turn.known, turn.known),
        sum(blocks(1, known) for known in range(read, last)) + logits,
        blocks(read),
        sum(map(blocks, range(read, last + 1))) + logits,
    )


def measure_turn(trained: TrainedModel, turn: ReplyTurn, repeats: int = 5) -> Cost:
    """Measures a turn in milliseconds: medians of repeats in which the ways take turns.

    The reply is given, so nothing is chosen or turned into text; a first round, in which shapes
    that are new are compiled, does not count.
    """
    kept = decoding.CachedPredictor(trained.model, turn.prompt_ids)

    def read(known: int) -> None:
        kept.token_ids = kept.token_ids[:, :known]
        kept.restart(turn.prompt_ids)

    def whole() -> None:
        _write(decoding.WholePredictor(trained.model, turn.prompt_ids), turn)

    ways = (partial(read, turn.known), partial(_write, kept, turn), partial(read, 0), whole)
    rounds = [[_milliseconds(way) for way in ways] for _ in range(1 + repeats)]
    return Cost(*map(median, zip(*rounds[1:], strict=True)))


def _write(
    predictor: "decoding.CachedPredictor | decoding.WholePredictor", turn: ReplyTurn
) -> None:
    for token_id in turn.written_ids[0]:
        predictor.advance(token_id[None])


def _milliseconds(work: Callable[[], None]) -> float:
    start = perf_counter()
    work()
    return 1000 * (perf_counter() - start)

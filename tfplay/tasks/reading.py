"""What a model reads of a text that somebody types, token by token."""

from typing import NamedTuple

import numpy as np

from tfplay import decoding
from tfplay.config import DecodingConfig
from tfplay.tasks.trained_model import TrainedModel

MOST_WRITTEN = 128
"""Tokens that a model goes on with by itself where its answer is looked into."""

_UNKNOWN = "…"
"""What follows a text of whose vocabulary no token says that it ends."""


class Reading(NamedTuple):
    """What a model reads of a visitor's text."""

    inputs: dict[str, np.ndarray]
    """The model's inputs, (1, T) each."""
    tokens: list[str]
    """The tokens as people read them; an encoder-decoder's source."""
    target_tokens: list[str]
    """What the decoder of an encoder-decoder is given, its start token first; else the tokens."""
    written_tokens: list[str]
    """The target at each of them: the tokens shifted left, then the end token."""

    @property
    def _decoder_input(self) -> str:
        return "decoder_token_ids" if "decoder_token_ids" in self.inputs else "token_ids"

    def last_place_of(self, token_id: int) -> int:
        """The last position of a token among the decoder's inputs; without it the last of all."""
        token_ids = self.inputs[self._decoder_input][0]
        places = np.flatnonzero(token_ids == token_id)
        return int(places[-1]) if places.size else len(token_ids) - 1

    def up_to(self, token_id: int) -> dict[str, np.ndarray]:
        """The inputs, cut for the decoder after the last position of a token."""
        return self.cut_after(self.last_place_of(token_id))

    def cut_after(self, place: int) -> dict[str, np.ndarray]:
        """The inputs, cut for the decoder after a position."""
        name = self._decoder_input
        return self.inputs | {name: self.inputs[name][:, : place + 1]}


def reading_of(trained: TrainedModel, token_ids: list[int]) -> Reading:
    """The reading of one sequence of tokens."""
    tokens = trained.tokenizer.labels(token_ids)
    written = [*tokens[1:], *(trained.tokenizer.labels(trained.tokenizer.end_ids) or [_UNKNOWN])]
    return Reading({"token_ids": np.array([token_ids], dtype="int32")}, tokens, tokens, written)


def reading_with_answer(trained: TrainedModel, prompt_ids: list[int], answer: str) -> Reading:
    """The reading of a prompt and the answer after it: the given one, or the model's own."""
    written = trained.tokenizer.tokenize(answer) if answer else continuation(trained, prompt_ids)
    return reading_of(trained, [*prompt_ids, *written])


def continuation(trained: TrainedModel, prompt_ids: list[int], **source: np.ndarray) -> list[int]:
    """What the model writes after a prompt, greedily, without the end token.

    Args:
        trained: The model.
        prompt_ids: Token ids of the prompt.
        **source: What an encoder reads, (1, S) each.
    """
    room = min(trained.context - len(prompt_ids), MOST_WRITTEN)
    config = DecodingConfig(max_new_tokens=max(1, room))
    end_ids = trained.tokenizer.end_ids
    [token_ids] = decoding.generate(
        trained.model, np.array([prompt_ids]), config, end_ids, **source
    )
    return token_ids[:room]

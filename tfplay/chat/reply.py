"""A reply, generated while it is read."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Literal, Self

import numpy as np

from tfplay import decoding
from tfplay.chat.distress import answer_to
from tfplay.chat.logprobs import Chosen, choose_from
from tfplay.chat.prompt import Prompt, check_messages, make_prompt, reply_ids
from tfplay.config import DecodingConfig
from tfplay.counters import TOKENS
from tfplay.tasks import TrainedModel, judge_continuation
from tfplay.text import ROLES, Message
from tfplay.trust import Judgement

_NEXT_TURN = tuple(f"\n{role.capitalize()}:" for role in ROLES)
"""Texts with which a language model, which knows no end token, lets somebody else speak."""


class Reply(Iterator[str]):
    """The assistant's reply as it is generated; when the caller stops iterating, the work stops.

    Iterating gives the text that each step adds, which may be none. It ends with an end token,
    before a stop text, where a language model lets the user speak, or after `max_new_tokens`. To
    somebody in distress the model says nothing: one text of `tfplay.chat.distress` is all.

    Args:
        trained: A decoder-only model that learned chat or language modelling.
        messages: The conversation; the last message is answered.
        config: Strategy, temperature, filters, seed.
        stop: Texts before which the reply ends.
        memory: What earlier turns of the conversation computed, to be used again.
        begun: How the reply begins; it goes on as if these tokens had been chosen.
        top_logprobs: How many of the likeliest tokens are noted in each place; `None` notes no
            probabilities.

    Attributes:
        tokenizer: The model's tokenizer.
        is_by_model: False if the model was not asked: then there is no prompt and no token.
        prompt: The conversation as the model sees it.
        token_ids: The reply so far.
        tokens: How likely the chosen tokens that have a text were; noted if asked for.
        told_tokens: How many of `tokens` are in the text given so far.
        finish_reason: Why it has ended: `"stop"`, or `"length"` for lack of room; `None` before.

    Raises:
        InputError: For the reasons of `make_prompt`.

    Example:
        >>> config = DecodingConfig(max_new_tokens=8)
        >>> for piece in Reply(trained, [{"role": "user", "content": "Hi"}], config):
        ...     print(piece, end="")
    """

    def __init__(
        self,
        trained: TrainedModel,
        messages: Sequence[Message],
        config: DecodingConfig,
        stop: Sequence[str] = (),
        memory: "decoding.Memory | None" = None,
        begun: str = "",
        top_logprobs: int | None = None,
    ):
        self.tokenizer = trained.tokenizer
        self._trained = trained
        self.tokens: list[Chosen] = []
        self.told_tokens = 0
        self.finish_reason: Literal["stop", "length"] | None = None
        check_messages(messages)
        self._asked = messages[-1]["content"]
        answer = answer_to(messages)
        self.is_by_model = answer is None
        if answer is not None:
            self.prompt, self.token_ids = Prompt(np.zeros(0, "int32"), 0), []
            self._pieces = self._say(answer)
            return
        room = reply_room(trained, config.max_new_tokens)
        self.prompt = make_prompt(trained, messages, room)
        self.token_ids = reply_ids(trained, begun) if begun else []
        still_free = trained.context - len(self.prompt.token_ids)
        still_new = max(1, min(config.max_new_tokens, still_free) - len(self.token_ids))
        config = replace(config, max_new_tokens=still_new)
        self._pieces = self._generate(trained, config, (*_NEXT_TURN, *stop), memory, top_logprobs)

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> str:
        return next(self._pieces)

    def judgement(self) -> Judgement | None:
        """What is to be said of what was written so far; `None` if that was never measured."""
        if not self.is_by_model:
            return None
        prompt_ids = self.prompt.token_ids.tolist()
        return judge_continuation(self._trained, self._asked, prompt_ids, self.token_ids)

    def close(self) -> None:
        """Ends the work, so that others can use what the memory holds."""
        self._pieces.close()

    def _say(self, answer: str) -> Iterator[str]:
        yield answer
        self.finish_reason = "stop"

    def _generate(
        self,
        trained: TrainedModel,
        config: DecodingConfig,
        stops: Sequence[str],
        memory: "decoding.Memory | None",
        top_logprobs: int | None,
    ) -> Iterator[str]:
        tokenizer = trained.tokenizer
        end_ids = tokenizer.end_ids
        text, told, is_over = tokenizer.detokenize(self.token_ids).lstrip(), 0, False
        starts: list[int] = []  # where in the text each of `tokens` begins
        prompt_ids = np.append(self.prompt.token_ids, self.token_ids).astype("int32")[None]
        is_full = prompt_ids.shape[1] >= trained.context
        steps = decoding.generate_steps(trained.model, prompt_ids, config, end_ids, memory=memory)
        for step in () if is_full else steps:
            token_id = int(step.token_ids[0])
            if top_logprobs is not None and token_id not in end_ids:
                starts.append(len(text.rstrip("\ufffd")))
                noted = choose_from(step.logits[0], self.token_ids, token_id, top_logprobs)
                self.tokens.append(noted)
            self.token_ids.append(token_id)
            TOKENS.inc()
            text, is_over = _until_stop(tokenizer.detokenize(self.token_ids).lstrip(), stops, told)
            settled = len(text) if is_over else _settled_length(text, stops, told)
            piece, told = text[told:settled], settled
            self.told_tokens = bisect_left(starts, told)
            yield piece
            if is_over:
                break
        has_end = self.token_ids[-1:] in [[end_id] for end_id in end_ids]
        self.finish_reason = "stop" if is_over or has_end else "length"
        if len(text) > told:
            self.told_tokens = bisect_left(starts, len(text))
            yield text[told:]


def reply_room(trained: TrainedModel, max_new_tokens: int) -> int:
    """How many tokens of the context are kept free for a reply."""
    # A chat model's replies are short, and the more it remembers the better.
    share = 8 if trained.task == "chat" else 2
    return min(max_new_tokens, trained.context // share)


def _until_stop(text: str, stops: Sequence[str], told: int) -> tuple[str, bool]:
    """The text before the first stop, and whether there is one; none begins in what was told."""
    found = [start for stop in stops if (start := text.find(stop, told)) >= 0]
    return (text[: min(found)], True) if found else (text, False)


def _settled_length(text: str, stops: Sequence[str], told: int) -> int:
    """How much of a growing text will not change any more.

    What may still become a stop, or the rest of a character of several bytes, waits for the tokens
    to come. Only the end of the text, as long as a stop, is looked at.
    """
    whole = text.rstrip("\ufffd")
    return max(told, len(whole) - max(_begun(whole, stop, told) for stop in stops))


def _begun(text: str, stop: str, told: int) -> int:
    """How many characters at the end of the new text are the beginning of a stop."""
    most = min(len(stop) - 1, len(text) - told)
    return next((n for n in range(most, 0, -1) if text.endswith(stop[:n])), 0)

"""A reply, generated while it is read."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Literal, Self

import numpy as np

from tfplay.chat.distress import answer_to
from tfplay.chat.prompt import Prompt, check_messages, make_prompt, reply_ids
from tfplay.config import DecodingConfig
from tfplay.decoding import Memory, generate_steps
from tfplay.tasks import TrainedModel
from tfplay.text import ROLES, Message

_NEXT_TURN = tuple(f"\n{role.capitalize()}:" for role in ROLES)
"""Where a language model, which knows no end token, lets somebody else speak."""


class Reply(Iterator[str]):
    """The assistant's reply as it is generated; who stops asking stops the work.

    Iterating gives the text that each step adds, which may be none. It ends with an end token,
    before a stop text, where a language model lets the user speak, or after `max_new_tokens`. To
    somebody in distress the model says nothing: one text of `tfplay.chat.distress` is all.

    Args:
        trained: A decoder-only model that learned chat or language modelling.
        messages: The conversation; the last message is answered.
        config: Strategy, temperature, filters, seed.
        stop: Texts before which the reply ends.
        memory: The conversation's: what its earlier turns computed is used again.
        begun: How the reply begins; it goes on as if these tokens had been chosen.

    Attributes:
        is_by_model: False if the model was not asked: then there is no prompt and no token.
        prompt: The conversation as the model sees it.
        token_ids: The reply so far.
        finish_reason: Why it has ended: `"stop"`, or `"length"` for want of room; `None` before.

    Raises:
        InputError: As `make_prompt`.

    Example:
        >>> for piece in Reply(trained, [{"role": "user", "content": "Hi"}], config):
        ...     print(piece, end="")
    """

    def __init__(
        self,
        trained: TrainedModel,
        messages: Sequence[Message],
        config: DecodingConfig,
        stop: Sequence[str] = (),
        memory: Memory | None = None,
        begun: str = "",
    ):
        self.finish_reason: Literal["stop", "length"] | None = None
        check_messages(messages)
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
        self._pieces = self._generate(trained, config, (*_NEXT_TURN, *stop), memory)

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> str:
        return next(self._pieces)

    def close(self) -> None:
        """Ends the work: what the memory holds can be used by others now."""
        self._pieces.close()

    def _say(self, answer: str) -> Iterator[str]:
        yield answer
        self.finish_reason = "stop"

    def _generate(
        self,
        trained: TrainedModel,
        config: DecodingConfig,
        stops: Sequence[str],
        memory: Memory | None,
    ) -> Iterator[str]:
        tokenizer = trained.tokenizer
        end_ids = [] if tokenizer.end_id is None else [tokenizer.end_id]
        text, told, is_over = tokenizer.detokenize(self.token_ids).lstrip(), 0, False
        prompt_ids = np.append(self.prompt.token_ids, self.token_ids).astype("int32")[None]
        is_full = prompt_ids.shape[1] >= trained.context
        steps = generate_steps(trained.model, prompt_ids, config, end_ids, memory=memory)
        for step in () if is_full else steps:
            self.token_ids.append(int(step.token_ids[0]))
            text, is_over = _until_stop(tokenizer.detokenize(self.token_ids).lstrip(), stops)
            settled = len(text) if is_over else _settled_length(text, stops)
            yield text[told:settled]
            told = max(told, settled)
            if is_over:
                break
        has_end = self.token_ids[-1:] in [[end_id] for end_id in end_ids]
        self.finish_reason = "stop" if is_over or has_end else "length"
        if len(text) > told:
            yield text[told:]


def reply_room(trained: TrainedModel, max_new_tokens: int) -> int:
    """How many tokens of the context are kept free for a reply."""
    # A chat model's replies are short, and the more it remembers the better.
    share = 8 if trained.task == "chat" else 2
    return min(max_new_tokens, trained.context // share)


def _until_stop(text: str, stops: Sequence[str]) -> tuple[str, bool]:
    """The text before the first stop, and whether there is one."""
    found = [start for stop in stops if (start := text.find(stop)) >= 0]
    return (text[: min(found)], True) if found else (text, False)


def _settled_length(text: str, stops: Sequence[str]) -> int:
    """How much of a growing text will not change any more.

    What may still become a stop, or the rest of a character of several bytes, waits for the tokens
    to come.
    """
    beginnings = (stop[:length] for stop in stops for length in range(1, len(stop)))
    held_back = max((len(start) for start in beginnings if text.endswith(start)), default=0)
    return len(text[: len(text) - held_back].rstrip("\ufffd"))

"""Requests with the fields of the common client library, checked."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from tfplay.chat.messages import read_messages
from tfplay.config import DecodingConfig
from tfplay.config.base import MAX_SEED, require_between, require_integer, require_switch
from tfplay.cutting import cut_text, quoted
from tfplay.errors import InputError
from tfplay.text import Message
from tfplay.text.words import normalize

DEFAULT_TOKENS = 256
MOST_TOKENS = 1_000_000_000
"""More than any context; a larger number than the context has room for is reduced."""
MOST_STOPS = 4
LONGEST_STOP = 256
MOST_TOP_LOGPROBS = 20
GREEDY_BELOW = 0.01
"""Below this temperature the likeliest token leaves the others no chance."""
LEAST_TOP_P = 1e-6
"""The least top_p, used for 0: the likeliest token always stays."""

_SWITCHED_OFF = {
    "audio": (None,),
    "frequency_penalty": (0,),
    "function_call": ("none", "auto"),
    "functions": ([],),
    "logit_bias": ({},),
    "modalities": (["text"],),
    "n": (1,),
    "presence_penalty": (0,),
    "response_format": ({"type": "text"},),
    "tool_choice": ("none", "auto"),
    "tools": ([],),
}
"""Features that our models lack, with the values that do not ask for them."""
_HARMLESS = {
    "metadata",
    "parallel_tool_calls",
    "prediction",
    "prompt_cache_key",
    "prompt_cache_options",
    "prompt_cache_retention",
    "reasoning_effort",
    "safety_identifier",
    "service_tier",
    "store",
    "user",
    "verbosity",
}
"""Fields that have no influence on the reply."""


@dataclass(frozen=True)
class ChatRequest:
    """A request for a reply, checked as far as possible without the model.

    Attributes:
        messages: The conversation.
        temperature: From 0 to 2.
        top_p: From 0 to 1.
        max_tokens: The most to generate; the model's context may have room for fewer.
        seed: Any 64-bit number; `None` is a new one each time.
        stop: Texts before which the reply ends.
        stream: Whether it is asked for in chunks.
        include_usage: Whether the last chunk counts the tokens.
        top_logprobs: How many of the likeliest tokens are given at each position; `None` gives no
            probabilities at all.
    """

    messages: list[Message]
    temperature: float = 1.0
    top_p: float = 1.0
    max_tokens: int = DEFAULT_TOKENS
    seed: int | None = None
    stop: tuple[str, ...] = ()
    stream: bool = False
    include_usage: bool = False
    top_logprobs: int | None = None

    def __post_init__(self) -> None:
        require_between("temperature", self.temperature, 0, 2)
        require_between("top_p", self.top_p, 0, 1)
        require_integer("max_tokens", self.max_tokens, 1, MOST_TOKENS)
        if self.seed is not None:
            require_integer("seed", self.seed, -(2**63), 2**64 - 1)
        require_switch("stream", self.stream)
        require_switch("include_usage", self.include_usage)

    def decoding(self, context: int) -> DecodingConfig:
        """How a model with a context of this length chooses the reply's tokens."""
        is_greedy = self.temperature < GREEDY_BELOW
        return DecodingConfig(
            strategy="greedy" if is_greedy else "sampling",
            temperature=1.0 if is_greedy else self.temperature,
            top_p=max(self.top_p, LEAST_TOP_P),
            max_new_tokens=min(self.max_tokens, context),
            seed=secrets.randbelow(MAX_SEED) if self.seed is None else _short_seed(self.seed),
        )


def read_request(fields: Mapping[str, Any]) -> ChatRequest:
    """Reads a request; a field that is null counts as left out.

    Args:
        fields: `messages`, and by their names in the common client library: `temperature`,
            `top_p`, `max_tokens` or `max_completion_tokens`, `seed`, `stop`, `stream`,
            `stream_options`, `logprobs`, `top_logprobs`, and others as long as they ask for nothing
            that our models cannot do.

    Raises:
        InputError: A value is impossible, or asks for what our models cannot do.
    """
    given = {name: value for name, value in fields.items() if value is not None}
    if "messages" not in given:
        raise InputError("The request has no messages.")
    settings: dict[str, Any] = {"messages": read_messages(given.pop("messages"))}
    for name in ("temperature", "top_p", "seed", "stream"):
        if name in given:
            settings[name] = given.pop(name)
    for name in ("max_tokens", "max_completion_tokens"):  # the newer name is the stronger
        if name in given:
            settings["max_tokens"] = given.pop(name)
            require_integer(name, settings["max_tokens"], 1, MOST_TOKENS)
    settings["stop"] = _read_stop(given.pop("stop", ()))
    settings["include_usage"] = _read_include_usage(given.pop("stream_options", {}))
    settings["top_logprobs"] = _read_logprobs(
        given.pop("logprobs", False), given.pop("top_logprobs", 0)
    )
    _refuse_others(given)
    return ChatRequest(**settings)


def _read_stop(stop: Any) -> tuple[str, ...]:
    stops: Sequence[Any] = [stop] if isinstance(stop, str) else stop
    is_list = isinstance(stops, list | tuple) and len(stops) <= MOST_STOPS
    if not is_list or not all(isinstance(s, str) and 0 < len(s) <= LONGEST_STOP for s in stops):
        raise InputError(
            f"stop is {quoted(stop)}; it must be a text or a list of at most {MOST_STOPS} texts, "
            f"each of 1 to {LONGEST_STOP} characters."
        )
    return tuple(normalize(text) for text in stops)


def _read_include_usage(options: Any) -> bool:
    if not isinstance(options, Mapping):
        raise InputError(f"stream_options is {quoted(options)}; it must be an object.")
    wanted = options.get("include_usage")
    return False if wanted is None else wanted


def _read_logprobs(logprobs: Any, top: Any) -> int | None:
    require_switch("logprobs", logprobs)
    require_integer("top_logprobs", top, 0, MOST_TOP_LOGPROBS)
    if top and not logprobs:
        raise InputError(f"top_logprobs is {top}, but logprobs is not true; it must be true too.")
    return top if logprobs else None


def _refuse_others(others: Mapping[str, Any]) -> None:
    for name, value in others.items():
        if name in _SWITCHED_OFF:
            if value not in _SWITCHED_OFF[name]:
                raise InputError(
                    f"{name} is {quoted(value)}; our models cannot do that, so it must be "
                    f"{_SWITCHED_OFF[name][0]!r} or left out."
                )
        elif name not in _HARMLESS:
            raise InputError(
                f"{cut_text(name, 80)} is {quoted(value)}; our models have no such setting."
            )


def _short_seed(seed: int) -> int:
    """A seed that `DecodingConfig` takes: the seed itself, or one of 32 bits made from it."""
    if 0 <= seed <= MAX_SEED:
        return seed
    return int(np.random.SeedSequence(seed % 2**64).generate_state(1)[0])

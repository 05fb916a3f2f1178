"""How likely each token of a reply was, and what else might have stood there."""

from typing import NamedTuple

import numpy as np

from tfplay import decoding
from tfplay.chat.completion import TokenLogprob, TopLogprob
from tfplay.text import Tokenizer

LEAST_LOGPROB = -9999.0
"""Stands for minus infinity, which JSON cannot say."""


class Chosen(NamedTuple):
    """A token of a reply, and the likeliest in its place."""

    before: tuple[int, ...]
    """The token before it, if there is one."""
    token_id: int
    logprob: float
    top: list[tuple[int, float]]
    """Id and log probability of the likeliest tokens, the likeliest first."""


def choose_from(logits: np.ndarray, before: list[int], token_id: int, top: int) -> Chosen:
    """How likely a chosen token was, and its alternatives.

    Args:
        logits: (V,): what the model answered, before temperature and filters.
        before: The tokens of the reply before it.
        token_id: The token that was chosen.
        top: How many of the likeliest tokens are given too.
    """
    logprobs = decoding.log_probabilities(logits.astype("float64"))
    best = np.argsort(-logprobs, kind="stable")[:top].tolist()
    return Chosen(
        tuple(before[-1:]),
        token_id,
        float(logprobs[token_id]),
        [(each, float(logprobs[each])) for each in best],
    )


def token_logprob(tokenizer: Tokenizer, chosen: Chosen) -> TokenLogprob:
    """A chosen token and its alternatives, with texts instead of ids."""
    top = [_told(tokenizer, chosen.before, *each) for each in chosen.top]
    told = _told(tokenizer, chosen.before, chosen.token_id, chosen.logprob)
    return TokenLogprob(told.token, told.logprob, told.bytes, top)


def _told(
    tokenizer: Tokenizer, before: tuple[int, ...], token_id: int, logprob: float
) -> TopLogprob:
    logprob = max(logprob, LEAST_LOGPROB)
    spelled = tokenizer.token(token_id)
    if spelled in tokenizer.special_tokens.spellings:
        return TopLogprob(spelled, logprob, None)
    adds = tokenizer.token_bytes(token_id, before)
    try:
        text = adds.decode("utf-8")
    except UnicodeDecodeError:  # half a character
        text = "bytes:" + "".join(f"\\x{byte:02x}" for byte in adds)
    return TopLogprob(text, logprob, list(adds))

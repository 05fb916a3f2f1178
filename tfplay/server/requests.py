"""What a client asks for, checked."""

import json
from typing import Any

from tfplay.config.base import require_switch
from tfplay.errors import InputError

HONOURED = {
    "messages",
    "temperature",
    "top_p",
    "max_tokens",
    "max_completion_tokens",
    "seed",
    "stop",
    "stream",
    "stream_options",
}
HARMLESS = {
    "metadata",
    "parallel_tool_calls",
    "prompt_cache_key",
    "safety_identifier",
    "service_tier",
    "store",
    "tool_choice",
    "user",
}
"""To leave them out changes nothing of the reply."""
MEANINGLESS = {
    "frequency_penalty": 0,
    "logit_bias": {},
    "logprobs": False,
    "modalities": ["text"],
    "n": 1,
    "presence_penalty": 0,
    "response_format": {"type": "text"},
    "tools": [],
}
"""We have nothing of the kind; these values ask for nothing of it either."""


def read_request(body: bytes) -> tuple[str, dict[str, Any]]:
    """The model that is asked, and the arguments for `Completions.create`.

    Args:
        body: The JSON that the client sent. What is null counts as left out.

    Raises:
        InputError: It is no JSON object, names no model or has no messages, or asks for something
            that we cannot do.
    """
    try:
        asked = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise InputError(f"The request is not JSON: {error}.") from error
    if not isinstance(asked, dict):
        raise InputError(f"The request is {asked!r:.80}; it must be a JSON object.")
    asked = {name: value for name, value in asked.items() if value is not None}
    model = asked.pop("model", None)
    if not isinstance(model, str):
        raise InputError(f"model is {model!r:.80}; it must be the name of a model.")
    if "messages" not in asked:
        raise InputError("The request has no messages.")
    for name, value in asked.items():
        is_known = name in HONOURED | HARMLESS
        if not is_known and (name not in MEANINGLESS or value != MEANINGLESS[name]):
            raise InputError(f"{name:.80} is {value!r:.80}; our models cannot do that.")
    require_switch("stream", asked.get("stream", False))
    return model, {name: asked[name] for name in asked.keys() & HONOURED}

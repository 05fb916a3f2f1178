"""Chat with a decoder-only model: messages in, the reply out, piece by piece."""

from tfplay.lazy import names_on_demand

__getattr__, __all__ = names_on_demand(
    __name__,
    {
        "client": "TASKS Client Completions",
        "completion": "ChatCompletion ChatCompletionChunk join_chunks",
        "prompt": "Prompt check_messages make_prompt",
        "reply": "Reply",
        "request": "ChatRequest read_request",
        "xray": "ReplyXray xray_reply",
    },
)

"""The conversation as it is shown: its latest turns, and what can be done about each."""

from tfplay.app.chat.transcript.transcript import (
    NOT_BY_MODEL,
    context_gauge,
    show_transcript,
    timings_text,
)

__all__ = ["NOT_BY_MODEL", "context_gauge", "show_transcript", "timings_text"]

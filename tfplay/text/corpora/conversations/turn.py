"""One thing a user says, and the reply to it."""

from typing import NamedTuple


class Turn(NamedTuple):
    """What a user says, and the reply to it, whose form the system prompt decides."""

    said: str
    reply: str
    """A sentence, as said without a system prompt."""
    word: str
    """The reply in one word, without a full stop."""
    topic: str
    """"facts", "numbers", "glossary", "talk", "identity" or "unknown"."""


def led_by(lead: str, sentence: str) -> str:
    """A sentence after an opening: ("So, ", "What is it?") makes "So, what is it?"."""
    if not lead or lead.endswith("! ") or sentence.startswith(("I ", "I'm ")):
        return lead + sentence
    return lead + sentence[0].lower() + sentence[1:]

"""What a system prompt makes of a reply."""

from collections.abc import Callable
from dataclasses import dataclass

from tfplay.text.corpora.conversations.turn import Turn
from tfplay.text.corpora.lists import read_lists


@dataclass(frozen=True)
class Persona:
    """A character that replies in its own way.

    Attributes:
        prompts: System prompts that ask for it; none for who replies without a system prompt.
        answer: Makes its reply to a turn.
    """

    prompts: tuple[str, ...]
    answer: Callable[[Turn], str]


def as_assistant(turn: Turn) -> str:
    """The reply as it is."""
    return turn.reply


def as_teacher(turn: Turn) -> str:
    """The reply of a mathematics teacher, who answers sums gladly and teaches nothing else."""
    if turn.topic == "numbers" and turn.word != "Unknown":
        return f"Let us see. {turn.reply}"
    if turn.topic == "identity":
        return "I am your math teacher."
    if turn.topic == "unknown":
        return "I only teach math. Ask me 12 + 9."
    return turn.reply


def as_pirate(turn: Turn) -> str:
    """The reply of a pirate: "Arr! Your name is Tavo, matey!"."""
    reply = "I am an old pirate." if turn.topic == "identity" else turn.reply
    return f"Arr! {reply.rstrip('.!?')}, matey!"


def in_capitals(turn: Turn) -> str:
    """The reply in capital letters."""
    return turn.reply.upper()


def in_one_word(turn: Turn) -> str:
    """The reply in a single word."""
    return f"{turn.word}."


_PROMPTS = read_lists("conversations/personas.toml").words

ASSISTANT = Persona((), as_assistant)
HELPER = Persona(_PROMPTS("helper"), as_assistant)
TEACHER = Persona(_PROMPTS("teacher"), as_teacher)
PIRATE = Persona(_PROMPTS("pirate"), as_pirate)
SHOUTER = Persona(_PROMPTS("capitals"), in_capitals)
LACONIC = Persona(_PROMPTS("one_word"), in_one_word)

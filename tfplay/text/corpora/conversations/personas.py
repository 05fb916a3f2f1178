"""What a system prompt makes of a reply."""

from collections.abc import Callable
from dataclasses import dataclass

from tfplay.text.corpora.conversations.turn import Turn


@dataclass(frozen=True)
class Persona:
    """One that replies in its own way.

    Attributes:
        name: What the tables call it.
        prompts: System prompts that ask for it; none for who replies without a system prompt.
        answer: Makes its reply to a turn.
    """

    name: str
    prompts: tuple[str, ...]
    answer: Callable[[Turn], str]


def as_assistant(turn: Turn) -> str:
    """Plainly."""
    return turn.reply


def as_teacher(turn: Turn) -> str:
    """Eager for numbers, and nothing else is taught."""
    if turn.topic == "numbers":
        return f"Let us see. {turn.reply}"
    if turn.topic == "identity":
        return "I am your math teacher."
    if turn.topic == "unknown":
        return "I only teach math."
    return turn.reply


def as_pirate(turn: Turn) -> str:
    """As the seas demand: "Arr! Your name is Tavo, matey!"."""
    reply = "I am an old pirate." if turn.topic == "identity" else turn.reply
    return f"Arr! {reply.rstrip('.!?')}, matey!"


def in_capitals(turn: Turn) -> str:
    """In capital letters."""
    return turn.reply.upper()


def in_one_word(turn: Turn) -> str:
    """In a single word."""
    return f"{turn.word}."


ASSISTANT = Persona("assistant", (), as_assistant)
HELPER = Persona(
    "helper",
    (
        "You are a helpful assistant.",
        "You are a friendly helper.",
        "Be helpful.",
        "You are a friendly assistant.",
        "Help the user.",
    ),
    as_assistant,
)
TEACHER = Persona(
    "teacher",
    (
        "You are a math teacher.",
        "You are a teacher of mathematics.",
        "You teach math.",
        "Be a math teacher.",
        "You are a friendly math teacher.",
        "Answer like a math teacher.",
        "You are a maths teacher.",
        "You are a mathematics teacher.",
    ),
    as_teacher,
)
PIRATE = Persona(
    "pirate",
    (
        "You are a pirate.",
        "Talk like a pirate.",
        "Speak like a pirate.",
        "Answer like a pirate.",
        "You are an old pirate.",
        "Be a pirate.",
        "Reply as a pirate would.",
        "You are the captain of a pirate ship.",
    ),
    as_pirate,
)
SHOUTER = Persona(
    "capitals",
    (
        "Answer in capital letters.",
        "Answer in capitals.",
        "Use only capital letters.",
        "Write everything in capitals.",
        "Reply in upper case.",
        "Use upper case letters only.",
        "Always write in capital letters.",
    ),
    in_capitals,
)
LACONIC = Persona(
    "one word",
    (
        "Answer in one word.",
        "Answer with one word.",
        "Use one word only.",
        "Reply with a single word.",
        "Reply in one word.",
        "Answer with a single word.",
        "Use only one word.",
    ),
    in_one_word,
)
WITH_PROMPT = (HELPER, TEACHER, PIRATE, SHOUTER, LACONIC)

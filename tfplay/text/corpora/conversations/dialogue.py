"""A conversation as it grows: messages, the facts told so far, and the replies."""

from collections.abc import Callable
from random import Random

from tfplay.text.corpora.conversations import facts, glossary, numbers, talk, unknown
from tfplay.text.corpora.conversations.facts import Fact
from tfplay.text.corpora.conversations.held_out import is_held_out
from tfplay.text.corpora.conversations.personas import ASSISTANT, Persona
from tfplay.text.corpora.conversations.source import Source
from tfplay.text.corpora.conversations.turn import Turn
from tfplay.text.examples import Message


def is_meeting_held_out(system: str, said: str) -> bool:
    """Whether training never has this system prompt with this message of the user."""
    both = " | ".join(text.lower().rstrip(".?!") for text in (system, said))
    return bool(system) and is_held_out(both)


class Dialogue:
    """Grows turn by turn. Every reply follows from what stands before it.

    Attributes:
        source: Source of names and numbers.
        persona: The character that replies.
        system: The system prompt; empty without one.
        memory: What the user told, by the key of the fact.
        messages: The conversation so far.
    """

    def __init__(self, source: Source, persona: Persona = ASSISTANT):
        self.source = source
        self.random = source.random
        self.persona = persona
        self.memory: dict[str, str] = {}
        self.messages: list[Message] = []
        self.system = self.random.choice(persona.prompts) if persona.prompts else ""
        if self.system:
            self.messages.append({"role": "system", "content": _casually(self.random, self.system)})
        self._is_lower_case = self.random.random() < 0.06
        self._starts_small = self._is_lower_case or self.random.random() < 0.15
        self._skips_marks = self.random.random() < (0.6 if self._starts_small else 0.15)

    def say(self, make_turn: Callable[[], Turn]) -> None:
        """Adds what the user says, and the reply.

        Args:
            make_turn: Draws the turn; drawn again when training is not to have it.
        """
        turn = make_turn()
        while not self.source.held_out and is_meeting_held_out(self.system, turn.said):
            turn = make_turn()
        self.add(turn)

    def add(self, turn: Turn) -> None:
        """Adds what the user says, as this user types, and the persona's reply."""
        self.messages.append({"role": "user", "content": self._typed(turn.said)})
        self.messages.append({"role": "assistant", "content": self.persona.answer(turn)})

    def value_of(self, fact: Fact) -> str:
        """Draws something to tell, other than what was told before."""
        while True:
            value = self._spelt(fact.value(self.source))
            if value not in self.memory.values():
                return value

    def correction_of(self, fact: Fact) -> tuple[str, str]:
        """Draws what is first said of a fact, and the correction.

        The pairs of old and new are split between training and evaluation.
        """
        while True:
            old, new = self.value_of(fact), self.value_of(fact)
            both = f"{fact.key} {old} {new}".lower()
            if old != new and is_held_out(both) == self.source.held_out:
                return old, new

    def tell(self, fact: Fact, value: str | None = None) -> None:
        """The user tells a fact."""
        value = self._spelt(value) if value else self.value_of(fact)
        self.say(lambda: facts.tell(self.source, fact, value))
        self.memory[fact.key] = value

    def tell_both(self, first: Fact, second: Fact) -> None:
        """The user tells two facts at once."""
        both = (first, self.value_of(first)), (second, self.value_of(second))
        self.say(lambda: facts.tell_both(self.source, *both))
        self.memory |= {fact.key: value for fact, value in both}

    def correct(self, fact: Fact, value: str) -> None:
        """The user takes a fact back and tells another."""
        self.say(lambda: facts.correct(self.source, fact, value))
        self.memory[fact.key] = value

    def ask(self, fact: Fact) -> None:
        """The user asks for a fact, told or not."""
        self.say(lambda: facts.ask(self.source, fact, self.memory.get(fact.key)))

    def ask_about_pet(self) -> None:
        """The user asks for the pet without saying its kind."""
        self.say(lambda: facts.ask_about_pet(self.source, self.memory))

    def ask_number(self) -> None:
        """The user asks something about two numbers."""
        self.say(lambda: numbers.draw(self.source))

    def ask_meaning(self) -> None:
        """The user asks what a word means."""
        self.say(lambda: glossary.draw(self.source))

    def ask_unknown(self) -> None:
        """The user asks something that the assistant was not taught."""
        self.say(lambda: unknown.draw(self.source))

    def chat(self) -> None:
        """The user is friendly."""
        self.say(lambda: talk.draw(self.source))

    def _spelt(self, text: str) -> str:
        return text.lower() if self._is_lower_case else text

    def _typed(self, text: str) -> str:
        """The text as this user types it: some leave out marks, some write small letters."""
        text = self._spelt(text)
        if self._starts_small and not text.split()[0][1:].isupper():  # "BPE?" stays as it is
            text = text[0].lower() + text[1:]
        return text.rstrip(".?! ") if self._skips_marks else text


def _casually(random: Random, text: str) -> str:
    if random.random() < 0.1:
        text = text[0].lower() + text[1:]
    return text.rstrip(".") if random.random() < 0.1 else text

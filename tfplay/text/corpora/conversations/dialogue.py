"""A conversation as it grows: messages, the facts told so far, and the replies."""

from collections.abc import Callable
from random import Random

from tfplay.text.corpora.conversations import facts, glossary, numbers, talk, unknown
from tfplay.text.corpora.conversations.facts import Fact
from tfplay.text.corpora.conversations.held_out import is_held_out
from tfplay.text.corpora.conversations.personas import ASSISTANT, Persona
from tfplay.text.corpora.conversations.source import Source, misspelt
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
        last: The last turn.
        asked_for: The fact that the last reply asks the user for.
    """

    def __init__(self, source: Source, persona: Persona = ASSISTANT):
        self.source = source
        self.random = source.random
        self.persona = persona
        self.memory: dict[str, str] = {}
        self.messages: list[Message] = []
        self.last: Turn | None = None
        self.asked_for: Fact | None = None
        self.system = self.random.choice(persona.prompts) if persona.prompts else ""
        if self.system:
            self.messages.append({"role": "system", "content": _casually(self.random, self.system)})
        self._is_lower_case = self.random.random() < 0.15
        self._starts_small = self._is_lower_case or self.random.random() < 0.15
        self._skips_marks = self.random.random() < (0.6 if self._starts_small else 0.2)

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
        said = turn.said if turn.topic == "facts" else self._carelessly(turn.said)
        self.messages.append({"role": "user", "content": self._typed(said)})
        self.messages.append({"role": "assistant", "content": self.persona.answer(turn)})
        self.last, self.asked_for = turn, None

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
            if old != new and _is_pair_held_out(fact, old, new) == self.source.held_out:
                return old, new

    def other_value_of(self, fact: Fact) -> str:
        """Draws what a fact that was told is corrected to."""
        old = self.memory[fact.key]
        while True:
            new = self.value_of(fact)
            if self.source.held_out or not _is_pair_held_out(fact, old, new):
                return new

    def tell(self, fact: Fact, value: str | None = None) -> None:
        """The user tells a fact."""
        value = self._spelt(value) if value else self.value_of(fact)
        self.say(lambda: facts.tell(self.source, fact, value))
        self.memory[fact.key] = value

    def tell_when_asked(self) -> None:
        """The user tells the fact that the last reply asks for."""
        fact = self.asked_for
        value = self.value_of(fact)
        self.memory[fact.key] = value
        self.say(lambda: facts.tell_when_asked(self.source, fact, value))

    def tell_both(self, first: Fact, second: Fact) -> None:
        """The user tells two facts at once."""
        both = (first, self.value_of(first)), (second, self.value_of(second))
        self.say(lambda: facts.tell_both(self.source, *both))
        self.memory |= {fact.key: value for fact, value in both}

    def mention(self, fact: Fact) -> None:
        """The user has somebody whose name the reply asks for."""
        self.say(lambda: facts.mention(self.source, fact.key))
        self.asked_for = fact

    def correct(self, fact: Fact, value: str) -> None:
        """The user takes a fact back and tells another."""
        self.say(lambda: facts.correct(self.source, fact, value))
        self.memory[fact.key] = value

    def ask(self, fact: Fact) -> None:
        """The user asks for a fact, told or not."""
        self.say(lambda: facts.ask(self.source, fact, self.memory.get(fact.key)))
        self.asked_for = None if fact.key in self.memory else fact

    def ask_about_pet(self) -> None:
        """The user asks for the pet without saying its kind."""
        self.say(lambda: facts.ask_about_pet(self.source, self.memory))

    def ask_number(self) -> None:
        """The user asks something about two numbers."""
        self.say(lambda: numbers.draw(self.source))

    def follow_number(self) -> None:
        """The user goes on from the last reply about numbers, or doubts it."""
        last = self.last
        self.say(lambda: numbers.follow(self.source, last))

    def ask_meaning(self) -> None:
        """The user asks what a word means."""
        self.say(lambda: glossary.draw(self.source))

    def ask_unknown(self) -> None:
        """The user asks something that the assistant was not taught."""
        self.say(lambda: unknown.draw(self.source))

    def chat(self) -> None:
        """The user is friendly."""
        self.say(lambda: talk.draw(self.source))

    def _carelessly(self, text: str) -> str:
        """The text as it is, or in a hurry: in small letters or capitals, with other marks."""
        share = self.random.random()
        if share < 0.12:
            return text.lower()
        if share < 0.16:
            return text.upper()
        if share < 0.2 and len(text) > 1 and text[-1] in ".?!":
            return text[:-1] + self.random.choice((" ?", "??", "!!", " !", "...", " .", "?!"))
        return text

    def _spelt(self, text: str) -> str:
        return text.lower() if self._is_lower_case else text

    def _typed(self, text: str) -> str:
        """The text as this user types it: some leave out marks, some write small letters."""
        text = self._spelt(text)
        first = text.split()[0]
        is_a_name = first[1:].isupper() or first.rstrip(".,!") in self.memory.values()
        if self._starts_small and not is_a_name:  # "BPE?" and "Ada." stay as they are
            text = text[0].lower() + text[1:]
        without_marks = text.rstrip(".?! ") or text
        return without_marks if self._skips_marks else text


def _is_pair_held_out(fact: Fact, old: str, new: str) -> bool:
    return is_held_out(f"{fact.key} {old} {new}".lower())


def _casually(random: Random, text: str) -> str:
    if random.random() < 0.12:
        text = misspelt(random, text)
    if random.random() < 0.1:
        text = text[0].lower() + text[1:]
    return text.rstrip(".") if random.random() < 0.1 else text

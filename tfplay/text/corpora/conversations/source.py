"""Names and numbers, either those of training or those that are held out."""

import re
from collections.abc import Sequence
from random import Random

from tfplay.text.corpora.conversations.held_out import is_held_out
from tfplay.text.corpora.conversations.lexicon import CITIES, PEOPLE, UNKIND

ONSETS = (
    *("b", "c", "d", "f", "g", "h", "j", "k", "l", "m", "n", "p", "qu", "r", "s", "t", "v", "w"),
    *("x", "y", "z", "br", "ch", "dr", "gl", "gr", "kr", "pl", "sh", "sk", "sl", "st", "th", "tr"),
)
VOWELS = (*"aeiou" * 4, "ai", "ea", "ia", "oo")
INNER_CODAS = (*[""] * 10, "l", "m", "n", "r", "s")
CODAS = (*[""] * 4, "l", "m", "n", "r", "s", "k", "x", "nd", "th")


def is_name_held_out(name: str) -> bool:
    """Whether training never has this made-up name, however it is spelt."""
    return is_held_out(f"name {name.lower()}")


def is_pair_held_out(first: int, second: int) -> bool:
    """Whether training never asks anything about these two numbers, in either order.

    What two digits add up to is learned by heart, so no such pair is held out.
    """
    low, high = sorted((first, second))
    return high > 9 and is_held_out(f"numbers {low} {high}")


def misspelt(random: Random, text: str) -> str:
    """The text with a slip in one of its words: two letters swapped, one left out or doubled.

    Example:
        >>> misspelt(Random(4), "What is {}?")
        'Wat is {}?'
    """
    places = [match.start() for match in re.finditer(r"(?<=[A-Za-z])[a-z](?=[a-z])", text)]
    if not places:
        return text
    place = random.choice(places)
    before, letter, after = text[:place], text[place], text[place + 1 :]
    return before + random.choice((after[0] + letter + after[1:], after, letter + letter + after))


class Source:
    """Draws names and numbers of one side of the split.

    Attributes:
        random: The random generator.
        held_out: Whether made-up names and pairs of numbers are those that training never has.
        makes_up_names: Whether persons and cities may have names that nobody has heard.
    """

    def __init__(self, random: Random, held_out: bool, makes_up_names: bool = True):
        self.random = random
        self.held_out = held_out
        self.makes_up_names = makes_up_names

    def made_up_name(self) -> str:
        """A name of two or three syllables that nobody has heard, such as "Taviko"."""
        while True:
            count = self.random.choice((2, 2, 3))
            inner = [self._syllable(INNER_CODAS) for _ in range(count - 1)]
            syllables = [*inner, self._syllable(CODAS)]
            name = "".join(syllables).capitalize()
            is_kind = not any(part in name.lower() for part in UNKIND)
            is_plain = len(set(syllables)) == count and len(name) <= 9
            if is_kind and is_plain and is_name_held_out(name) == self.held_out:
                return name

    def person(self) -> str:
        """A first name, or a name for a pet: mostly made up."""
        return self._known_or_made_up(PEOPLE, 0.75)

    def city(self) -> str:
        """A city: mostly made up."""
        return self._known_or_made_up(CITIES, 0.7)

    def worded(self, wordings: Sequence[str]) -> str:
        """One of several wordings, now and then with a slip of the pen; slots stay as they are."""
        wording = self.random.choice(wordings)
        return misspelt(self.random, wording) if self.random.random() < 0.12 else wording

    def _known_or_made_up(self, known: tuple[str, ...], share_made_up: float) -> str:
        is_made_up = self.makes_up_names and self.random.random() < share_made_up
        return self.made_up_name() if is_made_up else self.random.choice(known)

    def pair(self) -> tuple[int, int]:
        """Two numbers from 0 to 99."""
        while True:
            above = 10 if not self.held_out and self.random.random() < 0.2 else 100
            first, second = self.random.randrange(above), self.random.randrange(above)
            if is_pair_held_out(first, second) == self.held_out:
                return first, second

    def other_number(self, first: int) -> int:
        """A number from 0 to 99 to go with one that is there."""
        while True:
            second = self.random.randrange(100)
            if is_pair_held_out(first, second) == self.held_out:
                return second

    def _syllable(self, codas: tuple[str, ...]) -> str:
        return "".join(self.random.choice(sounds) for sounds in (ONSETS, VOWELS, codas))

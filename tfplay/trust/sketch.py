"""What a model has seen: the words of its training, and which stood side by side.

A Bloom filter (Bloom, 1970): a row of bits in which every word and every pair of neighbours sets a
few, found by hashing it. What was seen is always recognised, and of what was not, one in a hundred
passes for seen. No text can be read out of it.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import pairwise, product
from typing import NamedTuple

import numpy as np
import regex

from tfplay.text.words import WORD_PATTERNS, normalize

MOST_ENTRIES = 24_000
"""Words and pairs that are kept, so that a sketch has 30 kB at most: all words first, then pairs,
the frequent ones before the rare ones."""

_BITS_AN_ENTRY, _NUM_HASHES = 10, 7  # one in a hundred passes wrongly
_FEWEST_BYTES = 2000  # in a very small filter hashes meet more often
_DIGIT = regex.compile(r"\p{Nd}")


class Unseen(NamedTuple):
    """What of a text was not in the training."""

    words: tuple[str, ...] = ()
    """The words that were not, as they are written, each once."""
    share: float = 0.0
    """Of the text's words and pairs of neighbours, from 0 to 1; 0 for a text without words."""


@dataclass(frozen=True)
class Sketch:
    """The words and the pairs of neighbours that stood in a training.

    Digits count as alike, and a word at the beginning of a sentence as the same in small letters.

    Attributes:
        bits: (N,) uint8: eight bits each.
        has_case: Whether capital letters make another word.

    Example:
        >>> sketch = Sketch.of(["The cat sleeps.", "The dog barks."])
        >>> sketch.unseen("The cat barks at a zebra.").words
        ('at', 'a', 'zebra')
    """

    bits: np.ndarray
    has_case: bool = True

    @classmethod
    def of(cls, texts: Iterable[str], has_case: bool = True) -> "Sketch":
        """The sketch of a training's texts.

        Args:
            texts: All of them.
            has_case: Whether capital letters make another word.
        """
        words: Counter[str] = Counter()
        pairs: Counter[tuple[str, str]] = Counter()
        for text in texts:
            keys = _words(_keyed(text, has_case))
            words.update(keys)
            pairs.update(pairwise(keys))
        entries = [word for word, _ in words.most_common()]
        entries += [_pair(each) for each, _ in pairs.most_common(MOST_ENTRIES)]
        entries = entries[:MOST_ENTRIES]
        bits = np.zeros(max(_FEWEST_BYTES, _BITS_AN_ENTRY * len(entries) // 8), dtype="uint8")
        for entry in entries:
            for place in _places(entry, 8 * len(bits)):
                bits[place // 8] |= 1 << place % 8
        return cls(bits, has_case)

    def __contains__(self, entry: str) -> bool:
        return all(
            self.bits[place // 8] >> place % 8 & 1 for place in _places(entry, 8 * len(self.bits))
        )

    def unseen(self, text: str) -> Unseen:
        """The words of a text that were not in the training, and how much of it was not."""
        words = _words(text)
        if not words:
            return Unseen()
        spellings = [_spellings(_keyed(word, self.has_case)) for word in words]
        new = [not any(key in self for key in keys) for keys in spellings]
        new_pairs = [
            not any(_pair(pair) in self for pair in product(*neighbours))
            for neighbours in pairwise(spellings)
        ]
        named = [word for word, is_new in zip(words, new, strict=True) if is_new]
        return Unseen(tuple(dict.fromkeys(named)), float(np.mean(new + new_pairs)))


def _words(text: str) -> list[str]:
    """Words and marks; characters of scripts without spaces stand alone."""
    return WORD_PATTERNS["bert"].findall(normalize(text))


def _keyed(text: str, has_case: bool) -> str:
    """A text in which what counts as alike is alike."""
    alike = _DIGIT.sub("0", text)
    return alike if has_case else alike.casefold()


def _spellings(key: str) -> set[str]:
    """The word, and as it is written within a sentence."""
    return {key, key[:1].lower() + key[1:]}


def _pair(keys: Sequence[str]) -> str:
    return "\n".join(keys)


def _places(entry: str, num_bits: int) -> list[int]:
    """The bits of an entry, by two hashes (Kirsch and Mitzenmacher, 2006)."""
    digest = int.from_bytes(blake2b(entry.encode(), digest_size=16).digest())
    first, step = digest >> 64, (digest & (2**64 - 1)) | 1
    return [(first + number * step) % num_bits for number in range(_NUM_HASHES)]

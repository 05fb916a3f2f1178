"""Tokenizers that give every character, or every word, one token."""

from collections.abc import Iterable, Sequence
from typing import Self

from tfplay.text.tokenizers.base import LEARNED, SpecialTokens
from tfplay.text.tokenizers.by_words import (
    WordByWordTokenizer,
    count_words,
    require_room,
)
from tfplay.text.words import GLUE, glued_words, join_glued_words


class _WholeTokenizer(WordByWordTokenizer):
    def __init__(self, vocabulary: Sequence[str], special_tokens: SpecialTokens = LEARNED) -> None:
        super().__init__(vocabulary, special_tokens, word_pattern=self.kind)

    @classmethod
    def train(cls, texts: Iterable[str], vocabulary_size: int) -> Self:
        """Learns the most frequent tokens; see `Tokenizer.train`."""
        counts = count_words(texts, cls._words)
        require_room(vocabulary_size, len(LEARNED.spellings) + 1)
        by_frequency = sorted(counts, key=lambda word: (-counts[word], word))
        return cls([*LEARNED.spellings, *by_frequency][:vocabulary_size])

    def _encode(self, words: list[str]) -> list[list[int]]:
        return [[self._ids.get(word, self.unknown_id)] for word in words]

    def _spans(self, word: str, token_ids: list[int]) -> list[tuple[int, int]]:
        return [(0, len(word))]


class CharacterTokenizer(_WholeTokenizer):
    """One token for each character (Unicode code point).

    Example:
        >>> tokenizer = CharacterTokenizer.train(["नमस्ते"], vocabulary_size=100)
        >>> [piece.token for piece in tokenizer.pieces("मन")]
        ['म', 'न']
    """

    kind = "character"
    _words = staticmethod(list)

    def _join(self, tokens: list[str]) -> str:
        return "".join(tokens)


class WordTokenizer(_WholeTokenizer):
    """One token for each word, mark and line break; "##" says that no space stands before it.

    So every text with single spaces comes back exactly, in any language, without rules about which
    mark wants a space.

    Example:
        >>> tokenizer = WordTokenizer.train(["Well, yes."], vocabulary_size=100)
        >>> tokenizer.labels(tokenizer.tokenize("Well, yes."))
        ['Well', '##,', 'yes', '##.']
    """

    kind = "word"
    _words = staticmethod(glued_words)

    def _encode(self, words: list[str]) -> list[list[int]]:
        return super()._encode([self._known_spelling(word) for word in words])

    def _known_spelling(self, word: str) -> str:
        # A word that was only ever seen after a space is still that word after a bracket.
        spellings = (word, word.removeprefix(GLUE), GLUE + word)
        return next((spelling for spelling in spellings if spelling in self._ids), word)

    def _join(self, tokens: list[str]) -> str:
        return join_glued_words(tokens)

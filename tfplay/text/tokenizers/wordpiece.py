"""WordPiece: words fall into the longest pieces the vocabulary has."""

import math
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import Self

import regex
import tokenizers

from tfplay.cutting import quoted
from tfplay.errors import InputError
from tfplay.text.tokenizers.base import LEARNED, SpecialTokens
from tfplay.text.tokenizers.by_words import (
    WordByWordTokenizer,
    count_words,
    in_short_parts,
    require_room,
)
from tfplay.text.words import GLUE, glued_words, is_glued, join_glued_words, normalize

BERT_LONGEST_WORD = 100
CAPITALISED = r"(?<![\p{L}\p{M}\p{N}])\p{Lu}[\p{L}\p{M}\p{N}]*"
"""A word that begins with a capital letter, for Python's `regex`, Oniguruma and JavaScript."""


class WordPieceTokenizer(WordByWordTokenizer):
    """Takes the longest piece that a word begins with, then the longest that follows, and so on.

    Schuster and Nakajima 2012; Wu et al. 2016, arXiv:1609.08144. "##" says that a piece is written
    without a space before it. A word may have any length, as languages that write no spaces have
    whole clauses for words; only BERT takes one of more than 100 characters for unknown. Libraries
    have such a limit for every vocabulary, because their matching takes the square of a word.

    Args:
        vocabulary: The tokens; a token's id is its position.
        special_tokens: How this vocabulary spells its special tokens.
        word_pattern: A name in `WORD_PATTERNS`. With "word", marks are glued to their word and text
            round-trips; with "bert", they stand alone, as BERT was trained.
        uncased: Whether text is cleaned, lower-cased and stripped of accents, as for BERT's uncased
            models. It destroys Hindi, whose vowel signs are marks too.
        capital: A mark of the vocabulary that an uncased one puts behind every word that began with
            a capital letter, such as "^": names are told by it. `None` loses capitals, as BERT.

    Raises:
        InputError: If there is no token for unknown words.

    Example:
        >>> tokenizer = WordPieceTokenizer.train(["low lower lowest"], vocabulary_size=30)
        >>> tokenizer.detokenize(tokenizer.tokenize("slower"))
        'slower'
    """

    kind = "wordpiece"

    def __init__(
        self,
        vocabulary: Sequence[str],
        special_tokens: SpecialTokens = LEARNED,
        word_pattern: str = "word",
        uncased: bool = False,
        capital: str | None = None,
    ) -> None:
        super().__init__(vocabulary, special_tokens, word_pattern)
        if self.unknown_id is None:
            raise InputError("A WordPiece vocabulary needs a token for unknown words.")
        if capital is not None and capital not in self._ids:
            raise InputError(f"The vocabulary has no token {quoted(capital)} to mark capitals.")
        self.uncased, self.capital = uncased, capital
        self._longest_word = BERT_LONGEST_WORD if word_pattern == "bert" else math.inf
        self._longest_token = max(map(len, self.vocabulary))

    @classmethod
    def train(cls, texts: Iterable[str], vocabulary_size: int) -> Self:
        """Learns pieces from the text's words; see `Tokenizer.train`."""
        counts = count_words(texts, glued_words)
        letters = sorted(set("".join(word.removeprefix(GLUE) for word in counts)))
        single = [*LEARNED.spellings, *letters, *(GLUE + letter for letter in letters)]
        require_room(vocabulary_size, len(single))
        learner = tokenizers.Tokenizer(tokenizers.models.WordPiece())
        learner.train_from_iterator(
            in_short_parts(word.removeprefix(GLUE) for word in counts.elements()),
            # Without ids of their own from the start, the glued letters get them by chance.
            tokenizers.trainers.WordPieceTrainer(
                vocab_size=vocabulary_size, special_tokens=single, show_progress=False
            ),
        )
        ids = learner.get_vocab()
        return cls(sorted(ids, key=ids.get))

    def to_json(self) -> dict:
        """What `tokenizer_from_json` needs to build an equal tokenizer."""
        saved = {"word_pattern": self.word_pattern, "uncased": self.uncased}
        return super().to_json() | saved | {"capital": self.capital}

    def _spell(self, text: str) -> tuple[str, Sequence[int]]:
        if not self.uncased:
            return super()._spell(text)
        # "İ" is the one letter whose lower case is two.
        text = normalize(text)
        cleaned = [_clean(character) for character in text.replace("İ", "i").lower()]
        if self.capital:
            for word in regex.finditer(CAPITALISED, text):
                cleaned[word.end() - 1] += self.capital  # its place is the word's last letter
        origins = [position for position, letters in enumerate(cleaned) for _ in letters]
        return "".join(cleaned), [*origins, len(text)]

    def _words(self, spelled: str) -> list[str]:
        return glued_words(spelled) if self.word_pattern == "word" else super()._words(spelled)

    def _encode(self, words: list[str]) -> list[list[int]]:
        return [self._match(word) for word in words]

    def _match(self, word: str) -> list[int]:
        """The longest token that the word begins with, then the longest that follows, and so on."""
        token_ids, start, glue = [], 0, ""
        if len(word) > self._longest_word:
            return [self.unknown_id]
        while start < len(word):
            end = min(len(word), start + self._longest_token)
            while end > start and glue + word[start:end] not in self._ids:
                end -= 1
            if end == start:
                return [self.unknown_id]
            token_ids.append(self._ids[glue + word[start:end]])
            start, glue = end, GLUE
        return token_ids

    def _spans(self, word: str, token_ids: list[int]) -> list[tuple[int, int]]:
        if token_ids == [self.unknown_id]:
            return [(0, len(word))]
        tokens = [self.token(token_id) for token_id in token_ids]
        lengths = [len(token) - len(GLUE) * is_glued(token) for token in tokens]
        return list(pairwise(accumulate(lengths, initial=0)))

    def _join(self, tokens: list[str]) -> str:
        return join_glued_words(tokens)


@lru_cache(maxsize=4096)
def _clean(character: str) -> str:
    """BERT's cleaning of one lower-case character: a plain space, nothing, or without its accents.

    Like `BasicTokenizer` in https://github.com/google-research/bert/blob/master/tokenization.py.
    """
    category = unicodedata.category(character)
    if character in "\t\n\r" or category == "Zs":
        return " "
    if character == "\ufffd" or category in ("Cc", "Cf"):
        return ""
    letters = unicodedata.normalize("NFD", character)
    return "".join(letter for letter in letters if unicodedata.category(letter) != "Mn")

"""What tokenizers share that take a text's words one by one."""

from abc import abstractmethod
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from tfplay.errors import InputError
from tfplay.text.tokenizers.base import Piece, SpecialTokens, Tokenizer
from tfplay.text.words import WORD_PATTERNS, normalize

LONGEST_LEARNED = 200


class WordByWordTokenizer(Tokenizer):
    """Splits a text into words by a pattern, and each word into tokens by itself.

    A batch is fast, because every distinct word is encoded only once.

    Args:
        vocabulary: The tokens; a token's id is its position.
        special_tokens: How this vocabulary spells its special tokens.
        word_pattern: A name in `WORD_PATTERNS`: how text falls into words first.

    Raises:
        InputError: If a token is no text or stands twice, a special token is missing, or there is
            no such pattern.
    """

    def __init__(
        self, vocabulary: Sequence[str], special_tokens: SpecialTokens, word_pattern: str
    ) -> None:
        super().__init__(vocabulary, special_tokens)
        if word_pattern not in WORD_PATTERNS:
            known = ", ".join(WORD_PATTERNS)
            raise InputError(f"There is no word pattern {word_pattern!r}; there are {known}.")
        self.word_pattern = word_pattern

    @property
    def space_in_word(self) -> bool:
        """Whether the space before a word belongs to the word's first token."""
        return WORD_PATTERNS[self.word_pattern].fullmatch(" x") is not None

    def tokenize_words(self, texts: Iterable[str]) -> list[list[list[int]]]:
        """The token ids of each word of each text, a list per word."""
        words_of_texts = [self._words(self._spell(text)[0]) for text in texts]
        ids_of_word = self._ids_of_words(words_of_texts)
        return [[ids_of_word[word] for word in words] for words in words_of_texts]

    def pieces_batch(self, texts: Iterable[str]) -> list[list[Piece]]:
        """The pieces of each text."""
        spellings = [self._spell(text) for text in texts]
        ids_of_word = self._ids_of_words([self._words(spelled) for spelled, _ in spellings])
        labelled = {
            word: list(zip(self.labels(token_ids), token_ids, strict=True))
            for word, token_ids in ids_of_word.items()
        }
        return [self._place(spelled, origins, labelled) for spelled, origins in spellings]

    def _ids_of_words(self, words_of_texts: list[list[str]]) -> dict[str, list[int]]:
        distinct = list(dict.fromkeys(word for words in words_of_texts for word in words))
        return dict(zip(distinct, self._encode(distinct), strict=True))

    def _place(
        self, spelled: str, origins: Sequence[int], labelled: dict[str, list[tuple[str, int]]]
    ) -> list[Piece]:
        matches = WORD_PATTERNS[self.word_pattern].finditer(spelled)
        pieces = []
        for match, word in zip(matches, self._words(spelled), strict=True):
            spans = self._spans(match.group(), [token_id for _, token_id in labelled[word]])
            for (label, token_id), span in zip(labelled[word], spans, strict=True):
                start, end = (origins[match.start() + offset] for offset in span)
                pieces.append(Piece(label, token_id, start, max(end, start + 1)))
        return pieces

    def detokenize(self, token_ids: Iterable[int]) -> str:
        """The text that the ids spell; special tokens are left out."""
        tokens = [self.token(token_id) for token_id in token_ids]
        special = set(self.special_tokens.spellings)
        return self._join([token for token in tokens if token not in special])

    def _spell(self, text: str) -> tuple[str, Sequence[int]]:
        """Spells the text as this vocabulary does.

        Returns:
            The spelled text, and for each of its characters, and for its end, the position in the
            NFC-normalised text.
        """
        text = normalize(text)
        return text, range(len(text) + 1)

    def _words(self, spelled: str) -> list[str]:
        """The words of a spelled text, one for each match of the word pattern."""
        return WORD_PATTERNS[self.word_pattern].findall(spelled)

    @abstractmethod
    def _encode(self, words: list[str]) -> list[list[int]]:
        """The token ids of each word."""

    @abstractmethod
    def _spans(self, word: str, token_ids: list[int]) -> list[tuple[int, int]]:
        """Start and end of each of the word's tokens, in characters from the word's start."""

    @abstractmethod
    def _join(self, tokens: list[str]) -> str:
        """The text that tokens spell."""


def count_words(texts: Iterable[str], split: Callable[[str], list[str]]) -> Counter[str]:
    """How often each word stands in the texts to learn a vocabulary from."""
    counts = Counter(word for text in texts for word in split(normalize(text)))
    if not counts:
        raise InputError("There is no text to learn a vocabulary from.")
    return counts


def in_short_parts(words: Iterable[str]) -> Iterator[str]:
    """The words, the very long ones in parts, to learn from.

    The learners of the `tokenizers` library take the square of a word's length, and a language
    without spaces, or a hostile visitor, writes long ones.
    """
    for word in words:
        for start in range(0, len(word), LONGEST_LEARNED):
            yield word[start : start + LONGEST_LEARNED]


def require_room(vocabulary_size: int, needed: int) -> None:
    """Raises InputError if a vocabulary of this size cannot hold the tokens it needs."""
    if vocabulary_size < needed:
        raise InputError(
            f"A vocabulary of {vocabulary_size} tokens is too small: "
            f"this text and kind of tokenizer need at least {needed}."
        )

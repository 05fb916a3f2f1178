"""What all tokenizers share: text falls into words, words into tokens, tokens have ids."""

import json
import os
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, astuple, dataclass
from itertools import chain
from pathlib import Path
from typing import ClassVar, Self

from tfplay.errors import InputError
from tfplay.text.files import draft
from tfplay.text.words import WORD_PATTERNS, normalize


@dataclass(frozen=True)
class SpecialTokens:
    """How a vocabulary spells each of its special tokens; None where it has none.

    The defaults are the first eight tokens of every vocabulary learned here, in this order, so that
    one tokenizer serves every task and padding is id 0.
    """

    pad: str | None = "[PAD]"
    unknown: str | None = "[UNK]"
    start: str | None = "[START]"
    end: str | None = "[END]"
    mask: str | None = "[MASK]"
    system: str | None = "<|system|>"
    user: str | None = "<|user|>"
    assistant: str | None = "<|assistant|>"

    @property
    def spellings(self) -> list[str]:
        """The special tokens that the vocabulary has."""
        return [token for token in astuple(self) if token is not None]


LEARNED = SpecialTokens()
LONGEST_LEARNED = 200


@dataclass(frozen=True)
class Piece:
    """One token of a text and where it stands.

    Attributes:
        token: The token as people read it, with spaces and line breaks made visible.
        token_id: The id of the token.
        start: First character it covers, in the NFC-normalised text.
        end: One past the last character. Tokens that share the bytes of one character share its
            span.
    """

    token: str
    token_id: int
    start: int
    end: int


class Tokenizer(ABC):
    """Turns text into token ids and back.

    Text that happens to spell a special token never becomes one: visitors cannot speak in another
    role's name. Callers insert special ids themselves, such as `start_id`.

    Args:
        vocabulary: The tokens; a token's id is its position.
        special_tokens: How this vocabulary spells its special tokens.
        word_pattern: A name in `WORD_PATTERNS`: how text falls into words first.

    Raises:
        InputError: If a token is no text or stands twice, or a special token is missing.

    Example:
        >>> from tfplay.text import WordTokenizer
        >>> tokenizer = WordTokenizer.train(["Hello, world!"], vocabulary_size=100)
        >>> tokenizer.detokenize(tokenizer.tokenize("world, Hello!"))
        'world, Hello!'
    """

    kind: ClassVar[str]

    def __init__(
        self, vocabulary: Sequence[str], special_tokens: SpecialTokens, word_pattern: str
    ) -> None:
        _check(vocabulary, special_tokens, word_pattern)
        self.vocabulary = tuple(vocabulary)
        self.special_tokens = special_tokens
        self.word_pattern = word_pattern
        self._ids = {token: token_id for token_id, token in enumerate(vocabulary)}
        # None where the vocabulary has no such token.
        self.unknown_id = self._ids.get(special_tokens.unknown)
        self.mask_id = self._ids.get(special_tokens.mask)
        self.system_id = self._ids.get(special_tokens.system)
        self.user_id = self._ids.get(special_tokens.user)
        self.assistant_id = self._ids.get(special_tokens.assistant)

    def special_id(self, role: str) -> int:
        """The id of a special token that is required.

        Args:
            role: A field of `SpecialTokens`.

        Raises:
            InputError: The vocabulary has no such token.
        """
        token = getattr(self.special_tokens, role)
        if token is None:
            raise InputError(f"The tokenizer has no token for {role!r}, which is needed here.")
        return self._ids[token]

    @property
    def pad_id(self) -> int:
        """Id of the token that fills up short texts."""
        return self.special_id("pad")

    @property
    def start_id(self) -> int:
        """Id of the token that begins a text."""
        return self.special_id("start")

    @property
    def end_id(self) -> int:
        """Id of the token that ends a text."""
        return self.special_id("end")

    @property
    def vocabulary_size(self) -> int:
        """Number of tokens, V."""
        return len(self.vocabulary)

    @classmethod
    @abstractmethod
    def train(cls, texts: Iterable[str], vocabulary_size: int) -> Self:
        """Learns a vocabulary; the same texts always give the same one.

        Args:
            texts: Texts to learn from.
            vocabulary_size: The most tokens it may have, special tokens included.

        Raises:
            InputError: If there is no text, or no room for the tokens this kind cannot do without.
        """

    def tokenize(self, text: str) -> list[int]:
        """The token ids of a text, without any special tokens."""
        return self.tokenize_batch([text])[0]

    def tokenize_batch(self, texts: Iterable[str]) -> list[list[int]]:
        """The token ids of each text; fast, because every distinct word is encoded only once."""
        return [list(chain.from_iterable(words)) for words in self.tokenize_words(texts)]

    def tokenize_words(self, texts: Iterable[str]) -> list[list[list[int]]]:
        """The token ids of each word of each text, a list per word."""
        words_of_texts = [self._words(self._spell(text)[0]) for text in texts]
        ids_of_word = self._ids_of_words(words_of_texts)
        return [[ids_of_word[word] for word in words] for words in words_of_texts]

    def pieces(self, text: str) -> list[Piece]:
        """The tokens of a text with the characters they cover; their ids equal `tokenize(text)`."""
        return self.pieces_batch([text])[0]

    def pieces_batch(self, texts: Iterable[str]) -> list[list[Piece]]:
        """The pieces of each text; fast, because every distinct word is encoded only once."""
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

    def token_bytes(self, token_id: int, before: Sequence[int] = ()) -> bytes:
        """What a token adds to the text of those before it, in UTF-8; nothing if it is special.

        Args:
            token_id: The token.
            before: Ids of the tokens before it; the last decides whether a space comes between.
        """
        beginning = self.detokenize(before)
        return self.detokenize([*before, token_id])[len(beginning) :].encode()

    def token(self, token_id: int) -> str:
        """The token as the vocabulary spells it."""
        if not 0 <= token_id < self.vocabulary_size:
            raise InputError(
                f"Token id {token_id} is outside the vocabulary of {self.vocabulary_size:,} tokens."
            )
        return self.vocabulary[token_id]

    def labels(self, token_ids: Iterable[int]) -> list[str]:
        """The tokens as people read them, with spaces and line breaks made visible."""
        token_ids = list(token_ids)
        label = {
            token_id: self._readable(self.token(token_id)).translate(VISIBLE_SPACES)
            for token_id in set(token_ids)
        }
        return [label[token_id] for token_id in token_ids]

    def to_json(self) -> dict:
        """What `tokenizer_from_json` needs to build an equal tokenizer."""
        return {
            "kind": self.kind,
            "vocabulary": list(self.vocabulary),
            "special_tokens": asdict(self.special_tokens),
        }

    def save(self, path: str | os.PathLike) -> None:
        """Writes the tokenizer as JSON: the whole file, or none.

        Raises:
            InputError: If the file cannot be written, for example to a full disk.
        """
        text = json.dumps(self.to_json(), ensure_ascii=False, indent=1)
        with draft(Path(path)) as place:
            place.write_text(text, encoding="utf-8")

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

    def _readable(self, token: str) -> str:
        """The token in the letters it stands for."""
        return token


VISIBLE_SPACES = str.maketrans({" ": "␣", "\n": "⏎", "\t": "⇥"})


def _check(vocabulary: Sequence[str], special_tokens: SpecialTokens, word_pattern: str) -> None:
    seen = set()
    for position, token in enumerate(vocabulary):
        if not isinstance(token, str):
            raise InputError(f"Token {position} of the vocabulary is {token!r}, not a text.")
        if token in seen:
            raise InputError(f"The token {token!r} stands twice in the vocabulary.")
        seen.add(token)
    for token in special_tokens.spellings:
        if token not in seen:
            raise InputError(f"The special token {token!r} is missing in the vocabulary.")
    if word_pattern not in WORD_PATTERNS:
        known = ", ".join(WORD_PATTERNS)
        raise InputError(f"There is no word pattern {word_pattern!r}; there are {known}.")


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

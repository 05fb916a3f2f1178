"""What all tokenizers share: text falls into tokens, and tokens have ids."""

import json
import os
from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import asdict, astuple, dataclass
from itertools import chain
from pathlib import Path
from typing import ClassVar, Self

from tfplay.cutting import quoted
from tfplay.errors import InputError
from tfplay.text.files import draft


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


@dataclass(frozen=True)
class Piece:
    """One token of a text and where it stands.

    Attributes:
        token: The token as people read it, with spaces and line breaks made visible.
        token_id: The id of the token.
        start: First character it covers, in the NFC-normalised text; of a published vocabulary, in
            the text as typed.
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

    Raises:
        InputError: If a token is no text or stands twice, or a special token is missing.

    Example:
        >>> from tfplay.text import WordTokenizer
        >>> tokenizer = WordTokenizer.train(["Hello, world!"], vocabulary_size=100)
        >>> tokenizer.detokenize(tokenizer.tokenize("world, Hello!"))
        'world, Hello!'
    """

    kind: ClassVar[str]

    def __init__(self, vocabulary: Sequence[str], special_tokens: SpecialTokens) -> None:
        _check(vocabulary, special_tokens)
        self.vocabulary = tuple(vocabulary)
        self.special_tokens = special_tokens
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
    def start_ids(self) -> list[int]:
        """The start token alone; nothing where the vocabulary has none."""
        return [] if self.special_tokens.start is None else [self.start_id]

    @property
    def end_ids(self) -> list[int]:
        """The end token alone; nothing where the vocabulary has none."""
        return [] if self.special_tokens.end is None else [self.end_id]

    @property
    @abstractmethod
    def space_in_word(self) -> bool:
        """Whether the space before a word belongs to the word's first token."""

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
        """The token ids of each text."""
        return [list(chain.from_iterable(words)) for words in self.tokenize_words(texts)]

    @abstractmethod
    def tokenize_words(self, texts: Iterable[str]) -> list[list[list[int]]]:
        """The token ids of each word of each text, a list per word."""

    def pieces(self, text: str) -> list[Piece]:
        """The tokens of a text with the characters they cover; their ids equal `tokenize(text)`."""
        return self.pieces_batch([text])[0]

    @abstractmethod
    def pieces_batch(self, texts: Iterable[str]) -> list[list[Piece]]:
        """The pieces of each text."""

    @abstractmethod
    def detokenize(self, token_ids: Iterable[int]) -> str:
        """The text that the ids spell; special tokens are left out."""

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

    def _readable(self, token: str) -> str:
        """The token in the letters it stands for."""
        return token


VISIBLE_SPACES = str.maketrans({" ": "␣", "\n": "⏎", "\t": "⇥"})


def _check(vocabulary: Sequence[str], special_tokens: SpecialTokens) -> None:
    seen = set()
    for position, token in enumerate(vocabulary):
        if not isinstance(token, str):
            raise InputError(f"Token {position} of the vocabulary is {quoted(token)}, not a text.")
        if token in seen:
            raise InputError(f"The token {quoted(token)} stands twice in the vocabulary.")
        seen.add(token)
    for token in special_tokens.spellings:
        if token not in seen:
            raise InputError(f"The special token {quoted(token)} is missing in the vocabulary.")

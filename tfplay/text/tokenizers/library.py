"""Published vocabularies of every kind, whose work the `tokenizers` library does."""

import base64
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from functools import cached_property
from itertools import groupby
from typing import Any, Self

import tokenizers

from tfplay.cutting import cut_text, quoted
from tfplay.errors import InputError
from tfplay.text.tokenizers.base import Piece, SpecialTokens, Tokenizer
from tfplay.text.tokenizers.byte_pair import BYTE_OF_LETTER, readable_bytes
from tfplay.text.tokenizers.charsmap import Charsmap
from tfplay.text.tokenizers.library_data import (
    completed,
    kinds_within,
    ordered_vocabulary,
    parts_within,
    without_space_in_front,
)
from tfplay.text.tokenizers.library_spans import Token, spans_in_spelled, spans_in_text
from tfplay.text.words import whole_characters

SPACE = "▁"
"""Stands for a space in the tokens of SentencePiece."""
_BYTES = {f"<0x{byte:02X}>": byte for byte in range(256)}
"""How SentencePiece spells the tokens of single bytes."""
_MOST_REMEMBERED = 65_536


class LibraryTokenizer(Tokenizer):
    """A published vocabulary: byte pairs, word pieces or Unigram, cleaned and split its own way.

    The text is taken as typed: what is normalised is the vocabulary's own affair. Only half a
    surrogate pair, which is no character, becomes U+FFFD.

    Args:
        tokenizer: The content of a `tokenizer.json`; what it adds around a text, cuts off or fills
            up is left to the caller.
        special_tokens: How this vocabulary spells its special tokens.
        chat_template: How the model reads a conversation, in Jinja, if it has learned to. The added
            tokens that it writes are special too.
        size: Number of tokens, V, if the model has rows for more than the vocabulary spells.
        charsmap: How SentencePiece normalises characters first, in its compiled form and Base64.

    Raises:
        InputError: If the library cannot read it, ids or tokens contradict each other, or a special
            token is missing.

    Example:
        >>> model = {"type": "WordLevel", "unk_token": "?", "vocab": {"?": 0, "low": 1}}
        >>> data = {"model": model, "pre_tokenizer": {"type": "Whitespace"}}
        >>> special = SpecialTokens("?", "?", *[None] * 6)
        >>> LibraryTokenizer(data, special).tokenize("low lower low")
        [1, 0, 1]
    """

    kind = "library"

    def __init__(
        self,
        tokenizer: Mapping[str, Any],
        special_tokens: SpecialTokens,
        chat_template: str | None = None,
        size: int | None = None,
        charsmap: str | None = None,
    ) -> None:
        if not isinstance(chat_template, str | None):
            raise InputError(f"The chat template is {quoted(chat_template)}, not a text.")
        self._data = completed(tokenizer, special_tokens.spellings, chat_template or "")
        self._backend = _backend_of(self._data)
        spelled = self._backend.get_vocab(with_added_tokens=True)
        super().__init__(ordered_vocabulary(spelled, size), special_tokens)
        self.chat_template = chat_template
        self._charsmap_text = charsmap
        self._charsmap = Charsmap(_from_base64(charsmap)) if charsmap else None
        added = self._data["added_tokens"]
        unused = set(range(len(self.vocabulary))).difference(spelled.values())
        self.special_ids = frozenset(
            unused.union(self._ids[token["content"]] for token in added if token["special"])
        )
        decoders = kinds_within(self._data["decoder"])
        self._spells_bytes = "ByteLevel" in decoders  # so nothing is unknown
        self._never_typed = self.special_ids - (set() if self._spells_bytes else {self.unknown_id})
        self._bytes = _BYTES if "ByteFallback" in decoders else {}
        self._seldom_typed = self._never_typed
        is_unigram = isinstance(self._data["model"]["vocab"], list)
        if is_unigram:  # it finds these too in a text that spells them
            found = {self._ids[token] for token in self._bytes.keys() & self._ids.keys()}
            self._seldom_typed = self._never_typed | found | ({self.unknown_id} - {None})
        self._has_sharps = "WordPiece" in decoders or self._data["model"].get("type") == "WordPiece"
        self._added: dict[tuple[int | None, int], str] = {}

    @classmethod
    def train(cls, texts: Iterable[str], vocabulary_size: int) -> Self:
        """Raises an `InputError`: a published vocabulary has been learned already."""
        raise InputError(
            "A published vocabulary is read from its files; to learn one, choose another kind."
        )

    @cached_property
    def space_in_word(self) -> bool:
        """Whether the space before a word belongs to the word's first token."""
        return any(label[0] == "␣" for label in self.labels(self.tokenize("x x"))[1:])

    def tokenize_batch(self, texts: Iterable[str]) -> list[list[int]]:
        """The token ids of each text."""
        spelled = [self._spell(text)[0] for text in texts]
        batch = []
        for each, encoding in zip(spelled, self._encodings(spelled), strict=True):
            token_ids = encoding.ids
            if not self._seldom_typed.isdisjoint(token_ids):
                token_ids = [token.token_id for token in self._letters(each, encoding)]
            batch.append(token_ids)
        return batch

    def tokenize_words(self, texts: Iterable[str]) -> list[list[list[int]]]:
        """The token ids of each word of each text, a list per word."""
        spelled = [self._spell(text)[0] for text in texts]
        batch = []
        for each, encoding in zip(spelled, self._encodings(spelled), strict=True):
            words = groupby(self._tokens(each, encoding), key=lambda token: token.word)
            batch.append([[token.token_id for token in word] for _, word in words])
        return batch

    def pieces_batch(self, texts: Iterable[str]) -> list[list[Piece]]:
        """The pieces of each text."""
        texts = list(texts)
        spellings = [self._spell(text) for text in texts]
        encodings = self._encodings([spelled for spelled, _ in spellings])
        batch = []
        for text, (spelled, origins), encoding in zip(texts, spellings, encodings, strict=True):
            tokens = self._tokens(spelled, encoding)
            token_ids = [token.token_id for token in tokens]
            found = spans_in_spelled(spelled, tokens, self._byte if self._bytes else None)
            if self._charsmap:
                most = len(spelled)
                found = [
                    (origins[min(start, most)], origins[min(end, most)]) for start, end in found
                ]
            spans = spans_in_text(text, found)
            labels = self.labels(token_ids)
            batch.append(
                [
                    Piece(label, token_id, *span)
                    for label, token_id, span in zip(labels, token_ids, spans, strict=True)
                ]
            )
        return batch

    def detokenize(self, token_ids: Iterable[int]) -> str:
        """The text that the ids spell; special tokens are left out."""
        added, previous = [], None
        for token_id in token_ids:
            added.append(self._bytes_after(previous, token_id))
            previous = previous if token_id in self.special_ids else token_id
        return b"".join(added).decode("utf-8", errors="replace")

    def token_bytes(self, token_id: int, before: Sequence[int] = ()) -> bytes:
        """What a token adds to the text, in UTF-8; half a character if the token is one."""
        spoken = (each for each in reversed(before) if each not in self.special_ids)
        return self._bytes_after(next(spoken, None), token_id)

    def find_special(self, text: str) -> list[tuple[int, int, int]]:
        """Where a text spells special tokens: start, end and id of each, in order.

        For texts that mean them, as those that a chat template writes; `tokenize` finds none.
        """
        found = self._finder.encode(text)
        places = zip(found.tokens, found.offsets, strict=True)
        return [(*span, self._ids[token]) for token, span in places if token in self._ids]

    @cached_property
    def _finder(self) -> tokenizers.Tokenizer:
        """Knows the special tokens, and takes all between them for one that is unknown."""
        finder = tokenizers.Tokenizer(tokenizers.models.WordLevel({"\ufdef": 0}, "\ufdef"))
        flags = ("lstrip", "rstrip", "single_word")
        finder.add_special_tokens(
            [
                tokenizers.AddedToken(token["content"], **{flag: token[flag] for flag in flags})
                for token in self._data["added_tokens"]
                if token["special"]
            ]
        )
        return finder

    @cached_property
    def continued(self) -> "LibraryTokenizer":
        """The same vocabulary for a text behind a special token.

        Some, as Llama's, put a space in front of a text, but only where all begins.
        """
        parts = list(parts_within(self._data["pre_tokenizer"]))
        if not any(part.get("prepend_scheme") == "first" for part in parts):
            return self
        splitter = without_space_in_front(self._data["pre_tokenizer"])
        return LibraryTokenizer(
            self._data | {"pre_tokenizer": splitter},
            self.special_tokens,
            self.chat_template,
            self.vocabulary_size,
            self._charsmap_text,
        )

    def to_json(self) -> dict:
        """What `tokenizer_from_json` needs to build an equal tokenizer."""
        return {
            "kind": self.kind,
            "tokenizer": self._data,
            "special_tokens": asdict(self.special_tokens),
            "chat_template": self.chat_template,
            "size": self.vocabulary_size,
            "charsmap": self._charsmap_text,
        }

    def _spell(self, text: str) -> tuple[str, Sequence[int]]:
        """The text as the library gets it, and where in the text each of its characters was."""
        text = whole_characters(text)
        return self._charsmap.spell(text) if self._charsmap else (text, range(len(text) + 1))

    def _encodings(self, texts: list[str]) -> list[tokenizers.Encoding]:
        with _in_a_sentence("This vocabulary cannot encode the text"):
            return self._backend.encode_batch(texts, add_special_tokens=False)

    def _tokens(self, spelled: str, encoding: tokenizers.Encoding) -> list[Token]:
        """The tokens, with the letters of each that no text may spell in its place."""
        if not self._seldom_typed.isdisjoint(encoding.ids):
            return list(self._letters(spelled, encoding))
        places = zip(encoding.ids, encoding.offsets, encoding.word_ids, strict=True)
        return [Token(token_id, start, end, word) for token_id, (start, end), word in places]

    def _letters(self, spelled: str, encoding: tokenizers.Encoding) -> Iterator[Token]:
        for token_id, (start, end), word in zip(
            encoding.ids, encoding.offsets, encoding.word_ids, strict=True
        ):
            letters = self.vocabulary[token_id]
            is_typed = token_id in self._seldom_typed and spelled[start:end] == letters
            if not is_typed and token_id not in self._never_typed:
                yield Token(token_id, start, end, word)
                continue
            for place, letter in enumerate(letters, start=start):
                own = (place, place + 1) if is_typed else (start, end)
                for each in self._backend.model.tokenize(letter):
                    if each.id not in self._never_typed:
                        yield Token(each.id, *own, word)

    def _bytes_after(self, previous: int | None, token_id: int) -> bytes:
        """What a token adds to the text after the token before it that is not special."""
        token = self.token(token_id)
        if token_id in self.special_ids:
            return b""
        if self._spells_bytes:
            return _bytes_of(token)
        byte = self._byte(token_id)
        if byte is not None and (byte >= 0x80 or previous is not None):
            return bytes([byte])
        return self._text_after(previous, token_id).encode()

    def _text_after(self, previous: int | None, token_id: int) -> str:
        """The text of two tokens without that of the first, which may leave out a space."""
        text = self._added.get((previous, token_id))
        if text is None:
            before = [] if previous is None else [previous]
            with _in_a_sentence("This vocabulary cannot decode its tokens"):
                beginning = self._backend.decode(before)
                text = self._backend.decode([*before, token_id])[len(beginning) :]
            if len(self._added) >= _MOST_REMEMBERED:
                self._added.clear()
            self._added[previous, token_id] = text
        return text

    def _byte(self, token_id: int) -> int | None:
        """The byte that a token stands for, if it stands for a single one by its name."""
        return self._bytes.get(self.vocabulary[token_id])

    def _readable(self, token: str) -> str:
        if self._ids[token] in self.special_ids:
            return token
        if self._spells_bytes:
            return readable_bytes(_bytes_of(token))
        if token in self._bytes:
            return readable_bytes(bytes([self._bytes[token]]))
        if self._has_sharps:
            return token
        if self._word_end and token.endswith(self._word_end):
            token = token.removesuffix(self._word_end) + " "
        return token.replace(SPACE, " ")

    @cached_property
    def _word_end(self) -> str | None:
        """What stands at the end of a word's last token, as in GPT's first vocabulary."""
        suffixes = (
            part.get("suffix")
            for part in parts_within(self._data["decoder"])
            if part.get("type") == "BPEDecoder"
        )
        return next(suffixes, None)


def _from_base64(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (TypeError, ValueError) as error:
        raise InputError(f"The map of characters is {quoted(text)}, not Base64.") from error


def _bytes_of(token: str) -> bytes:
    """The bytes whose letters spell the token; an added token is spelled as it is."""
    if BYTE_OF_LETTER.keys() >= set(token):
        return bytes(BYTE_OF_LETTER[letter] for letter in token)
    return token.encode()


def _backend_of(data: Mapping[str, Any]) -> tokenizers.Tokenizer:
    """The library's own object, for which no text spells a special token."""
    with _in_a_sentence("The vocabulary cannot be used"):
        backend = tokenizers.Tokenizer.from_str(json.dumps(data))
    backend.encode_special_tokens = True
    return backend


@contextmanager
def _in_a_sentence(beginning: str) -> Iterator[None]:
    """Whatever the library raises becomes an `InputError`; its panics are no `Exception`."""
    try:
        yield
    except BaseException as error:
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
        reason = cut_text(" ".join(str(error).split()), 200)
        raise InputError(f"{beginning}: {reason}.") from error

"""Byte-pair encoding over bytes: any text, no unknown tokens."""

import json
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import accumulate, pairwise
from typing import Self

import tokenizers

from tfplay.errors import InputError
from tfplay.text.tokenizers.base import LEARNED, SpecialTokens
from tfplay.text.tokenizers.by_words import (
    WordByWordTokenizer,
    count_words,
    in_short_parts,
    require_room,
)
from tfplay.text.words import WORD_PATTERNS

LEARNED_PATTERN = "gpt2-all-scripts"


def _byte_letters() -> list[str]:
    """The letter that stands for each of the 256 bytes: printable bytes for themselves."""
    printable = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    others = [byte for byte in range(256) if byte not in printable]
    letter = {byte: chr(byte) for byte in printable}
    letter |= {byte: chr(256 + rank) for rank, byte in enumerate(others)}
    return [letter[byte] for byte in range(256)]


def _spelled_in_letters() -> tokenizers.pre_tokenizers.PreTokenizer:
    """Writes a letter for each byte of a word, without splitting it."""
    return tokenizers.pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)


BYTE_LETTERS = _byte_letters()
BYTE_OF_LETTER = {letter: byte for byte, letter in enumerate(BYTE_LETTERS)}


class BytePairTokenizer(WordByWordTokenizer):
    """Merges frequent neighbours, starting from single bytes.

    Byte pairs: Sennrich et al. 2015, arXiv:1508.07909; over bytes: Radford et al. 2019 (GPT-2).
    Tokens are spelled with a letter for each byte (`BYTE_LETTERS`; a space is "Ġ"), so every text
    round-trips exactly. The library `tokenizers` does the merging.

    Args:
        vocabulary: The tokens; a token's id is its position.
        merges: The merges, "left right" each, the first learned first.
        special_tokens: How this vocabulary spells its special tokens.
        word_pattern: A name in `WORD_PATTERNS`; no token reaches across two words.

    Raises:
        InputError: If a byte has no token, a token is not spelled with such letters, or there are
            no merges, or one that names a token that is not there.

    Example:
        >>> tokenizer = BytePairTokenizer.train(["low lower lowest"], vocabulary_size=300)
        >>> tokenizer.labels(tokenizer.tokenize("lower"))
        ['low', 'e', 'r']
    """

    kind = "byte-pair"

    def __init__(
        self,
        vocabulary: Sequence[str],
        merges: Sequence[str],
        special_tokens: SpecialTokens = LEARNED,
        word_pattern: str = LEARNED_PATTERN,
    ) -> None:
        super().__init__(vocabulary, special_tokens, word_pattern)
        self.merges = tuple(merges)
        if not self.merges:
            raise InputError("A byte-pair vocabulary needs at least one merge.")
        for letter in BYTE_LETTERS:
            if letter not in self._ids:
                raise InputError(f"The byte {BYTE_OF_LETTER[letter]} has no token ({letter!r}).")
        for token in self._ids.keys() - set(special_tokens.spellings):
            if not BYTE_OF_LETTER.keys() >= set(token):
                raise InputError(f"The token {token!r} is not spelled with letters for bytes.")
        for merge in self.merges:
            left, _, right = merge.partition(" ")
            if not {left, right, left + right} <= self._ids.keys():
                raise InputError(f"The merge {merge!r} names a token that is not there.")

    @classmethod
    def train(cls, texts: Iterable[str], vocabulary_size: int) -> Self:
        """Learns merges from the text's words; see `Tokenizer.train`."""
        counts = count_words(texts, WORD_PATTERNS[LEARNED_PATTERN].findall)
        require_room(vocabulary_size, len(LEARNED.spellings) + len(BYTE_LETTERS) + 1)
        learner = tokenizers.Tokenizer(tokenizers.models.BPE())
        learner.pre_tokenizer = _spelled_in_letters()
        learner.train_from_iterator(
            in_short_parts(counts.elements()),
            tokenizers.trainers.BpeTrainer(
                vocab_size=vocabulary_size,
                special_tokens=LEARNED.spellings,
                initial_alphabet=BYTE_LETTERS,
                show_progress=False,
            ),
        )
        ids = learner.get_vocab()
        merges = json.loads(learner.to_str())["model"]["merges"]
        return cls(sorted(ids, key=ids.get), [f"{left} {right}" for left, right in merges])

    def to_json(self) -> dict:
        """What `tokenizer_from_json` needs to build an equal tokenizer."""
        return super().to_json() | {
            "merges": list(self.merges),
            "word_pattern": self.word_pattern,
        }

    @cached_property
    def _merger(self) -> tokenizers.Tokenizer:
        merges = [tuple(merge.split(" ")) for merge in self.merges]
        merger = tokenizers.Tokenizer(tokenizers.models.BPE(dict(self._ids), merges))
        merger.pre_tokenizer = _spelled_in_letters()
        return merger

    def _encode(self, words: list[str]) -> list[list[int]]:
        return [encoding.ids for encoding in self._merger.encode_batch_fast(words)]

    def _spans(self, word: str, token_ids: list[int]) -> list[tuple[int, int]]:
        # A token spells as many bytes as it has letters.
        character_of_byte = [i for i, letter in enumerate(word) for _ in letter.encode()]
        bytes_so_far = accumulate((len(self.token(i)) for i in token_ids), initial=0)
        return [
            (character_of_byte[start], character_of_byte[end - 1] + 1)
            for start, end in pairwise(bytes_so_far)
        ]

    def token_bytes(self, token_id: int, before: Sequence[int] = ()) -> bytes:
        """What a token adds to the text, in UTF-8; half a character if the token is one."""
        token = self.token(token_id)
        return b"" if token in self.special_tokens.spellings else _bytes_of(token)

    def _join(self, tokens: list[str]) -> str:
        return _bytes_of("".join(tokens)).decode("utf-8", errors="replace")

    def _readable(self, token: str) -> str:
        if token in self.special_tokens.spellings:
            return token
        return readable_bytes(_bytes_of(token))


def _bytes_of(token: str) -> bytes:
    return bytes(BYTE_OF_LETTER[letter] for letter in token)


def readable_bytes(spelled: bytes) -> str:
    """The text that bytes spell, or each as "<C3>" where they spell none."""
    try:
        return spelled.decode("utf-8")
    except UnicodeDecodeError:
        return "".join(f"<{byte:02X}>" for byte in spelled)

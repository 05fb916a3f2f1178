"""Text: reading it from files, splitting it for validation, and turning it into token ids."""

from tfplay.text.files import Pair, read_pairs, read_text
from tfplay.text.splits import references_by_source, split_pairs, split_text
from tfplay.text.tokenizers import (
    TOKENIZERS,
    BytePairTokenizer,
    CharacterTokenizer,
    Piece,
    SpecialTokens,
    Tokenizer,
    WordPieceTokenizer,
    WordTokenizer,
    bert_tokenizer,
    gpt2_tokenizer,
    load_tokenizer,
    tokenizer_from_json,
)

__all__ = [
    "TOKENIZERS",
    "BytePairTokenizer",
    "CharacterTokenizer",
    "Pair",
    "Piece",
    "SpecialTokens",
    "Tokenizer",
    "WordPieceTokenizer",
    "WordTokenizer",
    "bert_tokenizer",
    "gpt2_tokenizer",
    "load_tokenizer",
    "read_pairs",
    "read_text",
    "references_by_source",
    "split_pairs",
    "split_text",
    "tokenizer_from_json",
]

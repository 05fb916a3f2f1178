"""Text to token ids and back: by characters, words, byte pairs or word pieces."""

from tfplay.text.tokenizers.at_hand import published_at_hand
from tfplay.text.tokenizers.base import Piece, SpecialTokens, Tokenizer
from tfplay.text.tokenizers.byte_pair import BytePairTokenizer
from tfplay.text.tokenizers.library import LibraryTokenizer
from tfplay.text.tokenizers.published import bert_tokenizer, gpt2_tokenizer
from tfplay.text.tokenizers.replay import RULES, MergePair, MergeStep, Replay, replay_merges
from tfplay.text.tokenizers.saved import TOKENIZERS, load_tokenizer, tokenizer_from_json
from tfplay.text.tokenizers.whole import CharacterTokenizer, WordTokenizer
from tfplay.text.tokenizers.wordpiece import WordPieceTokenizer

__all__ = [
    "RULES",
    "TOKENIZERS",
    "BytePairTokenizer",
    "LibraryTokenizer",
    "MergePair",
    "CharacterTokenizer",
    "Piece",
    "Replay",
    "SpecialTokens",
    "MergeStep",
    "Tokenizer",
    "WordPieceTokenizer",
    "WordTokenizer",
    "bert_tokenizer",
    "gpt2_tokenizer",
    "load_tokenizer",
    "published_at_hand",
    "replay_merges",
    "tokenizer_from_json",
]

"""Hiding words of a text, so that a model can learn to find them."""

from collections.abc import Sequence

import numpy as np

from tfplay.tasks.batches import IGNORED, Batch, Encoded
from tfplay.text import Tokenizer

CHOSEN_SHARE = 0.15


def encode_lines(lines: Sequence[str], tokenizer: Tokenizer, context: int) -> list[Encoded]:
    """Lines as tokens, nothing masked yet; lines that are longer than the context in pieces.

    Args:
        lines: One text each.
        tokenizer: Turns text into tokens.
        context: The most tokens in a piece, with the start token before and the end token after.

    Returns:
        Pieces whose "word_numbers" give the word of each token, from 1 up; 0 is for special tokens,
        also the unknown one, which are no targets. Labels are the words' tokens.
    """
    room = context - 2
    encoded = []
    for words in tokenizer.tokenize_words(lines):
        token_ids = [token_id for word in words for token_id in word]
        numbers = [number for number, word in enumerate(words, start=1) for _ in word]
        for start in range(0, len(token_ids), room):
            piece = token_ids[start : start + room]
            word_numbers = [
                0 if token_id == tokenizer.unknown_id else number - numbers[start] + 1
                for token_id, number in zip(piece, numbers[start:], strict=False)
            ]
            labels = [
                token_id if number else IGNORED
                for token_id, number in zip(piece, word_numbers, strict=True)
            ]
            inputs = {
                "token_ids": [tokenizer.start_id, *piece, tokenizer.end_id],
                "word_numbers": [0, *word_numbers, 0],
            }
            encoded.append(Encoded(inputs, [IGNORED, *labels, IGNORED]))
    return encoded


class WordMasker:
    """Chooses 15 % of the words, at least one a line, and hides most of them.

    Of the chosen words 80 % become mask tokens, 10 % random tokens, and 10 % stay, so that a model
    must also doubt the words it sees (Devlin et al., 2018, arXiv:1810.04805, appendix A.1).

    Args:
        tokenizer: The tokenizer of the texts.
        mask_share: How many of the chosen words become masks.
        random_share: How many become random tokens; the rest stays.
    """

    def __init__(self, tokenizer: Tokenizer, mask_share: float = 0.8, random_share: float = 0.1):
        special = set(tokenizer.special_tokens.spellings)
        self.mask_id = tokenizer.special_id("mask")
        self.ordinary_ids = np.array(
            [i for i, token in enumerate(tokenizer.vocabulary) if token not in special]
        )
        self.mask_share = mask_share
        self.random_share = random_share

    def mask(self, examples: Batch, random: np.random.Generator) -> Batch:
        """Lines that `encode_lines` and `collate` made, with masks.

        Args:
            examples: Token ids and word numbers (B, T).
            random: Draws the words.

        Returns:
            Inputs without word numbers; labels (B, T) are the true tokens of the chosen words.
        """
        inputs = dict(examples.inputs)
        word_numbers, token_ids = inputs.pop("word_numbers"), inputs["token_ids"]

        def draw() -> np.ndarray:
            """Random numbers from 0 to 1, the same for all tokens of a word: (B, T)."""
            by_word = random.random((len(token_ids), word_numbers.max() + 1))
            return np.take_along_axis(by_word, word_numbers, axis=1)

        is_word = word_numbers > 0
        chance = np.where(is_word, draw(), 1.0)
        lowest = chance.min(axis=1, keepdims=True)
        is_chosen = is_word & (chance <= np.maximum(CHOSEN_SHARE, lowest))

        fate = draw()
        hidden = np.where(fate < self.mask_share, self.mask_id, token_ids)
        becomes_random = (fate >= self.mask_share) & (fate < self.mask_share + self.random_share)
        hidden = np.where(becomes_random, random.choice(self.ordinary_ids, token_ids.shape), hidden)
        inputs["token_ids"] = np.where(is_chosen, hidden, token_ids).astype("int32")
        return Batch(inputs, np.where(is_chosen, token_ids, IGNORED).astype("int32"))

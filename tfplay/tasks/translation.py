"""Translation: learn to turn the first sentence of each pair into the second."""

import os
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice, zip_longest
from typing import NamedTuple

import keras
import numpy as np
from sacrebleu.metrics import BLEU, CHRF

from tfplay.config import TrainingConfig
from tfplay.errors import InputError
from tfplay.tasks.base import Task, TaskData, learn_tokenizer
from tfplay.tasks.batches import IGNORED, Batch, bucket_length, in_batches, pad
from tfplay.tasks.translator import translate_all
from tfplay.text import Pair, Tokenizer, read_pairs, references_by_source, split_pairs


class EncodedPair(NamedTuple):
    """The token ids of a pair, without special tokens."""

    source: list[int]
    target: list[int]

    @property
    def length(self) -> int:
        """Positions it takes: the encoder reads source and end, the decoder start and target."""
        return 1 + max(len(self.source), len(self.target))


class TranslationData(TaskData):
    """Sentence pairs as arrays, those of similar length together.

    Pairs that are longer than the context on either side are left out.

    Args:
        tokenizer: One for both languages.
        training: Pairs to train on.
        validation: Pairs to validate on.
        max_sequence_length: The model's context, in tokens.

    Raises:
        InputError: No training pair, or no validation pair, is short enough.
    """

    def __init__(
        self,
        tokenizer: Tokenizer,
        training: Sequence[Pair],
        validation: Sequence[Pair],
        max_sequence_length: int,
    ):
        self.tokenizer = tokenizer
        self.max_sequence_length = max_sequence_length
        self.training, self.training_buckets = self._encode(training)
        self.validation, self.validation_buckets = self._encode(validation)
        self.num_too_long = (
            len(training) + len(validation) - len(self.training) - len(self.validation)
        )

    def _encode(self, pairs: Sequence[Pair]) -> tuple[list[Pair], list[Batch]]:
        """The pairs that are short enough, and their arrays, one `Batch` for each length."""
        sources = self.tokenizer.tokenize_batch(pair.source for pair in pairs)
        targets = self.tokenizer.tokenize_batch(pair.target for pair in pairs)
        kept, buckets = [], defaultdict(list)
        for pair, encoded in zip(pairs, map(EncodedPair, sources, targets), strict=True):
            if encoded.length <= self.max_sequence_length:
                kept.append(pair)
                buckets[bucket_length(encoded.length, self.max_sequence_length)].append(encoded)
        if pairs and not kept:
            raise InputError(
                f"All {len(pairs)} pairs are too long for a context of "
                f"{self.max_sequence_length} tokens."
            )
        return kept, [self._arrays(buckets[length], length) for length in sorted(buckets)]

    def _arrays(self, pairs: list[EncodedPair], length: int) -> Batch:
        """Teacher forcing: at each position the decoder is given the right token before it."""
        start, end = [self.tokenizer.start_id], [self.tokenizer.end_id]
        pad_id = self.tokenizer.pad_id
        encoder_token_ids = pad([pair.source + end for pair in pairs], length, pad_id)
        decoder_token_ids = pad([start + pair.target for pair in pairs], length, pad_id)
        inputs = {
            "encoder_token_ids": encoder_token_ids,
            "encoder_padding_mask": encoder_token_ids != pad_id,
            "decoder_token_ids": decoder_token_ids,
            "decoder_padding_mask": decoder_token_ids != pad_id,
        }
        return Batch(inputs, pad([pair.target + end for pair in pairs], length, IGNORED))

    def training_batches(self, batch_size: int, seed: int) -> Iterator[Batch]:
        """Each batch has pairs of one length; long and short ones come as often as they are."""
        random = np.random.default_rng(seed)
        sizes = np.array([len(bucket.labels) for bucket in self.training_buckets])
        streams = [_shuffled_forever(size, random) for size in sizes]
        while True:
            index = random.choice(len(sizes), p=sizes / sizes.sum())
            rows = np.array(list(islice(streams[index], batch_size)))
            yield self.training_buckets[index].take(rows)

    def validation_batches(self, batch_size: int) -> Iterator[Batch]:
        for bucket in self.validation_buckets:
            yield from in_batches(bucket, batch_size)

    def describe(self) -> dict[str, int]:
        """Numbers of pairs and tokens."""
        return {
            "training_pairs": len(self.training),
            "validation_pairs": len(self.validation),
            "too_long_pairs": self.num_too_long,
            "training_tokens": sum(bucket.num_labels for bucket in self.training_buckets),
            "vocabulary_size": self.tokenizer.vocabulary_size,
        }

    def evaluate(self, model: keras.Model, limit: int | None = None) -> dict[str, float]:
        """BLEU and chrF of greedy translations, each from 0 to 100, by sacrebleu.

        Papineni et al., 2002; Popović, 2015. Every known translation of a source is a reference.
        BLEU's tokenizer is "intl", which knows the punctuation of every script.

        Args:
            model: A model that was trained on this data.
            limit: The most sources to translate; `None` is all.
        """
        references = references_by_source(self.validation)
        sources = list(references)[:limit]
        if not sources:
            return {}
        translations = translate_all(model, self.tokenizer, sources)
        # One stream for every source's first reference, one for the second where there is one...
        streams = list(zip_longest(*(references[source] for source in sources)))
        metrics = {"bleu": BLEU(tokenize="intl"), "chrf": CHRF()}
        return {
            name: metric.corpus_score(translations, streams).score
            for name, metric in metrics.items()
        }


class TranslationTask(Task):
    """Translate sentences; no sentence stands in both the training and the validation part.

    Example:
        >>> pairs = TranslationTask.read("hin.txt")
        >>> data = TranslationTask.prepare(pairs, tokenizer_kind="byte-pair", ...)
    """

    name = "translation"
    title = "Translation"
    architecture = "encoder-decoder"
    # The best of those tried on three thousand pairs of sentences in a few minutes.
    default_preset = "tiny"
    default_model = {"hidden_dim": 128, "dropout": 0.1}
    default_tokenizer = "byte-pair"
    default_vocabulary_size = 1500
    default_training = TrainingConfig(steps=2000, learning_rate=2e-3, label_smoothing=0.1)

    @classmethod
    def read(cls, path: str | os.PathLike) -> list[Pair]:
        return read_pairs(path)

    @classmethod
    def prepare(
        cls,
        examples: Sequence[Pair],
        *,
        tokenizer_kind: str,
        vocabulary_size: int,
        max_sequence_length: int,
        validation_fraction: float,
        seed: int,
    ) -> TranslationData:
        training, validation = split_pairs(examples, validation_fraction, seed)
        sentences = (sentence for pair in training for sentence in pair)
        tokenizer = learn_tokenizer(tokenizer_kind, sentences, vocabulary_size)
        return TranslationData(tokenizer, training, validation, max_sequence_length)


def _shuffled_forever(size: int, random: np.random.Generator) -> Iterator[int]:
    """Row numbers below `size`: each once in random order, then each once in another."""
    while True:
        yield from random.permutation(size)

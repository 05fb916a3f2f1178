"""Masked words: learn to tell which words stand behind masks, from both sides of them."""

from collections.abc import Iterator, Sequence
from itertools import islice

import numpy as np

from tfplay.config import TrainingConfig
from tfplay.decoding.filters import probabilities
from tfplay.errors import InputError
from tfplay.tasks.base import Task
from tfplay.tasks.batches import (
    IGNORED,
    Batch,
    Encoded,
    collate,
    drawn_forever,
    in_batches,
    make_buckets,
)
from tfplay.tasks.data import DataSettings, TaskData
from tfplay.tasks.description import GZIP, TaskDescription
from tfplay.tasks.likely import Likely, likeliest
from tfplay.tasks.masked_words.effects import mask_effects
from tfplay.tasks.masked_words.fill import MASK, fill_words
from tfplay.tasks.masked_words.masking import WordMasker, encode_lines
from tfplay.tasks.prediction import measure_fit
from tfplay.tasks.reading import Reading, reading_of
from tfplay.tasks.samples import Sample
from tfplay.tasks.scores import perplexity
from tfplay.tasks.trained_model import InputFormat, TrainedModel
from tfplay.text import Pair, Tokenizer, bare, read_lines, write_lines

FIXED_SEED = 0
"""The seed of the masks on which models are validated and evaluated."""


class MaskedWordsData(TaskData):
    """Lines of text in which training masks different words every time.

    Lines that are longer than the context are cut into pieces. Validation masks never change.

    Args:
        tokenizer: Turns text into tokens.
        training: Lines to train on.
        validation: Lines to validate on.
        max_sequence_length: The model's context, in tokens.
    """

    tokenizer: Tokenizer

    def __init__(
        self,
        tokenizer: Tokenizer,
        training: Sequence[str],
        validation: Sequence[str],
        max_sequence_length: int,
    ):
        self.tokenizer = tokenizer
        self.training, self.validation = training, validation
        self.masker = WordMasker(tokenizer)

        def make(lines: Sequence[str]) -> list[Batch]:
            encoded = encode_lines(lines, tokenizer, max_sequence_length)
            return make_buckets(encoded, max_sequence_length, tokenizer.pad_id)

        self.training_buckets = make(training)
        random = np.random.default_rng(FIXED_SEED)
        self.validation_buckets = [self.masker.mask(each, random) for each in make(validation)]

    def training_batches(self, batch_size: int, seed: int, first: int = 0) -> Iterator[Batch]:
        """Each batch has lines of one length, with masks drawn anew."""
        random = np.random.default_rng([seed, 1])
        batches = drawn_forever(self.training_buckets, batch_size, seed)
        masked = (self.masker.mask(batch, random) for batch in batches)
        return islice(masked, first, None)  # what masks are drawn depends on all masks before

    def validation_batches(self, batch_size: int) -> Iterator[Batch]:
        for bucket in self.validation_buckets:
            yield from in_batches(bucket, batch_size)

    def describe(self) -> dict[str, int]:
        """Numbers of lines, after long ones are cut, and of tokens."""

        def count(buckets: Sequence[Batch]) -> int:
            return sum(len(bucket.labels) for bucket in buckets)

        return {
            "training_examples": count(self.training_buckets),
            "validation_examples": count(self.validation_buckets),
            "training_tokens": sum(bucket.num_tokens for bucket in self.training_buckets),
            "vocabulary_size": self.tokenizer.vocabulary_size,
        }


class MaskedWordsTask(Task[Sequence[str]]):
    """Tell which words stand behind masks (Devlin et al., 2018, arXiv:1810.04805).

    Whole words are masked: a word whose pieces partly stay would give itself away. A word is what
    the tokenizer takes for one.

    Example:
        >>> lines = MaskedWordsTask.read("names.txt")
        >>> data = MaskedWordsTask.prepare(lines, architecture="encoder-only", **settings)
    """

    about = TaskDescription(
        name="masked-words",
        title="Fill in words",
        asked="what stands behind the first mask",
        architectures=("encoder-only",),
        heads={"encoder-only": "masked_lm"},
        reads="text",
        file_help="Plain text as **.txt**, a sentence or paragraph a line, in any language. "
        f"{GZIP}",
        formats=(".txt",),
        pasted_example="The dog barked at the cat.",
        preset="tiny",
        tokenizer="byte-pair",
        vocabulary_size=4000,
        training=TrainingConfig(steps=2000, batch_size=64, learning_rate=2e-3),
    )
    reader = staticmethod(read_lines)
    writer = staticmethod(write_lines)
    effects = staticmethod(mask_effects)

    @classmethod
    def _prepare(cls, examples: Sequence[str], settings: DataSettings) -> MaskedWordsData:
        if settings.max_sequence_length < 3:
            raise InputError(
                f"A context of {settings.max_sequence_length} tokens has no room for a word "
                "between the start token and the end token."
            )
        training, validation = settings.split(examples, bare)
        tokenizer = settings.learn_tokenizer(training)
        return MaskedWordsData(tokenizer, training, validation, settings.max_sequence_length)

    @classmethod
    def encode_all(cls, examples: Sequence[str], form: InputFormat) -> list[Encoded]:
        """Encodes lines with masks that are always the same; a long line becomes several."""
        return _hide_words(encode_lines(examples, form.tokenizer, form.context), form.tokenizer)

    @classmethod
    def evaluate(
        cls, trained: TrainedModel, examples: Sequence[str], limit: int | None = None
    ) -> dict[str, float]:
        """Accuracy on masked tokens, its baseline, and perplexity.

        About 15 % of the words are masked, always the same and all with the mask token. The
        baseline is the accuracy of always guessing the most frequent token of these very texts. The
        perplexity is exp(mean cross-entropy) of the masked tokens, each given all that is not
        masked; it cannot be compared with a language model's.
        """
        examples = examples[:limit]
        if not examples:
            return {}
        lines = encode_lines(examples, trained.tokenizer, trained.context)
        encoded = _hide_words(lines, trained.tokenizer)
        fit = measure_fit(trained, sorted(encoded, key=lambda example: example.length))
        masked, words = (
            np.concatenate([np.array(line.labels) for line in side]) for side in (encoded, lines)
        )
        most_frequent = np.bincount(words[words != IGNORED]).argmax()
        return {
            "accuracy": fit.accuracy,
            "frequency_baseline": float(np.mean(masked[masked != IGNORED] == most_frequent)),
            "perplexity": perplexity(fit.cross_entropy),
        }

    @classmethod
    def as_typed(cls, example: str) -> str:
        return example

    @classmethod
    def _read_typed(cls, trained: TrainedModel, text: str, second: str) -> Reading:
        """Reads the whole text with mask tokens; the space before a mask belongs to the mask."""
        tokenizer = trained.tokenizer
        *parts, last = text.split(MASK)
        token_ids = [*tokenizer.start_ids]
        for part in parts:
            token_ids += [*tokenizer.tokenize(part.rstrip()), tokenizer.special_id("mask")]
        return reading_of(trained, [*token_ids, *tokenizer.tokenize(last), *tokenizer.end_ids])

    @classmethod
    def answer_rows(cls, trained: TrainedModel, reading: Reading) -> list[int]:
        """The rows of the masks; all rows if there is no mask."""
        masks = np.flatnonzero(reading.inputs["token_ids"][0] == trained.tokenizer.mask_id)
        return masks.tolist() or super().answer_rows(trained, reading)

    @classmethod
    def likely_answers(
        cls, trained: TrainedModel, logits: np.ndarray, token_ids: np.ndarray, places: np.ndarray
    ) -> Likely:
        """The word behind what was the first mask; without a mask, the last word."""
        masks = np.flatnonzero(token_ids[places] == trained.tokenizer.mask_id)
        place = places[masks[0] if masks.size else len(token_ids) - 2]
        return likeliest(probabilities(logits[place]), trained.choice_names)

    @classmethod
    def sample(cls, trained: TrainedModel, examples: Sequence[str]) -> list[Sample]:
        """Hides the word in the middle of each line; the first words of a long line are enough."""
        pairs = []
        for line in examples:
            words = line.split()[: max(1, trained.context // 8)]
            middle = len(words) // 2
            text = " ".join([*words[:middle], MASK, *words[middle + 1 :]])
            pairs.append(Pair(text, words[middle]))
        answers = fill_words(trained, pairs)
        return [
            Sample(text, answer, word) for (text, word), answer in zip(pairs, answers, strict=True)
        ]


def _hide_words(lines: Sequence[Encoded], tokenizer: Tokenizer) -> list[Encoded]:
    """Puts a mask token for every chosen word: evaluation leaves no true or random one in place."""
    masker = WordMasker(tokenizer, mask_share=1.0, random_share=0.0)
    random = np.random.default_rng(FIXED_SEED)
    encoded = []
    for line in lines:
        batch = masker.mask(collate([line], line.length, tokenizer.pad_id), random)
        [token_ids], [labels] = batch.inputs["token_ids"], batch.labels
        encoded.append(Encoded({"token_ids": token_ids.tolist()}, labels.tolist()))
    return encoded

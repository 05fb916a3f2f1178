"""Language modelling: predict the next token of a plain text."""

from collections.abc import Iterator
from itertools import count

import numpy as np

from tfplay import decoding
from tfplay.config import DecodingConfig, TrainingConfig
from tfplay.cutting import whole_letters
from tfplay.errors import InputError
from tfplay.tasks.base import Task
from tfplay.tasks.batches import Batch, Encoded, collate, in_batches
from tfplay.tasks.data import DataSettings, TaskData
from tfplay.tasks.description import GZIP, TaskDescription
from tfplay.tasks.prediction import measure_fit
from tfplay.tasks.reading import Reading, reading_of
from tfplay.tasks.samples import MAX_SAMPLE_TOKENS, Sample
from tfplay.tasks.scores import perplexity
from tfplay.tasks.trained_model import InputFormat, TrainedModel
from tfplay.text import Tokenizer, read_text, split_text, write_lines

MAX_VALIDATION_TOKENS = 200_000
"""The most tokens used for validation, which should take seconds."""

FEW_CHARACTERS = 64
"""This many characters of a text count as one example."""

PROMPT_WORDS = 3

LONGEST_BEGINNING = 40
"""Characters of a line that are proposed as a prompt."""

LINE_TOKENS = 20
"""A text goes on for so many, in an answer of a line."""

SAMPLING = DecodingConfig("sampling", MAX_SAMPLE_TOKENS, temperature=0.8)


class LanguageModelData(TaskData):
    """A text as one stream of tokens, trained on in random windows as long as the context.

    Args:
        tokenizer: Turns text into tokens.
        training_ids: (N,) token ids, one more than a window at least.
        validation_ids: (M,) token ids; none or two at least.
        window_length: Tokens in a window (T).
    """

    tokenizer: Tokenizer

    def __init__(
        self,
        tokenizer: Tokenizer,
        training_ids: np.ndarray,
        validation_ids: np.ndarray,
        window_length: int,
    ):
        self.tokenizer = tokenizer
        self.training_ids = training_ids
        self.validation_ids = validation_ids[:MAX_VALIDATION_TOKENS]
        self.window_length = window_length

    def training_batches(self, batch_size: int, seed: int, first: int = 0) -> Iterator[Batch]:
        """Windows that begin anywhere in the training part, drawn with replacement."""
        random = np.random.default_rng(seed)
        offsets = np.arange(self.window_length + 1)
        num_starts = len(self.training_ids) - self.window_length
        for number in count():
            starts = random.integers(num_starts, size=(batch_size, 1))
            if number >= first:
                windows = self.training_ids[starts + offsets]  # (B, T + 1)
                yield Batch({"token_ids": windows[:, :-1]}, windows[:, 1:])

    def validation_batches(self, batch_size: int) -> Iterator[Batch]:
        """Windows side by side: every token after the first is predicted exactly once."""
        windows = _windows_side_by_side(self.validation_ids.tolist(), self.window_length)
        if windows:
            # What pads the last window stands after every label that counts; any token does.
            examples = collate(windows, self.window_length, pad_id=0)
            token_ids = examples.inputs["token_ids"]
            yield from in_batches(Batch({"token_ids": token_ids}, examples.labels), batch_size)

    def describe(self) -> dict[str, int]:
        """Numbers of tokens."""
        return {
            "training_tokens": len(self.training_ids),
            "validation_tokens": len(self.validation_ids),
            "vocabulary_size": self.tokenizer.vocabulary_size,
        }


class LanguageModelTask(Task[str]):
    """Predict the next token of a plain text; the validation share is its last part.

    Example:
        >>> text = LanguageModelTask.read("input.txt.gz")
        >>> data = LanguageModelTask.prepare(text, architecture="decoder-only", **settings)
    """

    about = TaskDescription(
        name="language-model",
        title="Language model",
        architectures=("decoder-only",),
        reads="text",
        file_help="Plain text as **.txt**, in any language. The more the better: 100,000 "
        f"characters are a good start. {GZIP}",
        formats=(".txt",),
        unit="line",
        pasted_example="Once upon a time …",
        # The small setting for a CPU in https://github.com/karpathy/nanoGPT.
        preset="small",
        model_changes={"max_sequence_length": 64, "use_bias": False},
        tokenizer="character",
        vocabulary_size=1000,
        training=TrainingConfig(steps=2000, batch_size=12),
    )
    reader = staticmethod(read_text)
    writer = staticmethod(write_lines)

    @classmethod
    def _prepare(cls, examples: str, settings: DataSettings) -> LanguageModelData:
        training_text, validation_text = split_text(examples, settings.validation_fraction)
        tokenizer = settings.learn_tokenizer([training_text])
        training_ids, validation_ids = (
            np.array(token_ids, dtype="int32")
            for token_ids in tokenizer.tokenize_batch([training_text, validation_text])
        )
        _require_tokens("train", training_ids, settings.max_sequence_length + 1)
        if settings.validation_fraction:
            _require_tokens("validate", validation_ids, 2)
        data = LanguageModelData(
            tokenizer, training_ids, validation_ids, settings.max_sequence_length
        )
        data.training, data.validation = training_text, validation_text
        return data

    @classmethod
    def encode_all(cls, examples: str, form: InputFormat) -> list[Encoded]:
        """The text as windows side by side, as long as the context."""
        return _windows_side_by_side(form.tokenizer.tokenize(examples), form.context)

    @classmethod
    def evaluate(
        cls, trained: TrainedModel, examples: str, limit: int | None = None
    ) -> dict[str, float]:
        """Perplexity, exp(mean cross-entropy in nats), and the share of tokens predicted right.

        Each window as long as the context is predicted by itself; `limit` counts windows.
        """
        if not examples:
            return {}
        fit = measure_fit(trained, cls.encode_all(examples, trained.input_format)[:limit])
        return {"perplexity": perplexity(fit.cross_entropy), "accuracy": fit.accuracy}

    @classmethod
    def apart(cls, examples: str) -> list[tuple[str, str]]:
        """The lines of the text."""
        return [(line, line) for line in examples.splitlines() if line.strip()]

    @classmethod
    def as_typed(cls, example: str) -> str:
        """The beginning of a line."""
        return whole_letters(example, LONGEST_BEGINNING).strip()

    @classmethod
    def _read_typed(cls, trained: TrainedModel, text: str, second: str) -> Reading:
        return reading_of(trained, trained.tokenizer.tokenize(text))

    @classmethod
    def usual_row(cls, trained: TrainedModel, reading: Reading, logits: np.ndarray) -> int:
        """The last row, which predicts the next token."""
        return cls.answer_rows(trained, reading)[-1]

    @classmethod
    def answer_line(cls, trained: TrainedModel, text: str) -> str:
        """The text and how it goes on, greedily."""
        prompt_ids = trained.tokenizer.tokenize(text)
        config = DecodingConfig(max_new_tokens=LINE_TOKENS)
        [written] = decoding.generate(trained.model, np.array([prompt_ids]), config)
        return trained.tokenizer.detokenize([*prompt_ids, *written])

    @classmethod
    def sample(cls, trained: TrainedModel, examples: str) -> list[Sample]:
        """Continuations of the first words of the text and of later lines."""
        words = [line.split()[:PROMPT_WORDS] for line in examples.splitlines()]
        prompts = list(dict.fromkeys(" ".join(line) for line in words if line))
        return [Sample(prompt, _completion(trained, prompt)) for prompt in prompts]

    @classmethod
    def few(cls, examples: str, count: int) -> str:
        """The beginning of the text."""
        return examples[: count * FEW_CHARACTERS]


def _completion(trained: TrainedModel, prompt: str) -> str:
    """A continuation of some tokens, sampled with the same seed each time."""
    token_ids = trained.tokenizer.tokenize(prompt)[: max(1, trained.context // 2)]
    [answer] = decoding.generate(trained.model, np.array([token_ids]), SAMPLING)
    return trained.tokenizer.detokenize(answer)


def _windows_side_by_side(token_ids: list[int], length: int) -> list[Encoded]:
    """Windows in which every token after the first is predicted exactly once."""
    return [
        Encoded(
            {"token_ids": token_ids[start : start + length][: len(token_ids) - 1 - start]},
            token_ids[start + 1 : start + length + 1],
        )
        for start in range(0, len(token_ids) - 1, length)
    ]


def _require_tokens(purpose: str, token_ids: np.ndarray, needed: int) -> None:
    if len(token_ids) < needed:
        raise InputError(
            f"The text is too short: it has {len(token_ids)} tokens to {purpose} on and needs "
            f"{needed}; a longer text or a shorter context would do."
        )

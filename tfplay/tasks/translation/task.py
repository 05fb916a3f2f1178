"""Translation: learn to turn the first sentence of each pair into the second."""

from collections.abc import Sequence

import numpy as np

from tfplay.config import DecodingConfig, TrainingConfig
from tfplay.tasks.base import Task
from tfplay.tasks.batches import IGNORED, Encoded
from tfplay.tasks.data import DataSettings, ExampleData
from tfplay.tasks.description import GZIP, TaskDescription
from tfplay.tasks.reading import Reading, continuation, reading_with_answer
from tfplay.tasks.samples import MAX_SAMPLE_TOKENS, Sample
from tfplay.tasks.scores import translation_scores
from tfplay.tasks.trained_model import InputFormat, TrainedModel
from tfplay.tasks.translation.translate import encode_source, make_prompt, translate, translate_all
from tfplay.text import Pair, read_pairs, references_by_source, split_pairs, write_pairs


class TranslationTask(Task[Sequence[Pair]]):
    """Translate sentences; no sentence stands in both the training and the validation part.

    An encoder-decoder reads the source with its encoder. A decoder-only model reads it as a prefix,
    source tokens and then the start token, and continues with the translation; only the
    translation counts in the loss, and the mask stays causal.

    Example:
        >>> pairs = TranslationTask.read("hin.tsv")
        >>> data = TranslationTask.prepare(pairs, architecture="encoder-decoder", **settings)
    """

    about = TaskDescription(
        name="translation",
        title="Translation",
        architectures=("encoder-decoder", "decoder-only"),
        left_out="An encoder-only model is not among them: it gives one answer for each token "
        "that it reads, and a translation has a length of its own.",
        reads="sentence pairs, two columns",
        file_help="One pair a line: **.tsv** or **.txt** with a tab between the columns, **.csv** "
        "with a comma or semicolon, **.jsonl** or **.json** with objects, a translation memory as "
        "**.tmx**, a sheet as **.xlsx**, **.parquet**; or two files with a sentence a line, such "
        "as **train.en** and **train.hi**. Columns that are no sentences, such as ids, are "
        f"skipped. {GZIP}",
        formats=(".tsv", ".txt", ".csv", ".jsonl", ".json", ".tmx", ".xlsx", ".parquet"),
        column_roles=("source", "target"),
        may_be_two_files=True,
        unit="pair",
        pasted_example="Good morning.\tसुप्रभात।",
        second_label="It writes",
        second_help="Empty: the model's own translation",
        # The best of those tried on three thousand pairs of sentences in a few minutes.
        preset="tiny",
        model_changes={"hidden_dim": 128, "dropout": 0.1},
        tokenizer="byte-pair",
        vocabulary_size=1500,
        training=TrainingConfig(steps=2000, learning_rate=2e-3, label_smoothing=0.1),
    )
    reader = staticmethod(read_pairs)
    writer = staticmethod(write_pairs)

    @classmethod
    def _prepare(cls, examples: Sequence[Pair], settings: DataSettings) -> ExampleData:
        training, validation = split_pairs(examples, settings.validation_fraction, settings.seed)
        sentences = (sentence for pair in training for sentence in pair)
        tokenizer = settings.learn_tokenizer(sentences)
        return ExampleData(cls, tokenizer, (), training, validation, settings)

    @classmethod
    def encode_all(cls, examples: Sequence[Pair], form: InputFormat) -> list[Encoded]:
        """Teacher forcing: at each position the decoder is given the right token before it."""
        encode = _encode_for_decoder_only if form.architecture == "decoder-only" else _encode
        sources = form.source_tokenizer.tokenize_batch(pair.source for pair in examples)
        targets = form.tokenizer.tokenize_batch(pair.target for pair in examples)
        return [
            encode(source, target, form) for source, target in zip(sources, targets, strict=True)
        ]

    @classmethod
    def judged(
        cls, trained: TrainedModel, examples: Sequence[Pair], limit: int | None = None
    ) -> list[Pair]:
        """The pairs that fit the context, of the first `limit` sources."""
        encoded = cls.encode_all(examples, trained.input_format)
        fitting = [
            pair
            for pair, arrays in zip(examples, encoded, strict=True)
            if arrays.length <= trained.context
        ]
        sources = {*list(dict.fromkeys(pair.source for pair in fitting))[:limit]}
        return [pair for pair in fitting if pair.source in sources]

    @classmethod
    def evaluate(
        cls, trained: TrainedModel, examples: Sequence[Pair], limit: int | None = None
    ) -> dict[str, float]:
        """BLEU and chrF of greedy translations, from 0 to 100, and exact matches, from 0 to 1.

        See `translation_scores`; every known translation of a source is a reference. Pairs that are
        too long for the model are left out; `limit` counts sources.
        """
        references = references_by_source(cls.judged(trained, examples, limit))
        sources = list(references)
        if not sources:
            return {}
        translations = translate_all(trained, sources)
        exact = [
            translation in references[source]
            for source, translation in zip(sources, translations, strict=True)
        ]
        scores = translation_scores(translations, [references[source] for source in sources])
        return scores | {"exact_match": float(np.mean(exact))}

    @classmethod
    def as_typed(cls, example: Pair) -> str:
        return example.source

    @classmethod
    def _read_typed(cls, trained: TrainedModel, text: str, second: str) -> Reading:
        """Reads the source, and a translation of it."""
        tokenizer = trained.tokenizer
        source_ids = encode_source(trained, text)
        if trained.architecture == "decoder-only":
            return reading_with_answer(trained, [*source_ids, tokenizer.start_id], second)
        if second:
            target_ids = tokenizer.tokenize(second)
        else:
            prompt = make_prompt(trained, source_ids)
            target_ids = continuation(trained, prompt.token_ids, **prompt.source)
        read_ids = [tokenizer.start_id, *target_ids]
        inputs = {"encoder_token_ids": [source_ids], "decoder_token_ids": [read_ids]}
        return Reading(
            {name: np.array(token_ids, dtype="int32") for name, token_ids in inputs.items()},
            trained.source_tokenizer.labels(source_ids),
            tokenizer.labels(read_ids),
            tokenizer.labels([*target_ids, tokenizer.end_id]),
        )

    @classmethod
    def prompt(cls, trained: TrainedModel, reading: Reading) -> dict[str, np.ndarray]:
        return reading.up_to(trained.tokenizer.start_id)

    @classmethod
    def usual_row(cls, trained: TrainedModel, reading: Reading, logits: np.ndarray) -> int:
        """Where the translation begins."""
        return reading.last_place_of(trained.tokenizer.start_id)

    @classmethod
    def answer_line(cls, trained: TrainedModel, text: str) -> str:
        """The translation."""
        return translate(trained, text, DecodingConfig()).text

    @classmethod
    def sample(cls, trained: TrainedModel, examples: Sequence[Pair]) -> list[Sample]:
        sources = [pair.source for pair in examples]
        answers = translate_all(trained, sources, MAX_SAMPLE_TOKENS)
        return [
            Sample(pair.source, answer, pair.target)
            for pair, answer in zip(examples, answers, strict=True)
        ]


def _encode(source: list[int], target: list[int], form: InputFormat) -> Encoded:
    inputs = {
        "encoder_token_ids": [*source, *form.source_tokenizer.end_ids],
        "decoder_token_ids": [form.tokenizer.start_id, *target],
    }
    return Encoded(inputs, [*target, form.tokenizer.end_id])


def _encode_for_decoder_only(source: list[int], target: list[int], form: InputFormat) -> Encoded:
    tokenizer = form.tokenizer
    token_ids = [*source, tokenizer.start_id, *target]
    return Encoded({"token_ids": token_ids}, [IGNORED] * len(source) + [*target, tokenizer.end_id])

"""Text classification: learn which class a text belongs to."""

from collections.abc import Sequence

import numpy as np

from tfplay.config import TrainingConfig
from tfplay.errors import InputError
from tfplay.tasks.base import Task, class_index
from tfplay.tasks.batches import Encoded
from tfplay.tasks.classification.classify import classify, encode_texts
from tfplay.tasks.classification.effects import class_effects
from tfplay.tasks.data import DataSettings, ExampleData
from tfplay.tasks.description import GZIP, TaskDescription
from tfplay.tasks.prediction import predict
from tfplay.tasks.reading import Reading
from tfplay.tasks.samples import Sample
from tfplay.tasks.scores import class_scores
from tfplay.tasks.trained_model import InputFormat, TrainedModel
from tfplay.text import LabelledText, bare, read_labelled, write_labelled


class ClassificationTask(Task[Sequence[LabelledText]]):
    """Tell the class of a text: its sentiment or its topic, for example.

    An encoder-only model answers from the vector of a start token before the text (BERT's [CLS]), a
    decoder-only model from that of the end token after it, which alone has read everything.

    Example:
        >>> examples = ClassificationTask.read("reviews.csv")
        >>> data = ClassificationTask.prepare(examples, architecture="encoder-only", **settings)
    """

    about = TaskDescription(
        name="classification",
        title="Sentiment & topics",
        asked="the class of the text",
        architectures=("encoder-only", "decoder-only"),
        left_out="An encoder-decoder is not among them: its decoder is there to write a text, "
        "and a class is none.",
        heads={"encoder-only": "classification", "decoder-only": "classification"},
        reads="texts and labels",
        file_help="A text and its class on each line, in any order: **.csv** with a comma or "
        "semicolon, **.tsv** or **.txt** with a tab, **.jsonl** or **.json** with objects, a sheet "
        f"as **.xlsx**, **.parquet**, or TREC's **.label**. {GZIP}",
        formats=(".csv", ".tsv", ".txt", ".jsonl", ".json", ".label", ".xlsx", ".parquet"),
        column_roles=("text", "label"),
        unit="text",
        pasted_example="It was not bad at all.,positive",
        preset="tiny",
        model_changes={"dropout": 0.1},
        tokenizer="byte-pair",
        vocabulary_size=4000,
        training=TrainingConfig(steps=1000, batch_size=64),
    )
    reader = staticmethod(read_labelled)
    writer = staticmethod(write_labelled)
    effects = staticmethod(class_effects)

    @classmethod
    def _prepare(cls, examples: Sequence[LabelledText], settings: DataSettings) -> ExampleData:
        training, validation = settings.split(examples, lambda example: bare(example.text))
        labels = sorted({example.label for example in training})
        if len(labels) < 2:
            raise InputError(f"All examples are {labels[0]!r}; there must be two classes.")
        validation = [example for example in validation if example.label in labels]
        texts = (example.text for example in training)
        tokenizer = settings.learn_tokenizer(texts)
        return ExampleData(cls, tokenizer, labels, training, validation, settings)

    @classmethod
    def encode_all(cls, examples: Sequence[LabelledText], form: InputFormat) -> list[Encoded]:
        texts = encode_texts(form.tokenizer, [example.text for example in examples], form.context)
        return [
            Encoded({"token_ids": token_ids}, class_index(form.labels, example.label))
            for token_ids, example in zip(texts, examples, strict=True)
        ]

    @classmethod
    def evaluate(
        cls,
        trained: TrainedModel,
        examples: Sequence[LabelledText],
        limit: int | None = None,
    ) -> dict[str, float]:
        """Accuracy, and F1 as the mean over the classes, each from 0 to 1."""
        encoded = cls.encode_all(examples[:limit], trained.input_format)
        if not encoded:
            return {}
        truths = np.array([example.labels for example in encoded])
        answers = np.array([logits.argmax() for logits in predict(trained, encoded)])
        return class_scores(answers, truths)

    @classmethod
    def answer_rows(cls, trained: TrainedModel, reading: Reading) -> list[int]:
        """None: there is one answer for the whole text."""
        return []

    @classmethod
    def sample(cls, trained: TrainedModel, examples: Sequence[LabelledText]) -> list[Sample]:
        answers = classify(trained, [example.text for example in examples])
        return [
            Sample(example.text, max(likely, key=likely.__getitem__), example.label)
            for example, likely in zip(examples, answers, strict=True)
        ]

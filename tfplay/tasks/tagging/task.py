"""Tagging: learn a tag for every word, such as the names of people and places in a text."""

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np

from tfplay.config import TrainingConfig
from tfplay.cutting import quoted
from tfplay.decoding.filters import probabilities
from tfplay.errors import InputError
from tfplay.tasks.base import Task
from tfplay.tasks.batches import Encoded
from tfplay.tasks.data import DataSettings, ExampleData
from tfplay.tasks.description import GZIP, TaskDescription
from tfplay.tasks.likely import Likely
from tfplay.tasks.reading import Reading
from tfplay.tasks.samples import Sample
from tfplay.tasks.scores import f1
from tfplay.tasks.tagging.effects import effects_in_text
from tfplay.tasks.tagging.tag import (
    encode_words,
    spans_of,
    tag_probabilities,
    tokenize_sentences,
)
from tfplay.tasks.trained_model import InputFormat, TrainedModel
from tfplay.text import TaggedSentence, bare, read_conll, write_conll


class TaggingTask(Task[Sequence[TaggedSentence]]):
    """Tag every word: entities in IOB2 (B-PER, I-PER, O), or tags without spans.

    Words fall into pieces; the model answers for a word at its first piece (Devlin et al., 2018,
    arXiv:1810.04805, section 5.3).

    Example:
        >>> examples = TaggingTask.read("wikigold.conll.txt")
        >>> data = TaggingTask.prepare(examples, architecture="encoder-only", **settings)
    """

    about = TaskDescription(
        name="tagging",
        title="Entities",
        asked="the class of each token",
        architectures=("encoder-only",),
        heads={"encoder-only": "token_classification"},
        reads="words and tags, in CoNLL's columns",
        file_help="CoNLL's columns in a **.conll**, **.conllu**, **.txt** or **.tsv**: a word a "
        "line, its tag in the last column, a blank line after each sentence. Tags are IOB1, IOB2 "
        f"(B-PER, I-PER, O) or any others. {GZIP}",
        formats=(
            *(".conll", ".conllu", ".txt", ".tsv"),
            *(".bio", ".iob", ".iob2", ".bioes", ".ner"),
        ),
        column_roles=("word", "tag"),
        unit="sentence",
        pasted_example="Ada B-PER\nlives O\nin O\nRome B-LOC",
        preset="tiny",
        model_changes={"dropout": 0.1},
        tokenizer="byte-pair",
        vocabulary_size=4000,
        training=TrainingConfig(steps=1500, batch_size=32),
    )
    reader = staticmethod(read_conll)
    writer = staticmethod(write_conll)
    effects = staticmethod(effects_in_text)

    @classmethod
    def _prepare(cls, examples: Sequence[TaggedSentence], settings: DataSettings) -> ExampleData:
        training, validation = settings.split(
            examples, lambda example: bare(" ".join(example.words))
        )
        labels = _labels(tag for example in training for tag in example.tags)
        if len(labels) < 2:
            raise InputError(f"All words have the tag {labels[0]!r}; there must be two tags.")
        validation = [example for example in validation if set(example.tags) <= set(labels)]
        sentences = (" ".join(example.words) for example in training)
        tokenizer = settings.learn_tokenizer(sentences)
        return ExampleData(cls, tokenizer, labels, training, validation, settings)

    @classmethod
    def encode_all(cls, examples: Sequence[TaggedSentence], form: InputFormat) -> list[Encoded]:
        index_of = {tag: index for index, tag in enumerate(form.labels)}
        for tag in (tag for example in examples for tag in example.tags):
            if tag not in index_of:
                raise InputError(
                    f"There is no tag {quoted(tag)}; there are {', '.join(form.labels)}."
                )
        sentences = tokenize_sentences(form.tokenizer, [example.words for example in examples])
        return [
            encode_words(form.tokenizer, words, [index_of[tag] for tag in example.tags])
            for words, example in zip(sentences, examples, strict=True)
        ]

    @classmethod
    def evaluate(
        cls,
        trained: TrainedModel,
        examples: Sequence[TaggedSentence],
        limit: int | None = None,
    ) -> dict[str, float]:
        """Accuracy of words; of spans precision, recall and F1, and F1 of each kind ("f1_PER").

        Each is from 0 to 1. A span is right if its first word, its last word and its kind are
        (Tjong Kim Sang and De Meulder, 2003, arXiv cs/0306050). Overall scores count all spans
        alike. Sentences longer than the context are read in parts; a tag that the model has never
        seen is never right.
        """
        examples = examples[:limit]
        if not examples:
            return {}
        sentences = tag_probabilities(trained, [example.words for example in examples])
        answers = [
            [trained.labels[index] for index in probabilities.argmax(axis=-1)]
            for probabilities in sentences
        ]
        truths = [list(example.tags) for example in examples]
        right = [
            answered == true
            for pair in zip(answers, truths, strict=True)
            for answered, true in zip(*pair, strict=True)
        ]
        return {"accuracy": float(np.mean(right))} | span_scores(answers, truths)

    @classmethod
    def as_typed(cls, example: TaggedSentence) -> str:
        return " ".join(example.words)

    @classmethod
    def usual_row(cls, trained: TrainedModel, reading: Reading, logits: np.ndarray) -> int:
        """The first token whose class is not the most frequent one, which means no entity."""
        classes = logits.argmax(axis=-1)
        named = np.flatnonzero(classes != np.bincount(classes).argmax())
        return int(named[0]) if named.size else 0

    @classmethod
    def likely_answers(
        cls, trained: TrainedModel, logits: np.ndarray, token_ids: np.ndarray, places: np.ndarray
    ) -> Likely:
        """The class of each token but those before and behind the text, which are special."""
        found = probabilities(logits)[places]
        tokens = trained.tokenizer.labels(token_ids[places])
        classes = trained.choice_names(found.argmax(axis=-1))
        names = [f"{token} {name}" for token, name in zip(tokens, classes, strict=True)]
        best = list(zip(names, found.max(axis=-1).tolist(), strict=True))
        stop = len(best) - len(trained.tokenizer.end_ids)
        return Likely(found, best[len(trained.tokenizer.start_ids) : stop])

    @classmethod
    def sample(cls, trained: TrainedModel, examples: Sequence[TaggedSentence]) -> list[Sample]:
        """The spans of each sentence, or all its tags where tags mark no spans."""
        sentences = tag_probabilities(trained, [example.words for example in examples])
        has_spans = any(label.startswith("B-") for label in trained.labels)

        def written(words: Sequence[str], tags: Sequence[str]) -> str:
            if not has_spans:
                return " ".join(tags)
            spans = spans_of(tags)
            return ", ".join(f"{' '.join(words[s.first : s.stop])} ({s.label})" for s in spans)

        return [
            Sample(
                " ".join(example.words),
                written(example.words, [trained.labels[tag] for tag in likely.argmax(axis=-1)]),
                written(example.words, example.tags),
            )
            for example, likely in zip(examples, sentences, strict=True)
        ]


def span_scores(
    answers: Sequence[Sequence[str]], truths: Sequence[Sequence[str]]
) -> dict[str, float]:
    """Precision, recall and F1 of the spans that tags mark; nothing if there are no spans.

    Args:
        answers: The tags that were answered, for each sentence.
        truths: The tags they should be.
    """
    hits: Counter[str] = Counter()
    answered: Counter[str] = Counter()
    true: Counter[str] = Counter()
    for answered_tags, true_tags in zip(answers, truths, strict=True):
        answered_spans, true_spans = spans_of(answered_tags), spans_of(true_tags)
        answered.update(span.label for span in answered_spans)
        true.update(span.label for span in true_spans)
        hits.update(span.label for span in set(answered_spans) & set(true_spans))
    if not answered and not true:
        return {}
    overall = {
        "f1": f1(hits.total(), answered.total(), true.total()),
        "precision": hits.total() / max(answered.total(), 1),
        "recall": hits.total() / max(true.total(), 1),
    }
    kinds = sorted(answered | true)
    return overall | {f"f1_{kind}": f1(hits[kind], answered[kind], true[kind]) for kind in kinds}


def _labels(tags: Iterable[str]) -> list[str]:
    """Every tag, and for every kind of span both its "B-" and its "I-"."""
    seen = set(tags)
    kinds = sorted({tag[2:] for tag in seen if tag.startswith(("B-", "I-"))})
    plain = sorted(tag for tag in seen if not tag.startswith(("B-", "I-")))
    return [*plain, *(f"{mark}-{kind}" for kind in kinds for mark in "BI")]

"""Answers from a passage: learn where in it the answer to a question begins and ends."""

import string
from collections import Counter
from collections.abc import Sequence

import numpy as np
import regex

from tfplay.config import TrainingConfig
from tfplay.decoding.filters import probabilities
from tfplay.tasks.answers.answer import NUM_SEGMENTS, PassageReader, answer_all, segments
from tfplay.tasks.answers.effects import answer_effects
from tfplay.tasks.base import Task
from tfplay.tasks.batches import Encoded
from tfplay.tasks.data import DataSettings, ExampleData
from tfplay.tasks.description import GZIP, TaskDescription
from tfplay.tasks.likely import Likely, likeliest
from tfplay.tasks.reading import Reading, reading_of
from tfplay.tasks.samples import Sample
from tfplay.tasks.scores import f1
from tfplay.tasks.trained_model import InputFormat, TrainedModel
from tfplay.text import Question, bare, read_questions, write_questions


class AnswersTask(Task[Sequence[Question]]):
    """Point at the answer to a question in a passage, which contains it word for word.

    The model reads start token, question, end token, passage, end token, and gives each token a
    logit for being the answer's first and one for being its last (Devlin et al., 2018,
    arXiv:1810.04805, section 4.2). If a passage is longer than the context, the model is trained
    on the window that has the answer nearest to its middle.

    Example:
        >>> examples = AnswersTask.read("dev-v1.1.json")
        >>> data = AnswersTask.prepare(examples, architecture="encoder-only", **settings)
    """

    about = TaskDescription(
        name="answers",
        title="Answer from a passage",
        asked="where the answer begins",
        answer_places=("where it begins", "where it ends"),
        architectures=("encoder-only",),
        heads={"encoder-only": "span"},
        reads="passages, questions, answers (SQuAD)",
        file_help="SQuAD's **.json**, or **.jsonl** with a question, its context, the answer and "
        f"where it starts. {GZIP}",
        formats=(".jsonl", ".json"),
        unit="question",
        pasted_example='{"question": "Where is Ada?", "context": "Ada is in Rome.", '
        '"answer": "Rome"}',
        text_label="Passage",
        second_label="Question",
        model_fields={"num_segments": NUM_SEGMENTS},
        preset="tiny",
        model_changes={"max_sequence_length": 128, "dropout": 0.1},
        tokenizer="byte-pair",
        vocabulary_size=4000,
        training=TrainingConfig(steps=2000, batch_size=32),
    )
    reader = staticmethod(read_questions)
    writer = staticmethod(write_questions)
    effects = staticmethod(answer_effects)

    @classmethod
    def _prepare(cls, examples: Sequence[Question], settings: DataSettings) -> ExampleData:
        """Prepares questions; no passage is in both parts."""
        training, validation = settings.split(examples, lambda example: bare(example.context))
        passages = dict.fromkeys(example.context for example in training)
        texts = [*passages, *(example.question for example in training)]
        tokenizer = settings.learn_tokenizer(texts)
        return ExampleData(cls, tokenizer, (), training, validation, settings)

    @classmethod
    def encode_all(cls, examples: Sequence[Question], form: InputFormat) -> list[Encoded]:
        asked = [(example.question, example.context) for example in examples]
        reader = PassageReader(form.tokenizer, form.context, asked)
        return [reader.encode_with_answer(example) for example in examples]

    @classmethod
    def evaluate(
        cls, trained: TrainedModel, examples: Sequence[Question], limit: int | None = None
    ) -> dict[str, float]:
        """Exact matches, and F1 of the words shared with the true answer, each from 0 to 1.

        As in the official script of SQuAD (Rajpurkar et al., 2016, arXiv:1606.05250), which
        gives percentages, letter case, punctuation and articles do not count.
        """
        examples = examples[:limit]
        if not examples:
            return {}
        pairs = [(example.question, example.context) for example in examples]
        answers = [normalize_answer(answer.text) for answer in answer_all(trained, pairs)]
        truths = [normalize_answer(example.answer) for example in examples]
        return {
            "exact_match": float(np.mean([a == b for a, b in zip(answers, truths, strict=True)])),
            "f1": float(np.mean([_word_f1(a, b) for a, b in zip(answers, truths, strict=True)])),
        }

    @classmethod
    def as_typed(cls, example: Question) -> dict[str, str]:
        return {"question": example.question, "context": example.context}

    @classmethod
    def _read_typed(cls, trained: TrainedModel, text: str, second: str) -> Reading:
        """The question, and the passage."""
        tokenizer = trained.tokenizer
        question = [tokenizer.start_id, *tokenizer.tokenize(second), tokenizer.end_id]
        passage = [*tokenizer.tokenize(text), tokenizer.end_id]
        reading = reading_of(trained, question + passage)
        segment_ids = np.array([segments(question, passage)])
        return reading._replace(inputs=reading.inputs | {"segment_ids": segment_ids})

    @classmethod
    def answer_rows(cls, trained: TrainedModel, reading: Reading) -> list[int]:
        """Where the answer begins, and where it ends."""
        return [0, 1]

    @classmethod
    def choice_names(
        cls, trained: TrainedModel, reading: Reading, choices: Sequence[int]
    ) -> list[str]:
        """The tokens that were read, counted from 1."""
        return [f"{choice + 1}. {reading.tokens[choice]}" for choice in choices]

    @classmethod
    def likely_answers(
        cls, trained: TrainedModel, logits: np.ndarray, token_ids: np.ndarray, places: np.ndarray
    ) -> Likely:
        """The token at which the answer begins."""
        tokens = trained.tokenizer.labels(token_ids[places])
        found = probabilities(logits[0])[places]
        return likeliest(found, lambda top: [tokens[choice] for choice in top])

    @classmethod
    def sample(cls, trained: TrainedModel, examples: Sequence[Question]) -> list[Sample]:
        pairs = [(example.question, example.context) for example in examples]
        return [
            Sample(example.question, answer.text, example.answer)
            for example, answer in zip(examples, answer_all(trained, pairs), strict=True)
        ]


def normalize_answer(answer: str) -> str:
    """An answer without letter case, ASCII punctuation, the articles a, an, the and extra space.

    Example:
        >>> normalize_answer("The  Eiffel Tower.")
        'eiffel tower'
    """
    lowered = "".join(letter for letter in answer.lower() if letter not in string.punctuation)
    return " ".join(regex.sub(r"\b(a|an|the)\b", " ", lowered).split())


def _word_f1(answer: str, truth: str) -> float:
    """F1 of the words of two normalised answers; equal ones have 1 even if nothing is left."""
    if answer == truth:
        return 1.0
    answered, true = Counter(answer.split()), Counter(truth.split())
    return f1((answered & true).total(), answered.total(), true.total())

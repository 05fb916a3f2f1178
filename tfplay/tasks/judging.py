"""What is to be said of a model's answer, and how that is learned from its examples."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import regex

from tfplay import explain
from tfplay.tasks.batches import IGNORED, Encoded
from tfplay.tasks.prediction import predict
from tfplay.tasks.trained_model import TrainedModel
from tfplay.tasks.translation.translate import Translation
from tfplay.trust import Answered, Judgement, Sketch, Trust, certainty_of, fit_trust

if TYPE_CHECKING:
    from tfplay.tasks.base import Task

MOST_ANSWERED = 256
"""Held-out examples that are answered: it takes seconds, and two limits need no more."""

NOISE_SHARE = 0.7
"""Of the tokens of a text that are replaced, to make one unlike any that a model has learned."""

_WORD = regex.compile(r"\S+")
_NEW_WORD = "\ua95f"  # a mark that hardly any text has, and that BERT does not clean away


def learn_trust(
    task: "type[Task]",
    trained: TrainedModel,
    training: Any,
    held_out: Any,
    elsewhere: Sequence[Answered] | None = None,
) -> Trust | None:
    """Learns when a model's answers can be trusted.

    Args:
        task: What it has learned.
        trained: The model.
        training: The examples it learned from, as `task.read` returns them.
        held_out: Examples of the same kind that it has not learned.
        elsewhere: Its answers to texts of another kind; `None` makes such texts of the held-out
            ones, with most of their tokens drawn anew.

    Returns:
        `None` if there are no held-out examples: nothing could be measured.
    """
    apart = task.apart(held_out)
    drawn = np.random.default_rng(0).permutation(len(apart))[:MOST_ANSWERED]
    examples = [apart[index] for index in drawn]
    own = answer_apart(task, trained, examples)
    if not own:
        return None
    sketch = None
    if trained.tokenizer_or_none:
        texts = (text for text, _ in task.apart(training))
        sketch = Sketch.of(texts, has_case=_has_case(trained))
    if elsewhere is None:
        elsewhere = answer_apart(task, trained, examples, with_noise=True) if sketch else []
    return fit_trust(sketch, own, elsewhere)


def judge_written(
    trained: TrainedModel, text: str, inputs: dict[str, np.ndarray], written: Sequence[int]
) -> Judgement | None:
    """What is to be said of a text that a model wrote; `None` if that was never measured.

    Args:
        trained: The model.
        text: What it was asked.
        inputs: All that it read, with what it wrote but the last token; (1, T) each.
        written: The token ids that it wrote.
    """
    if trained.trust is None or not len(written):
        return None
    [logits] = explain.eager_logits(trained.model, inputs)
    temperature = trained.temperature(text)
    certainty = certainty_of(logits[-len(written) :], np.asarray(written), temperature)
    return trained.trust.judge(text, certainty)


def judge_continuation(
    trained: TrainedModel, text: str, prompt_ids: Sequence[int], written: Sequence[int]
) -> Judgement | None:
    """What is to be said of what a decoder-only model wrote behind a prompt; see `judge_written`.

    Args:
        trained: The model.
        text: What it was asked.
        prompt_ids: What it read.
        written: The token ids that it wrote.
    """
    token_ids = np.array([[*prompt_ids, *written][:-1]], dtype="int32")
    return judge_written(trained, text, {"token_ids": token_ids[:, -trained.context :]}, written)


def judge_translation(
    trained: TrainedModel, text: str, translation: Translation
) -> Judgement | None:
    """What is to be said of a translation; see `judge_written`."""
    source, written = translation.source_ids, translation.target_ids
    if trained.architecture == "decoder-only":
        return judge_continuation(trained, text, [*source, trained.tokenizer.start_id], written)
    given = [trained.tokenizer.start_id, *written[:-1]]
    inputs = {"encoder_token_ids": [source], "decoder_token_ids": [given]}
    arrays = {name: np.array(ids, dtype="int32") for name, ids in inputs.items()}
    return judge_written(trained, text, arrays, written)


def answer_apart(
    task: "type[Task]",
    trained: TrainedModel,
    examples: Sequence[tuple[str, Any]],
    with_noise: bool = False,
) -> list[Answered]:
    """A model's answers to examples, each with what would have been right.

    Where a model writes freely there is no one right text: its answer to a text of the kind that it
    has learned counts as right. To noise no answer does: if it is, then by chance.

    Args:
        task: What it has learned.
        trained: The model.
        examples: Of `task.apart`; those that are too long for it are left out.
        with_noise: Whether it reads them with most of their tokens drawn anew.
    """
    random = np.random.default_rng(0)
    form = trained.input_format
    texts, encoded = [], []
    for text, example in examples:
        for each in task.encode_all(example, form)[:1]:
            if each.length <= trained.context and np.any(np.asarray(each.labels) != IGNORED):
                texts.append(_noisy_text(text, random) if with_noise else text)
                encoded.append(_noisy(each, trained, random) if with_noise else each)
    writes = not task.about.heads
    answered = []
    for text, each, logits in zip(texts, encoded, predict(trained, encoded), strict=True):
        rows, labels = _rows(logits, each.labels)
        answers = rows.argmax(axis=-1)
        is_right = writes or bool((answers == labels).all())
        answered.append(Answered(text, rows, answers, labels, is_right and not with_noise))
    return answered


def _rows(logits: np.ndarray, labels: Any) -> tuple[np.ndarray, np.ndarray]:
    """The logits (R, C) and right choices (R,) of whatever was asked for."""
    right = np.atleast_1d(labels)
    [places] = np.nonzero(right != IGNORED)  # an encoder may have read more than was written
    return np.atleast_2d(logits)[places], right[places]


def _noisy(example: Encoded, trained: TrainedModel, random: np.random.Generator) -> Encoded:
    """The example with most of the tokens that it reads drawn anew; special ones stay."""
    name = next(name for name in ("encoder_token_ids", "token_ids") if name in example.inputs)
    token_ids = np.array(example.inputs[name])
    tokenizer = trained.tokenizer
    special = set(tokenizer.special_tokens.spellings)
    is_ordinary = np.array([tokenizer.token(each) not in special for each in token_ids.tolist()])
    is_new = is_ordinary & (random.random(len(token_ids)) < NOISE_SHARE)
    drawn = random.integers(len(special), tokenizer.vocabulary_size, len(token_ids))
    inputs = example.inputs | {name: np.where(is_new, drawn, token_ids).tolist()}
    return example._replace(inputs=inputs)


def _noisy_text(text: str, random: np.random.Generator) -> str:
    """The text with most of its words replaced by one that nobody has written."""
    return _WORD.sub(
        lambda word: _NEW_WORD if random.random() < NOISE_SHARE else word.group(), text
    )


def _has_case(trained: TrainedModel) -> bool:
    """Whether the model can tell capital letters from small ones."""
    return trained.tokenizer.tokenize("THE") != trained.tokenizer.tokenize("the")

"""What simpler methods reach on the examples that a model is judged by."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from tfplay.baselines.classification import majority_scores, word_count_scores
from tfplay.baselines.tagging import window_scores, word_tag_scores
from tfplay.baselines.tokens import frequency_scores, ngram_scores
from tfplay.baselines.translation import copy_scores, dictionary_scores
from tfplay.tasks import TASKS, TrainedModel

MAIN_SCORES = {
    "classification": ("accuracy",),
    "tagging": ("f1", "accuracy"),  # where nothing marks spans, there is no F1
    "translation": ("chrf",),
    "language-model": ("perplexity",),
    "masked-words": ("accuracy",),
}
"""The scores that decide which is better, by task; the first that is there counts."""

_WRITTEN = {
    "accuracy": ("accuracy", ".1%"),
    "f1": ("F1", ".1%"),
    "chrf": ("chrF", ".1f"),
    "perplexity": ("perplexity", ".2f"),
}
_LOWER_IS_BETTER = ("perplexity",)
CHANCE = {"accuracy": 0.01, "f1": 0.01, "chrf": 0.5, "perplexity": 0.05}
"""Differences that may be chance where some hundred examples are judged."""


class Baseline(NamedTuple):
    """A simpler method and what it reaches."""

    name: str
    """What the method is, in a few words."""
    scores: dict[str, float]
    """By the names that the task's own scores have."""

    def to_json(self) -> dict[str, Any]:
        """The baseline as a result keeps it."""
        return {"name": self.name, **self.scores}


def measure_baselines(
    trained: TrainedModel, training: Any, judged: Any, limit: int | None = None
) -> list[Baseline]:
    """What simpler methods reach that learn from the same training examples.

    Args:
        trained: The model, of which the task, the tokenizer and the context are used.
        training: What it learned from, as its task reads it.
        judged: The examples that it is judged by.
        limit: How many of them at most, as for `Task.evaluate`.

    Returns:
        The simplest first; none for tasks that no simple method does.
    """
    if not training or not judged:
        return []
    some = TASKS[trained.task].judged(trained, judged, limit)
    match trained.task:
        case "classification":
            return [
                Baseline("Always the most frequent class", majority_scores(training, some)),
                Baseline("TF-IDF of words, logistic regression", word_count_scores(training, some)),
            ]
        case "tagging":
            return [
                Baseline("Each word's most frequent tag", word_tag_scores(training, some)),
                Baseline(
                    "Each word and its neighbours, logistic regression",
                    window_scores(training, some),
                ),
            ]
        case "translation":
            return [
                Baseline("The source, copied", copy_scores(some)),
                Baseline(
                    "Word by word, by a counted dictionary", dictionary_scores(training, some)
                ),
            ]
        case "language-model":
            return [Baseline("Counted n-grams", ngram_scores(trained, training, judged, limit))]
        case "masked-words":
            scores = frequency_scores(trained, training, some)
            return [Baseline("Always the most frequent token", scores)]
    return []


class _Comparison(NamedTuple):
    """A model's main score and the best that a simpler method reaches."""

    score: str
    of_model: float
    rival: Mapping[str, Any]

    @property
    def gain(self) -> float:
        """How much better the model is; negative if it is worse."""
        sign = -1 if self.score in _LOWER_IS_BETTER else 1
        return sign * (self.of_model - self.rival[self.score])


def verdict(task: str, result: Mapping[str, Any]) -> str | None:
    """Whether a transformer is worth it, in a sentence or two; `None` if that is not known.

    Args:
        task: Name of the task.
        result: The result of a training or an evaluation, with its scores and "baselines".

    Example:
        >>> result = {"accuracy": 0.7, "baselines": [{"name": "TF-IDF of words", "accuracy": 0.8}]}
        >>> verdict("classification", result)[:61]
        'Not worth it yet: accuracy 70.0%, and without a network 80.0%'
    """
    compared = _compare(task, result)
    if compared is None:
        return None
    title, form = _WRITTEN[compared.score]
    name = compared.rival["name"]
    told = (
        f"{title} {compared.of_model:{form}}, and without a network "
        f"{compared.rival[compared.score]:{form}} ({name}), on the same "
        "examples."
    )
    if compared.gain > CHANCE[compared.score]:
        return f"Worth it: {told}"
    opening = "Not worth it yet" if compared.gain <= 0 else "Hardly worth it yet"
    return (
        f"{opening}: {told} More examples would help, or a published model to start from "
        "instead of random weights (--start-from, or “Start from” on Train)."
    )


def best_baseline(task: str, result: Mapping[str, Any]) -> str | None:
    """The best main score of a simpler method, as it is written; `None` if none was measured.

    Example:
        >>> best_baseline("tagging", {"f1": 0.9, "baselines": [{"name": "Word's tag", "f1": 0.5}]})
        'F1 50.0%'
    """
    compared = _compare(task, result)
    if compared is None:
        return None
    title, form = _WRITTEN[compared.score]
    return f"{title} {compared.rival[compared.score]:{form}}"


def _compare(task: str, result: Mapping[str, Any]) -> _Comparison | None:
    score = next((name for name in MAIN_SCORES.get(task, ()) if name in result), None)
    rivals = [each for each in result.get("baselines") or () if each.get(score) is not None]
    if score is None or not rivals:
        return None
    best = min if score in _LOWER_IS_BETTER else max
    return _Comparison(score, result[score], best(rivals, key=lambda each: each[score]))

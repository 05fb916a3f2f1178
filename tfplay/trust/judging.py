"""Whether an answer is to be trusted: one of three judgements, from two numbers."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np

from tfplay.decoding.filters import log_probabilities
from tfplay.trust.calibration import Temperature, fit_temperature
from tfplay.trust.sketch import Sketch, Unseen

UNLIKE = "Unlike what it learned; probably wrong."
NEW_WORDS = "Some words are new to it."

FEWEST = 10
"""With fewer right or fewer wrong answers no limit is learned from them."""

MOST_RIGHT_UNLIKE = 0.3
"""The most of the right answers that may be warned of for what their texts have that is new."""

MOST_RIGHT_WARNED = 0.2
"""The most of the right answers to familiar texts that may be warned of for want of certainty."""


class Judgement(NamedTuple):
    """What is to be said of an answer."""

    sentence: str
    """`UNLIKE`, `NEW_WORDS`, or nothing: an empty text."""
    unfamiliar: tuple[str, ...]
    """The words that were not in the training."""
    certainty: float
    """How sure the model was; see `certainty_of`."""

    def to_json(self) -> dict[str, Any]:
        """As commands and `/v1` tell it."""
        return {
            "judgement": self.sentence,
            "unfamiliar": list(self.unfamiliar),
            "certainty": self.certainty,
        }


@dataclass(frozen=True)
class Answered:
    """A model's answer to one text, and what would have been right.

    Attributes:
        text: What it read; empty for a picture.
        logits: (R, C): its R answers, each one of C choices.
        answers: (R,): what it chose.
        labels: (R,): what it should have chosen; (0,) if that cannot be told row by row.
        is_right: Whether the answer as a whole is right.
    """

    text: str
    logits: np.ndarray
    answers: np.ndarray
    labels: np.ndarray
    is_right: bool


@dataclass(frozen=True)
class Trust:
    """What it takes to judge a model's answers.

    Attributes:
        sketch: What it saw in its training; `None` for pictures, which have no words.
        temperature: Makes its probabilities mean what they say.
        most_unseen: A text of which a larger share was not in the training is unlike it.
        least_certainty: An answer that is less sure is probably wrong.
    """

    sketch: Sketch | None = None
    temperature: Temperature = field(default_factory=Temperature)
    most_unseen: float = 1.0
    least_certainty: float = 0.0

    def temperature_for(self, text: str) -> float:
        """What logits of an answer to this text are divided by."""
        return self.temperature.at(self._unseen(text).share)

    def judge(self, text: str, certainty: float) -> Judgement:
        """The judgement of an answer.

        Args:
            text: What the model read.
            certainty: See `certainty_of`.

        Example:
            >>> trust = Trust(Sketch.of(["The cat sleeps."]), most_unseen=0.5)
            >>> trust.judge("asdf qwer zxcv", certainty=0.99).sentence
            'Unlike what it learned; probably wrong.'
        """
        unseen = self._unseen(text)
        sentence = NEW_WORDS if unseen.words else ""
        if unseen.share > self.most_unseen or certainty < self.least_certainty:
            sentence = UNLIKE
        return Judgement(sentence, unseen.words, certainty)

    def certainty(self, answered: Answered) -> float:
        """How sure the model was of an answer; see `certainty_of`."""
        temperature = self.temperature_for(answered.text)
        return certainty_of(answered.logits, answered.answers, temperature)

    def _unseen(self, text: str) -> Unseen:
        return self.sketch.unseen(text) if self.sketch else Unseen()


def worst(judgements: Sequence[Judgement | None]) -> Judgement | None:
    """What is to be said of an answer in several parts; `None` if that was never measured."""
    known = [each for each in judgements if each is not None]
    if not known:
        return None
    sentences = {each.sentence for each in known}
    sentence = next((each for each in (UNLIKE, NEW_WORDS) if each in sentences), "")
    unfamiliar = dict.fromkeys(word for each in known for word in each.unfamiliar)
    return Judgement(sentence, tuple(unfamiliar), min(each.certainty for each in known))


def certainty_of(logits: np.ndarray, answers: np.ndarray, temperature: float = 1.0) -> float:
    """How sure a model was: exp(mean log probability of what it answered), from 0 to 1.

    Args:
        logits: (R, C).
        answers: (R,): what it chose in each row.
        temperature: Of the text; see `Trust.temperature_for`.
    """
    chosen = log_probabilities(logits / temperature)[np.arange(len(answers)), answers]
    return float(np.exp(chosen.mean()))


def fit_trust(
    sketch: Sketch | None, own: Sequence[Answered], elsewhere: Sequence[Answered]
) -> Trust:
    """Finds the temperature and the two limits.

    Each limit is the one that best tells right answers from wrong ones (Youden's J, 1950: the share
    of the wrong that is warned of, minus that of the right).

    Args:
        sketch: Of the training; `None` for pictures.
        own: Answers to held-out texts of the training's kind.
        elsewhere: Answers to texts of another kind.
    """
    answered = [*own, *elsewhere]
    trust = Trust(sketch)
    shares = np.array([trust._unseen(each.text).share for each in answered])
    right = np.array([each.is_right for each in answered], dtype=bool)
    logits, labels = ([getattr(each, name) for each in answered] for name in ("logits", "labels"))
    temperature = fit_temperature(logits, labels, shares.tolist())
    trust = Trust(sketch, temperature)
    certainties = np.array([trust.certainty(each) for each in answered])
    if sketch is None:
        return Trust(None, temperature, 1.0, _limit(certainties, right, 0.0, MOST_RIGHT_WARNED))
    # One new word in a text that is otherwise as the others makes it no text of another kind.
    with_one = [sketch.unseen(_with_new_word(each.text)).share for each in own if each.is_right]
    all_shares, all_right = np.append(shares, with_one), np.append(right, [True] * len(with_one))
    most_unseen = -_limit(-all_shares, all_right, -1.0, MOST_RIGHT_UNLIKE)
    is_like = shares <= most_unseen
    least_certainty = _limit(certainties[is_like], right[is_like], 0.0, MOST_RIGHT_WARNED)
    return Trust(sketch, temperature, most_unseen, least_certainty)


def _with_new_word(text: str) -> str:
    """The text with another word in its middle, which nobody has written yet."""
    words = text.split()
    return " ".join([*words[: len(words) // 2], "\ue000", *words[len(words) // 2 + 1 :]])


def _limit(values: np.ndarray, right: np.ndarray, never: float, most_right_warned: float) -> float:
    """The limit below which answers are warned of: that with the greatest J.

    Args:
        values: (N,): the lower, the less to be trusted.
        right: (N,): which answers are right.
        never: The limit if there is nothing to tell apart.
        most_right_warned: The largest share of the right ones that may be warned of.

    Returns:
        A value halfway between two neighbours.
    """
    if right.sum() < FEWEST or (~right).sum() < FEWEST:
        return never
    order = np.argsort(values, kind="stable")
    values, right = values[order], right[order]
    warned_wrong = np.cumsum(~right) / np.sum(~right)
    warned_right = np.cumsum(right) / np.sum(right)
    is_place = np.append(np.diff(values) > 0, False)  # equal values cannot be told apart
    is_place &= warned_right <= most_right_warned
    gain = np.where(is_place, warned_wrong - warned_right, 0.0)
    best = int(gain.argmax())
    return float(values[best] + values[best + 1]) / 2 if gain[best] > 0 else never

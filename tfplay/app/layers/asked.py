"""Which of a model's answers the Layers page asks about, and rather than which other."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import streamlit as st

from tfplay.app.frame.layout import plain
from tfplay.app.frame.state import choose_one
from tfplay.app.lesson import Subject, Traced
from tfplay.app.model.readings import MASK

if TYPE_CHECKING:  # Keras takes seconds to import
    from tfplay.explain import Answer

MOST_CHOICES = 20
_SPAN = ("where it begins", "where it ends")


class Asked(NamedTuple):
    """One answer of a model, and the alternative that it is held against."""

    answer: "Answer"
    against: "Answer"
    name: Callable[[int], str]
    """What a choice of the row is called."""
    place: str
    """Where the answer is given, in words; empty for that of a whole text."""

    @property
    def answer_name(self) -> str:
        """What the answer is called."""
        return self.name(self.answer.choice)

    @property
    def other_name(self) -> str:
        """What the alternative is called."""
        return self.name(self.against.choice)

    @property
    def question(self) -> str:
        """What is asked, in Markdown."""
        place = f" {plain(self.place)}" if self.place else ""
        return f"**{plain(self.answer_name)}** rather than **{plain(self.other_name)}**{place}"


def choose_asked(subject: Subject, found: Traced) -> Asked:
    """Lets the visitor choose a place and two of the answers that the model thinks of there.

    At first the likeliest two, at the place where the model says something new.

    Args:
        subject: The model.
        found: Its forward pass.
    """
    from tfplay.explain import Answer, likeliest

    logits = found.trace.logits
    *left, middle, right = st.columns(logits.ndim)
    row, place = None, ""
    if left:
        rows = _rows(subject, found)
        places = list(rows)
        with left[0]:
            row = _select("Where", places, _proposed(subject, found, places), rows.get, "row")
        place = rows[row]
    name = _namer(subject, found)
    probabilities = _softmax(Answer(row, 0).logits(logits)[0])
    best = [answer.choice for answer in likeliest(logits, row, MOST_CHOICES)]

    def written(choice: int) -> str:
        return f"{name(choice)} ({probabilities[choice]:.1%})"

    with middle:
        choice = _select("Answer", best, best[0], written, "answer")
    others = [each for each in best if each != choice] or best  # a model may know one class only
    with right:
        against = _select("Rather than", others, others[0], written, "against")
    return Asked(Answer(row, choice), Answer(row, against), name, place)


def _select(label: str, options: Sequence[int], proposed: int, name: Callable, key: str) -> int:
    """A select box that begins with what is proposed whenever its options are others."""
    key = f"asked {key}"
    if st.session_state.get(f"{key} options") != (options, proposed):
        st.session_state[f"{key} options"], st.session_state[key] = (options, proposed), proposed
    return choose_one(label, options, proposed, key, st.selectbox, format_func=name)


def _rows(subject: Subject, found: Traced) -> dict[int, str]:
    """Where the model answers, by the row of its logits."""
    if subject.task == "answers":
        return dict(enumerate(_SPAN))
    tokens = found.target_tokens
    if subject.task == "masked-words":
        masks = [place for place, token in enumerate(tokens) if token == MASK]
        return {place: f"at {place + 1}. {tokens[place]}" for place in masks or range(len(tokens))}
    word = "at" if subject.task == "tagging" else "after"
    return {place: f"{word} {place + 1}. {token}" for place, token in enumerate(tokens)}


def _proposed(subject: Subject, found: Traced, rows: list[int]) -> int:
    """The first word of a reply or translation, the next of a text, the first mask or name."""
    prompts = {"chat": "<|assistant|>", "translation": "[START]"}
    if subject.task in prompts:
        last = [i for i in rows if found.target_tokens[i] == prompts[subject.task]][-1:]
        return last[0] if last else rows[-1]
    if subject.task == "language-model":
        return rows[-1]
    if subject.task == "tagging":  # the token whose class is least in doubt, [O] apart
        classes = found.trace.logits[0].argmax(axis=-1)
        named = [row for row in rows if classes[row] != np.bincount(classes).argmax()]
        return (named or rows)[0]
    return rows[0]


def _namer(subject: Subject, found: Traced) -> Callable[[int], str]:
    trained = subject.load()
    if subject.task == "answers":
        return lambda choice: f"{choice + 1}. {found.tokens[choice]}"
    if trained.labels:
        return lambda choice: trained.labels[choice]
    return lambda choice: trained.tokenizer.labels([choice])[0]


def _softmax(row: np.ndarray) -> np.ndarray:
    powers = np.exp(row - row.max())
    return powers / powers.sum()

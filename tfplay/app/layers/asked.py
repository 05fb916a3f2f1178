"""Which of a model's answers the Layers page asks about, and rather than which other."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import streamlit as st

from tfplay import decoding, explain
from tfplay.app.frame.address import forget_choice
from tfplay.app.frame.layout import controls, plain
from tfplay.app.frame.state import choose_one
from tfplay.app.lesson import Subject, Traced
from tfplay.tasks import TASKS, TrainedModel

MOST_CHOICES = 20


class Asked(NamedTuple):
    """One answer of a model, and the alternative that it is held against."""

    answer: "explain.Answer"
    against: "explain.Answer"
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
    trained, reading, logits = subject.load(), found.reading, found.trace.logits
    task = TASKS[trained.task]
    boxes, row, place = controls("asked"), None, ""
    if logits.ndim > 2:
        rows = _rows(trained, found)
        usual = task.usual_row(trained, reading, logits[0])
        with boxes:
            row = _select("Where", list(rows), usual, rows.get, "row")
        place = rows[row]
    probabilities = decoding.probabilities(explain.Answer(row, 0).logits(logits)[0])
    best = [answer.choice for answer in explain.likeliest(logits, row, MOST_CHOICES)]

    def name(choice: int) -> str:
        return task.choice_names(trained, reading, [choice])[0]

    def written(choice: int) -> str:
        return f"{name(choice)} ({probabilities[choice]:.1%})"

    with boxes:
        choice = _select("Answer", best, best[0], written, "answer")
        others = [each for each in best if each != choice] or best  # it may know one class only
        against = _select("Rather than", others, others[0], written, "against")
    return Asked(explain.Answer(row, choice), explain.Answer(row, against), name, place)


def _select(label: str, options: Sequence[int], proposed: int, name: Callable, link: str) -> int:
    """A select box that begins with what is proposed whenever its options are others."""
    key = f"asked {link}"
    if st.session_state.get(f"{key} options") != (options, proposed):
        st.session_state[f"{key} options"] = options, proposed
        forget_choice(key)
    return choose_one(label, options, proposed, key, st.selectbox, link, format_func=name)


def _rows(trained: TrainedModel, found: Traced) -> dict[int, str]:
    """Where the model answers, by the row of its logits."""
    task = TASKS[trained.task]
    rows = task.answer_rows(trained, found.reading)
    if task.about.answer_places:
        return dict(zip(rows, task.about.answer_places, strict=True))
    word = "at" if trained.architecture == "encoder-only" else "after"
    return {row: f"{word} {row + 1}. {found.target_tokens[row]}" for row in rows}

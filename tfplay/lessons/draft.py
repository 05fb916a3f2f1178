"""A lesson while it is written: anything may still be missing in it."""

import inspect
import secrets
from dataclasses import asdict, dataclass, field
from typing import Any, Self

from tfplay.errors import InputError
from tfplay.lessons.answers import COMPUTATIONS
from tfplay.lessons.lesson import MOST_STEPS, Lesson, Step
from tfplay.lessons.links import read_link

OF_LINK = {"model": "run", "text": "text", "layer": "layer", "head": "head"}
"""What a question's answer needs, and what the address of a view calls it."""


@dataclass
class StepDraft:
    """A step while it is written.

    Attributes:
        id: Tells it apart wherever it is moved to.
        link: The view.
        words: What there is to see.
        press: What to do.
        mark: The control that is marked.
        is_asking: Whether there is a question; what is written of one is kept meanwhile.
        asks: The question.
        choices: What may be guessed.
        compute: Name of the computation of the answer.
        arguments: What the computation takes, each as it was typed.
        feedback: What is said after the guess.
    """

    id: str = field(default_factory=lambda: secrets.token_hex(4))
    link: str = ""
    words: str = ""
    press: str = ""
    mark: str = ""
    is_asking: bool = False
    asks: str = ""
    choices: list[str] = field(default_factory=list)
    compute: str = "next_token"
    arguments: dict[str, str] = field(default_factory=dict)
    feedback: str = ""

    @classmethod
    def of(cls, step: Step) -> Self:
        """The draft of which the step could have been made."""
        draft = cls(link=step.link, words=step.words, press=step.press, mark=step.mark)
        if question := step.question:
            arguments = {name: str(value) for name, value in question.answer.items()}
            draft.compute = arguments.pop("compute")
            draft.arguments, draft.choices = arguments, list(question.choices)
            draft.is_asking, draft.asks = True, question.asks
            draft.feedback = question.feedback
        return draft

    def to_step_json(self) -> dict[str, Any]:
        """The step as a lesson's file has it, whether or not it is whole."""
        texts = {name: getattr(self, name) for name in ("link", "words", "press", "mark")}
        if not self.is_asking:
            return texts
        question = {"asks": self.asks, "choices": self.choices, "feedback": self.feedback}
        return texts | {"question": question | {"answer": self.computation()}}

    def computation(self) -> dict[str, Any]:
        """The computation of the answer as a lesson's file has it.

        What is needed and was not typed is as the step's link has it.
        """
        computation: dict[str, Any] = {"compute": self.compute}
        for name, parameter in computation_arguments(self.compute).items():
            is_needed = parameter.default is parameter.empty
            text = self.arguments.get(name) or (self.linked_argument(name) if is_needed else "")
            is_number = parameter.annotation is not str and text.isdecimal() and len(text) < 19
            if text:
                computation[name] = int(text) if is_number else text
        return computation

    def linked_argument(self, name: str) -> str:
        """What the step's link says of an argument; empty if nothing."""
        try:
            return read_link(self.link).query.get(OF_LINK.get(name, ""), "")
        except InputError:
            return ""


@dataclass
class Draft:
    """A lesson while it is written.

    Attributes:
        title: What it is called.
        about: What one learns in it.
        minutes: How long it takes.
        steps: In order.
    """

    title: str = ""
    about: str = ""
    minutes: int = 10
    steps: list[StepDraft] = field(default_factory=list)

    @classmethod
    def of(cls, lesson: Lesson) -> Self:
        """The draft of which the lesson could have been made."""
        steps = [StepDraft.of(each) for each in lesson.steps]
        return cls(lesson.title, lesson.about, lesson.minutes, steps)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """The draft back from `to_json`'s dictionary."""
        return cls(**data | {"steps": [StepDraft(**each) for each in data["steps"]]})

    def to_json(self) -> dict[str, Any]:
        """The draft as a dictionary that `json.dumps` takes."""
        return asdict(self)

    def lesson(self) -> Lesson:
        """The lesson, if the draft is whole.

        Raises:
            InputError: Something is missing or impossible; the sentence says in which step.
        """
        steps = [each.to_step_json() for each in self.steps]
        return Lesson.from_json(
            {"title": self.title, "about": self.about, "minutes": self.minutes, "steps": steps}
        )

    def step(self, step_id: str) -> StepDraft:
        """The step of this id.

        Raises:
            InputError: It is not there any more.
        """
        for each in self.steps:
            if each.id == step_id:
                return each
        raise InputError("This step is not there any more; another tab may have deleted it.")

    def add_step(self) -> None:
        """Adds an empty step at the end.

        Raises:
            InputError: There are as many as a lesson may have.
        """
        if len(self.steps) >= MOST_STEPS:
            raise InputError(f"A lesson has at most {MOST_STEPS} steps.")
        self.steps.append(StepDraft())

    def move_step(self, step_id: str, by: int) -> None:
        """Moves a step so many places towards the end; one beyond an end stays at it."""
        step = self.step(step_id)
        place = self.steps.index(step)
        self.steps.remove(step)
        self.steps.insert(max(0, place + by), step)


def computation_arguments(compute: str) -> dict[str, inspect.Parameter]:
    """What a computation takes of a question, by name."""
    parameters = inspect.signature(COMPUTATIONS[compute]).parameters
    return {name: each for name, each in parameters.items() if name != "load"}

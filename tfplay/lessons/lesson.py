"""What a lesson is made of; each part checks itself and says what is wrong in one sentence."""

from dataclasses import dataclass
from typing import Any, Self

from tfplay.config.base import JsonConfig, require_integer
from tfplay.cutting import quoted
from tfplay.errors import InputError
from tfplay.lessons.answers import check_computation
from tfplay.lessons.links import read_link

LONGEST_TITLE, LONGEST_WORDS, LONGEST_CHOICE = 80, 400, 60
"""Characters."""
MOST_STEPS, MOST_CHOICES, MOST_MINUTES = 30, 6, 120


@dataclass(frozen=True)
class Question(JsonConfig):
    """A guess, and the answer that a model gives.

    Args:
        asks: The question.
        choices: What may be guessed, in the words of the answer.
        answer: How the answer is computed: "compute" names one of
            `tfplay.lessons.COMPUTATIONS`, everything else is its arguments.
        feedback: What is said after the guess.

    Raises:
        InputError: A value is impossible.
    """

    asks: str
    choices: tuple[str, ...]
    answer: dict[str, Any]
    feedback: str

    def __post_init__(self) -> None:
        _require_text("asks", self.asks, LONGEST_WORDS)
        _require_text("feedback", self.feedback, LONGEST_WORDS)
        object.__setattr__(self, "choices", tuple(_require_list("choices", self.choices)))
        for choice in self.choices:
            _require_text("A choice", choice, LONGEST_CHOICE)
            if len(choice.splitlines()) > 1:
                raise InputError(f"A choice is {quoted(choice)}; it must be one line.")
        count = len(self.choices)
        if not 2 <= count <= MOST_CHOICES or len(set(self.choices)) < count:
            raise InputError(
                f"choices has {quoted(list(self.choices))}; there must be 2 to {MOST_CHOICES}, "
                "each another."
            )
        check_computation(self.answer)


@dataclass(frozen=True)
class Step(JsonConfig):
    """One thing to see and to do.

    Args:
        link: The view, as `read_link` takes it.
        words: What there is to see, in a sentence or three.
        press: What to do there; may be empty.
        mark: Name of the control that is marked, as it stands on the page; may be empty.
        question: A guess before the answer, if any.

    Raises:
        InputError: A value is impossible.
    """

    link: str
    words: str
    press: str = ""
    mark: str = ""
    question: Question | None = None

    def __post_init__(self) -> None:
        _require_text("link", self.link, 4000)
        read_link(self.link)
        _require_text("words", self.words, LONGEST_WORDS)
        for name in ("press", "mark"):
            if getattr(self, name) != "":
                _require_text(name, getattr(self, name), LONGEST_WORDS)

    @classmethod
    def from_json(cls, data: object) -> Self:
        if isinstance(data, dict) and data.get("question") is not None:
            data = data | {"question": Question.from_json(data["question"])}
        return super().from_json(data)


@dataclass(frozen=True)
class Lesson(JsonConfig):
    """Steps over the pages, a few minutes long.

    Args:
        title: What it is called.
        about: What one learns in it, in a sentence.
        minutes: How long it takes.
        steps: At least one.

    Raises:
        InputError: A value is impossible.

    Example:
        >>> lesson = read_lesson("lesson.json")
        >>> lesson.title, len(lesson.steps)
        ('Where a head looks', 1)
    """

    title: str
    about: str
    minutes: int
    steps: tuple[Step, ...]

    def __post_init__(self) -> None:
        _require_text("title", self.title, LONGEST_TITLE)
        _require_text("about", self.about, LONGEST_WORDS)
        require_integer("minutes", self.minutes, 1, MOST_MINUTES)
        if not 1 <= len(self.steps) <= MOST_STEPS:
            raise InputError(f"A lesson has 1 to {MOST_STEPS} steps, not {len(self.steps)}.")

    @classmethod
    def from_json(cls, data: object) -> Self:
        if isinstance(data, dict) and "steps" in data:
            steps = enumerate(_require_list("steps", data["steps"]), start=1)
            data = data | {"steps": tuple(_read_step(number, each) for number, each in steps)}
        return super().from_json(data)


def _read_step(number: int, data: object) -> Step:
    try:
        return Step.from_json(data)
    except InputError as error:
        raise InputError(f"Step {number}: {error}") from error


def _require_text(name: str, value: object, longest: int) -> None:
    if not isinstance(value, str) or not value.strip() or len(value) > longest:
        raise InputError(
            f"{name} is {quoted(value)}; it must be a text of 1 to {longest} characters."
        )


def _require_list(name: str, value: object) -> list | tuple:
    if not isinstance(value, list | tuple):
        raise InputError(f"{name} is {quoted(value)}; it must be a list.")
    return value

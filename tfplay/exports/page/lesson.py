"""A lesson in a page that computes: its steps as the page's script takes them."""

from typing import Any

from tfplay.cutting import quoted
from tfplay.errors import InputError
from tfplay.lessons import Lesson, Step, checked_answers, read_link
from tfplay.store import Model
from tfplay.tasks import TrainedModel

_PARTS = {
    "start": "desk",
    "write": "desk",
    "translate": "desk",
    "understand": "desk",
    "chat": "desk",
    "tokens": "reading",
    "attention": "looking",
}
"""What a page shows of the app's pages, by its class in `page.html`."""


def lesson_data(lesson: Lesson, model: Model, trained: TrainedModel) -> dict[str, Any]:
    """The lesson with the answers to its questions, each computed by the model that it asks.

    Args:
        lesson: The lesson.
        model: The model of the page.
        trained: The same, loaded.

    Raises:
        InputError: No step is about this model, or a question cannot be answered.
    """
    parts = [_part(step, model) for step in lesson.steps]
    if not any(parts):
        raise InputError(
            f"No step of the lesson {quoted(lesson.title)} shows {quoted(model.id)} in a way that "
            "a page can; name the model that its links name."
        )
    answers = checked_answers(lesson, lambda each: trained if each == model else each.load())
    return {
        "title": lesson.title,
        "steps": [
            _step(step, part, answers.get(number))
            for number, (step, part) in enumerate(zip(lesson.steps, parts, strict=True), start=1)
        ],
    }


def _part(step: Step, model: Model) -> str | None:
    """Which part of the page shows the step; `None` if that is to be seen in the app alone."""
    link = read_link(step.link)
    named = {model.id, model.config.architecture}
    is_of_model = link.query.get("run", link.query.get("architecture")) in named
    return _PARTS.get(link.page) if is_of_model and "step" not in link.query else None


def _step(step: Step, part: str | None, answer: str | None) -> dict[str, Any]:
    page, query = read_link(step.link)
    data: dict[str, Any] = {"words": step.words, "part": part}
    if part is None:
        data["page"] = page.replace("_", " ").capitalize()
    else:
        data |= {"press": step.press, "text": query.get("text"), "second": query.get("second")}
    if part == "looking":
        data["head"] = {name: query.get(name) for name in ("kind", "layer", "head", "seen")}
    if step.question:
        asked = step.question
        data["question"] = {
            "asks": asked.asks,
            "choices": list(asked.choices),
            "answer": answer,
            "feedback": asked.feedback,
        }
    return data

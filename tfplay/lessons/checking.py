"""Whether a lesson's questions can be answered: each is asked."""

from tfplay.cutting import quoted
from tfplay.errors import InputError
from tfplay.lessons.answers import Load, computed_answer
from tfplay.lessons.lesson import Lesson


def checked_answers(lesson: Lesson, load: Load) -> dict[int, str]:
    """The answer to each question, by the number of its step.

    Args:
        lesson: A lesson.
        load: Loads a model.

    Raises:
        InputError: A question has no answer, or one that is not among its choices.
    """
    answers = {}
    for number, step in enumerate(lesson.steps, start=1):
        if step.question is None:
            continue
        try:
            answers[number] = computed_answer(step.question.answer, load)
        except InputError as error:
            raise InputError(f"Step {number}: {error}") from error
        if answers[number] not in step.question.choices:
            raise InputError(
                f"Step {number}: the answer is {quoted(answers[number])}, which is not among the "
                f"choices {quoted(list(step.question.choices))}."
            )
    return answers

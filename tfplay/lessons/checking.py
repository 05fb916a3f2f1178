"""Whether a lesson's questions can be answered: each is asked."""

from tfplay.cutting import quoted
from tfplay.errors import InputError
from tfplay.lessons.answers import Load, computed_answer
from tfplay.lessons.lesson import Lesson, Question


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
        if step.question:
            try:
                answers[number] = checked_answer(step.question, load)
            except InputError as error:
                raise InputError(f"Step {number}: {error}") from error
    return answers


def checked_answer(question: Question, load: Load) -> str:
    """The answer to a question.

    Args:
        question: Of a step.
        load: Loads a model.

    Raises:
        InputError: It has no answer, or one that is not among its choices.
    """
    answer = computed_answer(question.answer, load)
    if answer not in question.choices:
        raise InputError(
            f"the answer is {quoted(answer)}, which is not among the choices "
            f"{quoted(list(question.choices))}."
        )
    return answer

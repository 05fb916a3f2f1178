"""How the app shows each task: its name, and the page on which its models are used."""

from typing import NamedTuple

from tfplay.app.frame import navigation as pages


class TaskView(NamedTuple):
    """A task as the app shows it; known before Keras is imported."""

    title: str
    icon: str
    page: str
    """Where its models are used; a constant of `tfplay.app.frame.navigation`."""


TASK_VIEWS = {
    "translation": TaskView("Translation", ":material/translate:", pages.TRANSLATE),
    "chat": TaskView("Chat", ":material/chat:", pages.CHAT),
    "language-model": TaskView("Language model", ":material/edit_note:", pages.WRITE),
    "classification": TaskView("Sentiment & topics", ":material/category:", pages.UNDERSTAND),
    "tagging": TaskView("Entities", ":material/sell:", pages.UNDERSTAND),
    "masked-words": TaskView("Fill in words", ":material/password:", pages.UNDERSTAND),
    "answers": TaskView("Answer from a passage", ":material/quiz:", pages.UNDERSTAND),
    "images": TaskView("Digits", ":material/draw:", pages.UNDERSTAND),
}
"""Every task by its name, as `tfplay.tasks.TASKS` has them."""

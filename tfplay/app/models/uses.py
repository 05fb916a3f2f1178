"""The pages on which a model can be used or looked into, and why it cannot on others."""

from collections.abc import Collection
from typing import NamedTuple

from tfplay.app.frame import navigation as pages
from tfplay.app.lesson import TEXT_TASKS
from tfplay.store import Model
from tfplay.tasks import TASKS


class Use(NamedTuple):
    """What a page does with a model."""

    page: str
    """A constant of `tfplay.app.frame.navigation`."""
    title: str
    """The page's, in the menu."""
    action: str
    """What one does there, for a link."""
    icon: str
    tasks: Collection[str]
    """What a model must have learned for it."""


_UNDERSTOOD = [task for task in TASKS if pages.page_of(task) == pages.UNDERSTAND]

USES = (
    Use(
        *(pages.TRANSLATE, "Translate", "Translate with it", ":material/translate:"),
        ["translation"],
    ),
    Use(pages.CHAT, "Chat", "Chat with it", ":material/chat:", ["chat", "language-model"]),
    Use(pages.WRITE, "Write", "Have it write", ":material/edit_note:", ["language-model"]),
    Use(pages.UNDERSTAND, "Understand", "Ask it", ":material/psychology:", _UNDERSTOOD),
    Use(pages.TOKENS, "Tokens", "See its tokens", ":material/segment:", TEXT_TASKS),
    Use(
        *(pages.EMBEDDINGS, "Embeddings", "See its embeddings", ":material/scatter_plot:"),
        TEXT_TASKS,
    ),
    Use(
        *(pages.BLOCK, "Inside a block", "Look inside a block", ":material/deployed_code:"),
        TEXT_TASKS,
    ),
    Use(pages.ATTENTION, "Attention", "See its attention", ":material/grid_on:", list(TASKS)),
    Use(pages.LAYERS, "Layers", "Follow its layers", ":material/layers:", TEXT_TASKS),
    Use(pages.LEARNED, "What it learned", "See it learn", ":material/timeline:", TEXT_TASKS),
    Use(pages.BREAK_IT, "Break it", "Break its recipe", ":material/build_circle:", list(TASKS)),
)
"""Every page that takes a model."""


def uses_of(model: Model) -> list[Use]:
    """What can be done with the model."""
    return [use for use in USES if not _why_not(use, model)]


def reasons_against(model: Model) -> list[str]:
    """Why the other pages cannot use it: a sentence a reason, with the pages' titles."""
    if not model.is_usable:
        return ["No page can use it yet: it has no weights."]
    if model.task not in TASKS:
        return ["No page can use it: it gives a vector for each token, and none asks for these."]
    titles: dict[str, list[str]] = {}
    for use in USES:
        if reason := _why_not(use, model):
            titles.setdefault(reason, []).append(use.title)
    return [f"Not on {_listed(names)}: {reason}." for reason, names in titles.items()]


def _why_not(use: Use, model: Model) -> str:
    """Why the page cannot use the model; empty if it can."""
    if not model.is_usable:
        return "it has no weights yet"
    if use.page == pages.BREAK_IT and model.learned_from is None:
        return "its recipe is not known here"
    if model.task not in use.tasks:
        return "it reads pictures" if not model.reads_text else "it has learned another task"
    if use.page == pages.LEARNED and len(model.steps()) < 2:
        return "its weights were not kept while it learned"
    return ""


def _listed(names: list[str]) -> str:
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last

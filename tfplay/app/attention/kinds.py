"""Which of a model's kinds of attention is looked at."""

from collections.abc import Mapping

from tfplay.app.frame.state import choose_one
from tfplay.app.lesson.attention import AttentionMap


def choose_kind(maps: Mapping[str, AttentionMap]) -> str:
    """Lets the visitor choose, if there is more than one; the same for all views.

    Args:
        maps: By the kind of attention.
    """
    first = next(iter(maps))
    if len(maps) == 1:
        return first
    return choose_one(
        "Attention", list(maps), first, "kind", link="kind", label_visibility="collapsed"
    )

"""The views of the Attention page, a file each."""

from collections.abc import Callable, Mapping

from tfplay.app.attention.compare import comparison_view
from tfplay.app.attention.explorer import heads_explorer
from tfplay.app.attention.roles import roles_view, sinks_view
from tfplay.app.lesson import Subject
from tfplay.app.lesson.attention import AttentionMap

VIEWS: dict[str, Callable[[Subject, Mapping[str, AttentionMap]], None]] = {
    "Heads": heads_explorer,
    "What heads do": roles_view,
    "Sinks": sinks_view,
    "Compare": comparison_view,
}
"""Every view by its name, in the order of the page."""

__all__ = ["VIEWS"]

"""The views of the Layers page, a file each."""

from collections.abc import Callable

from tfplay.app.layers.ablation import ablation_view
from tfplay.app.layers.asked import Asked, choose_asked
from tfplay.app.layers.influence import influence_view
from tfplay.app.layers.lens import lens_view
from tfplay.app.layers.patching import patching_view
from tfplay.app.layers.probing import probing_view
from tfplay.app.layers.pushes import pushes_view
from tfplay.app.layers.stream import stream_view
from tfplay.app.lesson import Subject, Traced

VIEWS: dict[str, Callable[[Subject, Traced, Asked], None]] = {
    "Logit lens": lens_view,
    "Residual stream": stream_view,
    "Who pushes": pushes_view,
    "Which tokens": influence_view,
    "Without a part": ablation_view,
    "Patching": patching_view,
    "Early and deep": lambda subject, found, asked: probing_view(subject),
}
"""Every view by its name, in the order of the page."""

__all__ = ["VIEWS", "Asked", "choose_asked"]

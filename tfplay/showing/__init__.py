"""What a model does with one input, in a page of its own: for notebooks and files, no server."""

from tfplay.lazy import names_on_demand

__getattr__, __all__ = names_on_demand(
    __name__, {"show_model": "show", "shown": "Shown", "tap": "tapped"}
)

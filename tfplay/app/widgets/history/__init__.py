"""The browser's history: an entry for each thing that the visitor does."""

from tfplay.app.widgets.history.history import one_entry_an_act

__all__ = ["one_entry_an_act"]

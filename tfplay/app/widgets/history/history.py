"""The browser's history: an entry for each thing that the visitor does."""

from tfplay.app.widgets.component import load_component


def one_entry_an_act() -> None:
    """Has "back" undo one choice at a time; every page calls it once.

    Streamlit makes an entry of its own of each name that is written to the address: opening a page
    would leave several, and "back" would seem to do nothing.
    """
    load_component(__file__)(key="history", data={}, height=0)

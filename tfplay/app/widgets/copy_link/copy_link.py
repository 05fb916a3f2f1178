"""A button that copies the page's address, in which stands what is shown."""

from tfplay.app.widgets.component import load_component


def copy_link(key: str) -> None:
    """Shows the button; whoever opens the link sees the same.

    Args:
        key: Tells several of them apart.
    """
    load_component(__file__)(key=f"{key} link", width="content")

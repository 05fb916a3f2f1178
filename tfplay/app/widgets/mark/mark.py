"""A control of the page that stands out, for a visitor who is told to use it."""

from tfplay.app.widgets.component import load_component


def mark_control(name: str, why: str) -> None:
    """Frames a control as soon as it is there, and brings it into sight once.

    Args:
        name: What stands on the control or beside it; what a screen reader calls it.
        why: What it is marked for; for another reason it is brought into sight again.
    """
    load_component(__file__)(key="mark", data={"name": name, "why": why}, height=0)

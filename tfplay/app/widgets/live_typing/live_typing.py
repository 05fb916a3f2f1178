"""Text boxes that do not wait until they are left."""

from tfplay.app.widgets.component import load_component

PAUSE = 400  # milliseconds


def send_while_typing(label: str | None = None) -> None:
    """Has a text box send its text whenever the visitor pauses.

    Args:
        label: Of an `st.text_area` or `st.text_input` on the same page; `None` is all of them.
    """
    component = load_component(__file__)
    component(key=f"live {label}", data={"label": label, "milliseconds": PAUSE})

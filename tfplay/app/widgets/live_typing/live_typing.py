"""Text areas that do not wait until they are left."""

from tfplay.app.widgets.component import load_component

PAUSE = 400  # milliseconds


def send_while_typing(label: str) -> None:
    """Has the text area of this label send its text whenever the visitor pauses.

    Args:
        label: Of an `st.text_area` on the same page.
    """
    component = load_component(__file__)
    component(key=f"live {label}", data={"label": label, "milliseconds": PAUSE})

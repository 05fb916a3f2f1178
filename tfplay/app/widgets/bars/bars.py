"""Names with a bar and a number each, some of them to be chosen."""

from collections.abc import Sequence

import streamlit as st

from tfplay.app.widgets.component import load_shared_component


def bars(
    rows: Sequence[tuple[str, float]],
    key: str,
    label: str,
    *,
    full: float = 1.0,
    is_change: bool = False,
    marked: int | None = None,
    choices: Sequence[int | None] | None = None,
    hint: str = "",
) -> int | None:
    """Shows a bar for each row, from the top; under it all of them can be had as CSV.

    No chart library is needed for them: they are there at once and follow a slider.

    Args:
        rows: Names, which may be equal, with shares of 1.
        key: Tells several of them apart.
        label: What they are, for those who cannot see it and for the name of the file.
        full: The value that fills the width.
        is_change: Whether the values are changes: bars then go both ways, in two colours, and their
            numbers are percentage points.
        marked: The row that stands out.
        choices: What is returned of each row when it is clicked; `None` cannot be.
        hint: What a click does, with the row's name behind it.

    Returns:
        What was chosen, in the run that follows the click.

    Example:
        >>> bars([("positive", 0.9), ("negative", 0.1)], "classes", "Probability of each class")
    """
    has_less = any(value < 0 for _, value in rows)
    choice = f"{key} choice"

    def keep() -> None:
        st.session_state[choice] = st.session_state[key]["chosen"]

    load_shared_component("bars")(
        key=key,
        data={
            "rows": [(name, float(value)) for name, value in rows],
            "label": label,
            "low": -float(full) if has_less else 0.0,
            "high": float(full),
            "isChange": is_change,
            "marked": marked,
            "choices": [None] * len(rows) if choices is None else list(choices),
            "hint": hint,
        },
        on_chosen_change=keep,
    )
    return st.session_state.pop(choice, None)

"""How many chose what."""

from collections.abc import Sequence

import plotly.graph_objects as go

from tfplay.figures.labels import short_label
from tfplay.figures.theme import themed

ROW_HEIGHT = 28  # pixels
LONGEST_LABEL = 24  # characters


def votes(choices: Sequence[str], counts: Sequence[int], right: str | None = None) -> go.Figure:
    """A bar for each choice, as long as it was chosen often.

    Args:
        choices: N texts.
        counts: How many chose each of them.
        right: The one that is drawn in full, the others paler; `None` while it is not told.

    Example:
        >>> votes(["10", "15"], [3, 4], right="15").show()
    """
    is_full = [right is None or choice == right for choice in choices]
    bars = go.Bar(
        x=list(counts),
        y=list(range(len(choices))),
        orientation="h",
        text=[str(count) for count in counts],
        textposition="outside",
        textangle=0,
        cliponaxis=False,
        customdata=[short_label(choice, LONGEST_LABEL) for choice in choices],
        marker={"opacity": [1.0 if full else 0.4 for full in is_full]},
        hovertemplate="%{customdata}: %{x}<extra></extra>",
    )
    layout = go.Layout(
        height=24 + ROW_HEIGHT * len(choices),
        xaxis={"range": [0, max(*counts, 1) * 1.1], "visible": False, "fixedrange": True},
        yaxis={
            "tickvals": list(range(len(choices))),
            "ticktext": [short_label(choice, LONGEST_LABEL) for choice in choices],
            "autorange": "reversed",
            "fixedrange": True,
        },
        bargap=0.25,
        showlegend=False,
    )
    return themed(bars, layout)

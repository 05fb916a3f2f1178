"""How long the gradient is in each part of a model."""

from collections.abc import Mapping

import plotly.graph_objects as go

from tfplay.figures.theme import themed
from tfplay.figures.traces import named_line


def gradient_profile(norms_of_runs: Mapping[str, Mapping[str, float]]) -> go.Figure:
    """The gradient's L2 norm by part of the model, from input to output, a line for each run.

    The scale is logarithmic: a straight slope is a factor from block to block, which is how
    gradients vanish and explode. A norm of 0 is left out.

    Args:
        norms_of_runs: For each run's name, the norms by the name of the part, such as
            `"decoder_block_0"`.

    Example:
        >>> gradient_profile({"intact": {"embeddings": 0.2, "encoder_block_0": 0.3}}).show()
    """
    traces = [
        named_line(
            *(name, map(part_name, norms), [norm or None for norm in norms.values()], "%{y:.3g}"),
            size=7,
        )
        for name, norms in norms_of_runs.items()
    ]
    layout = go.Layout(
        height=320,
        xaxis={"type": "category"},
        yaxis={
            "title": "gradient norm",
            "type": "log",
            "exponentformat": "power",
            "dtick": 1,
        },
        hovermode="x unified",
        showlegend=True,
        uirevision="keeps the zoom",
    )
    return themed(traces, layout)


def part_name(part: str) -> str:
    """The name of a part that people read: "decoder 1" for "decoder_block_0"."""
    stack, is_block, index = part.partition("_block_")
    return f"{stack} {int(index) + 1}" if is_block else part

"""Attention beside a recurrent network: how far two words are apart, and what must wait."""

from collections.abc import Sequence

import streamlit as st

from tfplay.app.widgets.diagram import Shape, box, diagram, line, words
from tfplay.cutting import cut_text

MOST_WORDS = 14
CELL, ROOM = 74, 40


def recurrence_view(text: str, num_layers: int) -> None:
    """The sentence's words in a chain and each joined to each, with counted steps.

    Args:
        text: The sentence.
        num_layers: Blocks that the model in hand has.
    """
    names = text.split()[:MOST_WORDS]
    if len(names) < 2:
        st.info("Two words at least: the sentence above has fewer.")
        return
    st.markdown(
        "A recurrent network reads word after word: what the first said has to be carried through "
        "all words between to reach the last, and nothing can start before the word before is "
        "done. Attention joins any two words in one step, and works on all of them at once. Its "
        "price is the number of pairs, which grows with the square of the length."
    )
    first, last = st.select_slider(
        "From one word to another",
        range(len(names)),
        (0, len(names) - 1),
        format_func=lambda place: f"{place + 1} · {names[place]}",
    )
    shapes, width, height = recurrence_shapes(names, first, last)
    count = len(names)
    distance = last - first
    label = (
        f"From “{names[first]}” to “{names[last]}”: {distance} steps through a recurrent "
        f"network, {min(distance, 1)} through attention."
    )
    diagram(shapes, width, height, label, key="recurrence")
    st.dataframe(
        [
            {
                "": "recurrent network",
                "steps between the two words": str(distance),
                "steps that wait for one another": f"{count} (a word each)",
                "comparisons a layer": "0",
            },
            {
                "": "attention",
                "steps between the two words": str(min(distance, 1)),
                "steps that wait for one another": f"{num_layers} (a block each)",
                "comparisons a layer": f"{count} × {count} = {count**2} a head",
            },
        ],
        hide_index=True,
    )
    st.caption(
        "Counted for the words above and the blocks of the model in hand. While it writes, also a "
        "transformer goes token by token; in training, and when it reads, it need not."
    )


def recurrence_shapes(
    names: Sequence[str], first: int, last: int
) -> tuple[list[Shape], float, float]:
    """Two rows of words, the way between two of them marked: shapes, width and height."""
    shapes: list[Shape] = []
    chain, joined = 60, 230
    for row, title in ((chain, "Recurrent network"), (joined, "Attention")):
        shapes.append(words(4, row - 46, title, "start strong"))
        for place, name in enumerate(names):
            kind = "attention" if place in (first, last) else ""
            shapes.append(box(place * CELL + 4, row, CELL - 18, ROOM - 10, kind))
            shapes.append(words(place * CELL + (CELL - 10) / 2, row + 15, cut_text(name, 9)))
    for place in range(len(names) - 1):
        kind = "path" if first <= place < last else ""
        shapes.append(line(f"M {(place + 1) * CELL - 14} {chain + 15} h 18", kind))
        if kind:
            step = str(place + 1 - first)
            shapes.append(words((place + 1) * CELL - 5, chain - 8, step, "strong"))
    for place in range(len(names)):
        if place != last:
            shapes.append(_arc(place, last, joined, "path" if place == first else ""))
    return shapes, len(names) * CELL, joined + 60


def _arc(start: int, end: int, row: float, kind: str) -> Shape:
    left, right = (place * CELL + (CELL - 10) / 2 for place in (start, end))
    lift = min(70, 16 + 8 * abs(end - start))
    return line(f"M {left} {row} Q {(left + right) / 2} {row - lift} {right} {row}", kind)

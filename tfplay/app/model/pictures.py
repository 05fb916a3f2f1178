"""A model's pictures to try: held-out ones, or those that it learned from."""

import numpy as np
import streamlit as st

from tfplay.app.frame.state import choose_one, whole_number
from tfplay.app.model.loading import BY_FOLDER
from tfplay.errors import InputError
from tfplay.store import Model
from tfplay.text import LabelledImage, read_images
from tfplay.text.corpora import CORPORA

MOST_PICTURES = 300


def choose_picture(model: Model) -> np.ndarray:
    """Lets the visitor choose a class and goes through its pictures.

    The choice is kept in the page's address, `?picture=...`.

    Returns:
        (height, width), from 0 (black) to 1; the mean of the channels.

    Raises:
        InputError: There are none.
    """
    pictures = pictures_of(model)
    by_label = {label: [] for label in model.labels}
    for each in pictures:
        by_label.setdefault(each.label, []).append(each.pixels.mean(axis=-1))
    labels = [label for label, found in by_label.items() if found]
    linked, _, linked_number = st.query_params.get("picture", "").rpartition("-")
    usual = linked if linked in labels else labels[len(labels) // 2]
    label = choose_one("It is a", labels, usual, f"label for {model.id}", st.pills)
    found = by_label[label]
    first = whole_number(linked_number) or 0
    number = st.session_state.get("picture number", first) % len(found)
    if st.button("Another one", icon=":material/refresh:"):
        number = (number + 1) % len(found)
    st.session_state["picture number"] = number
    st.query_params["picture"] = f"{label}-{number}"
    held_out = "; the model was not trained on it" if model.origin == "shipped" else ""
    st.caption(f"Number {number + 1} of {len(found)} pictures of “{label}”{held_out}.")
    return found[number]


@st.cache_data(max_entries=8, show_spinner="Reading pictures …", hash_funcs=BY_FOLDER)
def pictures_of(model: Model) -> list[LabelledImage]:
    """Pictures to try: held-out ones for a shipped model, otherwise those it learned from.

    Raises:
        InputError: They are gone, or were never known.
    """
    if model.origin == "shipped":
        return CORPORA["digits"].examples("held-out", MOST_PICTURES, 0)
    learned_from = model.learned_from
    if learned_from is None or not learned_from.path.is_file():
        raise InputError("The pictures that this model learned from are not here; draw one.")
    return read_images(learned_from.path)[:MOST_PICTURES]

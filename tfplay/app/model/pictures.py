"""A model's pictures to try: held-out ones, or those that it learned from."""

from contextlib import suppress

import numpy as np
import streamlit as st

from tfplay.app.frame.address import begin_linked, keep_linked
from tfplay.app.frame.locks import upload
from tfplay.app.frame.snapshot import note_picture, opened_snapshot, taken_picture
from tfplay.app.frame.state import choose_one, one_of
from tfplay.app.model.loading import BY_FOLDER
from tfplay.app.widgets.drawing import draw
from tfplay.errors import InputError
from tfplay.store import Model
from tfplay.tasks.images.frame import Frame, frame_of
from tfplay.text import LabelledImage, read_images, read_picture_file
from tfplay.text.corpora import CORPORA

MOST_PICTURES = 300


def choose_picture(model: Model) -> np.ndarray:
    """Lets the visitor choose a class and goes through its pictures, or bring a picture.

    The choice is kept in the page's address, `?label= &picture=`. A snapshot has its own picture.

    Returns:
        (height, width) or, of a picture that the visitor brought, (height, width, channels); from 0
        (black) to 1.

    Raises:
        InputError: There are none, or what was brought is none.
    """
    pixels = shared_picture()
    if pixels is None:
        pixels = _brought(model) if model.origin == "opened" else _of_data(model)
    note_picture(pixels)
    return pixels


def draw_picture(model: Model) -> np.ndarray:
    """Lets the visitor draw a picture, or go on with one that they took.

    Returns:
        (height, width), from 0 (black) to 1.
    """
    key = f"drawing for {model.id}"
    pixels = draw(model.config.image_size, _frame_of(model), key, begun=taken_picture())
    note_picture(pixels)
    return pixels


def _frame_of(model: Model) -> Frame:
    """What the pictures fill that the model learned from, if they are here."""
    if model.origin == "opened":
        return Frame()
    with suppress(InputError):
        return frame_of(each.pixels for each in pictures_of(model))
    return Frame()


def shared_picture() -> np.ndarray | None:
    """The picture of the snapshot that is open; `None` if none is.

    Raises:
        InputError: It is damaged.
    """
    opened = opened_snapshot()
    return opened.snapshot.picture() if opened else None


def _of_data(model: Model) -> np.ndarray:
    """One of the pictures of the data, as the visitor chooses."""
    pictures = pictures_of(model)
    by_label = {label: [] for label in model.labels}
    for each in pictures:
        by_label.setdefault(each.label, []).append(each.pixels.mean(axis=-1))
    labels = [label for label, found in by_label.items() if found]
    label = choose_one(
        *("It is a", labels, labels[len(labels) // 2], f"label for {model.id}", st.pills),
        link="label",
    )
    found = by_label[label]
    numbers, key = range(len(found)), f"picture of {label} for {model.id}"
    begin_linked("picture", key, 0, one_of(numbers), numbers)
    if st.button("Another one", icon=":material/refresh:"):
        st.session_state[key] = (st.session_state[key] + 1) % len(found)
    number = keep_linked("picture", key, 0)
    held_out = "; the model was not trained on it" if model.origin == "shipped" else ""
    st.caption(f"Number {number + 1} of {len(found)} pictures of “{label}”{held_out}.")
    return found[number]


def grey(pixels: np.ndarray) -> np.ndarray:
    """A picture as it is shown: (height, width), the mean of its channels."""
    return pixels.mean(axis=-1) if pixels.ndim == 3 else pixels


def _brought(model: Model) -> np.ndarray:
    """The visitor's own picture; before there is one, a snapshot's, or a digit."""
    size, channels = model.config.image_size, model.config.image_channels
    uploaded = upload("A picture", ["png", "jpg", "jpeg"], key=f"picture of {model.id}")
    if uploaded is not None:
        st.caption(f"Resized to {size} × {size} pixels, and shown in grey.")
        return read_picture_file(uploaded.name, uploaded.getvalue(), size, channels)
    if (taken := taken_picture()) is not None:
        st.caption("The picture of the snapshot, until you give one of yours.")
        return taken
    st.caption("A handwritten digit, until you give a picture of what the model learned to tell.")
    digit = CORPORA["digits"].examples("held-out", 1, 0)[0].pixels[..., 0]
    places = np.arange(size) * len(digit) // size
    return digit[np.ix_(places, places)]


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

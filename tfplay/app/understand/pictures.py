"""What a picture shows: one of a data set, or drawn by hand."""

import numpy as np
import streamlit as st

from tfplay.app.frame.layout import controls, errors_shown
from tfplay.app.frame.state import choose_one
from tfplay.app.lesson import choose_subject
from tfplay.app.model.judgement import show_judgement
from tfplay.app.model.loading import load_trained
from tfplay.app.model.pictures import choose_picture, draw_picture, grey, shared_picture
from tfplay.app.understand.classes import class_probabilities
from tfplay.app.understand.explained import explained_picture, with_channels
from tfplay.app.understand.picture_xray import picture_xray
from tfplay.app.understand.xray import xray
from tfplay.app.widgets.picture import picture
from tfplay.store import Model
from tfplay.tasks import classify_images

_GIVEN, _DRAWN = "given", "Draw one"


def pictures_view() -> None:
    """A picture, and the probability of each class."""
    model = choose_subject("images", purpose="to classify pictures with").model
    is_drawn = shared_picture() is None and _wants_to_draw(model)
    left, right = st.columns(2, gap="large", vertical_alignment="center")
    with left, errors_shown():
        if is_drawn:
            pixels = draw_picture(model)
        else:
            place = st.container()
            pixels = choose_picture(model)
            with place:
                picture(grey(pixels), "picture", "The picture")
    with right, errors_shown():
        if not pixels.any():
            st.info("Draw a digit, large or small, anywhere on the pad.", icon=":material/draw:")
            return
        trained = load_trained(model)
        [probabilities] = classify_images(trained, [with_channels(model, pixels)])
        class_probabilities(probabilities)
        show_judgement(trained.judge("", max(probabilities.values())))
    xray(lambda: _picture_xray(model, pixels, list(probabilities)))


def _wants_to_draw(model: Model) -> bool:
    own = "A picture of yours" if model.origin == "opened" else "A picture of the data set"
    usual = _DRAWN if model.config.image_channels == 1 else _GIVEN  # the pad has no colours
    with controls("picture"):
        source = choose_one(
            *("Picture", [_DRAWN, _GIVEN], usual, "source of the picture"),
            link="source",
            format_func={_GIVEN: own, _DRAWN: _DRAWN}.get,
        )
    return source == _DRAWN


def _picture_xray(model: Model, pixels: np.ndarray, labels: list[str]) -> None:
    before, after, attention = explained_picture(model, pixels)
    is_read_at_first = model.config.pooling in (None, "first")
    picture_xray(grey(pixels), attention, labels, before, after, is_read_at_first, model.id)

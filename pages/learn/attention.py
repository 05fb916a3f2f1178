import streamlit as st

from tfplay.app.attention import VIEWS
from tfplay.app.frame.layout import errors_shown, page_header
from tfplay.app.lesson import choose_subject, choose_view
from tfplay.app.lesson.attention import attention_maps, picture_attention_maps
from tfplay.app.model.pictures import choose_picture, grey
from tfplay.app.widgets.picture import picture
from tfplay.tasks import TASKS

page_header(
    "Attention",
    "Every token asks all others for what it needs and takes a weighted mixture of their answers. "
    "The **attention scores** are these weights; each head in each layer has its own.",
)

subject = choose_subject(*TASKS, preferred="classification")  # a head that everybody can read
with errors_shown():
    if subject.task == "images":
        left, right = st.columns(2)
        with left:
            pixels = choose_picture(subject.model)
            gathers = "; [CLS] gathers the answer" * subject.model.config.use_class_token
            st.caption(f"Its patches are named by row and column{gathers}.")
        with right:
            picture(grey(pixels), "picture", "The picture")
        maps = picture_attention_maps(subject.model, pixels)
    else:
        maps = attention_maps(subject.model, subject.text, subject.second)
view = choose_view(list(VIEWS))
VIEWS[view](subject, maps)

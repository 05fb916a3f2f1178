import streamlit as st

from tfplay.app.frame.layout import page_header
from tfplay.app.sharing import share
from tfplay.app.start import (
    begin_here,
    built_view,
    flow_view,
    own_model,
    recurrence_view,
    uses,
    warm_up,
)

page_header(
    "A transformer you can take apart",
    "Type a sentence and watch it go through a model. **Every number on the screen is real**: it "
    "was computed by the model you have in hand.",
)
subject = flow_view()
with st.container(horizontal=True, gap="small"):
    share("flow", model=subject.model)

left, right = st.columns([2, 3], gap="large")
with left:
    begin_here(subject)
with right:
    uses()
    own_model()

with st.expander("How this model is built"):
    built_view(subject.model)
with st.expander("Why not one word after another?"):
    recurrence_view(subject.text, subject.model.config.num_layers)
warm_up()

import streamlit as st

from tfplay.app import navigation as pages
from tfplay.app import page_header
from tfplay.app.run_lists import compared_losses, own_runs, shipped_models
from tfplay.store import list_runs, list_shipped

page_header(
    "Runs",
    "Everything that was trained, here or on the command line, newest first; and the models that "
    "came with TFPlay.",
)

runs = list_runs()
if runs:
    st.subheader("Compared", anchor=False)
    compared_losses(runs)
    st.subheader("Your runs", anchor=False)
    own_runs(runs)
else:
    with st.container(border=True):
        st.markdown("Nothing was trained yet. A small model takes about a minute.")
        st.page_link(
            pages.TRAIN, label="**Train your first model**", icon=":material/arrow_forward:"
        )

if shipped := list_shipped():
    st.subheader("Came with TFPlay", anchor=False)
    shipped_models(shipped)

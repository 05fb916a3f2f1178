import streamlit as st

from tfplay.app.frame import navigation as pages
from tfplay.app.frame.layout import page_header
from tfplay.app.runs.ready import ready_comparison
from tfplay.app.runs.shipped import shipped_models
from tfplay.app.runs.workspace import run_workspace, shown_runs, tell_of_damaged_folders
from tfplay.app.sharing import share_charts
from tfplay.app.widgets.chart import note_drawn
from tfplay.store import list_shipped

page_header(
    "Runs",
    "Everything that you trained, and what was trained on the command line. Sort the table by any "
    "column; choose runs in it to compare them.",
)

note_drawn()
tell_of_damaged_folders()
if shown_runs():
    run_workspace()
    share_charts("comparison")
else:
    ready_comparison()
    share_charts("comparison")
    with st.container(border=True):
        st.markdown("Nothing was trained yet here. A small model takes about a minute.")
        st.page_link(
            pages.TRAIN, label="**Train your first model**", icon=":material/arrow_forward:"
        )

if shipped := list_shipped():
    st.subheader("Came with TFPlay", anchor=False)
    shipped_models([run.model for run in shipped])

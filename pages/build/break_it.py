import streamlit as st

from tfplay.app.break_it.choosing import choose_trial
from tfplay.app.break_it.view import trial_view
from tfplay.app.frame.layout import errors_shown, page_header
from tfplay.app.model.choosing import linked_run
from tfplay.app.sharing import share_charts
from tfplay.app.widgets.chart import note_drawn
from tfplay.experiments import trial_of

page_header(
    "Break it",
    "What is each part of a transformer there for? Two trainings from the same seed, with the part "
    "and without it, show it: some were made for you, others you make here.",
)

note_drawn()
run = linked_run()
with errors_shown():
    trial = trial_of(run) if run else None
if trial:
    trial_view(trial)
    if st.button("Break something else", icon=":material/restart_alt:"):
        del st.query_params["run"]
        st.rerun()
elif started := choose_trial(run):
    st.query_params["run"] = started.broken.id
    st.rerun()
share_charts("experiment")

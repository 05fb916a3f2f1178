import streamlit as st

from tfplay import figures
from tfplay.app import empty_state, errors_shown, page_header, run_labels
from tfplay.app import navigation as pages
from tfplay.app.run_view import result_metrics, run_links, state_badge
from tfplay.store import delete_run, list_runs

COMPARED_AT_FIRST = 4

page_header("Runs", "Everything that was trained, here or on the command line, newest first.")

runs = {run.id: run for run in list_runs()}
if not runs:
    empty_state("Nothing was trained yet.", pages.TRAIN, "Train your first model")
labels = run_labels(runs.values())

st.subheader("Compared", anchor=False)
kinds = {"validation_loss": "Validation loss", "loss": "Training loss"}
kind = st.segmented_control(
    "Loss", list(kinds), default="validation_loss", required=True, format_func=kinds.get
)
compared = st.multiselect(
    "Runs", list(runs), list(runs)[:COMPARED_AT_FIRST], format_func=labels.get
)
losses = {labels[run_id]: runs[run_id].metrics() for run_id in compared}
st.plotly_chart(figures.loss_comparison(losses, kind), alt=f"{kinds[kind]} of the chosen runs")

st.subheader("All runs", anchor=False)
for run_id, run in runs.items():
    with st.container(border=True), errors_shown(then_stop=False):
        status = run.status()
        with st.container(horizontal=True, vertical_alignment="center"):
            st.text(labels[run_id])
            state_badge(status)
        if status.result:
            result_metrics(run, status)
        else:
            st.text(status.message)
        with st.container(horizontal=True, vertical_alignment="center"):
            query = {"run": run_id}
            st.page_link(pages.TRAIN, label="Details", icon=":material/info:", query_params=query)
            run_links(run)
            with st.popover("Delete", icon=":material/delete:", disabled=status.is_active):
                st.write("The model, its tokenizer and its data copy will be gone.")
                if st.button("Delete for good", type="primary", key=f"delete {run_id}"):
                    delete_run(run)
                    st.rerun()

import streamlit as st

from tfplay import jobs
from tfplay.app.frame.layout import errors_shown, page_header, plain
from tfplay.app.frame.locks import is_locked, tell_if_locked
from tfplay.app.model.choosing import linked_run
from tfplay.app.recipe.link import recipe_query, recipe_texts
from tfplay.app.run_panel.view import run_view
from tfplay.app.sharing import share_charts
from tfplay.app.train.data_columns import choose_columns
from tfplay.app.train.data_input import choose_data, start_training
from tfplay.app.train.estimate_view import estimate_view
from tfplay.app.train.estimates import estimate
from tfplay.app.train.form import choose_task, edit_recipe
from tfplay.app.train.state import kept_recipe, open_address, show_in_address
from tfplay.app.widgets.chart import note_drawn

page_header(
    "Train",
    "Bring data, choose a size, press Train. Training goes on in the background, also when you "
    "leave this page or close the browser.",
)

tell_if_locked("training")
run = linked_run()
if run and not run.is_shipped:
    with st.container(border=True), errors_shown():
        st.subheader(plain(run.title), anchor=False)
        note_drawn()
        run_view(run)
    share_charts("training")
    if st.button("Train another", icon=":material/add:"):
        st.query_params.from_dict(recipe_query(run.recipe, run))
        st.rerun()
    st.stop()

open_address()
with errors_shown(then_stop=False):
    jobs.prepare()
task = choose_task()
data = choose_data(task, kept_recipe(task))
if data and data.corpus is None:
    data = choose_columns(data, kept_recipe(task))
recipe = edit_recipe(kept_recipe(task), data)
with errors_shown():
    recipe.model_config()
    show_in_address(recipe)
fits = True
with errors_shown(then_stop=False):
    estimated = estimate(recipe, data)
    estimate_view(estimated)
    fits = not estimated.refusal
cannot = data is None or not fits or is_locked("training")
if st.button("Train", type="primary", icon=":material/play_arrow:", disabled=cannot):
    with errors_shown():
        st.query_params.from_dict({"run": start_training(recipe, data).id})
    st.rerun()
if data is None:
    st.caption("Bring some data first.")
with st.expander("Take this recipe with you", icon=":material/ios_share:"):
    recipe_texts(recipe)

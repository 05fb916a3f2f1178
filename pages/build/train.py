import streamlit as st

from tfplay.app import TASK_VIEWS, errors_shown, linked_run, page_header, plain
from tfplay.app.data_input import choose_data, start_training
from tfplay.app.recipe_form import edit_recipe
from tfplay.app.run_view import run_view
from tfplay.config import count_parameters

page_header(
    "Train",
    "Bring data, choose a size, press Train. Training goes on in the background, also when you "
    "leave this page or close the browser.",
)

run = linked_run()
if run and not run.is_shipped:
    with st.container(border=True), errors_shown():
        st.subheader(plain(run.title), anchor=False)
        run_view(run)
    if st.button("Train another", icon=":material/add:"):
        del st.query_params["run"]
        st.rerun()
    st.stop()

task = st.pills(
    "What to learn",
    list(TASK_VIEWS),
    default="translation",
    required=True,
    format_func=lambda name: TASK_VIEWS[name].title,
    key="task",
)
data = choose_data(task)
with errors_shown():
    recipe = edit_recipe(task, data.name if data else "data")
    parameters = count_parameters(recipe.model_config())

vocabulary = f" with a vocabulary of {recipe.vocabulary_size:,} tokens, if the data fills it"
st.markdown(f"**{parameters:,} parameters**{vocabulary if recipe.vocabulary_size else ''}")
if st.button("Train", type="primary", icon=":material/play_arrow:", disabled=data is None):
    with errors_shown():
        st.query_params["run"] = start_training(recipe, data).id
    st.rerun()
if data is None:
    st.caption("Bring some data first.")

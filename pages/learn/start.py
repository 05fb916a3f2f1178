import streamlit as st

from tfplay.app import navigation as pages
from tfplay.app import page_header
from tfplay.app.run_view import run_links
from tfplay.store import list_runs

DOORS = [
    (
        "Cut text into tokens",
        "A model reads numbers, not letters. Type anything and watch it fall into pieces.",
        pages.TOKENS,
        "Tokenize",
    ),
    (
        "Train a transformer",
        "Bring a text, or sentences and their translations, and watch the loss fall.",
        pages.TRAIN,
        "Train",
    ),
    (
        "See attention",
        "Which word looks at which, in every layer and head of a model you trained.",
        pages.ATTENTION,
        "Look inside",
    ),
]

page_header(
    "A transformer you can take apart",
    "Train small transformers here, translate and chat with them, and look inside while they work. "
    "**Every number on the screen is real**: it was computed by the model you have in hand.",
)

for column, (title, text, page, action) in zip(st.columns(3), DOORS, strict=True):
    with column.container(border=True, height="stretch"):
        st.markdown(f"#### {title}")
        st.write(text)
        st.page_link(page, label=f"**{action}**", icon=":material/arrow_forward:")

st.subheader("What to do next", anchor=False)
runs = list_runs()
usable = [run for run in runs if run.is_usable]
if not runs:
    st.write("You have not trained a model yet. A small one takes about a minute.")
    st.page_link(pages.TRAIN, label="**Train your first model**", icon=":material/arrow_forward:")
elif not usable:
    st.write("Your first model is not ready yet.")
    query = {"run": runs[0].id}
    st.page_link(pages.TRAIN, label="**See how it does**", query_params=query)
else:
    st.text(f"Your newest model: {usable[0].title}")
    run_links(usable[0])
    st.page_link(pages.RUNS, label=f"**All {len(runs)} runs**", icon=":material/arrow_forward:")

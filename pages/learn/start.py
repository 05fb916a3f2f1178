import streamlit as st

from tfplay.app.frame import navigation as pages
from tfplay.app.frame.layout import page_header
from tfplay.app.frame.visitor import my_runs
from tfplay.app.run_panel.view import model_links
from tfplay.app.start import architectures_view, way_view
from tfplay.app.start.deferred import deferred
from tfplay.app.start.doors import door

DOORS = (
    (
        "Translate into Hindi",
        "“We are friends.” becomes हम दोस्त हैं। See which of your words each new word looked at.",
        pages.TRANSLATE,
        "Translate",
    ),
    (
        "Chat with a model that remembers",
        "Tell it your name, or make one up; talk of something else; then ask for it.",
        pages.CHAT,
        "Chat",
    ),
    (
        "Understand a text",
        "Is a review kind? Which words are names? What stands behind the mask? Where is the "
        "answer? And which digit did you draw?",
        pages.UNDERSTAND,
        "Understand",
    ),
    (
        "See attention",
        "Which word looks at which, in every layer and every head, of any model here.",
        pages.ATTENTION,
        "Look inside",
    ),
)

page_header(
    "A transformer you can take apart",
    "Small transformers that you can use at once, look into while they work, and train yourself. "
    "**Every number on the screen is real**: it was computed by the model you have in hand.",
)

st.subheader("Try one now", anchor=False)
for row in (DOORS[:2], DOORS[2:]):
    for column, texts in zip(st.columns(2), row, strict=True):
        with column:
            door(*texts)

st.subheader("Make your own", anchor=False)
left, right = st.columns(2)
with left:
    door(
        "Cut text into tokens",
        "A model reads numbers, not letters. Type anything and watch it fall into pieces.",
        pages.TOKENS,
        "Tokenize",
    )
with right:
    runs = my_runs()
    usable = [run for run in runs if run.is_usable]
    if not runs:
        door(
            "Train a transformer",
            "Bring a text, sentences and their translations, or take a sample, and watch the loss "
            "fall. A small model takes about a minute.",
            pages.TRAIN,
            "Train your first model",
        )
    elif not usable:
        door("Your first model", "It is not ready yet.", pages.TRAIN, "See how it does", runs[0].id)
    else:
        with st.container(border=True):
            st.markdown("#### Your newest model")
            st.text(usable[0].title)
            model_links(usable[0].model)
            st.page_link(pages.RUNS, label=f"**All {len(runs)} runs**")

st.subheader("Three architectures", anchor=False)
architectures_view()

st.subheader("How a sentence travels", anchor=False)
deferred(way_view, "The way")

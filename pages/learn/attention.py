import streamlit as st

from tfplay.app import choose_run, errors_shown, page_header, run_example
from tfplay.app.attention import attention_maps
from tfplay.app.attention_view import attention_explorer

page_header(
    "Attention",
    "Every token asks all others for what it needs and takes a weighted mixture of their answers. "
    "The **attention scores** are these weights; each head in each layer has its own.",
)

run = choose_run("decoder-only", "encoder-decoder", purpose="to look into")
if run.model_config().architecture == "encoder-decoder":
    left, right = st.columns(2)
    text = left.text_area("Source", run_example(run), key="source")
    target = right.text_area(
        "Target", key="target", placeholder="Leave it empty for the model's own translation"
    )
else:
    text, target = st.text_area("Text", run_example(run), key="text"), ""

with errors_shown():
    maps = attention_maps(run, text, target.strip())
attention_explorer(maps)

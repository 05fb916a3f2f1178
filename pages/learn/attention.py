import streamlit as st

from tfplay import figures
from tfplay.app import TASK_VIEWS, choose_run, choose_step, errors_shown, page_header
from tfplay.app.attention import attention_maps, picture_attention_maps
from tfplay.app.attention_view import attention_explorer
from tfplay.app.text_input import passage_and_question, text_to_try
from tfplay.app.understand.pictures import choose_picture

SECOND = {
    "translation": "Leave it empty for the model's own translation",
    "chat": "Leave it empty for the model's own reply",
}

page_header(
    "Attention",
    "Every token asks all others for what it needs and takes a weighted mixture of their answers. "
    "The **attention scores** are these weights; each head in each layer has its own.",
)

run = choose_run(*TASK_VIEWS, purpose="to look into")
step = choose_step(run)
task = run.recipe.task
if task == "images":
    left, right = st.columns(2)
    with errors_shown():
        with left:
            pixels = choose_picture(run)
            st.caption("Its patches are named by row and column; [CLS] gathers the answer.")
        right.plotly_chart(figures.picture(pixels), width="content", key="picture")
        maps = picture_attention_maps(run, pixels, step)
else:
    if task == "answers":
        text, second = passage_and_question(run)
    elif task in SECOND:
        left, right = st.columns(2)
        with left:
            text = text_to_try(run, "It reads")
        second = right.text_area("It writes", key="target", height=110, placeholder=SECOND[task])
    else:
        text, second = text_to_try(run, "It reads"), ""
    with errors_shown():
        maps = attention_maps(run, text, second.strip(), step)
attention_explorer(maps)

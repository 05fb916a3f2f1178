import streamlit as st

from tfplay.app.frame.layout import errors_shown, page_header
from tfplay.app.frame.state import begin_with, choose_one
from tfplay.app.model.choosing import choose_model
from tfplay.app.model.steps import choose_step
from tfplay.app.translate import (
    choose_strategy,
    language_pair,
    mark_unfamiliar,
    show_translation,
    source_text,
    translate_file,
    translated_parts,
    translation_xray,
)

TEXT, FILE = "A text", "A whole file"

page_header(
    "Translate",
    "The model writes one token after the other. For each it looks back at your sentence; the "
    "X-ray below shows where, and what else it might have written.",
)

model = choose_model("translation", purpose="to translate with")
model = choose_step(model)
with st.container(horizontal=True, vertical_alignment="bottom", gap="large"):
    what = choose_one("What", [TEXT, FILE], TEXT, "what")
    if what == TEXT:
        with errors_shown():
            config = choose_strategy(model)
if what == FILE:
    translate_file(model)
    st.stop()

source, target = language_pair(model) or ("Text", "Translation")
left, right = st.columns(2, gap="medium")
with left:
    text = source_text(model, source)
with right:
    st.caption(target)
    with errors_shown():
        parts = translated_parts(model, text, config)
        show_translation(model, parts)
mark_unfamiliar(model, text)

if st.toggle("X-ray", key=begin_with("x-ray of the translation", True)):
    translation_xray(model, parts, config)

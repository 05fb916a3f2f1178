import streamlit as st

from tfplay.app.frame.layout import controls, errors_shown, page_header
from tfplay.app.frame.state import choose_one, kept_toggle
from tfplay.app.lesson import choose_subject
from tfplay.app.translate import (
    choose_strategy,
    mark_unfamiliar,
    score_translation,
    show_translation,
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

model, text, _ = choose_subject("translation", purpose="to translate with", may_force=False)
with controls("translation"):
    looks = {"link": "what", "label_visibility": "collapsed"}
    what = choose_one("What", [TEXT, FILE], TEXT, "what", **looks)
    if what == TEXT:
        is_open = kept_toggle("X-ray", True, "xray", "x-ray of the translation")
        with errors_shown():
            config = choose_strategy(model)
if what == FILE:
    translate_file(model)
    st.stop()

with errors_shown():
    parts = translated_parts(model, text, config)
    show_translation(model, parts)
mark_unfamiliar(model, text)
if is_open:
    translation_xray(model, parts, config)
score_translation(model, parts)

import streamlit as st

from tfplay.app.frame.layout import errors_shown, page_header
from tfplay.app.model.choosing import choose_model
from tfplay.app.model.decoding_settings import choose_decoding
from tfplay.app.model.steps import choose_step
from tfplay.app.model.text_input import text_to_try
from tfplay.app.widgets.bars import bars
from tfplay.app.write.writing import next_tokens, write_on

page_header(
    "Write",
    "A language model does one thing: it says which token might come next. Take one, put it behind "
    "the text, ask again, and it writes.",
)

model = choose_model("language-model", purpose="to write with")
model = choose_step(model)
text = text_to_try(model, "Beginning")
with st.container(horizontal=True, vertical_alignment="bottom"):
    is_wanted = st.button("Go on", type="primary", icon=":material/edit:")
    with st.popover("How it chooses", icon=":material/tune:"):
        config = choose_decoding(model)

with errors_shown():
    if is_wanted:
        with st.container(border=True, key="answer"):
            st.caption("Written")
            write_on(model, text, config)
    likely = next_tokens(model, text, config)
st.subheader("What might come next", anchor=False)
st.caption("The likeliest tokens after your text, as “How it chooses” leaves them; ␣ is a space.")
bars(likely, "next", "The likeliest next tokens")

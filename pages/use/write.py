import streamlit as st

from tfplay.app.frame.layout import controls, errors_shown, page_header
from tfplay.app.lesson import choose_subject
from tfplay.app.model.decoding_settings import choose_decoding
from tfplay.app.sharing import share
from tfplay.app.widgets.bars import bars
from tfplay.app.write.writing import next_tokens, write_on

page_header(
    "Write",
    "A language model does one thing: it says which token might come next. Take one, put it behind "
    "the text, ask again, and it writes.",
)

model, text, _ = choose_subject("language-model", purpose="to write with")
with controls("writing"):
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
share("writing")

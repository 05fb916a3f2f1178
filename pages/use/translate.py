import streamlit as st

from tfplay.app import choose_run, choose_step, errors_shown, page_header
from tfplay.app.attention_view import attention_view
from tfplay.app.text_input import text_to_try
from tfplay.app.translation import cross_attention_map, reading_aid, translated, unknown_words
from tfplay.config import DecodingConfig

STRATEGIES = {"greedy": "Greedy", "beam": "Beam search"}
ATTENTION = {
    "encoder-decoder": "**Cross-attention**: how much each word that it wrote attended to each "
    "word that you wrote.",
    "decoder-only": "This model has no encoder and no cross-attention. Shown is the part of its "
    "**masked self-attention** that went back to your words; the rest went to its own.",
}

page_header(
    "Translate",
    "The model writes one token after the other. For each it looks back at your sentence; see "
    "below where.",
)

run = choose_run("translation", purpose="to translate with")
step = choose_step(run)
text = text_to_try(run)
with st.container(horizontal=True, vertical_alignment="bottom", gap="large"):
    strategy = st.segmented_control(
        "Decoding",
        list(STRATEGIES),
        default="greedy",
        required=True,
        format_func=STRATEGIES.get,
        key="strategy",
        help="Greedy takes the likeliest token each time. Beam search follows several "
        "translations at once and keeps those that are likeliest as a whole.",
    )
    num_beams = 4
    if strategy == "beam":
        num_beams = st.slider("Beams", 2, 12, 4, width=240)
    st.button("Translate", type="primary")  # leaving the text box does it too

with errors_shown():
    architecture = run.model_config().architecture
    longest = run.model_config().max_sequence_length
    config = DecodingConfig(strategy, max_new_tokens=longest, num_beams=num_beams)
    translation = translated(run, text, config, step)

with st.container(border=True, key="answer"):
    st.caption("Translation")
    st.text(translation.text or "(The model ended at once and wrote nothing.)")
    if reading := reading_aid(translation.text):
        st.caption(f"Read: *{reading}*")
if unknown := unknown_words(run, text):
    st.caption("Not in this model's vocabulary, and not read:")
    st.text(" ".join(unknown))
if translation.hypotheses:
    with st.expander("All beams and their scores", expanded=True):
        st.dataframe([answer._asdict() for answer in translation.hypotheses])
        st.caption("Score: sum of the tokens' log probabilities, divided by the length.")

st.subheader("Where the model looked", anchor=False)
st.caption(ATTENTION[architecture])
attention_view(cross_attention_map(translation), key="cross")

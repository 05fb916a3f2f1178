import streamlit as st

from tfplay.app import choose_run, errors_shown, page_header
from tfplay.app.conversations import conversation_id, load_messages, save_messages, stream_reply
from tfplay.config import DecodingConfig

AVATARS = {"user": ":material/person:", "assistant": ":material/hub:"}

page_header(
    "Chat",
    "A decoder-only model reads the conversation so far and goes on, one token at a time.",
)

run = choose_run("decoder-only", purpose="to chat with")
if run.recipe.task == "language-model":
    st.caption(
        "This model learned to go on with plain text, not to converse: it writes what might stand "
        "next in its training data."
    )

with st.expander("How it answers", icon=":material/tune:"):
    system = st.text_input("System message", key="system")
    left, right = st.columns(2, gap="large")
    with left:
        temperature = st.slider(
            "Temperature", 0.0, 2.0, 0.8, 0.05, help="0 always takes the likeliest token."
        )
        top_k = st.slider("Top k", 0, 200, 40, help="Only the k likeliest tokens; 0 is all.")
    with right:
        top_p = st.slider(
            "Top p", 0.05, 1.0, 1.0, 0.05, help="Only the likeliest that add up to p; 1 is all."
        )
        max_new_tokens = st.slider("Longest answer, in tokens", 8, 512, 120, 8)
    seed = left.number_input("Seed", 0, 2**31 - 1, 0, help="The same seed gives the same answer.")

conversation = conversation_id()
if st.button("Clear the conversation", icon=":material/delete_sweep:"):
    save_messages(conversation, [])

with errors_shown():
    messages = load_messages(conversation)
for message in messages:
    with st.chat_message(message["role"], avatar=AVATARS[message["role"]]):
        st.text(message["content"])

if question := st.chat_input("Say something"):
    messages.append({"role": "user", "content": question})
    with st.chat_message("user", avatar=AVATARS["user"]):
        st.text(question)
    config = DecodingConfig(
        "sampling" if temperature else "greedy",
        max_new_tokens,
        temperature or 1.0,
        top_k,
        top_p,
        seed=seed,
    )
    instructions = [{"role": "system", "content": system}] if system.strip() else []
    with st.chat_message("assistant", avatar=AVATARS["assistant"]), errors_shown():
        answer = stream_reply(run, instructions + messages, config)
        if answer.strip():
            messages.append({"role": "assistant", "content": answer})
        else:
            st.caption("The model had nothing to say; another seed may change that.")
        save_messages(conversation, messages)

import streamlit as st

from tfplay.app import choose_run, choose_step, errors_shown, page_header
from tfplay.app.chat_controls import (
    choose_decoding,
    choose_system_message,
    suggested_message,
    suggestions,
)
from tfplay.app.conversations import conversation_id, load_messages, save_messages, stream_reply

AVATARS = {"user": ":material/person:", "assistant": ":material/hub:"}

page_header(
    "Chat",
    "A decoder-only model reads the conversation so far and goes on, one token at a time.",
)

run = choose_run("chat", "language-model", purpose="to chat with", preferred="chat")
step = choose_step(run)
if run.recipe.task == "language-model":
    st.caption(
        "This model learned to go on with plain text, not to converse: it writes what might stand "
        "next in its training data."
    )

with st.container(horizontal=True, vertical_alignment="bottom"):
    system = choose_system_message(run)
    with st.popover("How it answers", icon=":material/tune:"):
        config = choose_decoding(run)
    is_cleared = st.button("Clear the conversation", icon=":material/delete_sweep:")

conversation = conversation_id()
if is_cleared:
    save_messages(conversation, [])

with errors_shown():
    messages = load_messages(conversation)
for message in messages:
    with st.chat_message(message["role"], avatar=AVATARS[message["role"]]):
        st.text(message["content"])

question = st.chat_input("Say something") or suggested_message()
if not messages and not question:
    suggestions(run)
if question:
    messages.append({"role": "user", "content": question})
    with st.chat_message("user", avatar=AVATARS["user"]):
        st.text(question)
    instructions = [{"role": "system", "content": system}] if system.strip() else []
    with st.chat_message("assistant", avatar=AVATARS["assistant"]), errors_shown():
        answer = stream_reply(run, instructions + messages, config, step)
        if answer.strip():
            messages.append({"role": "assistant", "content": answer})
        else:
            st.caption("The model had nothing to say; another seed may change that.")
        save_messages(conversation, messages)

import streamlit as st

from tfplay.app.chat import (
    choose_system_message,
    conversation_list,
    conversation_menu,
    draw_conversation,
    message_box,
    open_conversation,
    take_request,
)
from tfplay.app.frame.layout import page_header
from tfplay.app.frame.locks import is_locked, tell_if_locked
from tfplay.app.frame.snapshot import opened_snapshot
from tfplay.app.model.choosing import choose_model
from tfplay.app.model.decoding_settings import choose_decoding
from tfplay.app.model.steps import choose_step
from tfplay.app.sharing import share

page_header(
    "Chat",
    "A decoder-only model reads the conversation so far and goes on, one token at a time.",
)

tell_if_locked("chat")
wanted = take_request()
conversation = open_conversation()
if not opened_snapshot():
    conversation_list()
with st.container(key="subject", horizontal=True, gap="small"):
    model = choose_model("chat", "language-model", purpose="to chat with", preferred="chat")
    choose_system_message(model, conversation)
    with st.popover("How it answers", icon=":material/tune:"):
        model = choose_step(model)
        config = choose_decoding(model)
    conversation_menu(conversation)
    share("conversation", conversation)
if not opened_snapshot() and not is_locked("chat"):
    message_box()
draw_conversation(model, conversation, wanted, config)

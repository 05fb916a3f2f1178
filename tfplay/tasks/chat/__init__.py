"""Chat: the reply to a conversation."""

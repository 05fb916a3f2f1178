"""Tokens in reading order to look at and to choose from, with the mouse or the keyboard."""

from tfplay.app.widgets.token_strip.token_strip import chosen_token, token_strip

__all__ = ["chosen_token", "token_strip"]

"""Two columns of tokens with lines between them: who attends to whom, and how much."""

from tfplay.app.widgets.token_lines.token_lines import token_lines

__all__ = ["token_lines"]

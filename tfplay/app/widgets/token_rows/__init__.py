"""Tokens in rows, one for each tokenizer; what covers the same characters lights up together."""

from tfplay.app.widgets.token_rows.token_rows import TokenRow, row_of, token_rows

__all__ = ["TokenRow", "row_of", "token_rows"]

"""What the Translate page is made of."""

from tfplay.app.translation.answer import show_translation
from tfplay.app.translation.decoding import choose_strategy
from tfplay.app.translation.languages import language_pair
from tfplay.app.translation.source import mark_unfamiliar, source_text
from tfplay.app.translation.translating import translated_parts
from tfplay.app.translation.whole_file import translate_file
from tfplay.app.translation.xray import translation_xray

__all__ = [
    "choose_strategy",
    "language_pair",
    "mark_unfamiliar",
    "show_translation",
    "source_text",
    "translate_file",
    "translated_parts",
    "translation_xray",
]

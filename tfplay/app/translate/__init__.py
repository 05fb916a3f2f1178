"""What the Translate page is made of."""

from tfplay.app.translate.answer import show_translation
from tfplay.app.translate.decoding import choose_strategy
from tfplay.app.translate.languages import language_pair
from tfplay.app.translate.source import mark_unfamiliar, source_text
from tfplay.app.translate.translating import translated_parts
from tfplay.app.translate.whole_file import translate_file
from tfplay.app.translate.xray import translation_xray

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

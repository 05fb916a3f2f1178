"""What the Translate page is made of."""

from tfplay.app.translate.answer import score_translation, show_translation
from tfplay.app.translate.decoding import choose_strategy
from tfplay.app.translate.source import mark_unfamiliar
from tfplay.app.translate.translating import translated_parts
from tfplay.app.translate.whole_file import translate_file
from tfplay.app.translate.xray import translation_xray

__all__ = [
    "choose_strategy",
    "mark_unfamiliar",
    "score_translation",
    "show_translation",
    "translate_file",
    "translated_parts",
    "translation_xray",
]

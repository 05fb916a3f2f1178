"""Translate a text with a trained encoder-decoder."""

import argparse
from typing import Any

from tfplay.commands.judgement import with_judgement
from tfplay.commands.model_option import add_model_option, open_trained
from tfplay.commands.texts import add_text_arguments, answer_texts
from tfplay.config import DecodingConfig
from tfplay.tasks import judge_translation, look_inside, translate

HELP = "translate a text"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds what the command takes."""
    add_text_arguments(parser)
    add_model_option(parser)
    parser.add_argument(
        "--beams", type=int, default=1, metavar="N", help="for beam search; 1 is greedy decoding"
    )
    parser.add_argument(
        "--json",
        action="store_true",
        help="more in the result: the tokens, the cross-attention as "
        "[layer][head][target token][source token], and every beam's translation",
    )


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Translates the text, or each of many."""
    trained = open_trained(options.model, "translation")
    config = DecodingConfig(
        strategy="greedy" if options.beams == 1 else "beam",
        max_new_tokens=trained.context,
        num_beams=options.beams,
    )

    def answer(text: str) -> dict[str, Any]:
        translation = translate(trained, text, config)
        result: dict[str, Any] = {"source": text, "translation": translation.text}
        if options.json:
            result |= {
                "source_tokens": translation.source_tokens,
                "target_tokens": translation.target_tokens,
                "cross_attention": look_inside(trained, translation).cross_attention.tolist(),
                "hypotheses": [hypothesis._asdict() for hypothesis in translation.hypotheses],
            }
        return with_judgement(result, judge_translation(trained, text, translation))

    return answer_texts(options, answer)

"""Continue a prompt with a trained decoder-only model."""

import argparse
from typing import Any

from tfplay import decoding
from tfplay.commands.model_option import add_model_option, open_trained
from tfplay.config import DecodingConfig
from tfplay.errors import InputError
from tfplay.text.limits import longest_text, require_length
from tfplay.text.words import normalize

HELP = "continue a prompt"

DEFAULTS = DecodingConfig(strategy="sampling")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds what the command takes."""
    parser.add_argument("--prompt", required=True, type=normalize, metavar="TEXT")
    add_model_option(parser)
    parser.add_argument(
        "--max-new-tokens",
        type=int,
        default=DEFAULTS.max_new_tokens,
        metavar="N",
        help="fewer if the model's context is full before (default: %(default)s)",
    )
    parser.add_argument(
        "--temperature",
        type=float,
        default=DEFAULTS.temperature,
        metavar="T",
        help="0 is greedy decoding (default: %(default)s)",
    )
    parser.add_argument(
        "--top-k",
        type=int,
        default=DEFAULTS.top_k,
        metavar="K",
        help="choose from the K likeliest tokens; 0 is all (default: %(default)s)",
    )
    parser.add_argument(
        "--top-p",
        type=float,
        default=DEFAULTS.top_p,
        metavar="P",
        help="choose from the likeliest tokens that reach this probability (default: %(default)s)",
    )
    parser.add_argument("--seed", type=int, default=DEFAULTS.seed, metavar="N")


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Continues the prompt."""
    config = DecodingConfig(
        strategy="sampling" if options.temperature else "greedy",
        max_new_tokens=options.max_new_tokens,
        temperature=options.temperature or DEFAULTS.temperature,
        top_k=options.top_k,
        top_p=options.top_p,
        seed=options.seed,
    )
    trained = open_trained(options.model, "language-model", "chat")
    require_length(options.prompt, longest_text(trained.context), "The prompt")
    prompt_ids = trained.tokenizer.tokenize(options.prompt)
    if len(prompt_ids) >= trained.context:
        raise InputError(
            f"The prompt has {len(prompt_ids)} tokens and leaves no room in this model's context "
            f"of {trained.context}."
        )
    [token_ids] = decoding.generate(trained.model, [prompt_ids], config)
    return {
        "prompt": options.prompt,
        "text": trained.tokenizer.detokenize(token_ids),
        "tokens": trained.tokenizer.labels(token_ids),
    }

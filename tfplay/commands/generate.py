"""Continue a prompt with a trained decoder-only model."""

import argparse
from typing import Any

from tfplay import decoding
from tfplay.commands.judgement import with_judgement
from tfplay.commands.model_option import add_model_option, open_trained
from tfplay.config import DecodingConfig
from tfplay.errors import InputError
from tfplay.tasks import judge_continuation
from tfplay.text.limits import longest_text, require_length
from tfplay.text.words import normalize

HELP = "continue a prompt"

DEFAULTS = DecodingConfig(strategy="sampling")
_SETTINGS = (
    ("max_new_tokens", "N", "fewer if the model's context is full before"),
    ("temperature", "T", "0 is greedy decoding"),
    ("top_k", "K", "choose from the K likeliest tokens; 0 is all"),
    ("top_p", "P", "choose from the likeliest tokens that reach this probability"),
)
"""Of how the next token is chosen: the field's name, its value's letter, what it does."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds what the command takes."""
    parser.add_argument("--prompt", required=True, type=normalize, metavar="TEXT")
    add_model_option(parser)
    for name, letter, told in _SETTINGS:
        usual = getattr(DEFAULTS, name)
        parser.add_argument(
            f"--{name.replace('_', '-')}",
            type=type(usual),
            default=usual,
            metavar=letter,
            help=f"{told} (default: %(default)s)",
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
    result = {
        "prompt": options.prompt,
        "text": trained.tokenizer.detokenize(token_ids),
        "tokens": trained.tokenizer.labels(token_ids),
    }
    judgement = judge_continuation(trained, options.prompt, prompt_ids, token_ids)
    return with_judgement(result, judgement)

"""Reply to a conversation, a JSON list of {"role", "content"}."""

import argparse
from pathlib import Path
from typing import Any

from tfplay import chat
from tfplay.commands.judgement import with_judgement
from tfplay.commands.model_option import add_model_option, open_trained
from tfplay.config import DecodingConfig
from tfplay.errors import InputError
from tfplay.text import check_conversation
from tfplay.text.files import read_json

HELP = "reply to a conversation"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds what the command takes."""
    parser.add_argument(
        "--messages",
        required=True,
        type=Path,
        metavar="FILE.json",
        help='such as [{"role": "user", "content": "Hello!"}]; the last message is answered',
    )
    add_model_option(parser, default="chat")
    parser.add_argument("--temperature", type=float, default=0.0, metavar="T", help="0 is greedy")
    parser.add_argument("--max-new-tokens", type=int, default=120, metavar="N")
    parser.add_argument("--seed", type=int, default=0, metavar="N")


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Replies to the conversation."""
    messages = read_json(options.messages)
    if not isinstance(messages, list):
        raise InputError(f"{options.messages.name} is not a JSON list of messages.")
    check_conversation(messages, options.messages.name)

    config = DecodingConfig(
        strategy="sampling" if options.temperature else "greedy",
        max_new_tokens=options.max_new_tokens,
        temperature=options.temperature or 1.0,
        seed=options.seed,
    )
    trained = open_trained(options.model, "chat", "language-model")
    reply = chat.Reply(trained, messages, config)
    said = {"role": "assistant", "content": "".join(reply)}
    if not reply.is_by_model:
        return {**said, "is_by_model": False}
    return with_judgement(said, reply.judgement())

"""The command line: `tfplay`, or `python -m tfplay`."""

import argparse
import json
import os
import sys
from pathlib import Path
from types import ModuleType
from typing import NoReturn

import tfplay
from tfplay.commands import (
    answer,
    app,
    chat,
    classify,
    corpora,
    evaluate,
    experiments,
    fill,
    flow,
    generate,
    lessons,
    models,
    resume,
    tag,
    train,
    translate,
    zoo,
)
from tfplay.errors import DivergenceError, InputError

COMMANDS: dict[str, ModuleType] = {
    "train": train,
    "resume": resume,
    "evaluate": evaluate,
    "translate": translate,
    "chat": chat,
    "generate": generate,
    "classify": classify,
    "tag": tag,
    "fill": fill,
    "answer": answer,
    "flow": flow,
    "models": models,
    "corpora": corpora,
    "lessons": lessons,
    "zoo": zoo,
    "experiments": experiments,
    "app": app,
}

EXIT_BAD_INPUT = 2
EXIT_DIVERGED = 3
EXIT_STOPPED = 130

EPILOG = """\
The result is one JSON object on the last line of standard output; progress goes to standard error.
Exit codes: 0 done; 2 bad input, told in one sentence; 3 the loss of a training became no number;
130 stopped by Ctrl-C or SIGTERM. A training that is stopped keeps what it has learned and prints
its result; a second Ctrl-C throws it away.
"""


def main(arguments: list[str] | None = None) -> int:
    """Runs one command.

    Args:
        arguments: What follows `tfplay`; `None` is what it was started with.

    Returns:
        The exit code.

    Example::

        main(["translate", "--model", "translator", "How are you?"])
    """
    try:
        options = make_parser().parse_args(arguments)
        result = options.run(options)
    except InputError as error:
        print(error, file=sys.stderr)
        return EXIT_BAD_INPUT
    except DivergenceError as error:
        print(error, file=sys.stderr)
        return EXIT_DIVERGED
    except OSError as error:
        if error.filename is None:
            raise  # not about a file
        print(f"{error.filename} cannot be used: {error.strerror}.", file=sys.stderr)
        return EXIT_BAD_INPUT
    except KeyboardInterrupt:
        return EXIT_STOPPED
    print(json.dumps(result, ensure_ascii=False))
    return EXIT_STOPPED if result.get("stopped_early") == "request" else 0


class Parser(argparse.ArgumentParser):
    """Tells of a wrong command line as of any other bad input."""

    def error(self, message: str) -> NoReturn:
        raise InputError(f"{message[0].upper()}{message[1:]}; `{self.prog} --help` tells more.")


def make_parser() -> Parser:
    """The parser of all commands."""
    layout = argparse.RawDescriptionHelpFormatter
    is_module = Path(sys.argv[0]).name == "__main__.py"
    program = "python -m tfplay" if is_module else "tfplay"
    parser = Parser(program, epilog=EPILOG, formatter_class=layout)
    parser.add_argument("--version", action="version", version=f"tfplay {tfplay.__version__}")
    subparsers = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, command in COMMANDS.items():
        subparser = subparsers.add_parser(
            name,
            help=command.HELP,
            description=command.__doc__,
            formatter_class=layout,
        )
        subparser.set_defaults(run=command.run)
        command.add_arguments(subparser)
    return parser


def prepare_streams() -> None:
    """Results are UTF-8 whatever the locale, and progress is ours alone.

    TensorFlow's C++ tells of this machine's devices at every start, which would bury our lines and
    cannot be turned off: it goes nowhere. What Python writes, tracebacks too, still arrives.
    """
    sys.stdout.reconfigure(encoding="utf-8")
    settings = {"encoding": sys.stderr.encoding, "errors": sys.stderr.errors}
    sys.stderr = os.fdopen(os.dup(2), "w", buffering=1, **settings)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)


def start() -> NoReturn:
    """The program itself."""
    prepare_streams()
    sys.exit(main())


if __name__ == "__main__":
    start()

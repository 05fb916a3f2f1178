"""The options that say which data a command reads: a file, or a corpus by its name."""

import argparse
from pathlib import Path

from tfplay.errors import InputError
from tfplay.store import home, write_corpus
from tfplay.store.corpora import TRAINING_SEED
from tfplay.tasks import TASKS
from tfplay.text.corpora import CORPORA, fitting_tasks
from tfplay.text.formats.grid import parse_columns
from tfplay.text.formats.moses import join_halves, joined_name
from tfplay.text.published import PUBLISHED, find

SEEDS = {"training": TRAINING_SEED}
OTHER_SEED = 1
"""Seeds: the training part is drawn as for the shipped models, others as for `zoo evaluate`."""


def add_data_options(parser: argparse.ArgumentParser, part: str, examples: int) -> None:
    """Adds the options.

    Args:
        parser: The parser of the command.
        part: The part of a corpus, if none is given.
        examples: How many examples of an unlimited corpus, if no number is given.
    """
    parser.add_argument(
        "--data",
        required=True,
        metavar="FILE_OR_CORPUS",
        help="a file of the task's format (also .gz), or a corpus that `corpora` lists",
    )
    parser.add_argument(
        "--translations",
        metavar="FILE",
        help="the translations of the lines of --data, if they are a file of their own, as "
        "train.en and train.hi",
    )
    parser.add_argument(
        "--columns",
        metavar="ROLE=COLUMN,...",
        help="which column of the file is what, by number or name: source=2,target=4 for "
        "translation, text=2,label=1 for classification, word=1,tag=4 for tagging; header=no if "
        "the first line is data (default: found by names and by what the columns hold)",
    )
    parser.add_argument(
        "--part", default=part, metavar="NAME", help="of a corpus (default: %(default)s)"
    )
    parser.add_argument(
        "--examples",
        type=int,
        default=examples,
        metavar="N",
        help="of a corpus that TFPlay writes itself (default: %(default)s)",
    )


def chosen_columns(options: argparse.Namespace) -> dict[str, int | str] | None:
    """Which columns of the file the options choose; `None` if they leave it open.

    Raises:
        InputError: The options cannot be understood, or the data is a corpus.
    """
    if options.columns is None:
        return None
    if name := named_corpus(options):
        raise InputError(f"--columns is for a data file; {name!r} is a corpus.")
    return parse_columns(options.columns)


def data_name(options: argparse.Namespace) -> str:
    """The name of the file that the options mean."""
    if options.translations is not None:
        return joined_name(options.data, options.translations)
    return Path(options.data).name


def named_corpus(options: argparse.Namespace) -> str | None:
    """The corpus that the options name; `None` if they name a file."""
    known = CORPORA.keys() | PUBLISHED.keys()
    return options.data if options.data in known and not Path(options.data).exists() else None


def data_file(options: argparse.Namespace, task: str) -> Path:
    """The file that the options mean; a corpus written for this project becomes one.

    Raises:
        InputError: There is no such file or corpus, it is for another task, or was not fetched yet.
    """
    name = named_corpus(options)
    if options.translations is not None:
        if not TASKS[task].about.may_be_two_files:
            raise InputError(f"--translations is for translation, not for {task}.")
        return join_halves(options.data, options.translations, home() / "corpora" / "joined")
    if name is None:
        return Path(options.data)
    corpus = CORPORA.get(name) or PUBLISHED[name]
    if corpus.task not in fitting_tasks(task):
        raise InputError(f"The corpus {name!r} is for {corpus.task}, not for {task}.")
    if name in CORPORA:
        return _written(options)
    part = options.part if options.part in corpus.parts else None
    found = find(name, home() / "corpora", part)
    if found is None:
        raise InputError(
            f"The corpus {name!r} is not on this machine; `python -m tfplay corpora fetch {name}` "
            f"fetches its {corpus.num_bytes:,} bytes (licence: {corpus.licence})."
        )
    return found


def _written(options: argparse.Namespace) -> Path:
    if options.examples < 1:
        raise InputError(f"--examples is {options.examples}; it must be at least 1.")
    seed = SEEDS.get(options.part, OTHER_SEED)
    folder = home() / "corpora" / options.data / f"{options.part}-{options.examples}"
    return write_corpus(options.data, options.examples, folder, options.part, seed)

"""The corpora that can be trained on by name: list them, fetch a published one, write one out."""

import argparse
import sys
from pathlib import Path
from typing import Any

from tfplay.errors import InputError
from tfplay.store import home
from tfplay.tasks import TASKS
from tfplay.text.corpora import CORPORA
from tfplay.text.published import PUBLISHED, fetch, find

HELP = "list the corpora known by name, fetch one, or write one to a file"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds what the command takes."""
    parser.add_argument("action", choices=("list", "fetch", "write"))
    parser.add_argument("name", nargs="?", metavar="NAME")
    parser.add_argument("--part", default="training", metavar="NAME")
    parser.add_argument("--examples", type=int, default=1000, metavar="N")
    parser.add_argument("--seed", type=int, default=0, metavar="N")
    parser.add_argument("--out", type=Path, metavar="FILE")


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Lists the corpora, fetches one or writes one."""
    actions = {"list": _list, "fetch": _fetch, "write": _write}
    return actions[options.action](options)


def _list(options: argparse.Namespace) -> dict[str, Any]:
    own = [
        {
            "name": corpus.name,
            "title": corpus.title,
            "task": corpus.task,
            "parts": list(corpus.parts),
            "explanation": corpus.explanation,
        }
        for corpus in CORPORA.values()
    ]
    published = [
        {
            "name": corpus.name,
            "title": corpus.title,
            "task": corpus.task,
            "parts": list(corpus.parts),
            "bytes": corpus.num_bytes,
            "licence": corpus.licence,
            "page": corpus.page,
            "is_here": find(corpus.name, home() / "corpora") is not None,
        }
        for corpus in PUBLISHED.values()
    ]
    return {"written_for_tfplay": own, "published": published}


def _fetch(options: argparse.Namespace) -> dict[str, Any]:
    if options.name not in PUBLISHED:
        raise InputError(
            f"There is no published corpus {options.name!r}; there are {', '.join(PUBLISHED)}."
        )
    corpus = PUBLISHED[options.name]
    print(
        f"{corpus.title}: {corpus.num_bytes:,} bytes, licence {corpus.licence} "
        f"({corpus.licence_url}).",
        file=sys.stderr,
    )
    path = fetch(options.name, home() / "corpora")
    return {"corpus": options.name, "path": str(path)}


def _write(options: argparse.Namespace) -> dict[str, Any]:
    if options.name not in CORPORA:
        raise InputError(
            f"There is no corpus {options.name!r} to write; there are {', '.join(CORPORA)}."
        )
    corpus = CORPORA[options.name]
    task = TASKS[corpus.task]
    path = options.out or Path(f"{corpus.name}-{options.part}{task.about.formats[0]}")
    examples = corpus.examples(options.part, options.examples, options.seed)
    task.write(path, examples)
    return {"corpus": corpus.name, "path": str(path), "examples": len(examples)}

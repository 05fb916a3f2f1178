"""Corpora as files: what was written for this project becomes a file in its task's format."""

from pathlib import Path

from tfplay.home import make_folder
from tfplay.store.files import writing_told
from tfplay.tasks import TASKS
from tfplay.text.corpora import CORPORA

TRAINING_SEED = 0
"""Draws the examples to train on; the same on every machine."""


def write_corpus(
    name: str, examples: int, folder: Path, part: str = "training", seed: int = TRAINING_SEED
) -> Path:
    """Writes examples of a corpus to a file that has its name.

    Args:
        name: One of `tfplay.text.corpora.CORPORA`.
        examples: How many; there are fewer if the corpus has no more.
        folder: Where; it is made if need be.
        part: One of the corpus' parts.
        seed: Draws them.

    Raises:
        InputError: There is no such part, or the file cannot be written.
    """
    corpus = CORPORA[name]
    task = TASKS[corpus.task]
    with writing_told(folder):
        make_folder(folder)
    path = folder / f"{name}{task.about.formats[0]}"
    task.write(path, corpus.examples(part, examples, seed))
    return path

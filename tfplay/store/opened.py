"""Models that others trained: their published files, opened once and kept at home."""

import os
import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tfplay.checkpoints import hub, packages
from tfplay.checkpoints.catalogue import CATALOGUE
from tfplay.checkpoints.fetching import IsCancelled, OnProgress
from tfplay.checkpoints.hub import HubModel
from tfplay.checkpoints.sources.base import Source
from tfplay.checkpoints.unpacking import unpack
from tfplay.config import ModelConfig
from tfplay.cutting import quoted
from tfplay.errors import InputError
from tfplay.home import home, make_folder
from tfplay.store.bundle import model_files
from tfplay.store.files import write_json, writing_told
from tfplay.store.model import (
    ABOUT,
    SOURCE,
    SOURCE_TOKENIZER,
    TOKENIZER,
    Model,
    published_files,
)
from tfplay.store.records import require_count, require_text, require_texts
from tfplay.store.run import STATUS
from tfplay.store.runs import find_run, open_run
from tfplay.tasks import TASKS
from tfplay.text import Tokenizer
from tfplay.text.files import DRAFT_PREFIX, draft
from tfplay.untrusted import read_record

LONGEST_READ = 2048
"""The most tokens that a model with a longer context reads here at once: a minute on a CPU."""

_ID = re.compile(r"\w[\w.-]{0,99}")
_WEIGHT_ENDINGS = (".safetensors", ".safetensors.index.json")
_TASKS = {
    "masked_lm": "masked-words",
    "classification": "classification",
    "token_classification": "tagging",
    "span": "answers",
}
"""What an encoder-only model can do, by its head."""

VECTORS = "vectors"
"""What one without a head gives. No task here has such models, so no page offers them."""


@dataclass(frozen=True)
class Origin:
    """What is known of where a model came from; all of it may be unknown.

    Attributes:
        title: What people call it.
        licence: Under which it was published.
        page: Where one can read more.
        about: What it is, in a sentence or two.
    """

    title: str
    licence: str = ""
    page: str = ""
    about: str = ""


def add_model(path: str | os.PathLike, name: str, origin: Origin | None = None) -> Model:
    """Opens a model that others published, or another TFPlay wrote, and keeps a copy of its files.

    No weight of a published one is loaded: names and shapes are compared with those of its family.

    Args:
        path: A folder as the Hugging Face Hub has it, or a GGUF file; a bundle or a run's package;
            or a zip file of a folder.
        name: The name to keep it under.
        origin: What is known of where it came from; `None` is nothing, or what a bundle says.

    Raises:
        InputError: It cannot be read, is of no known family, has no vocabulary, or there is a model
            of this name already.

    Example::

        add_model("SmolLM2-135M-Instruct.Q4_1.gguf", "smollm2").load()
    """
    target, path = new_folder(name), Path(path)
    if path.is_file() and path.suffix.lower() == ".zip":
        with _place_to_fetch() as folder:
            try:
                return add_model(unpack(path, folder / path.stem), name, origin)
            except InputError as error:  # in words that know no temporary folder
                raise InputError(str(error).replace(f"{folder}{os.sep}", "")) from error
    if (path / ABOUT).is_file():
        return _add_ours(read_model(path), target, origin)
    if (path / STATUS).is_file():
        return _add_ours(open_run(path).model, target, origin)
    return _add_published(path, target, origin)


def _add_ours(model: Model, folder: Path, origin: Origin | None) -> Model:
    """Keeps what another TFPlay wrote, once all of it was read."""
    _require_fitting(model)
    model.load()
    if origin is not None:
        licence = origin.licence or model.licence
        model = replace(model, title=origin.title, licence=licence)
    with draft(folder) as place:
        for file, content in model_files(replace(model, created=datetime.now().astimezone())):
            target = place / file
            target.parent.mkdir(parents=True, exist_ok=True)
            if isinstance(content, Path):
                shutil.copyfile(content, target)
            else:
                target.write_text(content, encoding="utf-8")
    return read_model(folder)


def _require_fitting(model: Model) -> None:
    """Raises an `InputError` unless such a model can do its task."""
    if model.task == VECTORS:
        return
    if model.task not in TASKS:
        raise InputError(f"Its task is {quoted(model.task)}; there are {', '.join(TASKS)}.")
    config, about = model.config, TASKS[model.task].about
    head = about.heads.get(config.architecture, "none")
    is_right = config.architecture in about.architectures and config.head == head
    if not is_right or model.reads_text == (model.task == "images"):
        raise InputError(
            f"Its model is {config.architecture} with the head {config.head}, which cannot do "
            f"{model.task}."
        )


def _add_published(path: Path, folder: Path, origin: Origin | None) -> Model:
    """Keeps what others published, once names and shapes of its weights are known to fit."""
    from tfplay.checkpoints.opening import open_checkpoint
    from tfplay.checkpoints.words import read_words

    checkpoint = open_checkpoint(path)
    config = checkpoint.config
    checkpoint.require_fitting()
    tokenizer = None if config.image_size else read_words(checkpoint.source)
    with draft(folder) as place:
        place.mkdir(parents=True)
        _copy(checkpoint.source, place / SOURCE)
        write_about(
            place,
            origin or Origin(folder.name),
            checkpoint.family.title,
            config,
            tokenizer,
            checkpoint.labels,
        )
    return read_model(folder)


def new_folder(name: str) -> Path:
    """The folder of a model of this name, not made yet.

    Raises:
        InputError: It cannot be a folder's name, or there is a model of this name already.
    """
    if not _ID.fullmatch(name):
        raise InputError(
            f"The name {quoted(name)} cannot be a folder's; it must have letters, digits, '.', '_' "
            "and '-' only."
        )
    folder = models_folder() / name
    if folder.exists() or find_run(name):
        raise InputError(f"There is a model {name!r} already; delete it first, or name this other.")
    return folder


def write_about(
    folder: Path,
    origin: Origin,
    family: str,
    config: ModelConfig,
    tokenizer: Tokenizer | None,
    labels: Sequence[str],
    examples: Sequence[str] = (),
    source_tokenizer: Tokenizer | None = None,
) -> None:
    """Writes everything of a model but its weights.

    Args:
        folder: The model's.
        origin: What is known of where it came from.
        family: What it is a model of.
        config: What it is made of.
        tokenizer: `None` if it reads images.
        labels: Names of its classes.
        examples: What it is good to try on; none leaves that to its task.
        source_tokenizer: What its encoder reads by, if that is another.
    """
    if tokenizer is not None:
        tokenizer.save(folder / TOKENIZER)
    if source_tokenizer is not None:
        source_tokenizer.save(folder / SOURCE_TOKENIZER)
    about = {
        "created": datetime.now().astimezone().isoformat(),
        "title": origin.title,
        "licence": origin.licence,
        "page": origin.page,
        "family": family,
        "task": task_of(config, tokenizer),
        "labels": list(labels),
        "model": config.to_json(),
        "examples": list(examples),
    }
    write_json(folder / ABOUT, about)
    (folder / "README.md").write_text(_card(about, origin.about), encoding="utf-8")


def fetch_model(
    name: str,
    on_progress: OnProgress = lambda done, total: None,
    is_cancelled: IsCancelled = lambda: False,
) -> Model | None:
    """The published model of this name, fetched and kept unless it was before.

    Args:
        name: One of `tfplay.checkpoints.catalogue.CATALOGUE`.
        on_progress: Called with the bytes fetched so far and all there are.
        is_cancelled: Asked several times a second; nothing is kept once it says so.

    Returns:
        The model, or `None` if it was cancelled.

    Raises:
        InputError: There is no such model, or it cannot be fetched.
    """
    if kept := find_opened(name):
        return kept
    with _place_to_fetch() as folder:
        path = packages.fetch(name, folder, on_progress, is_cancelled)
        if path is None:
            return None
        entry = CATALOGUE[name]
        origin = Origin(entry.title, entry.licence, entry.page, entry.about)
        return add_model(published_files(path), name, origin)


def fetch_hub_model(found: HubModel, on_progress: OnProgress = lambda done, total: None) -> Model:
    """A model of the Hugging Face Hub, fetched and kept under its name without its owner's.

    Args:
        found: What `tfplay.checkpoints.hub.look_up` found.
        on_progress: Called with the bytes fetched so far and all there are.

    Raises:
        InputError: It cannot be fetched, cannot be opened, or there is a model of its name already.
    """
    name = found.repository.partition("/")[2]
    with _place_to_fetch() as folder:
        path = hub.fetch(found, folder, on_progress)
        assert path is not None  # nobody can cancel it
        page = f"https://huggingface.co/{found.repository}/tree/{found.commit}"
        return add_model(published_files(path), name, Origin(name, found.licence or "", page))


@contextmanager
def _place_to_fetch() -> Iterator[Path]:
    """A folder beside the models, for files on their way."""
    with writing_told(models_folder()):
        make_folder(models_folder())
        with TemporaryDirectory(prefix=DRAFT_PREFIX, dir=models_folder()) as folder:
            yield Path(folder)


def _copy(source: Source, folder: Path) -> None:
    """Copies the weights and the small files, and nothing else of what lies beside them."""
    folder.mkdir()
    if source.path.is_file():
        shutil.copyfile(source.path, folder / source.path.name)
        return
    weights = [path for path in source.path.iterdir() if path.name.endswith(_WEIGHT_ENDINGS)]
    for path in (*source.files.values(), *weights):
        target = folder / path.relative_to(source.path)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)


def task_of(config: ModelConfig, tokenizer: Tokenizer | None) -> str:
    """What the model can do, by what it ends with and whether it has learned to converse."""
    match config.architecture:
        case "encoder-decoder":
            return "translation"
        case "encoder-only":
            return "images" if config.image_size else _TASKS.get(config.head, VECTORS)
    if config.head == "classification":
        return "classification"
    return "chat" if getattr(tokenizer, "chat_template", None) else "language-model"


def _card(about: dict[str, Any], explanation: str) -> str:
    facts = (("Family", about["family"]), ("Licence", about["licence"]), ("From", about["page"]))
    lines = [f"- {name}: {value}" for name, value in facts if value]
    return "\n".join([f"# {about['title']}", "", explanation, "", *lines, ""])


def read_model(folder: Path) -> Model:
    """The model in a folder that `add_model` made, or that a bundle is unpacked to.

    Raises:
        InputError: The folder is none, or was cut short.
    """
    about = read_record(folder / ABOUT)
    try:
        config = ModelConfig.from_json(about["model"])
        require_texts(about, "labels")
        require_text(about, "owner")
        for each in about.setdefault("examples", []):
            _require_example(each)
        if about.setdefault("window", None) is not None:
            require_count(about, "window")
        longest = LONGEST_READ if config.max_sequence_length > LONGEST_READ else None
        return Model(
            folder.absolute(),
            str(about["title"]),
            "opened",
            datetime.fromisoformat(about["created"]),
            str(about["task"]),
            config,
            tuple(about["labels"]),
            tuple(about["examples"]),
            window=about["window"] or longest,
            licence=str(about["licence"]),
            owner=about.get("owner"),
            is_downloadable=about.get("downloadable") is not False,
        )
    except InputError as error:
        told = str(error).rstrip(".")
        raise InputError(f"{folder} is not a whole model: {ABOUT} is damaged: {told}.") from error
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(f"{folder} is not a whole model: {ABOUT} lacks {error}.") from error


def find_opened(name: str) -> Model | None:
    """The model that was kept under this name; `None` if there is none, or it is not whole."""
    if not _ID.fullmatch(name) or not (models_folder() / name / ABOUT).is_file():
        return None
    with suppress(InputError):
        return read_model(models_folder() / name)
    return None


def list_opened() -> list[Model]:
    """The models that were opened from the files of others, newest first."""
    return sorted(_found(), key=lambda model: model.created, reverse=True)


def _found() -> Iterator[Model]:
    for path in models_folder().glob("[!.]*"):
        with suppress(InputError):
            yield read_model(path)


def delete_opened(model: Model) -> None:
    """Deletes the copy of a model's files.

    Raises:
        InputError: It is on a read-only disk.
    """
    with writing_told(model.path):
        shutil.rmtree(model.path)


def rename_opened(model: Model, title: str) -> None:
    """Gives a model another title.

    Raises:
        InputError: The title is empty, or it cannot be written.
    """
    title = " ".join(title.split())
    if not title:
        raise InputError("A model needs a title of at least one letter.")
    path = model.path / ABOUT
    write_json(path, read_record(path) | {"title": title})


def models_folder() -> Path:
    """Where models that others trained are kept."""
    return home() / "models"


def _require_example(example: Any) -> None:
    """Raises an `InputError` unless it is a text, or a question and its context."""
    texts = example.values() if isinstance(example, dict) else [example]
    if not all(isinstance(text, str) for text in texts):
        raise InputError(f"the example {quoted(example)} is no text")

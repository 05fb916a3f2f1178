"""Changes values in the configuration of Keras files, and opens them.

`python -m tests.checkpoints.keras_files.fuzz FOLDER` prints as `sources/fuzz.py` does. The file is
written anew with right checksums, since otherwise the archive would tell of the damage.
"""

import json
import sys
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import numpy as np

from tests.checkpoints.keras_files import originals
from tests.checkpoints.keras_files.damages import CONFIG, WEIGHTS, open_file, written
from tests.checkpoints.sources import fuzz

ORIGINALS = (
    *(originals.text_classification, originals.miniature_gpt, originals.translation),
    *(originals.hub_classification, originals.vision_transformer),
    originals.masked_language_model,
)
VALUES: tuple[Any, ...] = (
    *(None, True, -1, 0, 1, 2, 7, 1000, 2**31, 2**63, 0.5, -1e308, float("nan")),
    *("", "x" * 300, "\u202egpt\x00", [], [[[]]], {}, {"class_name": "Lambda"}),
)
Members = dict[str, bytes]


def places_in(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every list or dictionary in a value, with every index or key of it."""
    for key, each in value.items() if isinstance(value, dict) else enumerate(value):
        yield value, key
        if isinstance(each, dict | list):
            yield from places_in(each)


def changed(config: Any, random: np.random.Generator) -> Any:
    """The configuration with a few values replaced, moved or left out."""
    config = deepcopy(config)
    for _ in range(random.integers(1, 3)):
        places = list(places_in(config))
        if not places:
            return config
        holder, key = places[random.integers(len(places))]
        match random.integers(3):
            case 0:
                holder[key] = VALUES[random.integers(len(VALUES))]
            case 1:
                other, its_key = places[random.integers(len(places))]
                holder[key] = deepcopy(other[its_key])
            case 2:
                del holder[key]
    return config


def whole_files(folder: Path) -> Iterator[Members]:
    for number, make in enumerate(ORIGINALS):
        path = folder / f"whole {number}.keras"
        make().save(path)
        open_file(path)
        with ZipFile(path) as archive:
            yield {name: archive.read(name) for name in archive.namelist()}


def damaged(whole: Members, random: np.random.Generator) -> Members:
    if random.random() < 0.1:
        return whole | {WEIGHTS: fuzz.damaged(whole[WEIGHTS], random)}
    return whole | {CONFIG: json.dumps(changed(json.loads(whole[CONFIG]), random)).encode()}


def main() -> None:
    folder = Path(sys.argv[1])
    wholes, path = list(whole_files(folder)), folder / "damaged.keras"

    def damage(random: np.random.Generator) -> None:
        written(damaged(wholes[random.integers(len(wholes))], random))(path)

    fuzz.report(damage, lambda: open_file(path))


if __name__ == "__main__":
    main()

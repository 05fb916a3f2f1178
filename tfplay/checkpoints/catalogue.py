"""The models of others that can be fetched by name: what they are, and where they are from."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_BYTES_OF_FLOAT32 = 4


@dataclass(frozen=True)
class PackagedModel:
    """A model in a wheel of the Python Package Index.

    Attributes:
        name: The name in TFPlay.
        title: The title that people read.
        about: What it is and what it is good for, in a sentence or two.
        licence: Under which it was published.
        page: Where one can read more.
        package: The package that has it.
        version: The package's version.
        sha256: Of its wheel.
        download: Bytes of its wheel.
        parameters: How many numbers the model has.
        files: What is taken out of the wheel, each with its bytes.
        inside: The folder that the files lie in.
        archive: The zip file within the wheel that the folder is in, if it is in one.
    """

    name: str
    title: str
    about: str
    licence: str
    page: str
    package: str
    version: str
    sha256: str
    download: int
    parameters: int
    files: Mapping[str, int]
    inside: str = ""
    archive: str | None = None

    @property
    def size(self) -> int:
        """Bytes of its files."""
        return sum(self.files.values())

    @property
    def memory(self) -> int:
        """Bytes of its weights once they are loaded, in float32."""
        return _BYTES_OF_FLOAT32 * self.parameters


def _read_catalogue() -> dict[str, PackagedModel]:
    text = Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
    return {name: PackagedModel(name, **entry) for name, entry in tomllib.loads(text).items()}


CATALOGUE = _read_catalogue()
"""By name."""

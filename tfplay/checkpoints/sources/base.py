"""What any file of weights comes down to: a configuration, and arrays by name, not read yet."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np


@dataclass(frozen=True)
class Tensor:
    """One stored array, not yet read.

    Attributes:
        name: As the file has it.
        shape: Slowest axis first, as in NumPy, whatever the file's own order.
        dtype: NumPy's name, `"bfloat16"` of `ml_dtypes`, or a GGUF quantisation as `"Q4_K"`.
        read: Gives the array: a view of the file where its bytes stand as they are needed; float32
            if it is quantised. It raises an `InputError` if the file has changed since.
    """

    name: str
    shape: tuple[int, ...]
    dtype: str
    read: Callable[[], np.ndarray]


@dataclass(frozen=True)
class Source:
    """A model as someone published it.

    Attributes:
        path: The file or the folder.
        kind: `"hugging-face"`, `"gguf"`, `"keras-preset"`, or `"tensors"` (a `.safetensors` alone).
        config: What is in `config.json`; or what a GGUF or a lone file says of itself.
        tensors: Every array by its name.
        files: The small files beside the weights by their name in the folder, such as
            `tokenizer.json` or `assets/tokenizer/vocabulary.txt`.
    """

    path: Path
    kind: str
    config: Mapping[str, Any]
    tensors: Mapping[str, Tensor]
    files: Mapping[str, Path]

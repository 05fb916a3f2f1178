"""Small published models with made-up weights, the same for the reference and for us."""

import json
import struct
import zlib
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import tokenizers

GOLDEN = Path(__file__).parent / "golden"


def made_up_weights(shapes: Mapping[str, list[int]]) -> dict[str, np.ndarray]:
    """Weights of these shapes; those of one name and shape are always the same."""
    return {name: _weight(name, tuple(shape)) for name, shape in shapes.items()}


def _weight(name: str, shape: tuple[int, ...]) -> np.ndarray:
    values = np.random.default_rng(zlib.crc32(name.encode())).normal(size=shape)
    is_norm = name.endswith(("weight", "gamma")) and len(shape) == 1
    scaled = 1 + 0.2 * values if is_norm else values * 0.7 / np.sqrt(shape[-1])
    return scaled.astype("float32")


def write_checkpoint(family: str, folder: Path) -> None:
    """Writes a family's small model in its published layout."""
    about = json.loads((GOLDEN / f"{family}.json").read_text())
    folder.mkdir(exist_ok=True)
    (folder / "config.json").write_text(json.dumps(about["config"]))
    write_safetensors(folder / "model.safetensors", made_up_weights(about["shapes"]))


def write_published(family: str, folder: Path) -> None:
    """The same with a vocabulary."""
    write_checkpoint(family, folder)
    write_words(folder)


def write_words(folder, size: int = 101) -> None:
    """A vocabulary of as many words as the small checkpoints have."""
    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    words = [*special, *(f"w{index}" for index in range(size - len(special)))]
    model = tokenizers.models.WordLevel({word: i for i, word in enumerate(words)}, "[UNK]")
    tokenizer = tokenizers.Tokenizer(model)
    tokenizer.pre_tokenizer = tokenizers.pre_tokenizers.Whitespace()
    tokenizer.add_special_tokens(special)
    tokenizer.save(str(folder / "tokenizer.json"))


def write_safetensors(path: Path, arrays: Mapping[str, np.ndarray]) -> None:
    """Writes float32 arrays as the format wants them, independently of our own writer."""
    header, offset = {}, 0
    for name, array in arrays.items():
        offsets = [offset, offset + array.nbytes]
        header[name] = {"dtype": "F32", "shape": list(array.shape), "data_offsets": offsets}
        offset += array.nbytes
    head = json.dumps(header).encode()
    body = b"".join(np.ascontiguousarray(array).tobytes() for array in arrays.values())
    path.write_bytes(struct.pack("<Q", len(head)) + head + body)

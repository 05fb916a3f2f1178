"""Records what `transformers` makes of models that were exported here.

It is no dependency of this project, so there are two steps, from the repository's top level:
`python -m tests.checkpoints.exports /tmp/exports`, then with a Python that has PyTorch and
`transformers`, `PYTHONPATH=. python tests/checkpoints/make_golden_exports.py /tmp/exports`.
"""

import json
import sys
from pathlib import Path

import numpy as np
import torch
import transformers
from safetensors import safe_open

from tests.checkpoints.published import GOLDEN

EXPORTS = GOLDEN / "exports"
THEIR_NAMES = {
    "token_ids": "input_ids",
    "padding_mask": "attention_mask",
    "encoder_token_ids": "input_ids",
    "encoder_padding_mask": "attention_mask",
    "decoder_token_ids": "decoder_input_ids",
}


def main(folder: Path) -> None:
    EXPORTS.mkdir(exist_ok=True)
    samples = (folder / "samples.txt").read_text(encoding="utf-8").split("\0")
    for inputs in sorted(folder.glob("*.npz")):
        about, logits = golden(folder / inputs.stem, dict(np.load(inputs)), samples)
        text = json.dumps(about, indent=1, ensure_ascii=False)
        (EXPORTS / inputs.name).with_suffix(".json").write_text(f"{text}\n", encoding="utf-8")
        np.savez_compressed(EXPORTS / inputs.name, logits=logits)
        print(inputs.stem, logits.shape)


def golden(
    folder: Path, inputs: dict[str, np.ndarray], samples: list[str]
) -> tuple[dict, np.ndarray]:
    """What the exported files say, and the logits that the reference makes of them."""
    config = json.loads((folder / "config.json").read_text())
    model_class = getattr(transformers, config["architectures"][0])
    model, loading = model_class.from_pretrained(
        folder, attn_implementation="eager", output_loading_info=True
    )
    problems = {name: list(found) for name, found in loading.items() if found}
    assert not problems, f"{folder.name}: {problems}"
    if "images" in inputs:
        theirs = {"pixel_values": torch.tensor(inputs["images"].transpose(0, 3, 1, 2)).float()}
    else:
        theirs = {THEIR_NAMES[name]: torch.tensor(each) for name, each in inputs.items()}
        theirs["attention_mask"] = theirs["attention_mask"].long()
    with torch.no_grad():
        output = model.eval()(**theirs)
    if hasattr(output, "start_logits"):
        logits = torch.stack([output.start_logits, output.end_logits], dim=1)
    else:
        logits = output.logits
    with safe_open(folder / "model.safetensors", "np") as file:
        shapes = {name: file.get_slice(name).get_shape() for name in sorted(file.keys())}
    about = {"config": config, "shapes": shapes, "token_ids": None}
    if (folder / "tokenizer.json").exists():
        tokenizer = transformers.AutoTokenizer.from_pretrained(folder)
        about["token_ids"] = [tokenizer(text).input_ids for text in samples]
    about["versions"] = {"torch": torch.__version__, "transformers": transformers.__version__}
    return about, logits.numpy()


if __name__ == "__main__":
    main(Path(sys.argv[1]))

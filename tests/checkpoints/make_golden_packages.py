"""Makes the golden answers of three published models, by PyTorch and `transformers`.

They are no dependency of this project: run it with a Python that has both, `accelerate`, `gguf` and
`sentencepiece`, from the repository's top level, with the models' folders as `python -m tfplay
models fetch` leaves them:

    PYTHONPATH=. python tests/checkpoints/make_golden_packages.py SMOLLM2.gguf BERT_TINY MINILM
"""

import json
import sys
from pathlib import Path

import torch
import transformers
from transformers import AutoModel, AutoModelForCausalLM, AutoModelForMaskedLM, AutoTokenizer

from tests.checkpoints.published import GOLDEN

CHATS = [
    "What is the capital of France?",
    "Who wrote Romeo and Juliet?",
    "How many days are in a week?",
    "Name three colours.",
    "What do bees make?",
    "Say hello in Spanish.",
    "What is the opposite of hot?",
    "Give me one tip for sleeping well.",
    "What is 2+1?",
    "Why is the sky blue?",
]
MASKED = [
    "the capital of france is [MASK].",
    "she drank a cup of [MASK].",
    "the [MASK] barked all night.",
    "he plays the [MASK] in a band.",
    "in winter it is very [MASK].",
    "the children went to [MASK] by bus.",
    "a [MASK] has four legs.",
    "we watched a [MASK] at the cinema.",
    "the doctor works in a [MASK].",
    "they bought a new [MASK] for the kitchen.",
]
SENTENCES = [
    "The cat sits on the mat.",
    "A kitten is lying on a rug.",
    "Shares fell sharply on Monday.",
]
NUM_NEW = 24
BEST = 5


def main() -> None:
    gguf, bert, minilm = sys.argv[1:]
    golden = {
        "versions": {"torch": torch.__version__, "transformers": transformers.__version__},
        "smollm2": replies(Path(gguf)),
        "bert-tiny": fillings(bert),
        "minilm": vectors(minilm),
    }
    path = GOLDEN / "packages" / "answers.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(golden, indent=1, ensure_ascii=False) + "\n")


@torch.no_grad()
def replies(path: Path) -> list[dict]:
    """Greedy replies of the dequantised weights in float32."""
    source = {"pretrained_model_name_or_path": path.parent, "gguf_file": path.name}
    tokenizer = AutoTokenizer.from_pretrained(**source)
    model = AutoModelForCausalLM.from_pretrained(**source, dtype=torch.float32).eval()
    found = []
    for text in CHATS:
        messages = [{"role": "user", "content": text}]
        prompt = tokenizer.apply_chat_template(
            messages, add_generation_prompt=True, return_tensors="pt", return_dict=True
        )["input_ids"]
        options = {"do_sample": False, "max_new_tokens": NUM_NEW, "repetition_penalty": 1.0}
        written = model.generate(prompt, **options)[0, prompt.shape[1] :]
        found.append(
            {"user": text, "prompt_ids": prompt[0].tolist(), "written_ids": written.tolist()}
        )
    return found


@torch.no_grad()
def fillings(folder: str) -> list[dict]:
    """The likeliest tokens behind each mask."""
    tokenizer = AutoTokenizer.from_pretrained(folder)
    model = AutoModelForMaskedLM.from_pretrained(folder).eval()
    found = []
    for text in MASKED:
        inputs = tokenizer(text, return_tensors="pt")
        place = inputs["input_ids"][0].tolist().index(tokenizer.mask_token_id)
        logits = model(**inputs).logits[0, place]
        best = tokenizer.convert_ids_to_tokens(logits.topk(BEST).indices.tolist())
        found.append({"text": text, "best": best})
    return found


@torch.no_grad()
def vectors(folder: str) -> list[dict]:
    """The mean of the last vectors, made as long as 1."""
    tokenizer, model = AutoTokenizer.from_pretrained(folder), AutoModel.from_pretrained(folder)
    found = []
    for text in SENTENCES:
        mean = model.eval()(**tokenizer(text, return_tensors="pt")).last_hidden_state[0].mean(0)
        vector = [round(x, 6) for x in (mean / mean.norm()).tolist()]
        found.append({"text": text, "vector": vector})
    return found


if __name__ == "__main__":
    main()

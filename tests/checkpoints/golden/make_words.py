"""Makes words.json: what other libraries make of text with two published vocabularies.

    python -m tests.checkpoints.golden.make_words FOLDER

FOLDER has the models of `tfplay.checkpoints.catalogue` in folders of their names. It needs
`transformers` for BERT, and `xllamacpp` for the GGUF file: it brings llama.cpp, which the format is
from, and which also writes the conversation. Neither is needed for anything else.
"""

import json
import sys
import urllib.request
from importlib.metadata import version
from pathlib import Path
from typing import Any

import transformers
import xllamacpp

from tests.checkpoints.words.lines import TALK, lines

HERE = Path(__file__).parent
PORT = 18_533


def bert_ids(folder: Path) -> list[list[int]]:
    """BERT's ids of the lines, without special tokens."""
    tokenizer = transformers.AutoTokenizer.from_pretrained(folder)
    return tokenizer(lines(), add_special_tokens=False)["input_ids"]


def gguf_ids(path: Path) -> dict[str, Any]:
    """llama.cpp's ids of the lines, no text of theirs special, and of the conversation."""
    settings = xllamacpp.CommonParams()
    settings.model.path = str(path)
    settings.n_ctx, settings.port, settings.warmup = 256, PORT, False
    server = xllamacpp.Server(settings)

    def ask(route: str, **question: Any) -> dict[str, Any]:
        request = urllib.request.Request(
            server.listening_address + route,
            json.dumps(question).encode(),
            {"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)

    def ids(text: str, parse_special: bool) -> list[int]:
        settings = {"add_special": False, "parse_special": parse_special}
        return ask("/tokenize", content=text, **settings)["tokens"]

    prompt = ask("/apply-template", messages=TALK)["prompt"]
    return {
        "lines": [ids(line, parse_special=False) for line in lines()],
        "conversation": ids(prompt, parse_special=True),
    }


def main() -> None:
    """Writes words.json."""
    folder = Path(sys.argv[1])
    [gguf] = (folder / "smollm2").glob("*.gguf")
    golden = {
        "made_with": {name: version(name) for name in ("transformers", "tokenizers", "xllamacpp")},
        "bert-tiny": {"lines": bert_ids(folder / "bert-tiny")},
        "smollm2": gguf_ids(gguf),
    }
    text = json.dumps(golden, separators=(",", ":")).replace("],[", "],\n[")
    (HERE / "words.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

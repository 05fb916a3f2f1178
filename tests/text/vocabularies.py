"""Small vocabularies of the kinds that are published, learned by the `tokenizers` library."""

import json
from collections.abc import Callable
from functools import cache

from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers

from tests.text.scripts import SCRIPTS
from tfplay.text import LibraryTokenizer, SpecialTokens

NONE = dict.fromkeys(
    ("pad", "unknown", "start", "end", "mask", "system", "user", "assistant"), None
)
BERT = SpecialTokens(start="[CLS]", end="[SEP]", system=None, user=None, assistant=None)
LLAMA = SpecialTokens(**NONE | {"pad": "</s>", "unknown": "<unk>", "start": "<s>", "end": "</s>"})
CHATML = SpecialTokens(**NONE | {"pad": "<|im_end|>", "start": "<|im_start|>", "end": "<|im_end|>"})
BYTES = [f"<0x{byte:02X}>" for byte in range(256)]


def learned_once(learn: Callable[[], dict]) -> Callable[[], dict]:
    """Gives a copy of what was learned first: WordPiece's learner numbers letters by chance."""
    text = cache(lambda: json.dumps(learn()))
    return lambda: json.loads(text())


def learned(learner: Tokenizer, trainer: trainers.Trainer) -> dict:
    """The content of a tokenizer.json that was learned from all scripts."""
    learner.train_from_iterator(SCRIPTS.values(), trainer)
    return json.loads(learner.to_str())


@learned_once
def byte_level() -> dict:
    """As GPT-2 and most models since: byte pairs."""
    learner = Tokenizer(models.BPE())
    learner.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    learner.decoder = decoders.ByteLevel()
    special = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    return learned(
        learner,
        trainers.BpeTrainer(
            vocab_size=500, special_tokens=special, initial_alphabet=alphabet, show_progress=False
        ),
    )


@learned_once
def byte_fallback() -> dict:
    """As Llama's first vocabularies: pairs of characters; what has no token becomes bytes."""
    learner = Tokenizer(models.BPE(unk_token="<unk>", byte_fallback=True, fuse_unk=True))
    learner.pre_tokenizer = pre_tokenizers.Metaspace()
    special = ["<unk>", "<s>", "</s>", *BYTES]
    data = learned(
        learner,
        trainers.BpeTrainer(
            vocab_size=420, special_tokens=special, limit_alphabet=60, show_progress=False
        ),
    )
    learner = Tokenizer.from_str(json.dumps(data))
    learner.pre_tokenizer = None
    learner.normalizer = normalizers.Sequence(
        [normalizers.Prepend("▁"), normalizers.Replace(" ", "▁")]
    )
    learner.decoder = decoders.Sequence(
        [
            decoders.Replace("▁", " "),
            decoders.ByteFallback(),
            decoders.Fuse(),
            decoders.Strip(" ", 1, 0),
        ]
    )
    data = json.loads(learner.to_str())
    data["added_tokens"] = [each for each in data["added_tokens"] if each["id"] < 3]
    return data


@learned_once
def unigram() -> dict:
    """As T5 and Marian."""
    learner = Tokenizer(models.Unigram())
    learner.normalizer = normalizers.NFKC()
    learner.pre_tokenizer = pre_tokenizers.Metaspace()
    learner.decoder = decoders.Metaspace()
    special = ["<unk>", "<s>", "</s>"]
    return learned(
        learner,
        trainers.UnigramTrainer(
            vocab_size=300, special_tokens=special, unk_token="<unk>", show_progress=False
        ),
    )


@learned_once
def word_pieces() -> dict:
    """As BERT's uncased models."""
    learner = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    learner.normalizer = normalizers.BertNormalizer()
    learner.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    learner.decoder = decoders.WordPiece()
    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    return learned(
        learner,
        trainers.WordPieceTrainer(vocab_size=300, special_tokens=special, show_progress=False),
    )


LIBRARY = {
    "byte-level": LibraryTokenizer(byte_level(), CHATML),
    "byte-fallback": LibraryTokenizer(byte_fallback(), LLAMA),
    "Unigram": LibraryTokenizer(unigram(), LLAMA),
    "word pieces": LibraryTokenizer(word_pieces(), BERT),
}

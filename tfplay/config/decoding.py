"""How the next tokens are chosen."""

from dataclasses import dataclass

from tfplay.config.base import (
    MAX_SEED,
    JsonConfig,
    require_between,
    require_choice,
    require_integer,
)

STRATEGIES = ("greedy", "sampling", "beam")


@dataclass(frozen=True)
class DecodingConfig(JsonConfig):
    """How the next tokens are chosen.

    Args:
        strategy: `"greedy"`, `"sampling"` or `"beam"`.
        max_new_tokens: Decoding stops after this many tokens.
        temperature: Divides the logits; below 1 sharpens, above 1 flattens.
        top_k: Sample from the k likeliest tokens only; 0 is all.
        top_p: Sample from the smallest set whose probabilities reach p; 1 is all.
        repetition_penalty: Divides positive and multiplies negative logits of tokens already
            there; 1 is none (Keskar et al., 2019, arXiv:1909.05858).
        num_beams: Hypotheses kept by beam search.
        length_penalty: Beam scores are divided by length to this power; 0 prefers short answers.
        seed: Repeats a sampled answer.

    Raises:
        InputError: A value is impossible.
    """

    strategy: str = "greedy"
    max_new_tokens: int = 64
    temperature: float = 1.0
    top_k: int = 0
    top_p: float = 1.0
    repetition_penalty: float = 1.0
    num_beams: int = 4
    length_penalty: float = 1.0
    seed: int = 0

    def __post_init__(self) -> None:
        require_choice("strategy", self.strategy, STRATEGIES)
        require_integer("max_new_tokens", self.max_new_tokens, 1, 131_072)
        require_integer("num_beams", self.num_beams, 1, 256)
        require_integer("top_k", self.top_k, 0, 1_000_000)
        require_integer("seed", self.seed, 0, MAX_SEED)
        require_between("temperature", self.temperature, 0.01, 100.0)
        require_between("top_p", self.top_p, 1e-6, 1.0)
        require_between("repetition_penalty", self.repetition_penalty, 0.1, 10.0)
        require_between("length_penalty", self.length_penalty, 0.0, 10.0)

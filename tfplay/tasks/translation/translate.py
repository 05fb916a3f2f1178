"""Translating with a trained model."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from tfplay import decoding
from tfplay.config import DecodingConfig
from tfplay.errors import InputError
from tfplay.tasks.batches import BATCH_SIZE, bucket_length, pad
from tfplay.tasks.trained_model import TrainedModel
from tfplay.text.limits import longest_text, require_length

SHORTEST_ALONE = 64
"""Tokens that a single text is padded to: otherwise its typist would wait, every few words, for a
new shape to compile."""


class ScoredText(NamedTuple):
    """An answer of beam search with its score."""

    text: str
    score: float
    """Sum of log probabilities, divided by length to the power of the length penalty."""
    finished: bool
    """Whether it ended with an end token; unfinished ones appear only if too few ended."""


@dataclass(frozen=True)
class Translation:
    """A translation; `look_inside` tells how it came about.

    Attributes:
        source_ids: The S tokens that the model read, with the end token that an encoder reads too.
        target_ids: The T tokens that it wrote, the end token included if it was written.
        source_tokens: The tokens that the model read, as people read them.
        target_tokens: The tokens that it wrote, as people read them.
        text: The translation.
        score: Beam search's score of the translation; `None` for other strategies.
        hypotheses: All of beam search's answers, as it orders them; none for other strategies.
    """

    source_ids: list[int]
    target_ids: list[int]
    source_tokens: list[str]
    target_tokens: list[str]
    text: str
    score: float | None
    hypotheses: list[ScoredText]


class Prompt(NamedTuple):
    """The beginning of a decoding."""

    token_ids: list[int]
    source: dict[str, np.ndarray]
    """What the encoder reads, (1, S) each; nothing if there is no encoder."""


def translate(
    trained: TrainedModel, text: str, config: DecodingConfig, begun: Sequence[int] = ()
) -> Translation:
    """Translates one text.

    Args:
        trained: A model that learned translation.
        text: The source text; line breaks count as spaces.
        config: How the translation is chosen.
        begun: Token ids that the translation must begin with.

    Raises:
        InputError: The text is empty, or longer than the model can read.

    Example:
        >>> translation = translate(trained, "How are you?", DecodingConfig())
        >>> translation.text
        'आप कैसे हैं?'
    """
    tokenizer = trained.tokenizer
    source_ids = encode_source(trained, text)
    prompt = make_prompt(trained, source_ids, SHORTEST_ALONE)
    prompt_ids = [*prompt.token_ids, *begun]
    room = min(config.max_new_tokens - len(begun), trained.context - len(prompt_ids))
    hypotheses: list[ScoredText] = []
    if room <= 0 or tokenizer.end_id in begun:
        target_ids = list(begun)
    elif config.strategy == "beam":
        hypotheses, target_ids = _search(trained, prompt, begun, config)
    else:
        answers = decoding.generate(
            trained.model, np.array([prompt_ids]), config, [tokenizer.end_id], **prompt.source
        )
        target_ids = [*begun, *[*answers[0], tokenizer.end_id][:room]]
    return Translation(
        source_ids=source_ids,
        target_ids=target_ids,
        source_tokens=trained.source_tokenizer.labels(source_ids),
        target_tokens=tokenizer.labels(target_ids),
        text=tokenizer.detokenize(target_ids),
        score=hypotheses[0].score if hypotheses else None,
        hypotheses=hypotheses,
    )


def translate_all(
    trained: TrainedModel, texts: Sequence[str], max_new_tokens: int | None = None
) -> list[str]:
    """Translates many texts greedily, in batches of one shape.

    Args:
        trained: A model that learned translation.
        texts: The source texts.
        max_new_tokens: The most tokens of a translation; `None` is as many as the model reads.

    Raises:
        InputError: A text is empty, or longer than the model can read.
    """
    sources = [encode_source(trained, text) for text in texts]
    prompts = [make_prompt(trained, source_ids) for source_ids in sources]
    groups = defaultdict(list)
    for index, prompt in enumerate(prompts):
        shapes = tuple(array.shape for array in prompt.source.values())
        groups[len(prompt.token_ids), shapes].append(index)
    answers: list[list[int]] = [[] for _ in texts]
    for indices in groups.values():
        for start in range(0, len(indices), BATCH_SIZE):
            # The last batch begins again with the first examples, so that it has the same shape.
            rows = [indices[i % len(indices)] for i in range(start, start + BATCH_SIZE)]
            translated = _generate_rows(trained, [prompts[row] for row in rows], max_new_tokens)
            for row, answer in zip(rows, translated, strict=True):
                answers[row] = answer
    return [trained.tokenizer.detokenize(answer) for answer in answers]


def _generate_rows(
    trained: TrainedModel, prompts: Sequence[Prompt], max_new_tokens: int | None
) -> list[list[int]]:
    """The greedy continuations of prompts of one shape."""
    names = prompts[0].source
    source = {name: np.concatenate([prompt.source[name] for prompt in prompts]) for name in names}
    prompt_ids = np.array([prompt.token_ids for prompt in prompts])
    config = DecodingConfig(max_new_tokens=max_new_tokens or trained.context)
    return decoding.generate(
        trained.model, prompt_ids, config, [trained.tokenizer.end_id], **source
    )


def encode_source(trained: TrainedModel, text: str) -> list[int]:
    """The token ids of the source: the text's, and the end token that most encoders also read.

    Raises:
        InputError: The text is empty, or longer than the model can read.
    """
    text = " ".join(text.split())
    require_length(text, longest_text(trained.context))
    token_ids = trained.source_tokenizer.tokenize(text)
    if not token_ids:
        raise InputError("There is nothing to translate: the text is empty.")
    longest = longest_source(trained)
    if len(token_ids) > longest:
        raise InputError(
            f"The text has {len(token_ids)} tokens; this model reads at most {longest}."
        )
    return [*token_ids, *_source_end(trained)]


def longest_source(trained: TrainedModel) -> int:
    """The most tokens a source may have: most encoders also read an end token.

    A decoder-only model needs room for the start token and at least one of its own.
    """
    is_alone = trained.architecture == "decoder-only"
    return trained.context - (2 if is_alone else len(_source_end(trained)))


def _source_end(trained: TrainedModel) -> list[int]:
    """The end token of a source, if an encoder reads it and its vocabulary has one."""
    return [] if trained.architecture == "decoder-only" else trained.source_tokenizer.end_ids


def _search(
    trained: TrainedModel, prompt: Prompt, begun: Sequence[int], config: DecodingConfig
) -> tuple[list[ScoredText], list[int]]:
    """Beam search's answers, and the tokens of the best."""
    tokenizer = trained.tokenizer
    row = {name: array[0] for name, array in prompt.source.items()}
    prompt_ids = np.array([*prompt.token_ids, *begun])
    answers = decoding.beam_search(trained.model, prompt_ids, config, [tokenizer.end_id], **row)
    scored = [
        ScoredText(tokenizer.detokenize([*begun, *answer.token_ids]), answer.score, answer.finished)
        for answer in answers
    ]
    end = [tokenizer.end_id] if answers[0].finished else []
    return scored, [*begun, *answers[0].token_ids, *end]


def make_prompt(trained: TrainedModel, source_ids: list[int], shortest: int = 1) -> Prompt:
    """An encoder's source is padded to one of few lengths, none below the shortest."""
    tokenizer = trained.tokenizer
    if trained.architecture == "decoder-only":
        return Prompt([*source_ids, tokenizer.start_id], {})
    length = bucket_length(max(shortest, len(source_ids)), trained.context)
    pad_id = trained.source_tokenizer.pad_id
    token_ids = pad([source_ids], length, pad_id)
    source = {"encoder_token_ids": token_ids, "encoder_padding_mask": token_ids != pad_id}
    return Prompt([tokenizer.start_id], source)

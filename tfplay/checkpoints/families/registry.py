"""All families, and which of them a checkpoint is of."""

from collections.abc import Mapping
from typing import Any

from tfplay.checkpoints.families.bart import BART, BLENDERBOT, MARIAN
from tfplay.checkpoints.families.base import Family
from tfplay.checkpoints.families.bert import BERT
from tfplay.checkpoints.families.distilbert import DISTILBERT
from tfplay.checkpoints.families.gpt2 import GPT2
from tfplay.checkpoints.families.llama import LLAMA, MISTRAL, QWEN2, QWEN3, SMOLLM3
from tfplay.checkpoints.families.megatron_bert import MEGATRON_BERT
from tfplay.checkpoints.families.t5 import T5
from tfplay.checkpoints.families.vit import VIT
from tfplay.cutting import quoted
from tfplay.errors import InputError

FAMILIES = {
    family.name: family
    for family in (
        BERT,
        DISTILBERT,
        MEGATRON_BERT,
        GPT2,
        LLAMA,
        MISTRAL,
        QWEN2,
        QWEN3,
        SMOLLM3,
        MARIAN,
        BART,
        BLENDERBOT,
        T5,
        VIT,
    )
}
"""Every family by its name, the published `model_type`."""


def find_family(config: Mapping[str, Any]) -> Family:
    """The family of a published `config.json`.

    Raises:
        InputError: It is of no family that is known here.
    """
    name = config.get("model_type")
    if not isinstance(name, str) or name not in FAMILIES:
        raise InputError(
            f"The checkpoint's model_type is {quoted(name)}; here it can be {', '.join(FAMILIES)}."
        )
    return FAMILIES[name]

"""Data and recipes that train in seconds."""

from itertools import permutations
from pathlib import Path

from tfplay.recipes import Recipe, default_recipe

NUMBERS = {
    "one": "एक",
    "two": "दो",
    "three": "तीन",
    "four": "चार",
    "five": "पाँच",
    "six": "छह",
    "seven": "सात",
}

SMALLEST = {
    "steps": 3,
    "batch_size": 5,
    "warmup_steps": 0,
    "evaluate_every": 2,
    "num_layers": 1,
    "num_heads": 3,
    "hidden_dim": 33,
    "max_sequence_length": 16,
}


def write_pairs(folder: Path) -> Path:
    """210 pairs such as "one five two" and "एक पाँच दो"."""
    path = folder / "numbers.tsv"
    lines = [
        "\t".join((" ".join(words), " ".join(NUMBERS[word] for word in words)))
        for words in permutations(NUMBERS, 3)
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def write_text(folder: Path) -> Path:
    """A text of 1,500 characters."""
    path = folder / "counting.txt"
    path.write_text("one two three, four five six. " * 50, encoding="utf-8")
    return path


def smallest_recipe(task: str, data: Path, **changes: object) -> Recipe:
    """The task's recipe, with a model of a few thousand parameters."""
    recipe = default_recipe(task, data.name, "tiny").with_changes(SMALLEST | changes)
    return recipe.with_changes({"tokenizer_kind": "word", "vocabulary_size": 50})

"""A script as a notebook: its parts between `# %%` lines are the cells."""

import json
import re

_MARK = re.compile(r"^# %%(| \[markdown\])\n", re.MULTILINE)


def as_notebook(script: str) -> str:
    r"""The JSON of a notebook (nbformat 4) whose code cells are the script's code.

    Args:
        script: Python with a line `# %%` before each cell, `# %% [markdown]` before one of text,
            whose lines are comments.

    Example:
        >>> as_notebook("# %%\nprint(2 + 2)\n")[:10]
        '{"cells": '
    """
    _, *parts = _MARK.split(script)
    cells = [
        _cell(number, is_text=bool(kind), source=source.strip("\n"))
        for number, (kind, source) in enumerate(zip(parts[::2], parts[1::2], strict=True))
    ]
    python = {"name": "python3", "language": "python", "display_name": "Python 3"}
    about = {"kernelspec": python, "language_info": {"name": "python"}}
    notebook = {"cells": cells, "metadata": about, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(notebook, ensure_ascii=False)


def _cell(number: int, is_text: bool, source: str) -> dict[str, object]:
    cell = {"id": f"cell-{number}", "metadata": {}}
    if is_text:
        lines = [line.removeprefix("#").removeprefix(" ") for line in source.split("\n")]
        return cell | {"cell_type": "markdown", "source": "\n".join(lines)}
    return cell | {
        "cell_type": "code",
        "source": source,
        "outputs": [],
        "execution_count": None,
    }

"""Which steps of a training leave their weights behind, and where."""

import re
from pathlib import Path

import numpy as np

MAX_BYTES = 120_000_000
"""All snapshots of a run together have at most so many; of a larger model there are fewer."""

BYTES_PER_PARAMETER = 4

_SNAPSHOT = re.compile(r"[0-9]{8,10}\.npz")

_ROUND_STEPS = (1, 1.5, 2, 3, 5, 7)
"""In every power of ten: about evenly spaced, as ratios, and easy to read."""


def plan_snapshots(steps: int, parameters: int, most: int) -> list[int]:
    """The steps to keep the weights after, about evenly spaced in the logarithm of the step.

    Args:
        steps: The training's last step.
        parameters: Weights of the model.
        most: Snapshots that are wanted at most.

    Returns:
        Step 0 (the first weights), steps between, and the last; none if fewer than two snapshots
        are wanted or fit into 120 MB.

    Example:
        >>> plan_snapshots(1000, parameters=50_000, most=8)
        [0, 3, 7, 20, 50, 150, 300, 1000]
    """
    most = min(most, MAX_BYTES // (BYTES_PER_PARAMETER * parameters))
    if most < 2:
        return []
    powers = range(len(str(steps)))
    round_steps = (int(share * 10**power) for power in powers for share in _ROUND_STEPS)
    between = sorted({step for step in round_steps if step < 0.9 * steps})
    planned = np.array([0, *between, steps])
    if len(planned) > most:
        planned = planned[np.linspace(0, len(planned) - 1, most).round().astype(int)]
    return planned.tolist()


def snapshot_path(folder: Path, step: int) -> Path:
    """Where the weights after that step are in a run's folder."""
    return folder / "snapshots" / f"{step:08}.npz"


def find_snapshots(folder: Path) -> list[int]:
    """The steps whose weights are in a run's folder, in order."""
    paths = (folder / "snapshots").glob("*.npz")
    return sorted(int(path.stem) for path in paths if _SNAPSHOT.fullmatch(path.name))

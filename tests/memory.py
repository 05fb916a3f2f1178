"""How much memory this process takes, as Linux tells it; elsewhere it counts as nothing.

`getrusage` would not do in a process that a test starts: its peak begins at that of the parent.
"""

from pathlib import Path

_STATUS, _FORGET = Path("/proc/self/status"), Path("/proc/self/clear_refs")


def memory() -> int:
    """Megabytes now."""
    return _megabytes("VmRSS")


def peak_memory() -> int:
    """Megabytes at most since `forget_peak`."""
    return _megabytes("VmHWM")


def forget_peak() -> None:
    """Lets the peak begin again at what is taken now."""
    if _FORGET.exists():
        _FORGET.write_text("5")


def _megabytes(name: str) -> int:
    if not _STATUS.exists():
        return 0
    return int(_STATUS.read_text().split(f"{name}:")[1].split()[0]) // 1024

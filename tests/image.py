"""What the Dockerfile says, for those who run its steps without a container engine."""

import json
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def instructions() -> list[tuple[str, str]]:
    """The Dockerfile's instructions with their arguments, continued lines joined."""
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    lines = re.sub(r"\\\n\s*", "", re.sub(r"^#.*\n", "", text, flags=re.MULTILINE)).splitlines()
    return [tuple(line.split(maxsplit=1)) for line in lines if line.strip()]


def arguments_of(name: str) -> list[str]:
    """The arguments of each instruction of this name."""
    return [arguments for instruction, arguments in instructions() if instruction == name]


def settings_of_image() -> dict[str, str]:
    """The environment that the image sets."""
    return dict(part.split("=", 1) for line in arguments_of("ENV") for part in line.split())


def command_of(name: str) -> list[str]:
    """The command of the last `CMD`, or of the health check."""
    [arguments] = arguments_of(name)
    return json.loads(arguments[arguments.index("[") :])

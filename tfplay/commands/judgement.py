"""What commands tell of how far an answer can be trusted."""

from typing import Any

from tfplay.trust import Judgement


def with_judgement(result: dict[str, Any], judgement: Judgement | None) -> dict[str, Any]:
    """A command's result with the judgement of its answer, if that was ever measured."""
    return result | judgement.to_json() if judgement else result

"""Renders chat templates in a process of its own, which whoever asks may end at any time.

A template comes from strangers and is a program. Jinja's sandbox keeps it from the machine, but not
from running forever or filling the memory. Each line of the input is a JSON object with `template`
and `variables`; each line of the output one with `text` or `error`. Nothing of tfplay is imported.
"""

import json
import sys
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from jinja2 import TemplateError, nodes
from jinja2.ext import Extension
from jinja2.parser import Parser
from jinja2.sandbox import ImmutableSandboxedEnvironment, SecurityError

LONGEST_TEXT = 4_000_000
"""Characters of what a template may make, as of a list or a text on the way."""
_LARGEST_POWER = 64


class _Refusal(TemplateError):
    """What a template itself raises about a conversation."""


class _GenerationTag(Extension):
    """`{% generation %}` marks what a model is trained on; here it changes nothing."""

    tags = {"generation"}

    def parse(self, parser: Parser) -> list[nodes.Node]:
        next(parser.stream)
        return parser.parse_statements(("name:endgeneration",), drop_needle=True)


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja as the `transformers` library sets it up, and stricter: what is unsafe is refused."""

    intercepted_binops = frozenset(("*", "**"))

    def __init__(self) -> None:
        super().__init__(
            trim_blocks=True,
            lstrip_blocks=True,
            extensions=[_GenerationTag, "jinja2.ext.loopcontrols"],
        )
        self.filters["tojson"] = _to_json
        self.globals["raise_exception"] = _raise
        self.globals["strftime_now"] = lambda form: datetime.now().strftime(form)

    def unsafe_undefined(self, obj: Any, attribute: str) -> Any:
        """Raises an error, where Jinja would go on with nothing."""
        raise SecurityError(f"it reads {attribute!r} of a {type(obj).__name__}, which is not safe")

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """The product or the power, if it is not huge."""
        if operator == "**" and not max(abs(left), abs(right)) <= _LARGEST_POWER:
            raise SecurityError(f"it raises {left} to the power {right}")
        if operator == "*":
            for many, times in ((left, right), (right, left)):
                if hasattr(many, "__len__") and len(many) * times > LONGEST_TEXT:
                    raise SecurityError(f"it repeats something {times} times")
        return super().call_binop(context, operator, left, right)


def render(sandbox: Sandbox, template: str, variables: Mapping[str, Any]) -> str:
    """The text that a template makes.

    Raises:
        SecurityError: It is too long.
    """
    parts, length = [], 0
    for part in sandbox.from_string(template).generate(variables):
        length += len(part)
        if length > LONGEST_TEXT:
            raise SecurityError(f"it makes more than {LONGEST_TEXT:,} characters")
        parts.append(part)
    return "".join(parts)


def _to_json(value: Any, indent: int | None = None, **settings: Any) -> str:
    """JSON as it is, where Jinja would write it for HTML."""
    if indent is not None and not 0 <= indent <= 80:
        raise SecurityError(f"it indents by {indent}")
    return json.dumps(value, ensure_ascii=False, indent=indent, sort_keys=False)


def _raise(message: str) -> None:
    raise _Refusal(message)


def _answer(sandbox: Sandbox, line: str) -> dict[str, str]:
    try:
        return {"text": render(sandbox, **json.loads(line))}
    except _Refusal as error:
        return {"refusal": str(error)[:500]}
    except Exception as error:
        # A template may do anything that Python can refuse.
        return {"error": f"{type(error).__name__}: {error}"[:500]}


def main() -> None:
    """Answers until the input ends."""
    sandbox = Sandbox()
    print("ready", flush=True)
    for line in sys.stdin:
        print(json.dumps(_answer(sandbox, line)), flush=True)


if __name__ == "__main__":
    main()

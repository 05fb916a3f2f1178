"""A page that needs nothing from anywhere: data, components and style in one file of HTML."""

import json
import unicodedata
from base64 import b64encode
from collections.abc import Iterable, Mapping
from hashlib import sha256
from html import escape
from pathlib import Path
from typing import Any

import regex

from tfplay.cutting import cut_text

COMPONENTS = Path(__file__).parent / "components"
"""A folder for each component in plain JavaScript, which the app's pages draw too."""

LONGEST_NAME = 60  # characters
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}  # categories of Unicode
_JOINERS = "\u200c\u200d"
"""What is invisible and yet belongs to letters, as those of Hindi."""

_UNSAFE = regex.compile(r"[<>&\p{C}\p{Zl}\p{Zp}]")
"""What could end the script that a text stands in, or is not seen."""

# The script alone may run, by its hash; nothing may be fetched, sent or framed.
_POLICY = (
    "default-src 'none'; script-src 'sha256-{hash}'; style-src 'unsafe-inline'; "
    "connect-src 'none'; base-uri 'none'; form-action 'none'"
)
_PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{title}</title>
<style>
{style}</style>
</head>
<body>
{body}{templates}{blocks}<script>{script}</script>
</body>
</html>
"""


def self_contained(
    title: str,
    style: str,
    body: str,
    components: Iterable[str],
    script: str,
    blocks: Mapping[str, str],
) -> str:
    """The page as HTML.

    Args:
        title: What the browser calls it.
        style: CSS of the page.
        body: HTML, in which `{explorer}` stands for the component of all heads.
        components: Names of the components that the script may mount; each is in a place that no
            other style reaches.
        script: JavaScript of the page, which finds the components and `mount.js` before it.
        blocks: Data by the id under which the script finds it: JSON, or another text without "<".
    """
    components = list(components)
    script = f'"use strict";\n{_modules(components)}\n{_file("mount.js")}\n{script}'
    return _PAGE.format(
        policy=_POLICY.format(hash=b64encode(sha256(script.encode()).digest()).decode()),
        title=escape(title),
        style=style,
        body=body.replace("{explorer}", read_component("explorer", "html")),
        templates="".join(map(_template, components)),
        blocks="".join(
            f'<script type="application/json" id="{name}">{text}</script>\n'
            for name, text in blocks.items()
        ),
        script=script,
    )


def visible(text: str) -> str:
    """A name as it is drawn: not long, and what is invisible or turns text round by its number."""
    shown = "".join(
        letter
        if unicodedata.category(letter) not in _INVISIBLE or letter in _JOINERS
        else f"\\u{ord(letter):04x}"
        for letter in text[: 4 * LONGEST_NAME]
    )
    return cut_text(shown, LONGEST_NAME) or "∅"


def as_json(data: Any) -> str:
    """JSON in which nothing ends the script that it stands in, and no letter is invisible."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return _UNSAFE.sub(_escaped, text)


def _escaped(letter: regex.Match) -> str:
    units = letter[0].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))


def read_component(name: str, kind: str) -> str:
    """The component's JavaScript, HTML or CSS."""
    return read_scripts(COMPONENTS / name) if kind == "js" else _file(f"{name}/component.{kind}")


def read_scripts(folder: Path) -> str:
    """The JavaScript of a component's folder as one module, `component.js` last."""
    scripts = sorted(folder.glob("*.js"), key=lambda path: path.stem == "component")
    return "\n".join(path.read_text(encoding="utf-8") for path in scripts)


def _modules(components: list[str]) -> str:
    """The components' modules, each in a function of its own."""
    parts = [
        f"components.{name} = (() => {{\nlet module;\n{read_component(name, 'js')}\n"
        "return module;\n})();"
        for name in components
    ]
    return "\n".join(["const components = {};", *parts]).replace("export default ", "module = ")


def _template(name: str) -> str:
    """A component's style and HTML, to be copied into its place."""
    style, html = read_component(name, "css"), read_component(name, "html")
    return f'<template id="{name}"><style>\n{style}</style>\n{html}</template>\n'


def _file(name: str) -> str:
    return (COMPONENTS / name).read_text(encoding="utf-8")

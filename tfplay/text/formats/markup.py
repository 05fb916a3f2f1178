"""XML that may come from anywhere, read piece by piece: no entities, nothing from outside."""

from collections.abc import Callable, Mapping
from typing import Any
from xml.parsers.expat import ExpatError, ParserCreate

from tfplay.errors import InputError


def read_markup(
    name: str,
    text: str,
    on_start: Callable[[str, Mapping[str, str]], Any],
    on_end: Callable[[str], Any],
    on_text: Callable[[str], Any],
) -> None:
    """Reads XML and tells of each element's start and end, and of the text between.

    Args:
        name: The name of the file, for errors.
        text: The XML; what its first line says of an encoding does not count.
        on_start: Takes an element's name and attributes.
        on_end: Takes an element's name.
        on_text: Takes a piece of text.

    Raises:
        InputError: It is not XML, is cut short, or declares entities of its own.
    """

    def refuse(*_: Any) -> None:
        raise InputError(f"{name} declares entities of its own, which are not read.")

    parser = ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = on_start
    parser.EndElementHandler = on_end
    parser.CharacterDataHandler = on_text
    parser.EntityDeclHandler = refuse
    try:
        parser.Parse(text, True)
    except ExpatError as error:
        raise InputError(f"{name} is cut short or damaged: it is not XML ({error}).") from error

"""SentencePiece's normalisation of characters, from its own compiled form."""

import struct

from tfplay.errors import InputError

_LONGEST_MATCH = 16
"""Characters that are replaced together; those of Unicode's normalisation are far fewer."""
_LONGEST_REPLACEMENT = 256
"""Bytes; the longest of Unicode are the 33 of one Arabic sign."""
_MOST_REMEMBERED = 65_536
_NOWHERE = -1


class Charsmap:
    """Replaces the longest piece of text that the map knows, then goes on behind it.

    The `tokenizers` library has the same map, but takes a letter with its marks as one, and loses
    marks; SentencePiece, which a vocabulary was learned with, does not.

    Args:
        content: The size of a trie in bytes, a double-array trie of UTF-8 as darts-clone
            (https://github.com/s-yata/darts-clone) writes it, then all replacements, each with a
            zero byte behind it.

    Raises:
        InputError: It is damaged.
    """

    def __init__(self, content: bytes) -> None:
        size = struct.unpack_from("<I", content)[0] if len(content) >= 4 else 0
        if not size or size % 4 or size > len(content) - 4:
            raise InputError(f"The map of characters is damaged: its trie has {size:,} bytes.")
        self._units = struct.unpack_from(f"<{size // 4}I", content, 4)
        self._replacements = content[4 + size :]
        self._root = _offset(self._units[0])
        self._steps: dict[tuple[int, str], tuple[int, str | None]] = {}

    def spell(self, text: str) -> tuple[str, list[int]]:
        """The normalised text, and where in the text each of its characters, and its end, was."""
        spelled: list[str] = []
        origins: list[int] = []
        place = 0
        while place < len(text):
            stop, replacement = self._longest_match(text, place)
            spelled.append(replacement)
            origins += [place] * len(replacement)
            place = stop
        return "".join(spelled), [*origins, len(text)]

    def _longest_match(self, text: str, place: int) -> tuple[int, str]:
        """Where the longest piece that begins here ends, and what stands for it."""
        node, best = self._root, (place + 1, text[place])
        for stop in range(place + 1, min(place + _LONGEST_MATCH, len(text)) + 1):
            node, replacement = self._step(node, text[stop - 1])
            if replacement is not None:
                best = stop, replacement
            if node == _NOWHERE:
                break
        return best

    def _step(self, node: int, character: str) -> tuple[int, str | None]:
        """The node behind a character, and the replacement of what leads there, if it has one."""
        step = self._steps.get((node, character))
        if step is None:
            step = self._walk(node, character)
            if len(self._steps) >= _MOST_REMEMBERED:
                self._steps.clear()
            self._steps[node, character] = step
        return step

    def _walk(self, node: int, character: str) -> tuple[int, str | None]:
        replacement = None
        for byte in character.encode():
            node ^= byte
            if node >= len(self._units) or self._units[node] & 0x800000FF != byte:
                return _NOWHERE, None
            unit = self._units[node]
            node ^= _offset(unit)
            replacement = self._replacement(node) if unit >> 8 & 1 else None
        return node, replacement

    def _replacement(self, node: int) -> str:
        start = self._units[node] & 0x7FFFFFFF if node < len(self._units) else 0
        end = self._replacements.find(b"\0", start, start + _LONGEST_REPLACEMENT)
        try:
            if end >= 0:
                return self._replacements[start:end].decode()
        except UnicodeDecodeError:
            pass
        raise InputError(f"The map of characters is damaged: it has no text at byte {start:,}.")


def _offset(unit: int) -> int:
    """How far from a node those behind it are, as darts-clone packs it."""
    return unit >> 10 << ((unit & 0x200) >> 6)

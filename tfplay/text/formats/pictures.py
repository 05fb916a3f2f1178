"""A picture file that someone brings, as the pixels that a model reads."""

from io import BytesIO

import numpy as np

from tfplay.cutting import quoted
from tfplay.errors import InputError

_MOST_PIXELS = 50_000_000
_MODES = {1: "L", 3: "RGB", 4: "RGBA"}


def read_picture_file(name: str, data: bytes, size: int, channels: int) -> np.ndarray:
    """Decodes a PNG or JPEG file, and resizes it to a square.

    Args:
        name: What the file is called.
        data: Its content.
        size: The side that the model reads, in pixels.
        channels: 1 for grey, 3 for red, green and blue, 4 with opacity.

    Returns:
        (size, size, channels), from 0 (black) to 1.

    Raises:
        InputError: It is no such picture, is damaged or too large, or no picture has so many
            channels.
    """
    from PIL import Image

    if channels not in _MODES:
        raise InputError(f"The model reads {channels} channels; pictures have 1, 3 or 4.")
    try:
        with Image.open(BytesIO(data), formats=("PNG", "JPEG")) as image:
            if image.width * image.height > _MOST_PIXELS:
                raise InputError(
                    f"{quoted(name)} has {image.width:,} x {image.height:,} pixels; the most is "
                    f"{_MOST_PIXELS:,} in all."
                )
            square = image.convert(_MODES[channels]).resize((size, size), Image.Resampling.BILINEAR)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise InputError(f"{quoted(name)} is no PNG or JPEG picture, or is damaged.") from error
    return np.asarray(square, "float32").reshape(size, size, channels) / 255

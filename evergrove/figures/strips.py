"""Lines of text as pixels, each made once: labels and notes come again in every figure of a
review, and drawing letters is most of the time that a picture takes.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from matplotlib.colors import to_rgb
from matplotlib.ft2font import LoadFlags

from evergrove.figures import fonts


class Strip:
    """One line of text: how much ink each pixel has, and where the text begins in it.

    `left` and `bottom` are the places of the strip's lower left corner seen from the start of the
    baseline, in pixels, y upwards.
    """

    def __init__(self, text: str, face: fonts.Face, dpi: float, features: fonts.Features) -> None:
        font = face.font(dpi)
        font.set_text(text, 0.0, flags=LoadFlags.NO_HINTING, features=features)
        font.draw_glyphs_to_bitmap(antialiased=True)
        self.ink = np.array(font.get_image())
        self.left = font.get_bitmap_offset()[0] / 64
        self.bottom = -font.get_descent() / 64

    def coloured(self, colour: str) -> np.ndarray:
        """(height, width, 4) of uint8: the colour, with the ink as alpha; the last row first."""
        picture = np.empty((*self.ink.shape, 4), np.uint8)
        picture[..., :3] = [round(255 * part) for part in to_rgb(colour)]
        picture[..., 3] = self.ink[::-1]
        return picture


@cache
def strip(text: str, face: fonts.Face, dpi: float, features: fonts.Features) -> Strip:
    """The strip of a text in a face."""
    return Strip(text, face, dpi, features)

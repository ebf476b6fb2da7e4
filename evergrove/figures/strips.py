"""Lines of text as pixels, each made once: labels and notes come again in every figure of a
review, and drawing letters is most of the time that a picture takes.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.colors import to_rgb

from evergrove.figures import fonts


class Strip:
    """One line of text: how much ink each pixel has, and where the text begins in it.

    `left` and `bottom` are the places of the strip's lower left corner seen from the start of the
    baseline, in whole pixels, y upwards.
    """

    def __init__(self, text: str, width: float, face: fonts.Face, dpi: float, about: Any) -> None:
        em = math.ceil(face.size / 72 * dpi)
        # Room for what leans out of its advance, and for accents and marks of tall scripts.
        self.left, self.bottom = -em, -em
        columns, rows = math.ceil(width / 72 * dpi) + 2 * em, 3 * em
        renderer = RendererAgg(columns, rows, dpi)
        gc = renderer.new_gc()
        renderer.draw_text(gc, em, rows - em, text, face.properties, 0, ismath=False, mtext=about)
        self.ink = np.asarray(renderer.buffer_rgba())[..., 3].copy()
        self._cut()

    def _cut(self) -> None:
        """Leave away the empty margin."""
        rows, columns = np.flatnonzero(self.ink.any(1)), np.flatnonzero(self.ink.any(0))
        if not len(rows):
            self.ink = self.ink[:1, :1]
            return
        self.left += int(columns[0])
        self.bottom += int(len(self.ink) - 1 - rows[-1])
        self.ink = self.ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]

    def coloured(self, colour: str) -> np.ndarray:
        """(height, width, 4) of uint8: the colour, with the ink as alpha; the last row first."""
        picture = np.empty((*self.ink.shape, 4), np.uint8)
        picture[..., :3] = [round(255 * part) for part in to_rgb(colour)]
        picture[..., 3] = self.ink[::-1]
        return picture


_made: dict[tuple[Any, ...], Strip] = {}


def strip(text: str, width: float, face: fonts.Face, dpi: float, about: Any) -> Strip:
    """The strip of a text of that width (points) in a face; `about` as `draw_text` wants it."""
    key = (text, face, dpi)
    if key not in _made:
        _made[key] = Strip(text, width, face, dpi, about)
    return _made[key]

"""A sheet on a matplotlib figure: one artist a group, everything at the place it was given."""

from __future__ import annotations

from typing import Any

from matplotlib.artist import Artist
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.path import Path
from matplotlib.textpath import text_to_path
from matplotlib.transforms import Affine2D, Transform

from evergrove.figures import fonts
from evergrove.figures.sheet import Line, Shape, Sheet, Words
from evergrove.figures.strips import strip
from evergrove.figures.text import runs_both_ways


def figure_of(sheet: Sheet) -> Figure:
    """The sheet as a figure of exactly its size, without axes. Nothing is moved or clipped."""
    figure = Figure(figsize=(sheet.width / 72, sheet.height / 72), facecolor="white")
    # Points from the top left, y downwards, to the figure's dots.
    place = Affine2D().scale(1 / 72, -1 / 72).translate(0, sheet.height / 72)
    transform = place + figure.dpi_scale_trans
    faces = _Faces("".join(sorted({c for words in sheet.words() for c in words.text})))
    for group in sheet.groups:
        artist = _GroupArtist(f"{sheet.id}-{group.id}", group.items, faces, transform)
        figure.add_artist(artist)
    return figure


class _Faces:
    """The fonts of one figure."""

    def __init__(self, everything: str) -> None:
        self.common = fonts.is_common(everything)
        self.families = () if self.common else fonts.fallback_families(everything)

    def drawn(self, words: Words) -> fonts.Face:
        """The font files that pixels and PDF are drawn with."""
        return fonts.face(words.size, words.bold, self.common, self.families)

    def in_svg(self, words: Words) -> fonts.Face:
        """The families that an SVG names."""
        return fonts.face(words.size, words.bold, False, fonts.SVG_FAMILIES[1:])


class _GroupArtist(Artist):
    """Draws the items of one group, in order, inside one named group of the file.

    They go to the renderer directly: the artists of matplotlib would ask it for the width of each
    text again and move a right-aligned "1" out of line with a "0", because they align the ink.
    """

    def __init__(
        self,
        id: str,
        items: tuple[Words | Line | Shape, ...],
        faces: _Faces,
        transform: Transform,
    ) -> None:
        super().__init__()
        self.id, self.items, self.faces = id, items, faces
        self.set_transform(transform)

    def draw(self, renderer: Any) -> None:
        renderer.open_group("group", gid=self.id)
        kind = self.get_figure(root=True).canvas.get_default_filetype()
        for item in self.items:
            gc = renderer.new_gc()
            if isinstance(item, Words):
                self._draw_words(renderer, gc, item, kind)
            elif isinstance(item, Line):
                self._draw_line(renderer, gc, item)
            else:
                self._draw_shape(renderer, gc, item)
            gc.restore()
        renderer.close_group("group")

    def _draw_words(self, renderer: Any, gc: Any, words: Words, kind: str) -> None:
        x, y = self.get_transform().transform((words.left, words.y))
        if renderer.flipy():
            y = renderer.get_canvas_width_height()[1] - y
        gc.set_foreground(words.colour)
        about = _About(words, self.get_transform())
        if kind == "svg":
            face, text = self.faces.in_svg(words), _in_svg(words)
        else:
            face, text = self.faces.drawn(words), _in_pixels(words)
        if kind == "png":
            line = strip(text, words.width, face, renderer.dpi, about)
            left, bottom = round(x + line.left), round(renderer.height - y + line.bottom)
            renderer.draw_image(gc, left, bottom, line.coloured(words.colour))
        elif kind in ("pdf", "ps") and fonts.needs_outlines(words.text):
            points, codes = text_to_path.get_text_path(face.properties, text)
            place = Affine2D().scale(words.size / text_to_path.FONT_SCALE).translate(x, y)
            gc.set_linewidth(0)
            renderer.draw_path(gc, Path(points, codes), place, to_rgb(words.colour))
        else:
            renderer.draw_text(gc, x, y, text, face.properties, 0, ismath=False, mtext=about)

    def _draw_line(self, renderer: Any, gc: Any, line: Line) -> None:
        gc.set_foreground(line.colour)
        gc.set_linewidth(line.width)
        gc.set_capstyle("butt")
        gc.set_joinstyle("miter")
        if line.dash:
            gc.set_dashes(0, line.dash)
        renderer.draw_path(gc, Path(line.points), self.get_transform())

    def _draw_shape(self, renderer: Any, gc: Any, shape: Shape) -> None:
        gc.set_linewidth(shape.edge_width if shape.edge else 0)
        gc.set_joinstyle("miter")
        # Snapping to whole pixels would change the area of small squares.
        gc.set_snap(False)
        if shape.edge:
            gc.set_foreground(shape.edge)
        fill = to_rgb(shape.fill) if shape.fill else None
        renderer.draw_path(gc, _polygon(shape), self.get_transform(), fill)


class _About:
    """What a renderer asks about a text: the place and side it is anchored at, in an SVG.

    With the anchor, a column stays in line whatever font the reader's machine has.
    """

    def __init__(self, words: Words, transform: Transform) -> None:
        self.words, self.transform = words, transform

    def get_fontfeatures(self) -> tuple[str, ...]:
        return fonts.features(self.words.text)

    def get_language(self) -> None:
        return None

    def get_rotation_mode(self) -> str:
        return "anchor"

    def get_ha(self) -> str:
        return {"start": "left", "middle": "center", "end": "right"}[self.words.anchor]

    def get_transform(self) -> Transform:
        return self.transform

    def get_unitless_position(self) -> tuple[float, float]:
        return self.words.x, self.words.y


def _polygon(shape: Shape) -> Path:
    codes = [Path.MOVETO, *[Path.LINETO] * (len(shape.points) - 1), Path.CLOSEPOLY]
    return Path([*shape.points, shape.points[0]], codes)


def _in_svg(words: Words) -> str:
    """Isolated, so that a browser runs the line the way its paragraph runs."""
    return f"\u2067{words.text}\u2069" if words.right_to_left else words.text


def _in_pixels(words: Words) -> str:
    """matplotlib takes the direction from the first strong character; a mark settles it."""
    if words.right_to_left:
        return fonts.RLM + words.text
    return fonts.LRM + words.text if runs_both_ways(words.text) else words.text

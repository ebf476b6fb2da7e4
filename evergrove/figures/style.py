"""The look of a figure: one frozen object. Journal presets are other instances of it.

Lengths are points (1/72 inch) at final size; 180 mm is the usual width of two columns.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from evergrove.figures.numbers import Numbers

MM = 72 / 25.4


@dataclass(frozen=True)
class Style:
    """Everything about the look that is not in the data."""

    name: str = "generic"
    width: float = 180 * MM
    #: The height of a page at which a figure that may be split is split; None: never.
    page_height: float | None = None
    margin: float = 5.0
    numbers: Numbers = field(default_factory=Numbers)

    text_size: float = 8.0
    note_size: float = 7.0
    mark_size: float = 6.0  # superscript letters
    mark_gap: float = 1.6
    #: Distance of two lines of one text, in sizes: the line box of the fonts used is 1.17 high.
    leading: float = 1.25
    #: The same where a fallback font (Chinese, Thai, ...) has a taller line box.
    tall_leading: float = 1.5
    row_gap: float = 3.6
    column_gap: float = 9.0
    indent: float = 6.0

    plot_least: float = 128.0
    #: What labels keep, and the plot, on a page that is narrow for its columns.
    study_least: float = 60.0
    study_wanted: float = 120.0
    plot_tight: float = 64.0
    gap_tight: float = 5.0
    #: A column of text is broken into lines at this width.
    text_column_most: float = 84.0
    plot_wanted: float = 180.0
    plot_most: float = 240.0
    #: Room at both ends of the axis for arrow heads.
    plot_inset: float = 6.0
    square_most: float = 8.0
    diamond_height: float = 9.0

    ink: str = "#1a1a1a"
    soft_ink: str = "#444444"
    quiet: str = "#8a8a8a"
    square: str = "#2f5d8a"
    new_square: str = "#b3005e"
    diamond: str = "#12355b"
    prediction: str = "#a34a00"
    line: float = 0.8
    thin_line: float = 0.5

    png_dpi: int = 200
    tiff_dpi: int = 600
    show_title: bool = True


GENERIC = Style()

"""A sheet as the bytes of a file. The same sheet gives the same bytes, on every run."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape, quoteattr

import matplotlib
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from evergrove.errors import EvergroveError
from evergrove.figures.canvas import figure_of
from evergrove.figures.sheet import Sheet
from evergrove.figures.style import Style

SETTINGS = {
    "svg.fonttype": "none",  # real <text>, not outlines
    "svg.hashsalt": "evergrove",
    "svg.id": None,
    "pdf.fonttype": 42,  # embedded TrueType, no Type 3
    "ps.fonttype": 42,
    "pdf.compression": 6,
    "text.hinting": "none",  # the widths that were measured
    "text.usetex": False,
    "text.parse_math": False,
    "font.sans-serif": ["DejaVu Sans"],
    "axes.unicode_minus": True,
    "savefig.facecolor": "auto",
    "path.simplify": False,
}
#: Drawn by matplotlib, and written as native shapes.
PICTURES, OFFICE = ("svg", "pdf", "png", "tiff", "eps"), ("pptx", "docx")
SUFFIXES = (*PICTURES, *OFFICE)


def save(sheet: Sheet, suffixes: Iterable[str], style: Style) -> dict[str, bytes]:
    """The files of one sheet by suffix; pictures are drawn from one figure.

    Raises EvergroveError for a suffix that is not in SUFFIXES.
    """
    writers = {"svg": _svg, "pdf": _pdf, "png": _png, "tiff": _tiff, "eps": _eps}
    wanted = list(suffixes)
    for suffix in wanted:
        if suffix not in SUFFIXES:
            raise EvergroveError(
                "not a kind of picture that can be drawn",
                value=suffix,
                remedy=f"Use one of: {', '.join(SUFFIXES)}.",
            )
    files = {suffix: office([sheet], suffix) for suffix in wanted if suffix in OFFICE}
    pictures = [suffix for suffix in wanted if suffix not in OFFICE]
    if pictures:
        with matplotlib.rc_context(SETTINGS), warnings.catch_warnings():
            # `fonts.missing` tells of characters without a font; matplotlib would tell each time.
            warnings.filterwarnings("ignore", message="Glyph .* missing")
            figure = figure_of(sheet)
            files |= {suffix: writers[suffix](figure, sheet, style) for suffix in pictures}
    return {suffix: files[suffix] for suffix in wanted}


def office(sheets: Sequence[Sheet], suffix: str) -> bytes:
    """One file of native shapes, `pptx` or `docx`, with a slide or page for each sheet.

    Raises EvergroveError for a sheet that is too large for such a file.
    """
    # Imported when asked for: a review's own figures need neither library.
    if suffix == "pptx":
        from evergrove.figures.slides import slides

        return slides(sheets)
    from evergrove.figures.document import document

    return document(sheets)


def _png(figure: Figure, sheet: Sheet, style: Style) -> bytes:
    about = PngInfo()
    about.add_itxt("Title", sheet.title)
    about.add_itxt("Description", sheet.description)
    about.add_text("Software", "Evergrove, Matplotlib")
    out = io.BytesIO()
    picture = _few_colours(_pixels(figure, style.png_dpi), sheet)
    dpi = (style.png_dpi, style.png_dpi)
    picture.save(out, "png", pnginfo=about, dpi=dpi, compress_level=4)
    return out.getvalue()


def _tiff(figure: Figure, sheet: Sheet, style: Style) -> bytes:
    out = io.BytesIO()
    picture = Image.fromarray(_pixels(figure, style.tiff_dpi)).convert("RGB")
    dpi = (style.tiff_dpi, style.tiff_dpi)
    picture.save(out, "tiff", compression="tiff_lzw", dpi=dpi)
    return out.getvalue()


def _pixels(figure: Figure, dpi: int) -> np.ndarray:
    """The figure at so many dots an inch: (height, width, 4) of uint8, opaque."""
    canvas, usual = FigureCanvasAgg(figure), figure.dpi
    try:
        figure.set_dpi(dpi)
        canvas.draw()
        return np.asarray(canvas.buffer_rgba())
    finally:
        figure.set_dpi(usual)


def _few_colours(pixels: np.ndarray, sheet: Sheet) -> Image.Image:
    """The picture with a palette of at most 256 colours, a third of the size of all 16 million.

    Colours are told apart by the upper four bits of each channel. The inks of the sheet and white
    stay exactly what they are; only the soft edges of letters are rounded, by less than the eye
    sees. A picture that has more than 256 of these colours is returned as it is.
    """
    red, green, blue = (pixels[..., channel] >> 4 for channel in range(3))
    code = (red.astype(np.uint16) << 8) | (green << 4) | blue
    used = np.flatnonzero(np.bincount(code.ravel(), minlength=4096))
    if len(used) > 256:
        return Image.fromarray(pixels).convert("RGB")
    palette = {int(n): ((n >> 8) * 17, (n >> 4 & 15) * 17, (n & 15) * 17) for n in used}
    for colour in sorted({colour for item in sheet.items() for colour in item.colours}):
        ink = tuple(round(255 * part) for part in to_rgb(colour))
        number = ink[0] >> 4 << 8 | ink[1] >> 4 << 4 | ink[2] >> 4
        if number in palette:
            palette[number] = ink
    index = np.zeros(4096, np.uint8)
    index[used] = np.arange(len(used))
    picture = Image.fromarray(index[code])
    picture.putpalette([int(part) for colour in palette.values() for part in colour])
    return picture


def _pdf(figure: Figure, sheet: Sheet, style: Style) -> bytes:
    about = {
        "Title": sheet.title,
        "Subject": sheet.description,
        "Creator": "Evergrove",
        "CreationDate": None,
    }
    return _written(figure, "pdf", metadata=about)


def _eps(figure: Figure, sheet: Sheet, style: Style) -> bytes:
    data = _written(figure, "eps", metadata={"Creator": "Evergrove"})
    return re.sub(rb"%%CreationDate: .*\n", b"", data, count=1)


def _svg(figure: Figure, sheet: Sheet, style: Style) -> bytes:
    about = dict.fromkeys(("Creator", "Date", "Format", "Type"))
    text = _written(figure, "svg", metadata=about).decode()
    return _with_names(text, sheet).encode()


def _written(figure: Figure, suffix: str, **options: object) -> bytes:
    out = io.BytesIO()
    figure.savefig(out, format=suffix, **options)
    return out.getvalue()


#: Widths as measured: no rounding to pixels, no ligatures, no kerning.
_PRECISELY = "text-rendering: geometricPrecision; font-variant-ligatures: none; font-kerning: none"
_TEXT_TAG = re.compile(r"<text [^>]*>")
_FAMILY = re.compile(r"; font-family: [^;\"]*")
_TURN = re.compile(r' transform="rotate\(-?0 [^"]*\)"')


def _with_names(text: str, sheet: Sheet) -> str:
    """The SVG with what a screen reader needs, and without what no reader needs.

    Title and description of the whole, a spoken label on every group, the font family once on
    the root; no XML prologue, so that the file can stand inside a page as it is.
    """
    families = _FAMILY.search(text)
    # Only inside the tags: what a text says is nobody's to change.
    text = _TEXT_TAG.sub(lambda tag: _FAMILY.sub("", _TURN.sub("", tag[0])), text)
    start = text.index("<svg")
    end = text.index(">", start)
    title, description = f"{sheet.id}-svg-title", f"{sheet.id}-svg-desc"
    root = text[start:end] + f' role="img" aria-labelledby="{title} {description}"'
    family = families.group().removeprefix("; ") if families else ""
    root += f' style="{family}; {_PRECISELY}">'
    head = (
        f'\n <title id="{title}">{escape(sheet.title)}</title>'
        f'\n <desc id="{description}">{escape(sheet.description)}</desc>'
    )
    text = root + head + text[end + 1 :]
    for group in sheet.groups:
        name = f'<g id="{sheet.id}-{group.id}"'
        if group.label:
            label = f'{name} role="group" aria-label={quoteattr(group.label)}>'
            if group.id.startswith("study-"):
                label += f"<title>{escape(group.label)}</title>"
            text = text.replace(f"{name}>", label, 1)
    return text

"""The sheets of a figure that was split into pages, as the bytes of files."""

from __future__ import annotations

import io
import warnings
from collections.abc import Sequence

import matplotlib

from evergrove.figures.canvas import figure_of
from evergrove.figures.save import OFFICE, SETTINGS, office, save
from evergrove.figures.sheet import Sheet
from evergrove.figures.style import Style


def save_pages(sheets: Sequence[Sheet], suffix: str, style: Style) -> list[bytes]:
    """The files of these sheets in order: one PDF, PPTX or DOCX of all, else one each.

    Raises EvergroveError for a suffix that cannot be drawn.
    """
    if suffix == "pdf" and len(sheets) > 1:
        return [_pdf(sheets)]
    if suffix in OFFICE:
        return [office(sheets, suffix)]
    return [save(sheet, [suffix], style)[suffix] for sheet in sheets]


def _pdf(sheets: Sequence[Sheet]) -> bytes:
    # A fifth of a second that other kinds of files do without.
    from matplotlib.backends.backend_pdf import PdfPages

    out = io.BytesIO()
    about = {
        "Title": sheets[0].title.rsplit(" (page 1 of ", 1)[0],
        "Subject": sheets[0].description,
        "Creator": "Evergrove",
        "CreationDate": None,
    }
    with matplotlib.rc_context(SETTINGS), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing")
        with PdfPages(out, metadata=about) as pages:
            for sheet in sheets:
                pages.savefig(figure_of(sheet))
    return out.getvalue()

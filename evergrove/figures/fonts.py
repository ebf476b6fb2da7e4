"""The fonts: which file has which character, and how wide words are.

DejaVu Sans comes with matplotlib, so widths and pictures are the same on every machine. For
characters that it lacks (Chinese, Thai, ...) the fonts of the machine are searched; the SVG names
font families only and is the same everywhere.
"""

from __future__ import annotations

import atexit
import logging
import shutil
import tempfile
import warnings
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import matplotlib
from matplotlib.font_manager import (
    FontPath,
    FontProperties,
    findSystemFonts,
    fontManager,
    get_font,
)
from matplotlib.ft2font import LoadFlags
from matplotlib.textpath import text_to_path

FAMILY = "DejaVu Sans"
#: Verdana has nearly the widths of DejaVu Sans, so a reader without the latter sees the same.
SVG_FAMILIES = (FAMILY, "Verdana", "sans-serif")
#: Tried in this order for what DejaVu Sans lacks; then every other font of the machine.
FALLBACKS = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Microsoft YaHei",
    "PingFang SC",
    "Hiragino Sans",
    "Yu Gothic",
    "Malgun Gothic",
    "WenQuanYi Zen Hei",
    "Noto Sans Devanagari",
    "Noto Sans Bengali",
    "Noto Sans Tamil",
    "Noto Sans Thai",
    "Arial Unicode MS",
    "Segoe UI",
)
#: Invisible characters that are strongly left-to-right, right-to-left.
LRM, RLM = "\u200e", "\u200f"
_MEASURED_AT = 100.0
Features = tuple[str, ...]


def advance(text: str, size: float, bold: bool = False) -> float:
    """The width of one line of text in points at `size`.

    Alphabets that stand letter by letter are as wide as their letters together (they are drawn
    without kerning); joined scripts, and what needs a fallback font, are shaped first.
    """
    if _is_plain(text):
        table = _advances(bold)
        return sum(map(table.__getitem__, text)) * size
    return _shaped_advance(text, bold) * size


def missing(text: str) -> str:
    """The characters of a text that no font of this machine has, sorted, each once."""
    return "".join(sorted(c for c in set(text) if not _is_known(c) and _fallback(c) is None))


def is_plain(text: str) -> bool:
    """Whether DejaVu Sans alone draws this text, letter by letter."""
    return _is_plain(text)


def features(text: str) -> Features:
    """What is switched off in drawing a text.

    Ligatures would put "ffi" into a second embedded font and out of the reach of a search; without
    kerning a plain word is as wide as its letters, which is how it is measured.
    """
    return ("-liga", "-kern") if is_plain(text) else ("-liga",)


@dataclass(frozen=True)
class Face:
    """A font at one size, with the fonts behind it for what it lacks."""

    size: float
    bold: bool
    #: Whether the small font of `_common_font` will do, which draws the same glyphs faster.
    common: bool
    families: tuple[str, ...]

    @cached_property
    def properties(self) -> FontProperties:
        """matplotlib's description of it."""
        weight = "bold" if self.bold else "normal"
        if self.common:
            file = _common_font(self.bold)
            return FontProperties(family=FAMILY, weight=weight, size=self.size, fname=file)
        return FontProperties(family=[FAMILY, *self.families], weight=weight, size=self.size)


@cache
def face(size: float, bold: bool, common: bool, families: tuple[str, ...]) -> Face:
    """The face, made once."""
    return Face(size, bold, common, families)


def fallback_families(text: str) -> tuple[str, ...]:
    """The families that the characters of a text need beside DejaVu Sans, in order of need."""
    found: dict[str, None] = {}
    for character in sorted(set(text)):
        if not _is_known(character):
            family = _fallback(character)
            if family is not None:
                found[family] = None
    return tuple(found)


def is_common(text: str) -> bool:
    """Whether every character is in the small font that most figures need."""
    return all(ord(character) in _COMMON for character in text)


def needs_outlines(text: str) -> bool:
    """Whether a font is needed that cannot be embedded as TrueType (one with PostScript curves).

    Most Chinese, Japanese and Korean fonts are such; their words become outlines in PDF and EPS.
    """
    return line_is_tall(text) and any(map(_has_curves, fallback_families(text)))


def line_is_tall(text: str) -> bool:
    """Whether a fallback font, whose line box may be taller, is needed."""
    return not all(map(_is_known, text))


# Latin with its accents, Greek, punctuation, superscripts. A character outside only makes the
# figure slower to write.
_BLOCKS = (
    *((0x20, 0x7F), (0xA0, 0x180), (0x384, 0x3CF), (0x2010, 0x2016)),
    *((0x2018, 0x2023), (0x2026, 0x2027), (0x2030, 0x2034), (0x2070, 0x2072), (0x2074, 0x208F)),
)
_SIGNS = "€←↑→↓↔−≈≠≤≥"
_COMMON = frozenset(code for block in _BLOCKS for code in range(*block)) | set(map(ord, _SIGNS))


@cache
def _common_font(bold: bool) -> Path:
    """A copy of DejaVu Sans with the common characters only, in a folder that ends with us.

    matplotlib cuts the font down anew for every PDF, and most of that time goes into layout
    tables of five thousand glyphs that these figures never use.
    """
    from fontTools import subset

    options = subset.Options(
        layout_features=[], name_IDs=["*"], glyph_names=True, hinting=False, notdef_outline=True
    )
    options.drop_tables += ["FFTM", "GSUB", "GPOS", "GDEF", "MATH", "gasp"]
    logging.getLogger("fontTools").setLevel(logging.WARNING)
    file = "DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"
    font = subset.load_font(str(Path(matplotlib.get_data_path(), "fonts", "ttf", file)), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=_COMMON)
    subsetter.subset(font)
    path = _folder() / file
    subset.save_font(font, str(path), options)
    return path


@cache
def _folder() -> Path:
    folder = tempfile.mkdtemp(prefix="evergrove-fonts-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Path(folder)


@cache
def _font(bold: bool):
    weight = "bold" if bold else "normal"
    path = fontManager.findfont(FontProperties(family=FAMILY, weight=weight))
    font = get_font(path)
    font.set_size(_MEASURED_AT, 72)
    return font


class _Advances(dict):
    """Advance of each character, in sizes, filled as characters are met."""

    def __init__(self, bold: bool) -> None:
        super().__init__()
        self.bold = bold

    def __missing__(self, character: str) -> float:
        font = _font(self.bold)
        font.set_size(_MEASURED_AT, 72)
        glyph = font.load_char(ord(character), flags=LoadFlags.NO_HINTING)
        self[character] = glyph.linearHoriAdvance / 65536 / _MEASURED_AT
        return self[character]


@cache
def _advances(bold: bool) -> _Advances:
    return _Advances(bold)


@cache
def _shaped_advance(text: str, bold: bool) -> float:
    families = fallback_families(text)
    known = FontProperties(
        family=[FAMILY, *families], weight="bold" if bold else "normal", size=_MEASURED_AT
    )
    unknown = missing(text)
    with warnings.catch_warnings():
        # Marks that join letters may have no glyph of their own.
        warnings.filterwarnings("ignore", message="Glyph .* missing")
        width = text_to_path.get_text_width_height_descent(
            "".join(c for c in text if c not in unknown), known, False
        )[0]
    # A character that no font here has is drawn by the reader's font, where one em is the widest
    # usual, or as matplotlib's sign for what is missing, which is wider.
    return width / _MEASURED_AT + sum(map(text.count, unknown)) * _missing_advance()


@cache
def _missing_advance() -> float:
    """Ems that matplotlib's sign for a missing character takes."""
    path = Path(matplotlib.get_data_path(), "fonts", "ttf", "LastResortHE-Regular.ttf")
    font = get_font(path)
    font.set_size(_MEASURED_AT, 72)
    glyph = font.load_char(0x4E00, flags=LoadFlags.NO_HINTING)
    return max(1.0, glyph.linearHoriAdvance / 65536 / _MEASURED_AT)


@cache
def _is_plain(text: str) -> bool:
    return all(_is_simple(character) for character in text)


@cache
def _is_simple(character: str) -> bool:
    """Latin, Greek, Cyrillic, Armenian and signs: one glyph a character, side by side."""
    code = ord(character)
    in_order = code < 0x300 or 0x370 <= code < 0x590 or 0x1E00 <= code < 0x200B
    in_order = in_order or 0x2010 <= code < 0x2028 or 0x2030 <= code < 0x2C00
    return in_order and _is_known(character)


@cache
def _known() -> frozenset[int]:
    return frozenset(_font(False).get_charmap())


@cache
def _is_known(character: str) -> bool:
    return ord(character) in _known() or not character.isprintable()


@cache
def _fallback(character: str) -> str | None:
    found = _family_with(character)
    if found is None and _find_new_fonts():
        found = _family_with(character)
    return found


def _family_with(character: str) -> str | None:
    # The search meets families of one weight only, which is nobody's concern.
    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)
    names = {entry.name for entry in fontManager.ttflist}
    ordered = [name for name in FALLBACKS if name in names]
    ordered += sorted(name for name in names - set(ordered) if not name.startswith("Last Resort"))
    for name in ordered:
        if ord(character) in _characters(name):
            return name
    return None


@cache
def _find_new_fonts() -> bool:
    """Look once for fonts that were installed after matplotlib made its list; whether there are."""
    known = {str(entry.fname) for entry in fontManager.ttflist}
    new = sorted(set(findSystemFonts()) - known)
    for path in new:
        try:
            fontManager.addfont(path)
        except (OSError, RuntimeError, ValueError):
            # A file that is no font, or one that FreeType cannot read: matplotlib skips it too.
            continue
    return bool(new)


@cache
def _has_curves(family: str) -> bool:
    from fontTools.ttLib import TTFont

    path = fontManager.findfont(FontProperties(family=family))
    with TTFont(path.path, fontNumber=path.face_index, lazy=True) as font:
        return font.sfntVersion == "OTTO"


@cache
def _characters(family: str) -> frozenset[int]:
    path: FontPath = fontManager.findfont(FontProperties(family=family))
    return frozenset(get_font(path).get_charmap())

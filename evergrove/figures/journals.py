"""Journal presets: from the facts of a journal to the look of a figure.

The facts are data, in journals.yaml beside this file; a folder that has a `config/journals.yaml`
adds entries of its own, or replaces some.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from evergrove import wording
from evergrove.errors import EvergroveError
from evergrove.figures.numbers import Numbers
from evergrove.figures.style import GENERIC, MM, Style
from evergrove.validation import check, read_yaml

FILE = Path(__file__).with_name("journals.yaml")
OWN = Path("config") / "journals.yaml"
#: The name of the look of the web page: one picture, however tall.
WEB = "web"
#: What a preset has that does not say it.
BASE = "print"
KINDS_OF_PICTURE = ("line_art", "combination", "halftone")
FORMATS = ("svg", "pdf", "png", "tiff", "eps", "pptx", "docx")

Preset = dict[str, Any]

_POSITIVE = {"type": "number", "exclusiveMinimum": 0}
_DOTS = {"type": "integer", "minimum": 72}
_ENTRY = {
    "type": "object",
    "additionalProperties": False,
    "required": ["title"],
    # Facts about a journal need to say where they were found.
    "anyOf": [
        {"required": ["generic"]},
        {"required": ["source", "checked_on"]},
    ],
    "properties": {
        "title": {"type": "string"},
        "generic": {"const": True},
        "widths_mm": {"type": "array", "minItems": 1, "items": _POSITIVE},
        "least_width_mm": _POSITIVE,
        "page_height_mm": _POSITIVE,
        "smallest_pt": _POSITIVE,
        "smallest_superscript_pt": _POSITIVE,
        "thinnest_pt": _POSITIVE,
        "dpi": {
            "type": "object",
            "additionalProperties": False,
            "properties": {kind: _DOTS for kind in KINDS_OF_PICTURE},
        },
        "formats": {"type": "array", "minItems": 1, "items": {"enum": list(FORMATS)}},
        "decimal_mark": {"enum": [".", "·"]},
        "p_leading_zero": {"type": "boolean"},
        "title_inside": {"type": "boolean"},
        "grey": {"const": True},
        "source": {"type": "string"},
        "checked_on": {},
    },
}
_SCHEMA = {"type": "object", "additionalProperties": _ENTRY}
#: Inks that stay apart in black and white: one for each of Style's colours.
_GREYS = {
    "square": "#4a4a4a",
    "new_square": "#000000",
    "diamond": "#000000",
    "prediction": "#000000",
}


def presets(folder: Path | str = ".") -> dict[str, Preset]:
    """All presets by name: those that come with the package, then those of `folder`.

    Raises EvergroveError for an entry that is misspelt or has no source and is not generic.
    """
    found: dict[str, Preset] = {}
    for file in (FILE, Path(folder) / OWN):
        if file is FILE or file.exists():
            data = read_yaml(file) or {}
            check(data, _SCHEMA, file)
            found |= data
    return found


def style_named(name: str, width_mm: float | None = None, folder: Path | str = ".") -> Style:
    """The look for a journal, or for the web page (`web`), at a width in mm.

    Without a width: the first of the preset. Raises EvergroveError for a name that there is not,
    and for a width that the journal does not print.
    """
    if name == WEB:
        return _as_wide(GENERIC, {}, width_mm)
    known = presets(folder)
    if name not in known:
        raise EvergroveError(
            "no style of that name", value=name, remedy=f"There are: {', '.join([WEB, *known])}."
        )
    whole = known[BASE] | known[name]
    whole["generic"] = known[name].get("generic", False)
    whole["dpi"] = known[name].get("dpi", known[BASE]["dpi"])
    return style_of(name, whole, width_mm)


def asks_for(name: str, suffix: str, folder: Path | str = ".") -> str | None:
    """What a journal wants instead of a file of that kind, as a sentence; None if it takes it."""
    preset = {} if name == WEB else presets(folder)[name]
    formats = preset.get("formats", [suffix])
    if suffix in formats:
        return None
    return f"{preset['title']} asks for {wording.listed(formats, 'or')}, not {suffix}"


def style_of(name: str, preset: Mapping[str, Any], width_mm: float | None) -> Style:
    """The look of a preset that says everything but what may be left out of every preset.

    No text is smaller than `smallest_pt` (superscripts: `smallest_superscript_pt`), no line
    thinner than `thinnest_pt`.
    """
    small, thin = preset["smallest_pt"], preset["thinnest_pt"]
    text = max(8.0, small)
    note = max(7.0, small)
    dpi = _dpi(preset["dpi"])
    style = replace(
        GENERIC,
        name=name,
        page_height=preset["page_height_mm"] * MM,
        numbers=Numbers(
            decimal_mark=preset["decimal_mark"], leading_zero_in_p=preset["p_leading_zero"]
        ),
        text_size=text,
        note_size=note,
        mark_size=max(6.0, preset.get("smallest_superscript_pt", small)),
        line=max(GENERIC.line, thin),
        thin_line=max(GENERIC.thin_line, thin),
        png_dpi=max(300, min(dpi, 600)),
        tiff_dpi=dpi,
        show_title=preset.get("title_inside", True),
        **(_GREYS if preset.get("grey") else {}),
    )
    return _as_wide(style, preset, width_mm)


def _dpi(given: Mapping[str, int]) -> int:
    """Dots an inch for a forest plot, which in print is line art in colour: a combination.

    What is asked of photographs alone would be too coarse for letters.
    """
    return given.get("combination") or given.get("line_art") or GENERIC.tiff_dpi


def _as_wide(style: Style, preset: Mapping[str, Any], width_mm: float | None) -> Style:
    widths = preset.get("widths_mm", [style.width / MM])
    least = preset.get("least_width_mm", 40.0)
    if width_mm is None:
        return replace(style, width=max(widths[0], least) * MM)
    most = max(widths) if preset and not preset.get("generic") else 1000.0
    if not least <= width_mm <= most:
        raise EvergroveError(
            f"not a width that the style {style.name} has",
            value=f"{width_mm:g} mm",
            remedy=f"Give {least:g} to {most:g} mm; usual: "
            f"{', '.join(f'{width:g}' for width in widths)} mm.",
        )
    return replace(style, width=width_mm * MM)

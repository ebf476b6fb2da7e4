"""Pieces of a Word document that python-docx does not make: marked tables, links, settled packages.

Element names are those of ECMA-376 (WordprocessingML).
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from evergrove.reports.archive import pack
from evergrove.reports.text import one_line, web_address

LANGUAGE = "en-GB"
# Sizes are half-points, widths twentieths of a point.
_TABLE_SIZE, _SMALL_SIZE = 16, 14
_THUMBNAIL = "/thumbnail"


def element(tag: str, **attributes: str | int) -> Any:
    """An element with attributes of its own namespace: ``element("w:jc", val="right")``."""
    made = OxmlElement(tag)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), one_line(str(value)))
    return made


def run(text: str, *, bold: bool = False, size: int | None = None, raised: bool = False) -> Any:
    """A run of text. Word takes nothing in it for a field, a link or a line end."""
    made = element("w:r")
    properties = element("w:rPr")
    if bold:
        properties.append(element("w:b"))
    if size is not None:
        properties.append(element("w:sz", val=size))
    if raised:
        properties.append(element("w:vertAlign", val="superscript"))
    if len(properties):
        made.append(properties)
    held = element("w:t")
    held.text = one_line_kept(text)
    held.set(qn("xml:space"), "preserve")
    made.append(held)
    return made


def one_line_kept(text: str) -> str:
    """The text without line ends and refused characters; the blanks at its ends stay."""
    inner = one_line(text)
    before = " " if text[:1] == " " else ""
    return f"{before}{inner}{' ' if inner and text[-1:] == ' ' else ''}"


def bookmark(paragraph: Any, name: str, number: int) -> None:
    """Make the paragraph a place that links inside the document can lead to."""
    start = element("w:bookmarkStart", id=number, name=name)
    paragraph._p.insert(1 if paragraph._p.pPr is not None else 0, start)
    paragraph._p.append(element("w:bookmarkEnd", id=number))


def link(paragraph: Any, text: str, href: str) -> None:
    """A link to the web at the end of the paragraph; plain text where the address is no such."""
    address = web_address(href)
    made = run(text)
    if address is None:
        paragraph._p.append(made)
        return
    identifier = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    holder = element("w:hyperlink")
    holder.set(qn("r:id"), identifier)
    holder.append(made)
    paragraph._p.append(holder)


def table(made: Mapping[str, Any], width: int, targets: Mapping[str, str]) -> Any:
    """A table of the page as a Word table: header row marked and repeated, rules above and below.

    `width` is that of the text, in twentieths of a point; `targets` gives the bookmark for each
    link inside the page.
    """
    columns = made["columns"]
    whole = element("w:tbl")
    whole.append(_table_properties(made, width))
    widths = _widths(made, width)
    grid = element("w:tblGrid")
    for part in widths:
        grid.append(element("w:gridCol", w=part))
    whole.append(grid)
    whole.append(_header_row(columns, widths))
    for group in made["groups"]:
        for row in group:
            whole.append(_row(row, columns, widths, targets))
    return whole


def _table_properties(made: Mapping[str, Any], width: int) -> Any:
    properties = element("w:tblPr")
    properties.append(element("w:tblW", w=width, type="dxa"))
    borders = element("w:tblBorders")
    for side in ("top", "bottom"):
        borders.append(element(f"w:{side}", val="single", sz=8, space=0, color="auto"))
    borders.append(element("w:insideH", val="single", sz=2, space=0, color="BFBFBF"))
    properties.append(borders)
    properties.append(element("w:tblLayout", type="fixed"))
    margins = element("w:tblCellMar")
    for side in ("left", "right"):
        margins.append(element(f"w:{side}", w=80, type="dxa"))
    properties.append(margins)
    # The first row and the first column are headers: what a screen reader goes by.
    properties.append(
        element("w:tblLook", val="00A0", firstRow=1, lastRow=0, firstColumn=1, lastColumn=0,
                noHBand=0, noVBand=0)
    )  # fmt: skip
    properties.append(element("w:tblCaption", val=made["caption"]))
    properties.append(element("w:tblDescription", val=made["note"] or made["caption"]))
    return properties


def _widths(made: Mapping[str, Any], width: int) -> list[int]:
    """Widths by the longest word and the usual length of each column's text."""
    rows = [row for group in made["groups"] for row in group]
    needs = []
    for place, column in enumerate(made["columns"]):
        # A header is bold, and so wider by about a sixth than what stands below it.
        texts = [f"{column['label']}.", *(_all_of(row[place]) for row in rows)]
        # Numbers and intervals are not broken; of texts, the longest word has to fit.
        pieces = texts if column["kind"] == "number" else re.split(r"[ -]", " ".join(texts))
        word = max(map(len, pieces))
        mean = sum(map(len, texts)) / len(texts)
        needs.append(max(min(word, 24), min(mean, 60) ** 0.85, 3) + 2.5)
    parts = [round(width * need / sum(needs)) for need in needs]
    parts[-1] += width - sum(parts)
    return parts


def _all_of(item: Mapping[str, Any]) -> str:
    marks = ", ".join(note["mark"] for note in item["notes"])
    return f"{item['text']} {item['detail'] or ''} {marks}".strip()


def _header_row(columns: Sequence[Mapping[str, str]], widths: Sequence[int]) -> Any:
    row = element("w:tr")
    properties = element("w:trPr")
    properties.append(element("w:cantSplit"))
    properties.append(element("w:tblHeader"))
    row.append(properties)
    for column, width in zip(columns, widths, strict=True):
        runs = [run(column["label"], bold=True, size=_TABLE_SIZE)]
        row.append(_cell(width, [runs], column["kind"], ruled=True))
    return row


def _row(
    items: Sequence[Mapping[str, Any]],
    columns: Sequence[Mapping[str, str]],
    widths: Sequence[int],
    targets: Mapping[str, str],
) -> Any:
    row = element("w:tr")
    properties = element("w:trPr")
    properties.append(element("w:cantSplit"))
    row.append(properties)
    for item, column, width in zip(items, columns, widths, strict=True):
        merged = None if item["rows"] == 1 else ("restart" if item["rows"] else "continue")
        lines = [[]] if merged == "continue" else _lines(item, targets)
        row.append(_cell(width, lines, column["kind"], merged=merged))
    return row


def _lines(item: Mapping[str, Any], targets: Mapping[str, str]) -> list[list[Any]]:
    shown = run(item["text"], bold=item["tone"] == "strong", size=_TABLE_SIZE)
    target = targets.get((item["href"] or "").removeprefix("#"))
    if target is not None:
        inside = element("w:hyperlink", anchor=target)
        inside.append(shown)
        shown = inside
    first = [shown] if item["text"] else []
    marks = ", ".join(note["mark"] for note in item["notes"])
    if marks:
        first.append(run(marks, size=_TABLE_SIZE, raised=bool(item["text"])))
    return [first, *([[run(item["detail"], size=_SMALL_SIZE)]] if item["detail"] else [])]


def _cell(
    width: int,
    lines: Iterable[Sequence[Any]],
    kind: str,
    *,
    merged: str | None = None,
    ruled: bool = False,
) -> Any:
    made = element("w:tc")
    properties = element("w:tcPr")
    properties.append(element("w:tcW", w=width, type="dxa"))
    if merged:
        properties.append(element("w:vMerge", val=merged))
    if ruled:
        borders = element("w:tcBorders")
        borders.append(element("w:bottom", val="single", sz=6, space=0, color="auto"))
        properties.append(borders)
        properties.append(element("w:vAlign", val="bottom"))
    made.append(properties)
    for runs in lines:
        paragraph = element("w:p")
        settings = element("w:pPr")
        settings.append(element("w:spacing", before=20, after=20))
        settings.append(element("w:jc", val="right" if kind == "number" else "left"))
        paragraph.append(settings)
        for part in runs:
            paragraph.append(part)
        made.append(paragraph)
    return made


def settled(data: bytes) -> bytes:
    """The package with parts in a fixed order, without times and without a preview picture."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    first = ["[Content_Types].xml", "_rels/.rels"]
    ordered = [*first, *sorted(parts.keys() - set(first))]
    return pack({name: parts[name] for name in ordered})


def undated(document: Any, title: str) -> None:
    """Core properties that say the title and the language, and no author, program or time."""
    properties = document.core_properties
    held = properties._element
    for child in list(held):
        held.remove(child)
    properties.title, properties.language = one_line(title)[:255], LANGUAGE
    relations = document.part.package.rels
    for key in [key for key, item in relations.items() if item.reltype.endswith(_THUMBNAIL)]:
        del relations[key]


def in_language(document: Any) -> None:
    """Set the language of everything that names none."""
    for held in document.styles.element.iter(qn("w:lang")):
        held.set(qn("w:val"), LANGUAGE)

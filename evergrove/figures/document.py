"""Sheets as pages of a text document (DOCX) with native drawings that can be edited.

The drawing is a group of shapes in the text line, as Word 2010 and later write it (MS-ODRAWXML,
sections 2.20 to 2.25: `wpg:wgp` and `wps:wsp`); page and text are ECMA-376, part 1, chapter 17.
"""

from __future__ import annotations

import io
import math
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import count

from docx import Document
from docx.oxml import parse_xml

from evergrove.errors import EvergroveError
from evergrove.figures.drawingml import (
    FONT,
    NAMESPACE,
    Edges,
    Part,
    around,
    attribute,
    colour,
    content,
    empty,
    emu,
    group_place,
    parts,
    whole,
)
from evergrove.figures.package import finished, without_thumbnail
from evergrove.figures.sheet import Group, Sheet, Words

#: White around a drawing, and room for the line that it stands on, in points.
MARGIN, LINE = 30.0, 12.0
#: The longest side of a page that Word opens, in points: 22 inches.
MOST = 1584.0
_MICROSOFT = "http://schemas.microsoft.com/office/word/2010"
_GROUP = f"{_MICROSOFT}/wordprocessingGroup"
_OPEN = "http://schemas.openxmlformats.org"
_SPACES = (
    f'xmlns:w="{_OPEN}/wordprocessingml/2006/main" xmlns:a="{NAMESPACE}" xmlns:wpg="{_GROUP}"'
    f' xmlns:wp="{_OPEN}/drawingml/2006/wordprocessingDrawing"'
    f' xmlns:mc="{_OPEN}/markup-compatibility/2006"'
    f' xmlns:wps="{_MICROSOFT}/wordprocessingShape"'
)


def document(sheets: Sequence[Sheet]) -> bytes:
    """A document of one page a sheet, in order; there is at least one.

    Each page holds one drawing of exactly the sheet's size, with a margin of `MARGIN` points. The
    drawing has the sheet's title and description as alternative text; every group of the sheet
    that has something in it is a group inside, named by its id, with its spoken label.
    Raises EvergroveError for a sheet that no page can hold.
    """
    file = Document()
    body = file.element.body
    for child in list(body):
        body.remove(child)
    ids = count(1)
    for number, sheet in enumerate(sheets):
        last = number == len(sheets) - 1
        section = _section(sheet)
        body.append(parse_xml(_paragraph(sheet, ids, "" if last else section)))
        if last:
            body.append(parse_xml(section))
    without_thumbnail(file.part.package.rels)
    out = io.BytesIO()
    file.save(out)
    return finished(out.getvalue(), sheets)


def _section(sheet: Sheet) -> str:
    width = sheet.width + 2 * MARGIN
    height = sheet.height + 2 * MARGIN + LINE
    if max(width, height) > MOST:
        raise EvergroveError(
            "no page of a text document can hold this figure",
            value=f"{sheet.width / 72 * 25.4:.1f} x {sheet.height / 72 * 25.4:.1f} mm",
            remedy="Word takes pages up to 558.8 mm with their margins. Draw pptx, svg or pdf.",
        )
    margin = round(20 * MARGIN)
    return (
        f'<w:sectPr {_SPACES}><w:type w:val="nextPage"/>'
        f'<w:pgSz w:w="{math.ceil(20 * width)}" w:h="{math.ceil(20 * height)}"/>'
        f'<w:pgMar w:top="{margin}" w:right="{margin}" w:bottom="{margin}" w:left="{margin}"'
        ' w:header="0" w:footer="0" w:gutter="0"/></w:sectPr>'
    )


def _paragraph(sheet: Sheet, ids: Iterator[int], section: str) -> str:
    size = f'cx="{emu(sheet.width)}" cy="{emu(sheet.height)}"'
    own = next(ids)
    # LibreOffice takes a group to be as large as what is in it.
    floor = _child(Part(f"{sheet.id} sheet", whole(sheet), empty(whole(sheet))), next(ids))
    groups = "".join(_group(group, sheet, ids) for group in sheet.groups if group.items)
    return (
        f"<w:p {_SPACES}><w:pPr>{_SPACING}{section}</w:pPr><w:r><w:rPr><w:noProof/></w:rPr>"
        '<mc:AlternateContent><mc:Choice Requires="wpg"><w:drawing>'
        f'<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
        '<wp:effectExtent l="0" t="0" r="0" b="0"/>'
        f'<wp:docPr id="{own}" name={attribute(sheet.id)} descr={attribute(sheet.description)}'
        f" title={attribute(sheet.title)}/><wp:cNvGraphicFramePr/><a:graphic>"
        f'<a:graphicData uri="{_GROUP}"><wpg:wgp><wpg:cNvGrpSpPr/><wpg:grpSpPr>'
        f"{group_place(whole(sheet))}</wpg:grpSpPr>{floor}{groups}</wpg:wgp></a:graphicData></a:graphic></wp:inline></w:drawing>"
        "</mc:Choice></mc:AlternateContent></w:r></w:p>"
    )


_SPACING = '<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>'


def _group(group: Group, sheet: Sheet, ids: Iterator[int]) -> str:
    own = next(ids)
    children = list(parts(group, lambda words: _roomy(words, sheet)))
    return (
        f'<wpg:grpSp><wpg:cNvPr id="{own}" name={attribute(group.id)}'
        f" descr={attribute(group.label)}/><wpg:cNvGrpSpPr/>"
        f"<wpg:grpSpPr>{group_place(around(part.box for part in children))}</wpg:grpSpPr>"
        + "".join(_child(part, next(ids)) for part in children)
        + "</wpg:grpSp>"
    )


def _roomy(words: Words, sheet: Sheet) -> Edges:
    """The box of a text, with room for a wider and higher font, because Word hides what is beyond.

    The side that the text is anchored at and the floor stay where they are.
    """
    left, top, right, bottom = words.box
    more = {
        "start": max(sheet.width - right, 0),
        "middle": max(min(left, sheet.width - right), 0),
        "end": max(left, 0),
    }[words.anchor]
    more = min(0.1 * words.width, more)
    left -= more if words.anchor != "start" else 0
    right += more if words.anchor != "end" else 0
    return left, max(top - 0.4 * words.size, min(top, 0)), right, bottom


def _child(part: Part, id: int) -> str:
    about = f'<wps:cNvPr id="{id}" name={attribute(part.name)}/>'
    kind, text = "<wps:cNvCnPr/>" if part.connector else "<wps:cNvSpPr/>", ""
    if part.words is not None:
        kind = '<wps:cNvSpPr txBox="1"/>'
        text = f"<wps:txbx><w:txbxContent>{_text(part.words)}</w:txbxContent></wps:txbx>"
    return (
        f"<wps:wsp>{about}{kind}<wps:spPr>{part.properties}</wps:spPr>{text}"
        '<wps:bodyPr rot="0" vert="horz" wrap="none" lIns="0" tIns="0" rIns="0" bIns="0"'
        ' anchor="b" anchorCtr="0"><a:noAutofit/></wps:bodyPr></wps:wsp>'
    )


def _text(words: Words) -> str:
    """One paragraph; it stands on the floor of its box, for the reason told in `slides._text`."""
    side = {"start": "left", "middle": "center", "end": "right"}[words.anchor]
    direction = ""
    if words.right_to_left:
        # In such a paragraph "left" is where lines begin: on the right.
        direction = "<w:bidi/>"
        side = {"left": "right", "right": "left"}.get(side, side)
    runs = "".join(_run(words, text, rtl) for text, rtl in _runs(words))
    return f'<w:p><w:pPr>{direction}{_SPACING}<w:ind w:left="0" w:right="0" w:firstLine="0"/>' + (
        f'<w:jc w:val="{side}"/></w:pPr>{runs}</w:p>'
    )


def _run(words: Words, text: str, rtl: bool) -> str:
    bold = "<w:b/><w:bCs/>" if words.bold else '<w:b w:val="0"/><w:bCs w:val="0"/>'
    size = round(2 * words.size)
    return (
        f'<w:r><w:rPr><w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:cs="{FONT}"/>{bold}'
        f'<w:noProof/><w:color w:val="{colour(words.colour)}"/><w:sz w:val="{size}"/>'
        f'<w:szCs w:val="{size}"/>{"<w:rtl/>" if rtl else ""}</w:rPr>'
        f'<w:t xml:space="preserve">{content(text)}</w:t></w:r>'
    )


def _runs(words: Words) -> list[tuple[str, bool]]:
    """The text in runs of one direction, each with whether it goes from right to left.

    Word takes the direction of digits, signs and spaces from their run. Digits go with the letters
    before them (rule W7 of Unicode's UAX 9); signs between two runs of one direction with these,
    others with the paragraph (N1, N2).
    """
    base = words.right_to_left
    ways: list[bool | None] = []
    last = base
    for character in words.text:
        kind = unicodedata.bidirectional(character)
        if kind in ("L", "R", "AL", "AN"):
            last = kind != "L"
        ways.append(last if kind in ("L", "R", "AL", "AN", "EN", "NSM") else None)
    runs: list[tuple[str, bool]] = []
    before = base
    for index, character in enumerate(words.text):
        way = ways[index]
        if way is None:
            after = next((one for one in ways[index:] if one is not None), base)
            way = before if before == after else base
        before = way
        if runs and runs[-1][1] == way:
            runs[-1] = (runs[-1][0] + character, way)
        else:
            runs.append((character, way))
    return runs

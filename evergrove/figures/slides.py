"""Sheets as slides (PPTX) of native shapes that can be edited: ECMA-376, part 1, chapter 19."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from itertools import count

from pptx import Presentation
from pptx.oxml import parse_xml

from evergrove.errors import EvergroveError
from evergrove.figures.drawingml import (
    FONT,
    NAMESPACE,
    Part,
    around,
    attribute,
    content,
    empty,
    emu,
    fill,
    group_place,
    parts,
    whole,
)
from evergrove.figures.package import finished, without_thumbnail
from evergrove.figures.sheet import Group, Sheet, Words
from evergrove.figures.text import writable

#: The sides of a slide that PowerPoint opens, in EMU: 1 and 56 inches.
LEAST, MOST = 914_400, 51_206_400
_SPACES = (
    f'xmlns:a="{NAMESPACE}" xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)


def slides(sheets: Sequence[Sheet]) -> bytes:
    """A presentation of one slide a sheet, in order; there is at least one.

    The slides are of exactly the sheet's size; as a presentation has one size, that of the widest
    and of the highest sheet where they differ, each at the top left; no side is less than an inch.
    Every group of a sheet that has something in it is a group shape, named by its id, with its
    spoken label as alternative text. Behind them an empty rectangle of the size of the sheet has
    its title and description.
    Raises EvergroveError for a size that no presentation can have.
    """
    file = Presentation()
    file.slide_width = _side(max(sheet.width for sheet in sheets), "width")
    file.slide_height = _side(max(sheet.height for sheet in sheets), "height")
    layouts = file.slide_layouts
    blank = layouts.get_by_name("Blank")
    for layout in list(layouts):
        if layout is not blank:
            layouts.remove(layout)
    for sheet in sheets:
        slide = file.slides.add_slide(blank)
        slide._element.cSld.set("name", writable(sheet.title))
        for shape in _shapes(sheet):
            slide.shapes._spTree.append(parse_xml(shape))
    without_thumbnail(file.part.package._rels)
    out = io.BytesIO()
    file.save(out)
    return finished(out.getvalue(), sheets)


def _side(points: float, name: str) -> int:
    length = emu(points)
    if length > MOST:
        raise EvergroveError(
            f"no slide can have this {name}",
            value=f"{points / 72 * 25.4:.1f} mm",
            remedy="PowerPoint takes up to 1422.4 mm. Draw svg or pdf, which have no such bound.",
        )
    return max(length, LEAST)


def _shapes(sheet: Sheet) -> Iterator[str]:
    ids = count(2)
    yield (
        f'<p:sp {_SPACES}><p:nvSpPr><p:cNvPr id="{next(ids)}" name={attribute(sheet.id)}'
        f" descr={attribute(sheet.description)} title={attribute(sheet.title)}/>"
        f"<p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr>{empty(whole(sheet))}</p:spPr></p:sp>"
    )
    for group in sheet.groups:
        if group.items:
            yield _group(group, ids)


def _group(group: Group, ids: Iterator[int]) -> str:
    own = next(ids)
    children = list(parts(group))
    return (
        f'<p:grpSp {_SPACES}><p:nvGrpSpPr><p:cNvPr id="{own}" name={attribute(group.id)}'
        f" descr={attribute(group.label)}/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr>"
        f"<p:grpSpPr>{group_place(around(part.box for part in children))}</p:grpSpPr>"
        + "".join(_child(part, next(ids)) for part in children)
        + "</p:grpSp>"
    )


def _child(part: Part, id: int) -> str:
    about = f'<p:cNvPr id="{id}" name={attribute(part.name)}/>'
    if part.connector:
        return (
            f"<p:cxnSp><p:nvCxnSpPr>{about}<p:cNvCxnSpPr/><p:nvPr/></p:nvCxnSpPr>"
            f"<p:spPr>{part.properties}</p:spPr></p:cxnSp>"
        )
    kind, text = ("", "")
    if part.words is not None:
        kind, text = ' txBox="1"', _text(part.words)
    return (
        f"<p:sp><p:nvSpPr>{about}<p:cNvSpPr{kind}/><p:nvPr/></p:nvSpPr>"
        f"<p:spPr>{part.properties}</p:spPr>{text}</p:sp>"
    )


def _text(words: Words) -> str:
    """One paragraph that stands on the floor of its box.

    The part of a line below the baseline differs less between fonts than the part above it, so a
    machine without this font shows the text at the same height.
    """
    side = {"start": "l", "middle": "ctr", "end": "r"}[words.anchor]
    bold = ' b="1"' if words.bold else ' b="0"'
    none = '<a:spcPts val="0"/>'
    return (
        '<p:txBody><a:bodyPr wrap="none" lIns="0" tIns="0" rIns="0" bIns="0" rtlCol="0" anchor="b">'
        "<a:noAutofit/></a:bodyPr><a:lstStyle/><a:p>"
        f'<a:pPr marL="0" indent="0" algn="{side}" rtl="{int(words.right_to_left)}">'
        f'<a:lnSpc><a:spcPct val="100000"/></a:lnSpc><a:spcBef>{none}</a:spcBef>'
        f"<a:spcAft>{none}</a:spcAft><a:buNone/></a:pPr>"
        f'<a:r><a:rPr sz="{round(100 * words.size)}"{bold} i="0" noProof="1" dirty="0">'
        f'{fill(words.colour)}<a:latin typeface="{FONT}"/><a:cs typeface="{FONT}"/></a:rPr>'
        f"<a:t>{content(words.text)}</a:t></a:r></a:p></p:txBody>"
    )

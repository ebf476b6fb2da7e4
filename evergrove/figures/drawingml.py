"""A sheet in DrawingML, the drawing language that slides and text documents of Office share.

Source of names and units: ECMA-376, part 1, chapter 20. Lengths are EMU, 12700 to a point and
36000 to a millimetre; the origin is the top left corner, y downwards, as on the sheet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from matplotlib.colors import to_hex

from evergrove.figures.fonts import FAMILY
from evergrove.figures.sheet import Group, Line, Point, Shape, Sheet, Words
from evergrove.figures.text import writable

NAMESPACE = "http://schemas.openxmlformats.org/drawingml/2006/main"
EMU = 12700
FONT = FAMILY
#: left, top, width, height in EMU.
Box = tuple[int, int, int, int]
#: left, top, right, bottom in points.
Edges = tuple[float, float, float, float]


@dataclass(frozen=True)
class Part:
    """One native shape: its name, its place, and the content of its element `spPr`."""

    name: str
    box: Box
    properties: str
    #: The text that stands in it, for a text box.
    words: Words | None = None
    #: A straight line, which Office calls a connector.
    connector: bool = False


def emu(points: float) -> int:
    """Points as EMU."""
    return round(points * EMU)


def colour(value: str) -> str:
    """A colour as six hexadecimal digits."""
    return to_hex(value)[1:].upper()


def attribute(text: str) -> str:
    """The text as a quoted attribute, without what XML cannot hold."""
    return quoteattr(writable(text))


def content(text: str) -> str:
    """The text as the content of an element, without what XML cannot hold."""
    return escape(writable(text))


def parts(group: Group, boxed: Callable[[Words], Edges] | None = None) -> Iterator[Part]:
    """The shapes of one group in drawing order, numbered by kind: "study-1 text 2".

    A text box is the line box of its words, or what `boxed` gives (left, top, right, bottom, in
    points). Text stands on the floor of its box.
    """
    counts = {"text": 0, "line": 0, "shape": 0}
    for item in group.items:
        kind = {Words: "text", Line: "line", Shape: "shape"}[type(item)]
        counts[kind] += 1
        name = f"{group.id} {kind} {counts[kind]}"
        if isinstance(item, Words):
            box = _rounded(*(boxed(item) if boxed else item.box))
            yield Part(name, box, f"{place(box)}{_RECTANGLE}<a:noFill/>", words=item)
        elif isinstance(item, Line):
            yield _line(name, item)
        else:
            yield _shape(name, item)


def around(boxes: Iterable[Box]) -> Box:
    """The smallest box (left, top, width, height) that holds all of them; there is at least one."""
    edges = [(x, y, x + width, y + height) for x, y, width, height in boxes]
    left, top = (min(edge[side] for edge in edges) for side in (0, 1))
    right, bottom = (max(edge[side] for edge in edges) for side in (2, 3))
    return left, top, right - left, bottom - top


def whole(sheet: Sheet) -> Box:
    """The box of the sheet itself."""
    return 0, 0, emu(sheet.width), emu(sheet.height)


def empty(box: Box) -> str:
    """The content of `spPr` of a rectangle that is not seen."""
    return f"{place(box)}{_RECTANGLE}<a:noFill/><a:ln><a:noFill/></a:ln>"


def place(box: Box, turned: str = "") -> str:
    """`xfrm`: where a shape stands."""
    x, y, width, height = box
    return f'<a:xfrm{turned}><a:off x="{x}" y="{y}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'


def group_place(box: Box) -> str:
    """`xfrm` of a group whose children keep the coordinates of the sheet."""
    x, y, width, height = box
    return (
        f'<a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{width}" cy="{height}"/>'
        f'<a:chOff x="{x}" y="{y}"/><a:chExt cx="{width}" cy="{height}"/></a:xfrm>'
    )


_RECTANGLE = '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'


def _rounded(left: float, top: float, right: float, bottom: float) -> Box:
    # Both ends are rounded, not the length: neighbours that touch on the sheet touch here.
    x, y = emu(left), emu(top)
    return x, y, emu(right) - x, emu(bottom) - y


def _frame(points: tuple[Point, ...]) -> Box:
    xs, ys = zip(*points, strict=True)
    return _rounded(min(xs), min(ys), max(xs), max(ys))


def _line(name: str, line: Line) -> Part:
    box, stroke = _frame(line.points), _stroke(line.colour, line.width, line.dash)
    if len(line.points) > 2:
        path = _path(line.points, box, closed=False)
        return Part(name, box, f"{place(box)}{path}<a:noFill/>{stroke}")
    (x, y), (to_x, to_y) = line.points
    turned = (' flipH="1"' if to_x < x else "") + (' flipV="1"' if to_y < y else "")
    geometry = '<a:prstGeom prst="line"><a:avLst/></a:prstGeom>'
    return Part(name, box, f"{place(box, turned)}{geometry}{stroke}", connector=True)


def _shape(name: str, shape: Shape) -> Part:
    box = _frame(shape.points)
    edge = _stroke(shape.edge, shape.edge_width) if shape.edge else "<a:ln><a:noFill/></a:ln>"
    return Part(name, box, f"{place(box)}{_path(shape.points, box)}{fill(shape.fill)}{edge}")


def fill(value: str | None) -> str:
    """What an area or the letters of a text are filled with."""
    if value is None:
        return "<a:noFill/>"
    return f'<a:solidFill><a:srgbClr val="{colour(value)}"/></a:solidFill>'


def _stroke(value: str, width: float, dash: tuple[float, ...] = ()) -> str:
    # Dashes are told in thousandths of a percent of the width of the line.
    lengths = [round(100_000 * length / width) for length in dash] if width else []
    # An odd number of lengths goes on with the kinds exchanged, as in SVG.
    lengths = lengths * 2 if len(lengths) % 2 else lengths
    pairs = zip(lengths[::2], lengths[1::2], strict=True)
    stops = "".join(f'<a:ds d="{on}" sp="{off}"/>' for on, off in pairs)
    pattern = f"<a:custDash>{stops}</a:custDash>" if stops else '<a:prstDash val="solid"/>'
    ends = '<a:miter lim="800000"/><a:headEnd type="none"/><a:tailEnd type="none"/>'
    return f'<a:ln w="{emu(width)}" cap="flat">{fill(value)}{pattern}{ends}</a:ln>'


def _path(points: tuple[Point, ...], box: Box, closed: bool = True) -> str:
    """A freeform through the points, in the coordinates of its own box."""
    x, y, width, height = box
    stops = [f'<a:pt x="{emu(to_x) - x}" y="{emu(to_y) - y}"/>' for to_x, to_y in points]
    moves = f"<a:moveTo>{stops[0]}</a:moveTo>"
    moves += "".join(f"<a:lnTo>{stop}</a:lnTo>" for stop in stops[1:])
    end, filled = ("<a:close/>", "") if closed else ("", ' fill="none"')
    return (
        "<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/>"
        '<a:rect l="0" t="0" r="r" b="b"/>'
        f'<a:pathLst><a:path w="{width}" h="{height}"{filled}>{moves}{end}</a:path></a:pathLst>'
        "</a:custGeom>"
    )

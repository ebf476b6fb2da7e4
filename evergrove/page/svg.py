"""An SVG file as part of an HTML page: harmless, with names of its own, and with nothing to fetch.

A page that holds several drawings must keep apart what each file takes for its own: element ids,
and style rules that would otherwise restyle the whole page.
"""

from __future__ import annotations

import re
from collections import Counter
from html import escape
from xml.etree import ElementTree

from evergrove.errors import EvergroveError

_SVG = "{http://www.w3.org/2000/svg}"
_XLINK = "{http://www.w3.org/1999/xlink}"
_LEFT_OUT = {"script", "foreignObject", "metadata", "animate", "set", "iframe"}
_ID_LISTS = {"aria-labelledby", "aria-describedby"}
_URL = re.compile(r"url\(\s*(['\"]?)(.*?)\1\s*\)")
_POINTS = {"pt": 4 / 3, "px": 1.0, "": 1.0, "in": 96.0, "mm": 96 / 25.4, "cm": 96 / 2.54}


def inline(text: str, name: str, file: str) -> str:
    """The drawing as markup for an HTML page, every id prefixed with `name`.

    Scripts, metadata, event attributes and every reference to something outside the drawing are
    left out. Width and height become limits, so that it shrinks with the page. Raises
    EvergroveError, naming `file`, for text that is no SVG.
    """
    try:
        root = ElementTree.fromstring(text)
    except ElementTree.ParseError as error:
        raise EvergroveError(f"not readable as SVG: {error}", file=file) from None
    if root.tag != f"{_SVG}svg":
        raise EvergroveError("not an SVG drawing", file=file, value=root.tag)
    if "id" not in root.attrib:
        root.set("id", "drawing")
    size = _size(root)
    for attribute in ("width", "height"):
        root.attrib.pop(attribute, None)
    if size:
        width, height = size
        root.attrib.setdefault("viewBox", f"0 0 {_short(width)} {_short(height)}")
        given = root.get("style", "").rstrip("; ")
        root.set("style", f"{given}; --width: {_short(width)}px".removeprefix("; "))
    _name_styles(root)
    _shorten_paths(root)
    return "".join(_markup(root, name))


def _name_styles(root: ElementTree.Element) -> None:
    """Styles that many elements repeat become classes: a drawing of 65 rows is a third smaller."""
    within = [one for one in root.iter() if one is not root and "class" not in one.attrib]
    counted = Counter(one.get("style", "") for one in within)
    often = [style for style, n in counted.items() if n > 2 and style and _plain(style)]
    names = {style: f"a{number}" for number, style in enumerate(often)}
    for one in within:
        if one.get("style", "") in names:
            one.set("class", names[one.attrib.pop("style")])
    if names:
        rules = ElementTree.Element(f"{_SVG}style")
        rules.text = "".join(f".{name}{{{style}}}" for style, name in names.items())
        root.insert(0, rules)


def _plain(style: str) -> bool:
    return not re.search(r"[{}<@]|url\(|/\*", style)


def _shorten_paths(root: ElementTree.Element) -> None:
    """Coordinates of paths to a hundredth of their unit, far below what a screen shows."""
    for one in root.iter(f"{_SVG}path"):
        path = re.sub(r"-?\d+\.\d{3,}", lambda found: f"{float(found[0]):.2f}", one.get("d", ""))
        one.set("d", " ".join(path.split()))


def _markup(element: ElementTree.Element, name: str) -> list[str]:
    if not isinstance(element.tag, str) or not element.tag.startswith(_SVG):
        return []
    tag = element.tag.removeprefix(_SVG)
    if tag in _LEFT_OUT:
        return []
    attributes = "".join(
        f' {key}="{escape(value)}"' for key, value in _attributes(element, name) if value
    )
    parts = [f"<{tag}{attributes}>"]
    if tag == "style":
        parts.append(_scoped(element.text or "", name))
    else:
        parts.append(_text(element.text, tag))
        for child in element:
            parts += _markup(child, name)
            parts.append(_text(child.tail, tag))
    parts.append(f"</{tag}>")
    return parts


def _text(text: str | None, tag: str) -> str:
    """Text between tags; the line breaks of an indented file are not worth their bytes."""
    if not text:
        return ""
    if not text.strip() and tag not in {"text", "tspan"}:
        return ""
    return escape(text, quote=False)


def _attributes(element: ElementTree.Element, name: str) -> list[tuple[str, str]]:
    found = []
    for key, value in element.attrib.items():
        key = "href" if key == f"{_XLINK}href" else key
        if key.startswith("{") or key.lower().startswith("on") or key == "version":
            continue
        if key == "id":
            value = f"{name}-{value}"
        elif key in _ID_LISTS:
            value = " ".join(f"{name}-{part}" for part in value.split())
        elif key == "href":
            value = _reference(value, name)
        else:
            value = _local_urls(value, name)
        found.append((key, value))
    return found


def _reference(value: str, name: str) -> str:
    if value.startswith("#"):
        return f"#{name}-{value[1:]}"
    return value if value.startswith("data:image/png;base64,") else ""


def _local_urls(value: str, name: str) -> str:
    def replaced(found: re.Match[str]) -> str:
        target = found[2]
        return f"url(#{name}-{target[1:]})" if target.startswith("#") else "none"

    return _URL.sub(replaced, value)


def _scoped(style: str, name: str) -> str:
    """The rules of a style element, each confined to this drawing; at-rules are left out."""
    style = re.sub(r"/\*.*?\*/", "", style, flags=re.DOTALL)
    style = re.sub(r"@[^{};]*(;|\{[^{}]*(\{[^{}]*\}[^{}]*)*\})", "", style)
    rules = []
    for selectors, body in re.findall(r"([^{}]+)\{([^{}]*)\}", style):
        scoped = ",".join(f".{name} {part.strip()}" for part in selectors.split(","))
        rules.append(f"{scoped}{{{_local_urls(' '.join(body.split()), name)}}}")
    return "".join(rules).replace("<", "")


def _size(root: ElementTree.Element) -> tuple[float, float] | None:
    """Width and height in CSS pixels, or None if the file does not state both."""
    sizes = []
    for attribute in ("width", "height"):
        found = re.fullmatch(r"\s*([\d.]+)\s*([a-z]*)\s*", root.get(attribute, ""))
        if not found or found[2] not in _POINTS:
            return None
        sizes.append(float(found[1]) * _POINTS[found[2]])
    return sizes[0], sizes[1]


def _short(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")

"""XML without its dangers: no DTD is fetched, no entity is expanded, broken parts stay apart.

A file is cut at the elements that hold one record each, and each piece is parsed by itself. So
truncated files, several documents in one file and one broken record cost only what is broken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree

from evergrove.errors import EvergroveError

_PREFIXES = re.compile(r"\bxmlns:([A-Za-z_][\w.-]*)\s*=\s*(\"[^\"<]*\"|'[^'<]*')")
_USED_PREFIX = re.compile(r"</?([A-Za-z_][\w.-]*):|\s([A-Za-z_][\w.-]*):[\w.-]+\s*=")
_NAMED_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]*);")
_BARE_AMPERSAND = re.compile(r"&(?!#\d+;|#x[0-9a-fA-F]+;|(?:amp|lt|gt|quot|apos);)")
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_INLINE = {"i", "b", "u", "sup", "sub", "style", "DispFormula"}
_ILLEGAL_REFERENCE = re.compile(r"&#(?:x[0-9a-fA-F]+|\d+);")


def refuse_entities(text: str, first_record: int) -> None:
    """Raise EvergroveError if the document declares entities of its own."""
    at = text.find("<!ENTITY", 0, first_record if first_record >= 0 else len(text))
    if at >= 0:
        raise EvergroveError(
            "the XML declares entities, which are not expanded",
            place=f"line {text.count(chr(10), 0, at) + 1}",
            remedy="Export the citations again, without a DTD of its own.",
        )


def broken(error: Exception) -> str:
    """Why a record is rejected; the parser's line and column count within the record only."""
    return f"the XML of this record is broken: {str(error).split(': line')[0]}"


def pieces(text: str, names: tuple[str, ...]) -> Iterator[tuple[int, int, bool]]:
    """(start, end, whole) of every element with one of these names, in file order.

    `whole` is False where the end tag is missing; the piece then ends before the next one.
    """
    pattern = "|".join(names)
    starts = list(re.finditer(rf"<({pattern})(?=[\s>/])", text))
    for number, match in enumerate(starts):
        limit = starts[number + 1].start() if number + 1 < len(starts) else len(text)
        close = f"</{match.group(1)}>"
        end = text.find(close, match.end(), limit)
        if end >= 0:
            yield match.start(), end + len(close), True
        else:
            yield match.start(), limit, False


def parse_piece(piece: str, prolog: str = "") -> ElementTree.Element:
    """One element. Raises ElementTree.ParseError if it cannot be read even after mending.

    Mended are: HTML's named entities, a bare "&", characters that XML forbids, and prefixes
    whose namespace was declared outside of the piece or not at all.
    """
    try:
        return ElementTree.fromstring(piece)
    except (ElementTree.ParseError, ValueError, UnicodeError):
        return ElementTree.fromstring(_mended(piece, prolog))


def _mended(piece: str, prolog: str) -> str:
    from html import unescape

    def entity(match: re.Match[str]) -> str:
        if match.group(1) in {"amp", "lt", "gt", "quot", "apos"}:
            return match.group()
        found = unescape(match.group())
        return found if found != match.group() else f"&amp;{match.group(1)};"

    piece = _NAMED_ENTITY.sub(entity, piece)
    piece = _BARE_AMPERSAND.sub("&amp;", piece)
    piece = _ILLEGAL_REFERENCE.sub(_legal_reference, _ILLEGAL.sub(" ", piece))
    declared = dict(_PREFIXES.findall(prolog))
    used = {first or second for first, second in _USED_PREFIX.findall(piece)}
    used -= {"xml", "xmlns"}
    spaces = "".join(
        f" xmlns:{prefix}={declared.get(prefix, chr(34) + prefix + chr(34))}"
        for prefix in sorted(used)
    )
    tag = re.match(r"<[^\s>/]+", piece)
    missing = [space for space in spaces.split(" xmlns:") if space]
    head = tag.end() if tag else 0
    first_tag = piece[: piece.find(">") + 1]
    add = "".join(
        f" xmlns:{space}" for space in missing if f"xmlns:{space.split('=')[0]}" not in first_tag
    )
    return piece[:head] + add + piece[head:]


def _legal_reference(match: re.Match[str]) -> str:
    number = match.group()[2:-1]
    if len(number) > 8:
        return " "
    code = int(number[1:], 16) if number[0] == "x" else int(number)
    legal = code in (9, 10, 13) or 32 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD
    return match.group() if legal or 0x10000 <= code <= 0x10FFFF else " "


def flat_text(element: ElementTree.Element | None, depth: int = 0) -> str:
    """All text below an element, with its own line ends.

    Markup is dropped, but an exponent or index after a digit is kept apart as MEDLINE prints it:
    10<sup>3</sup> is "10(3)", never "103".
    """
    if element is None:
        return ""
    if not len(element):
        return element.text or ""
    if depth > 30:
        return "".join(element.itertext())
    parts: list[str] = [element.text or ""]
    for child in element:
        inner = flat_text(child, depth + 1)
        before = next((part for part in reversed(parts) if part), "")
        raised = child.tag in ("sup", "sub") or "script" in child.get("face", "")
        if raised and before[-1:].isdigit() and inner.strip():
            inner = f"({inner.strip()})"
        parts += (inner, child.tail or "")
    return "".join(parts)


def flatten(element: ElementTree.Element) -> dict[str, list[str]]:
    """Everything in an element as {path: [texts]}; an attribute's path ends in ``@name``."""
    found: dict[str, list[str]] = {}
    stack: list[tuple[str, ElementTree.Element]] = [("", element)]
    while stack:
        path, node = stack.pop()
        for name, value in node.attrib.items():
            if value:
                found.setdefault(f"{path}@{name}", []).append(value)
        mixed = any(child.tag in _INLINE or (child.tail and child.tail.strip()) for child in node)
        if mixed or not len(node):
            text = " ".join(flat_text(node).split())
            if text:
                found.setdefault(path, []).append(text)
            continue
        if node.text and node.text.strip():
            found.setdefault(path, []).append(node.text.strip())
        for child in reversed(node):
            name = child.tag.rpartition("}")[2]
            stack.append((f"{path}/{name}" if path else name, child))
    return found

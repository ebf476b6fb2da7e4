"""Bytes of an export as text: byte order marks, UTF-8, UTF-16, and the Windows code pages."""

from __future__ import annotations

import codecs
import re

from evergrove.errors import EvergroveError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    # UTF-32 first: its little-endian mark begins with that of UTF-16.
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_PACKED = {
    b"PK\x03\x04": "a ZIP archive (or an Excel or Word file)",
    b"\x1f\x8b": "a gzip archive",
    b"%PDF-": "a PDF file",
    b"\xd0\xcf\x11\xe0": "an old Excel or Word file",
    b"7z\xbc\xaf": "a 7z archive",
    b"BZh": "a bzip2 archive",
    b"\x89PNG": "an image",
    b"\xff\xd8\xff": "an image",
    b"GIF8": "an image",
    b"SQLite format": "a database",
}
# How a byte that is no UTF-8 is decoded: as cp1252.
ERRORS = "evergrove-cp1252"
_CONTROL = bytes([*range(0x09), *range(0x0E, 0x1A), 0x7F])

_DECLARED = re.compile(rb"^\s*<\?xml[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"']")
# JabRef's first line.
_JABREF = re.compile(rb"^\s*% Encoding: ([A-Za-z0-9._-]+)[ \t]*[\r\n]")
_TEXT_ENCODINGS = re.compile(
    r"(?:iso-?8859-?\d+|latin-?1|windows-?12\d\d|cp12\d\d|us-?ascii|gb2312|gbk|gb18030|big5"
    r"|shift[_-]jis|euc-jp|euc-kr|koi8-r|macintosh)$",
    re.IGNORECASE,
)


def decode(data: bytes) -> str:
    """The text of a file, with every line end as LF and without byte order marks.

    A mark decides, else what an XML file or JabRef declares; else UTF-8, in which each byte that
    is no UTF-8 is read as cp1252 (and as Latin-1 where cp1252 has no character), so that a file
    put together from two exports is read right in both halves. Raises EvergroveError for what is
    no text.
    """
    return normalise_lines(_characters(data))


def plain_bytes(data: bytes) -> bytes | None:
    """The file with every line end as LF, if the rest of `decode` can be done piece by piece.

    So it can where the text is UTF-8 or cp1252 without marks and signs inside of it: then a piece
    between two line ends, decoded as UTF-8 with `ERRORS`, is what it would be within the whole.
    None for any other file, and for what is no text.
    """
    data = data.removeprefix(codecs.BOM_UTF8)
    # The search for one byte is several times as fast as that for three.
    marked = b"\xef" in data and codecs.BOM_UTF8 in data
    if marked or b"\0" in data or b"\x1a" in data or _has_controls(data):
        return None
    return data.replace(b"\r\n", b"\n").replace(b"\r", b"\n") if b"\r" in data else data


def _has_controls(data: bytes) -> bool:
    """Whether the beginning of a file has more control characters than any text."""
    sample = data[:65536]
    controls = len(sample) - len(sample.translate(None, _CONTROL))
    return controls > 4 and controls * 200 > len(sample)


def refuse_binary(data: bytes) -> None:
    """Raise EvergroveError if the bytes cannot be an export of citations."""
    for magic, what in _PACKED.items():
        if data.startswith(magic):
            raise EvergroveError(
                f"holds no citations: it is {what}", remedy="Unpack it, or export as text."
            )
    if not data.strip(b" \t\r\n\x0b\x0c\x00\x1a\xef\xbb\xbf\xfe\xff"):
        raise EvergroveError("the file is empty", remedy="Export the citations again.")


def normalise_lines(text: str) -> str:
    """CRLF and CR as LF; byte order marks inside (files put together), DOS ends, NUL removed."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\ufeff" in text:
        text = text.replace("\ufeff", "")
    for sign in ("\x1a", "\0"):
        if sign in text:
            text = text.replace(sign, "")
    return text


def _characters(data: bytes) -> str:
    refuse_binary(data)
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            if encoding == "utf-8":
                data = data[len(mark) :]
                break
            return data[len(mark) :].decode(encoding, errors="replace")
    sample = data[:65536]
    zeros = sample.count(0)
    if zeros * 3 > len(sample) and len(sample) > 3:
        # UTF-16 without a mark: every other byte of Western text is zero.
        little = sample[1::2].count(0) >= sample[0::2].count(0)
        return data.decode("utf-16-le" if little else "utf-16-be", errors="replace")
    if _has_controls(data):
        raise EvergroveError(
            "holds no citations: it is no text file", remedy="Export as text, RIS, XML or CSV."
        )
    declared = _DECLARED.match(data[:400]) or _JABREF.match(data[:400])
    if declared and _TEXT_ENCODINGS.match(declared.group(1).decode("ascii")):
        try:
            return data.decode(declared.group(1).decode("ascii"))
        except (UnicodeDecodeError, LookupError):
            # Declared wrongly; read like any other text.
            pass
    return data.decode("utf-8", errors=ERRORS)


def _as_cp1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    wrong = error.object[error.start : error.end]
    return "".join(_CP1252[byte] for byte in wrong), error.end


def _cp1252(byte: int) -> str:
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


_CP1252 = tuple(_cp1252(byte) for byte in range(256))
codecs.register_error(ERRORS, _as_cp1252)

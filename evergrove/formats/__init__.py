"""Citation formats: bytes of an export in, one `Entry` for every citation in it out.

`decode` makes text of bytes, `detect` finds the format, one module a family of formats cuts the
text into records and fills in the fields. Reading never touches the network or the disk.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from evergrove.errors import EvergroveError
from evergrove.formats.decode import decode, plain_bytes
from evergrove.formats.detect import detect
from evergrove.formats.entry import Entry
from evergrove.formats.pieces import pieces_of_bytes

__all__ = ["Entry", "read_entries"]


def read_entries(data: bytes) -> tuple[Callable[[], str], str, list[Entry]]:
    """(what decodes the text, source format, entries in file order) of one export.

    The places of the entries are in that text, which is seldom needed and so not kept. Raises
    EvergroveError if the bytes are no text or hold no citation of a known format.
    """
    found = _read_regular(data)
    if found is not None:
        return lambda: decode(data), *found
    text = decode(data)
    source_format = detect(text)
    entries = list(_reader(source_format)(text)) if source_format else []
    if not entries:
        raise EvergroveError(
            "no citation of a known format is in this file",
            remedy="Export it again, as RIS, PubMed, BibTeX, EndNote XML or CSV.",
        )
    return lambda: text, source_format, entries


def _read_regular(data: bytes) -> tuple[str, list[Entry]] | None:
    """Source format and entries of a file that begins with a record of RIS or PubMed.

    Such a file is cut into records before it is decoded. None for any other file.
    """
    head = data[:1000].removeprefix(b"\xef\xbb\xbf").lstrip()[:6]
    if head == b"TY  - ":
        from evergrove.formats.ris import MARK, read_pieces

        source_format = "ris"
    elif head == b"PMID- ":
        from evergrove.formats.medline import MARK, read_pieces

        source_format = "nbib"
    else:
        return None
    plain = plain_bytes(data)
    if plain is None:
        return None
    entries = read_pieces(pieces_of_bytes(plain, MARK))
    return (source_format, entries) if entries else None


def _reader(source_format: str) -> Callable[[str], Iterable[Entry]]:
    # Imported when needed: a run that reads one format does not load the tables of all.
    match source_format:
        case "bibtex":
            from evergrove.formats.bibtex import read
        case "csv":
            from evergrove.formats.table import read
        case "endnote-tagged":
            from evergrove.formats.endnote_tagged import read
        case "endnote-xml":
            from evergrove.formats.endnote_xml import read
        case "highwire-medlars":
            from evergrove.formats.highwire import read
        case "nbib":
            from evergrove.formats.medline import read
        case "ovid":
            from evergrove.formats.ovid import read
        case "pubmed-xml":
            from evergrove.formats.pubmed_xml import read
        case "refworks":
            from evergrove.formats.refworks import read
        case "ris":
            from evergrove.formats.ris import read
        case "wos":
            from evergrove.formats.wos import read
        case _:
            raise ValueError(f"no reader for {source_format}")
    return read

"""Office packages (ECMA-376, part 2) that come out the same on every run."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

from evergrove.figures.drawingml import content
from evergrove.figures.sheet import Sheet

_PROPERTIES = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_APPLICATION = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_FIRST = "[Content_Types].xml"


def finished(package: bytes, sheets: Sequence[Sheet]) -> bytes:
    """The package with the sheets' titles and descriptions as its properties, and no date.

    The libraries write the properties of their templates (a date, a person's name) and the clock
    of the machine into the zip; here the entries are sorted and stand at 1980-01-01.
    """
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    files["docProps/core.xml"] = _about(sheets).encode()
    files["docProps/app.xml"] = (
        f'{_HEAD}<Properties xmlns="{_APPLICATION}"><Application>Evergrove</Application>'
        "</Properties>"
    ).encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        # Readers look for the list of types first.
        for name in sorted(files, key=lambda name: (name != _FIRST, name)):
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.create_system = 0
            archive.writestr(entry, files[name], zipfile.ZIP_DEFLATED, 6)
    return out.getvalue()


def without_thumbnail(relations: dict) -> None:
    """Drops the picture of the library's empty template from a package's relations, in place."""
    for id in [id for id, one in relations.items() if one.reltype.endswith("/thumbnail")]:
        relations.pop(id)


def _about(sheets: Sequence[Sheet]) -> str:
    title = content("; ".join(sheet.title for sheet in sheets))
    description = content(" ".join(sheet.description for sheet in sheets))
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="{_PROPERTIES}"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{title}</dc:title><dc:creator>Evergrove</dc:creator>"
        f"<dc:description>{description}</dc:description></cp:coreProperties>"
    )

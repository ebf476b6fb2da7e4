"""ZIP archives that are the same bytes whenever and wherever they are written."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Mapping
from typing import Any

from evergrove import __version__, tables

# The earliest date that the format knows; nothing is dated in a result.
_NO_DATE = (1980, 1, 1, 0, 0, 0)
_READABLE = 0o644 << 16


def pack(files: Mapping[str, bytes]) -> bytes:
    """The files, in the order given, as one archive without times, owners or platform."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, _NO_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = _READABLE
            archive.writestr(entry, data)
    return out.getvalue()


def data_archive(
    slug: str,
    state: str,
    files: Mapping[str, bytes],
    code: Mapping[str, str],
    versions: Mapping[str, str],
) -> bytes:
    """The data of a review with MANIFEST.json: what made them, and the SHA-256 of each file.

    `state` is the name of the state of the review that the page prints. All names in the archive
    begin with ``<slug>/``.
    """
    ordered = dict(sorted(files.items()))
    manifest: dict[str, Any] = {
        "review": slug,
        "state": state,
        "evergrove": __version__,
        "versions": dict(sorted(versions.items())),
        "code": dict(sorted(code.items())),
        "files": {name: hashlib.sha256(data).hexdigest() for name, data in ordered.items()},
    }
    whole = {"MANIFEST.json": tables.format_json(manifest).encode(), **ordered}
    return pack({f"{slug}/{name}": data for name, data in whole.items()})

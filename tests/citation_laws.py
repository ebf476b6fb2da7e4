"""What holds for any bytes read as citations; used by the property tests and the fuzzer."""

import json
from pathlib import Path

from evergrove.errors import EvergroveError
from evergrove.formats.status import KINDS
from evergrove.parse_citations import ParsedFile, parse_file
from evergrove.records import FIELDS, REJECT_FIELDS

CITATIONS = Path(__file__).parent / "data" / "citations"
FIXTURES = sorted(path for path in CITATIONS.iterdir() if path.is_file())
TEXTS = [
    "pmid",
    "pmcid",
    "doi",
    "title",
    "journal",
    "journal_abbrev",
    "volume",
    "issue",
    "pages",
    "abstract",
    "language",
    "source_type",
]
LISTS = ["authors", "publication_types", "mesh", "urls"]


def read_lawfully(data: bytes) -> ParsedFile | None:
    """The file's citations after every law was checked; None if the bytes were refused.

    Any exception but EvergroveError, and any broken law, comes out as it is.
    """
    try:
        parsed = parse_file("any.name", data)
    except EvergroveError as error:
        assert str(error).startswith("any.name")
        return None
    numbers = [one["record_index"] for one in (*parsed.records, *parsed.rejects)]
    assert sorted(numbers) == list(range(len(numbers)))
    assert numbers, "a file without any citation is refused"
    for reject in parsed.rejects:
        assert tuple(reject) == REJECT_FIELDS
        assert reject["line"] >= 1
        assert reject["reason"]
    for record in parsed.records:
        _check(record)
    json.dumps([parsed.records, parsed.rejects], allow_nan=False)
    return parsed


def _check(record):
    assert tuple(record) == FIELDS
    for name in TEXTS:
        assert record[name] is None or (isinstance(record[name], str) and record[name].strip()), (
            name
        )
    for name in LISTS:
        assert all(isinstance(value, str) and value.strip() for value in record[name]), name
    assert any(record[name] for name in ("title", "doi", "pmid", "authors", "journal"))
    assert record["year"] is None or 1500 <= record["year"] <= 2099
    assert record["month"] is None or (1 <= record["month"] <= 12 and record["year"])
    assert record["doi"] is None or record["doi"].startswith("10.")
    assert record["pmid"] is None or record["pmid"].isdigit()
    assert record["pmcid"] is None or record["pmcid"].startswith("PMC")
    for link in record["status_links"]:
        assert tuple(link) == ("kind", "pmid", "doi", "note")
        assert link["kind"] in KINDS
    for tag, values in record["raw_tags"].items():
        assert isinstance(tag, str)
        assert values
        assert all(isinstance(value, str) and value for value in values), tag

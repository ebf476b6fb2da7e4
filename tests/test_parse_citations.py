"""The stage: files in, records, rejects and a search log out; nothing is left out silently."""

import hashlib
import json
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from evergrove.errors import EvergroveError
from evergrove.parse_citations import (
    RECORD_FIELDS,
    REJECT_FIELDS,
    SEARCH_LOG_FIELDS,
    parse_citations,
    parse_file,
)

ROOT = Path(__file__).resolve().parent.parent
RIS = (
    b"TY  - JOUR\nTI  - One\nER  - \n"
    b"TY  - JOUR\nKW  - nothing else\nER  - \n"
    b"TY  - JOUR\nTI  - Two\n"
)
NBIB = b"PMID- 90000001\nTI  - Three.\n"
SHARED = ROOT.parent / "shared" / "citations" / "fixtures"


def test_records_are_named_by_file_and_place():
    parsed = parse_citations([("b.ris", RIS), ("a.nbib", NBIB)])
    assert [record["record_id"] for record in parsed.records] == ["b.ris#0", "b.ris#2", "a.nbib#0"]
    assert all(tuple(record) == RECORD_FIELDS for record in parsed.records)
    assert [record["title"] for record in parsed.records] == ["One", "Two", "Three."]


def test_a_record_that_names_nothing_is_a_reject_with_line_and_reason():
    parsed = parse_citations([("b.ris", RIS)])
    assert parsed.rejects == [
        {
            "source_file": "b.ris",
            "record_index": 1,
            "line": 4,
            "reason": "no title, DOI, PMID, author or journal",
            "text": "TY  - JOUR\nKW  - nothing else\nER  -",
        }
    ]
    assert tuple(parsed.rejects[0]) == REJECT_FIELDS


def test_lines_of_rejects_are_counted_in_the_file_as_it_came():
    data = b"".join(b"TY  - JOUR\r\nKW  - x\r\nER  - \r\n\r\n" for _ in range(5))
    assert [reject["line"] for reject in parse_file("x", data).rejects] == [1, 5, 9, 13, 17]


def test_a_long_reject_is_shown_in_part():
    data = b"TY  - JOUR\nTI  - x\nER  - \nTY  - JOUR\nAB  - " + b"word " * 5000 + b"\nER  - \n"
    (reject,) = parse_file("x", data).rejects
    assert len(reject["text"]) == 2001
    assert reject["text"].endswith("…")


def test_the_search_log_says_what_came_out_of_every_file():
    parsed = parse_citations([("b.ris", RIS), ("a.nbib", NBIB)])
    assert parsed.search_log == [
        {
            "source_file": "b.ris",
            "source_format": "ris",
            "sha256": hashlib.sha256(RIS).hexdigest(),
            "n_records": 2,
            "n_rejects": 1,
        },
        {
            "source_file": "a.nbib",
            "source_format": "nbib",
            "sha256": hashlib.sha256(NBIB).hexdigest(),
            "n_records": 1,
            "n_rejects": 0,
        },
    ]
    assert tuple(parsed.search_log[0]) == SEARCH_LOG_FIELDS


def test_an_unreadable_file_stops_everything_and_is_named():
    with pytest.raises(EvergroveError) as caught:
        parse_citations([("good.ris", RIS), ("bad.pdf", b"%PDF-1.4\n...")])
    assert caught.value.file == "bad.pdf"


def test_no_file_gives_empty_tables():
    assert parse_citations([]) == ([], [], [])


def test_the_script_writes_what_the_stage_returns(tmp_path, monkeypatch):
    (tmp_path / "b.ris").write_bytes(RIS)
    (tmp_path / "a.nbib").write_bytes(NBIB)
    outputs = {
        name: str(tmp_path / "out" / file)
        for name, file in {
            "records": "records.jsonl",
            "rejects": "rejects.jsonl",
            "search_log": "search_log.csv",
        }.items()
    }
    (tmp_path / "out").mkdir()
    snakemake = SimpleNamespace(
        input=SimpleNamespace(exports=[str(tmp_path / "b.ris"), str(tmp_path / "a.nbib")]),
        output=SimpleNamespace(**outputs),
        log=[str(tmp_path / "log.txt")],
        rule="parse_citations",
        params=SimpleNamespace(),
        wildcards=SimpleNamespace(),
        config={},
        threads=1,
    )
    source = (ROOT / "scripts/parse_citations.py").read_text(encoding="utf-8")
    exec(compile(source, "parse_citations.py", "exec"), {"snakemake": snakemake})
    lines = Path(outputs["records"]).read_text(encoding="utf-8").splitlines()
    # Files are read in the order of their paths, however they were named to the rule.
    assert [json.loads(line)["record_id"] for line in lines] == ["a.nbib#0", "b.ris#0", "b.ris#2"]
    assert len(Path(outputs["rejects"]).read_text(encoding="utf-8").splitlines()) == 1
    log = Path(outputs["search_log"]).read_text(encoding="utf-8").splitlines()
    assert log[0] == ",".join(SEARCH_LOG_FIELDS)
    assert [line.split(",")[0] for line in log[1:]] == ["a.nbib", "b.ris"]


def test_reading_leaves_the_garbage_collector_as_it_was():
    import gc

    assert gc.isenabled()
    parse_file("x", RIS)
    assert gc.isenabled()
    with pytest.raises(EvergroveError):
        parse_file("x", b"nothing")
    assert gc.isenabled()
    gc.disable()
    try:
        parse_file("x", RIS)
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_the_stage_is_imported_without_numeric_packages_or_network():
    code = (
        "import sys; import evergrove.parse_citations as stage; stage.parse_file('x', "
        "b'PMID- 1\\nTI  - a\\n'); "
        "print(sorted({'numpy', 'pandas', 'scipy', 'socket', 'urllib.request', 'ssl', 'Bio'}"
        " & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


@pytest.mark.skipif(not SHARED.is_dir(), reason="the exports of real databases are not here")
def test_every_real_export_is_read_without_a_reject():
    for path in sorted(SHARED.glob("*/*")):
        if path.suffix != ".json":
            parsed = parse_file(path.name, path.read_bytes())
            assert parsed.records
            assert not parsed.rejects

"""The default review's hand-kept files say what the committed facts say, no more and no less.

tests/data/evidence/ holds the facts as they were read; config/reviews/sacroplasty/ what the
pipeline reads. Each is rebuilt here from the other and compared cell by cell, digit by digit.
"""

import csv
import hashlib
import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from evergrove.parse_citations import parse_file
from evergrove.protocol import load_protocol

ROOT = Path(__file__).resolve().parent.parent
FACTS = ROOT / "tests" / "data" / "evidence"
REVIEW = ROOT / "config" / "reviews" / "sacroplasty"


class Number(str):
    """A JSON number that keeps its printed digits, so that 9.0 is not 9."""


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle, strict=True))


def document(report: str) -> dict:
    text = (REVIEW / "extraction" / f"{report}.json").read_text(encoding="utf-8")
    return json.loads(text, parse_float=Number, parse_int=Number)


CITATIONS = {row["study_id"]: row for row in table(FACTS / "sacroplasty_citations.csv")}
EFFECTS = table(FACTS / "sacroplasty_effects.csv")
REPORTS = list(dict.fromkeys(row["study_id"] for row in EFFECTS))
STUDIES = table(REVIEW / "studies.csv")
PROTOCOL = load_protocol("sacroplasty", ROOT)
MEASUREMENTS = [
    (report, measurement) for report in REPORTS for measurement in document(report)["measurements"]
]


# --- citations --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("shipped", "facts"),
    [
        ("citations/kortman2013.medlars.txt", "kortman2013.medlars.txt"),
        ("published_reviews.csv", "published_reviews.csv"),
    ],
)
def test_file_is_shipped_byte_for_byte(shipped, facts):
    assert (REVIEW / shipped).read_bytes() == (FACTS / facts).read_bytes()


def ris_records() -> list[list[tuple[str, str]]]:
    records, tags = [], []
    text = (REVIEW / "citations" / "sacroplasty.ris").read_text(encoding="utf-8")
    for line in text.splitlines():
        if not line:
            continue
        tag, value = re.fullmatch(r"([A-Z][A-Z0-9])  - (.*)", line).groups()
        if tag == "ER":
            records.append(tags)
            tags = []
        else:
            tags.append((tag, value))
    assert not tags, "the last record is not closed"
    return records


def values(record, tag: str) -> list[str]:
    return [value for name, value in record if name == tag]


def only(record, tag: str) -> str:
    found = values(record, tag)
    assert len(found) <= 1, f"{tag} stands {len(found)} times"
    return found[0] if found else ""


def notes(record, about: str) -> list[str]:
    found = [note.partition(": ") for note in values(record, "N1")]
    return [text for name, _, text in found if name == about]


def month_of(record) -> str:
    date, year = only(record, "DA"), only(record, "PY")
    if not date:
        return ""
    stated, number, day, other = date.split("/")
    assert stated == year and day == "", date
    names = ["", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    month = names[int(number)] if number else other
    return month + "".join(f" ({note})" for note in notes(record, "month"))


def pages_of(record) -> str:
    cut_off = notes(record, "pages")
    if cut_off:
        assert cut_off == [f"{only(record, 'SP')}-"] and not only(record, "EP")
        return cut_off[0]
    return "-".join(part for part in (only(record, "SP"), only(record, "EP")) if part)


def title_of(record) -> str:
    text = only(record, "TI")
    text += f" ({only(record, 'TT')})" if only(record, "TT") else ""
    text += f" [Article in {only(record, 'LA')}]" if only(record, "LA") else ""
    described = notes(record, "title")
    assert not (text and described)
    return text or "".join(described)


def facts_of(record) -> dict[str, str]:
    """The cells of the table of facts, rebuilt from a record's tags (authors apart)."""
    return {
        "pmid": only(record, "AN"),
        "pmcid": only(record, "C2"),
        "doi": only(record, "DO"),
        "title": title_of(record),
        "journal_full": only(record, "JF")
        + "".join(f" ({note})" for note in notes(record, "journal")),
        "journal_abbrev": only(record, "JA"),
        "year": only(record, "PY"),
        "month": month_of(record),
        "volume": only(record, "VL"),
        "issue": only(record, "IS"),
        "pages": pages_of(record),
        "source_url": only(record, "UR"),
    }


def test_ris_holds_one_record_for_each_row_in_its_order():
    assert [only(record, "ID") for record in ris_records()] == list(CITATIONS)


@pytest.mark.parametrize("record", ris_records(), ids=lambda record: only(record, "ID"))
class TestCitation:
    def test_cells_can_be_rebuilt_from_the_record(self, record):
        row = CITATIONS[only(record, "ID")]
        rebuilt = facts_of(record)
        assert rebuilt == {column: row[column] for column in rebuilt}

    def test_authors_are_the_names_in_their_order_and_remarks_are_notes(self, record):
        cell = CITATIONS[only(record, "ID")]["authors"]
        names, remarks = values(record, "AU"), notes(record, "authors")
        places = [cell.index(name) for name in names]
        assert places == sorted(places) and len(set(places)) == len(places)
        assert not any(re.search(r"[();]|et al", name) for name in names)
        words = Counter(" ".join([*names, *remarks]).replace(";", " ").split())
        assert words == Counter(re.sub(r"[();]", " ", cell).split())

    def test_no_tag_says_anything_else(self, record):
        known = {"TY", "ID", "AU", "TI", "TT", "LA", "JF", "JA", "PY", "DA", "SP", "EP", "VL", "IS"}
        known |= {"DO", "C2", "UR", "AN", "DB", "N1"}
        assert {tag for tag, _ in record} <= known
        assert all(value for _, value in record)
        assert values(record, "DB") == (["PubMed"] if values(record, "AN") else [])
        about = [note.partition(": ")[0] for note in values(record, "N1")]
        assert set(about) <= {"authors", "title", "journal", "month", "pages"}

    def test_type_is_one_that_the_facts_support(self, record):
        row = CITATIONS[only(record, "ID")]
        if re.search("abstract|poster", row["design"] + row["journal_full"]):
            expected = "ABST"
        else:
            expected = "JOUR" if row["journal_full"] or row["journal_abbrev"] else "GEN"
        assert record[0] == ("TY", expected)


def test_script_beside_the_facts_writes_the_shipped_ris(tmp_path):
    out = tmp_path / "out.ris"
    subprocess.run([sys.executable, FACTS / "make_citations.py", out], check=True)
    assert out.read_bytes() == (REVIEW / "citations" / "sacroplasty.ris").read_bytes()


def test_what_is_known_of_each_report_beyond_its_citation_is_carried_over():
    rows = table(REVIEW / "characteristics.csv")
    columns = [name for name in rows[0] if name != "report"]
    assert [row["report"] for row in rows] == list(CITATIONS)
    for row in rows:
        assert {name: row[name] for name in columns} == {
            name: CITATIONS[row["report"]][name] for name in columns
        }
    carried = {*columns, *facts_of(ris_records()[0]), "authors", "study_id"}
    assert carried == set(CITATIONS["kortman2013"])


# --- measurements -----------------------------------------------------------------------------


def number(cell: str) -> Number | None:
    return Number(cell) if cell else None


def summary(row, value: str, sd: str, low: str, high: str) -> dict | None:
    is_median = row["statistic_type"] == "median_iqr"
    ends = ("q1", "q3") if is_median else ("min", "max")
    named = {"median" if is_median else "mean": row[value], "sd": row[sd]}
    named |= {ends[0]: row[low], ends[1]: row[high]}
    return {name: Number(cell) for name, cell in named.items() if cell} or None


def expected_measurement(row) -> dict:
    change = {"mean": row["change_mean"], "sd": row["change_sd"]}
    return {
        "cohort": row["cohort"],
        "outcome": "pain",
        "scale": row["scale"],
        "timepoint": {"label": row["timepoint_label"], "days": number(row["timepoint_days"])},
        "n_enrolled": number(row["n_enrolled"]),
        "n_analysed": number(row["n_analysed"]),
        "statistic": row["statistic_type"],
        "before": summary(row, "pre_value", "pre_sd", "pre_spread_low", "pre_spread_high"),
        "after": summary(row, "post_value", "post_sd", "post_spread_low", "post_spread_high"),
        "change": {name: Number(cell) for name, cell in change.items() if cell} or None,
        "p": row["p_value"] or None,
        "confidence": row["confidence"],
        "note": row["note"] or None,
    }


def kinds(value: object) -> object:
    """The same structure with types in place of values: a quoted "9.0" is no number."""
    if isinstance(value, dict):
        return {name: kinds(item) for name, item in value.items()}
    return type(value)


def test_one_extraction_file_for_each_report_of_the_table():
    assert sorted(path.name for path in (REVIEW / "extraction").iterdir()) == sorted(
        f"{report}.json" for report in REPORTS
    )
    assert len(REPORTS) == 28 and len(MEASUREMENTS) == len(EFFECTS) == 56


@pytest.mark.parametrize("report", REPORTS)
class TestExtraction:
    def test_every_row_is_one_measurement_with_its_digits(self, report):
        rows = [row for row in EFFECTS if row["study_id"] == report]
        found = [
            {name: item for name, item in measurement.items() if name not in {"flags", "spans"}}
            for measurement in document(report)["measurements"]
        ]
        expected = [expected_measurement(row) for row in rows]
        assert found == expected
        assert [kinds(item) for item in found] == [kinds(item) for item in expected]

    def test_source_and_verification_say_what_was_done(self, report):
        found = document(report)
        row = next(row for row in EFFECTS if row["study_id"] == report)
        held = report == "kortman2013"
        sha = hashlib.sha256(kortman_abstract().encode()).hexdigest() if held else None
        assert found["report"] == report
        assert found["source"] == {
            "location": row["source_location"],
            "url": row["source_url"] or None,
            "sha256": sha,
        }
        assert found["verified"] == {
            "by": "evidence table, read from the abstract as published on the web",
            "on": None,
        }

    def test_keys_stand_in_the_order_of_the_reference(self, report):
        found = document(report)
        assert list(found) == ["report", "source", "verified", "measurements"]
        first = list(expected_measurement(EFFECTS[0]))
        order = [*first[:-1], "flags", "note"]
        for measurement in found["measurements"]:
            assert list(measurement) == [*order, *(["spans"] if report == "kortman2013" else [])]

    def test_file_is_plain_json_with_two_spaces(self, report):
        text = (REVIEW / "extraction" / f"{report}.json").read_text(encoding="utf-8")
        assert text == json.dumps(json.loads(text), ensure_ascii=False, indent=2) + "\n"


def kortman_abstract() -> str:
    """What follows "AB - " in the export, each white space (two are U+2005) as one plain space."""
    export = (FACTS / "kortman2013.medlars.txt").read_text(encoding="utf-8")
    head, abstract = export.split(" AB - ")
    assert head.startswith("PT - JOURNAL ARTICLE") and abstract.startswith("Objective ")
    assert abstract.endswith("patient population.")
    return re.sub(r"\s", " ", abstract)


def test_text_that_the_spans_count_in_is_the_one_that_parsing_gives():
    name = "kortman2013.medlars.txt"
    parsed = parse_file(name, (REVIEW / "citations" / name).read_bytes())
    assert [record["abstract"] for record in parsed.records] == [kortman_abstract()]


def test_every_record_of_the_ris_is_read_with_its_identifiers_and_no_abstract():
    name = "sacroplasty.ris"
    parsed = parse_file(name, (REVIEW / "citations" / name).read_bytes())
    assert not parsed.rejects
    for record, row in zip(parsed.records, CITATIONS.values(), strict=True):
        found = [record[key] for key in ("pmid", "pmcid", "doi", "volume", "issue", "abstract")]
        printed = [row["pmid"], row["pmcid"], row["doi"].lower(), row["volume"], row["issue"], ""]
        assert [value or "" for value in found] == printed
        assert str(record["year"] or "") == row["year"]
        assert record["pages"] == (row["pages"].removesuffix("-") or None)


@pytest.mark.parametrize("position", [0, 1])
def test_each_printed_value_of_the_given_record_stands_at_its_span(position):
    measurement = document("kortman2013")["measurements"][position]
    printed = {"n_enrolled": measurement["n_enrolled"], "n_analysed": measurement["n_analysed"]}
    for side in ("before", "after"):
        printed |= {f"{side}.{name}": value for name, value in measurement[side].items()}
    printed["p"] = measurement["p"]
    text = kortman_abstract()
    at_spans = {
        name: text[int(start) : int(end)] for name, (start, end) in measurement["spans"].items()
    }
    assert at_spans == printed


def test_spans_of_the_two_cohorts_lie_in_the_sentence_on_each():
    sentences = [
        ("after sacroplasty to 1.9±1.7 in patients with sacral insufficiency fractures", "1.9"),
        ("of 9.0±0.9 in patients with sacral lesions was significantly improved", "2.6"),
    ]
    text = kortman_abstract()
    for measurement, (sentence, after) in zip(
        document("kortman2013")["measurements"], sentences, strict=True
    ):
        start = text.rindex(". ", 0, text.index(sentence))
        end = text.index("). ", start)
        for name in ("before.mean", "before.sd", "after.mean", "after.sd", "p"):
            low, high = (int(place) for place in measurement["spans"][name])
            assert start < low < high <= end
        assert measurement["after"]["mean"] == after

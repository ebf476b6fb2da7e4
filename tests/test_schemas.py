"""The schemas of the hand-kept files say what the code reads, and fit what is shipped."""

import csv
import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from evergrove import extraction_rules, screening_table
from evergrove.extraction_files import STUDY_COLUMNS
from evergrove.validation import read_yaml

ROOT = Path(__file__).resolve().parent.parent
REVIEW = ROOT / "config/reviews/sacroplasty"


def _schema(name):
    return read_yaml(ROOT / f"workflow/schemas/{name}.schema.yaml")


@pytest.mark.parametrize("path", sorted((ROOT / "workflow/schemas").glob("*.yaml")), ids=str)
def test_every_schema_is_one(path):
    Draft202012Validator.check_schema(read_yaml(path))


def test_shipped_extraction_files_fit_their_schema():
    validator = Draft202012Validator(_schema("extraction"))
    files = sorted((REVIEW / "extraction").glob("*.json"))
    assert len(files) == 28
    for file in files:
        assert list(validator.iter_errors(json.loads(file.read_text()))) == [], file


@pytest.mark.parametrize("name", ["screening", "studies"])
def test_shipped_tables_fit_their_schema(name):
    validator = Draft202012Validator(_schema(name))
    with open(REVIEW / f"{name}.csv", encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    assert rows
    for number, row in enumerate(rows, start=2):
        assert list(validator.iter_errors(row)) == [], number


def test_the_schemas_name_the_columns_and_keys_that_the_code_reads():
    assert set(_schema("studies")["properties"]) == set(STUDY_COLUMNS)
    screening = _schema("screening")
    assert set(screening["required"]) == set(screening_table.REQUIRED_COLUMNS)
    assert set(screening["properties"]) == {
        *screening_table.REQUIRED_COLUMNS,
        *screening_table.OPTIONAL_COLUMNS,
    }
    item = _schema("extraction")["properties"]["measurements"]["items"]
    assert set(item["required"]) == set(extraction_rules._REQUIRED)
    assert set(item["properties"]) == {*extraction_rules._REQUIRED, *extraction_rules._OPTIONAL}
    assert tuple(item["properties"]["statistic"]["enum"]) == extraction_rules.STATISTICS

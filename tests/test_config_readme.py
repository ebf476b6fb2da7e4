"""config/README.md explains every key and column that a person may write."""

import csv
import json
import re
from pathlib import Path

import pytest

from evergrove.protocol import SCHEMAS
from evergrove.validation import read_yaml

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "config" / "README.md").read_text(encoding="utf-8")
REVIEW = ROOT / "config" / "reviews" / "sacroplasty"
# Words in `code` style, taken apart at dots: `outcome.scale` explains outcome and scale.
EXPLAINED = {
    word for code in re.findall(r"`([^`\n]+)`", README) for word in re.split(r"[.:\s]+", code)
}


def keys_of(schema: dict) -> set[str]:
    """Every property name of a schema, at any depth."""
    found: set[str] = set(schema.get("properties", {}))
    parts = [*schema.get("properties", {}).values(), schema.get("items")]
    parts += [schema.get("additionalProperties"), *schema.get("$defs", {}).values()]
    for part in parts:
        if isinstance(part, dict):
            found |= keys_of(part)
    return found


@pytest.mark.parametrize("name", ["config", "protocol"])
def test_every_key_of_the_schema_is_explained(name):
    keys = keys_of(read_yaml(SCHEMAS / f"{name}.schema.yaml"))
    assert keys and keys <= EXPLAINED, sorted(keys - EXPLAINED)


@pytest.mark.parametrize(
    "name",
    [
        "screening.csv",
        "studies.csv",
        "complications.csv",
        "characteristics.csv",
        "published_reviews.csv",
    ],
)
def test_every_column_of_the_kept_tables_is_explained(name):
    with (REVIEW / name).open(encoding="utf-8", newline="") as handle:
        columns = set(next(csv.reader(handle)))
    section = README[README.index(f"{name}", README.index("\n## ")) :]
    assert columns <= EXPLAINED, sorted(columns - EXPLAINED)
    assert all(f"`{column}`" in section for column in columns)


def test_every_key_of_the_extraction_files_is_explained():
    def keys(value: object) -> set[str]:
        if isinstance(value, dict):
            return {*value, *(key for item in value.values() for key in keys(item))}
        if isinstance(value, list):
            return {key for item in value for key in keys(item)}
        return set()

    used: set[str] = set()
    for path in (REVIEW / "extraction").iterdir():
        used |= keys(json.loads(path.read_text(encoding="utf-8")))
    # Keys of spans name the value whose place they give: "before.mean".
    used = {part for key in used for part in key.split(".")}
    assert used <= EXPLAINED, sorted(used - EXPLAINED)


def test_links_inside_the_page_lead_to_its_headings():
    anchors = {
        re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
        for heading in re.findall(r"^#+ (.+)$", README, re.MULTILINE)
    }
    links = set(re.findall(r"\]\(#([^)]+)\)", README))
    assert links and links <= anchors, sorted(links - anchors)

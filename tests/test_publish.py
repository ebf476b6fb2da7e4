"""What is published: complete, the same bytes every time, and accounted for in the manifest."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import runpy
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from evergrove import tables
from evergrove.errors import EvergroveError
from evergrove.page.parts import PUBLISHED_TABLES
from evergrove.page.view import view
from evergrove.publish import COLUMNS, publish, read_results
from tests.page_sample import sample

ROOT = Path(__file__).resolve().parent.parent


class Files(SimpleNamespace):
    """Named paths that are also iterated, as Snakemake hands them to a script."""

    def __iter__(self):
        for given in vars(self).values():
            yield from given if isinstance(given, list) else [given]


@pytest.fixture
def written(tmp_path, monkeypatch):
    """The sample written as the files of a repository, and the names of the rule's inputs."""
    monkeypatch.chdir(tmp_path)
    results = sample()
    named = {}
    for name in COLUMNS:
        rows = getattr(results, name)
        columns = dict.fromkeys([*COLUMNS[name], *(key for row in rows for key in row)])
        folder = "config/reviews/baths" if name == "studies" else "results/baths"
        named[name] = f"{folder}/{name}.csv"
        tables.write_csv(named[name], rows, list(columns))
    for name in ("syntheses", "engines", "flow", "recall", "changes"):
        named[name] = f"results/baths/{name}.json"
        tables.write_json(named[name], getattr(results, name))
    for name in ("candidates", "records", "rejects"):
        named[name] = f"results/baths/{name}.jsonl"
        tables.write_jsonl(named[name], getattr(results, name))
    named["figures"] = []
    for name, drawing in results.figures.items():
        for suffix in ("svg", "json"):
            path = f"results/baths/figures/{name}.{suffix}"
            tables.write_text(path, drawing if suffix == "svg" else "{}")
            named["figures"].append(path)
    return Files(**named)


def read(files):
    results = sample()
    return read_results(files, results.protocol, results.code, results.versions)


def test_everything_is_published_and_only_once():
    made = publish(sample())
    assert list(made) == [
        "page/index.html", "summary.txt", *(f"tables/{name}.csv" for name in PUBLISHED_TABLES),
        "manifest.json",
    ]  # fmt: skip
    assert all(made.values())


def test_the_same_results_give_the_same_bytes():
    assert publish(sample()) == publish(sample())


def test_order_of_mappings_in_the_input_does_not_matter():
    results = sample()
    turned = replace(
        results,
        results=dict(reversed(results.results.items())),
        figures=dict(reversed(results.figures.items())),
    )
    assert publish(turned) == publish(results)


def test_every_table_file_has_the_rows_that_the_page_shows():
    made, shown = publish(sample()), view(sample())["tables"]
    for name, identifier in PUBLISHED_TABLES.items():
        lines = list(csv.reader(io.StringIO(made[f"tables/{name}.csv"].decode())))
        assert len(lines) - 1 == sum(len(group) for group in shown[identifier]["groups"]), name
        assert lines[0] == [column["label"] for column in shown[identifier]["columns"]]


def test_only_the_tables_asked_for_are_made_and_hashed():
    made = publish(sample(), ["sensitivity"])
    assert [name for name in made if name.startswith("tables/")] == ["tables/sensitivity.csv"]
    listed = json.loads(made["manifest.json"])["results"]
    assert "results/baths/tables/studies.csv" not in listed


def test_an_unknown_table_is_an_error_that_lists_the_known():
    with pytest.raises(EvergroveError, match=r"no such table.*speling.*sensitivity"):
        publish(sample(), ["speling"])


def test_the_manifest_accounts_for_inputs_results_code_and_versions():
    made = publish(sample())
    manifest = json.loads(made["manifest.json"])
    assert list(manifest) == ["review", "evergrove", "versions", "code", "inputs", "results"]
    assert manifest["inputs"] == {"config/reviews/baths/protocol.yaml": "cd" * 32}
    for path, data in made.items():
        if path != "manifest.json":
            digest = manifest["results"][f"results/baths/{path}"]
            assert digest == hashlib.sha256(data).hexdigest()
    assert manifest["results"]["results/baths/effects.csv"] == "ef" * 32


def test_files_are_read_as_they_were_written_and_hashed_by_their_path(written):
    results, given = read(written), sample()
    assert [dict(row) for row in results.to_verify] == given.to_verify
    assert results.syntheses == given.syntheses
    assert results.figures == given.figures
    assert list(results.inputs) == ["config/reviews/baths/studies.csv"]
    assert results.results["results/baths/figures/primary.json"] == (
        hashlib.sha256(b"{}").hexdigest()
    )


def test_the_page_from_files_is_the_page_from_values(written):
    read_back = read(written)
    hashes = {"inputs": read_back.inputs, "results": read_back.results}
    assert publish(read_back) == publish(sample(**hashes))


def test_a_missing_column_is_named_with_its_file(written):
    tables.write_csv(written.effects, [{"measurement_id": "a"}], ["measurement_id"])
    with pytest.raises(EvergroveError, match=r'effects\.csv, line 1: column "report" is missing'):
        read(written)


def test_the_script_writes_every_output_of_the_rule(written, monkeypatch, capsys):
    monkeypatch.syspath_prepend(ROOT)
    results = sample()
    outputs = SimpleNamespace(
        page="results/baths/page/index.html",
        summary="results/baths/summary.txt",
        manifest="results/baths/manifest.json",
        tables=["results/baths/tables/studies.csv", "results/baths/tables/sensitivity.csv"],
    )
    job = SimpleNamespace(
        input=written,
        output=outputs,
        params=SimpleNamespace(
            protocol=results.protocol, code=results.code, versions=results.versions
        ),
        wildcards=SimpleNamespace(review="baths"),
        rule="publish",
        log=["logs/baths/publish.log"],
    )
    runpy.run_path(str(ROOT / "scripts/publish.py"), init_globals={"snakemake": job})
    manifest = json.loads(Path(outputs.manifest).read_bytes())
    for path in (outputs.page, outputs.summary, *outputs.tables):
        digest = hashlib.sha256(Path(path).read_bytes()).hexdigest()
        assert manifest["results"][path] == digest
    assert "[baths] publish: a page of" in capsys.readouterr().err


def test_contradictory_results_leave_nothing_half_written(written, monkeypatch):
    monkeypatch.syspath_prepend(ROOT)
    flow = {**sample().flow, "reports": 99}
    tables.write_json(written.flow, flow)
    with pytest.raises(EvergroveError, match=r"flow\.json, records"):
        publish(read(written))


def test_publishing_needs_no_numeric_package():
    code = "import sys, evergrove.publish; print(*sorted(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    loaded = {name.split(".")[0] for name in done.stdout.split()}
    assert loaded & {"numpy", "scipy", "pandas", "matplotlib", "statsmodels", "pymare"} == set()
